"""Notices at the desk over HTTP: what is refused, and that nothing written is lost or runs."""

import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from aiohttp import FormData
from PIL import Image
from sqlalchemy import func, select

from bot.assistant import turning
from bot.channels.base import Letter
from bot.notices.notices import Author
from bot.papers import Papers
from dialogs.incoming import Said
from dialogs.notices.content import Conditions
from dialogs.notices.states import STATES
from storage.notice_schema import notice_file
from tests.bot.desk.sitting import desk_of, hire, served, words_of
from tests.bot.desk.test_pages import NASTY
from tests.bot.notices.house import MINUTE, written
from tests.storage.given import asking, met
from tests.storage.telling import gathered, linked

KEY = {"key": "press-0001"}
WRITTEN = {**KEY, "title": "Офис", "kind": "service", "text.ru": "Мы переехали.", "when": "now"}


@pytest.fixture
def clock(clock):
    """Let it be a working day."""
    clock.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return clock


@asynccontextmanager
async def staffed(store, clock, regions=("all",)):
    """Serve a desk whose turns run, with an operator signed in and one citizen known."""
    desk = await desk_of(store, clock)
    async with turning(desk.assistant), served(desk) as browser:
        letter = Letter("web", "mother", "m:1", Said("привет"), clock())
        await desk.assistant.turns.take(letter)
        _, secret = await hire(desk, "pavel", "operator", regions=regions)
        sitting = browser()
        await sitting.sign_in("pavel", secret)
        yield desk, sitting


async def write(sitting, **more):
    """Keep a notice; return its address."""
    await sitting.get("/desk/notices/new")
    status, text, headers = await sitting.post("/desk/notices/new", **{**WRITTEN, **more})
    assert status == 303, words_of(text)
    return headers["Location"].partition("?")[0]


async def upload_to(sitting, path, content, revision, **more):
    """Post a file as a page's form does; return status and text."""
    form = FormData()
    for name, value in {"csrf": sitting.csrf, "revision": revision, **more}.items():
        form.add_field(name, value)
    form.add_field("file", content, filename="файл")
    async with sitting.client.post(path, data=form, allow_redirects=False) as answer:
        return answer.status, await answer.text()


async def test_the_button_says_to_how_many_and_other_numbers_are_refused(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting)
        _, text, _ = await sitting.get(address)
        assert "Отправить 1 получателю" in words_of(text)
        status, text, _ = await sitting.post(f"{address}/send", revision="1", expected="500")
        assert status == 409
        assert "было 500, сейчас 1" in words_of(text)
        assert (await sitting.post(f"{address}/send", revision="1", expected="1"))[0] == 303


async def test_whoever_wrote_it_does_not_approve_it(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting)
        await sitting.post(f"{address}/submit")
        status, text, _ = await sitting.post(f"{address}/approve", revision="1", expected="1")
        assert status == 409
        assert "другой человек" in words_of(text)


async def test_what_is_sent_or_approved_is_what_the_page_has_shown(store, clock):
    """A colleague has changed the words since; what a form does not say is not guessed."""
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting)
        _, page, _ = await sitting.get(address)
        assert 'name="revision" value="1"' in page
        again = {**WRITTEN, "text.ru": "Мы не переехали.", "revision": "1"}
        assert (await sitting.post(f"{address}/edit", **again))[0] == 303
        status, page, _ = await sitting.post(f"{address}/send", revision="1", expected="1")
        assert status == 409
        assert "изменил это уведомление" in words_of(page)
        assert (await sitting.post(f"{address}/send", expected="1"))[0] == 400
        assert (await sitting.post(f"{address}/approve", expected="1"))[0] == 400


async def test_a_held_notice_says_what_has_changed_and_goes_on_with_that_many(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        starts = (clock() + 5 * MINUTE).astimezone(desk.zone).strftime("%Y-%m-%dT%H:%M")
        address = await write(sitting, when="at", starts_at=starts)
        await sitting.post(f"{address}/send", revision="1", expected="1")
        await met(store, "a", "b", channel="web")
        clock.wait(minutes=5)
        await desk.assistant.broadcasting.step()
        _, page, _ = await sitting.get(address)
        assert "число получателей изменилось" in words_of(page)
        assert "Было 1, сейчас 3." in words_of(page)
        assert "Продолжить: 3" in words_of(page)
        assert (await sitting.post(f"{address}/resume", revision="1", expected="1"))[0] == 409
        assert (await sitting.post(f"{address}/resume", revision="1", expected="3"))[0] == 303


async def test_what_two_have_changed_at_once_is_shown_to_the_second_and_not_lost(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting)
        first = {**WRITTEN, "text.ru": "Первый", "revision": "1"}
        assert (await sitting.post(f"{address}/edit", **first))[0] == 303
        second = {**WRITTEN, "text.ru": "Второй", "revision": "1"}
        status, text, _ = await sitting.post(f"{address}/edit", **second)
        assert status == 409
        assert "Второй" in text


async def test_one_press_makes_one_draft_however_often_it_comes(store, clock):
    """And whoever goes back to the form to write something else has pressed another time."""
    async with staffed(store, clock) as (desk, sitting):
        address = await write(sitting, seen_within="30")
        clock.wait(seconds=2)
        assert await write(sitting, seen_within="30") == address
        other = await write(sitting, title="Не офис", seen_within="30")
        await sitting.post(f"{other}/send", revision="1", expected="1")
        for _ in range(20):
            await desk.assistant.broadcasting.step()
        assert await write(sitting, title="Не офис", seen_within="30") == other
        made = set()
        for deed in ("copy", "missed", "correct"):
            twice = [await sitting.post(f"{other}/{deed}", **KEY) for _ in range(2)]
            (draft,) = {headers["Location"] for _, _, headers in twice}
            made |= {draft}
            assert (await sitting.post(f"{other}/{deed}"))[0] == 400
        _, page, _ = await sitting.get(other)
        fresh = re.search(r'copy".*?name="key" value="([^"]+)"', page, re.DOTALL)[1]
        made |= {(await sitting.post(f"{other}/copy", key=fresh))[2]["Location"]}
        assert len(made) == 4
        assert len(await everything(store)) == 6


async def everything(store):
    """List all notices."""
    async with store.look() as look:
        return await look.notices(STATES)


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ({"when": "at", "starts_at": "завтра"}, "Укажите день и время"),
        ({"when": "at", "starts_at": ""}, "Укажите день и время"),
        ({"expires_at": "много"}, "Укажите день и время"),
        ({"budget": "1000000"}, "оно слишком большое"),
    ],
)
async def test_a_slip_is_said_beside_its_field_and_nothing_typed_is_lost(store, clock, slip, told):
    async with staffed(store, clock) as (_, sitting):
        await sitting.get("/desk/notices/new")
        more = {"channel": "web", "seen_within": "30", "title": "Переезд", "brake": "7", **slip}
        status, text, _ = await sitting.post("/desk/notices/new", **{**WRITTEN, **more})
        assert status == 400
        assert told in words_of(text)
        assert "Мы переехали." in text
        for typed in ("Переезд", "30", "7", *slip.values()):
            assert f'value="{typed}"' in text
        assert 'name="channel" value="web" checked' in text


async def test_nobody_writes_to_citizens_of_regions_that_he_may_not_see(store, clock):
    """Whose region nobody knows is not of region 77, so nobody is left."""
    async with staffed(store, clock, regions=("77",)) as (_, sitting):
        address = await write(sitting, region="50")
        _, text, _ = await sitting.get(address)
        assert "Отправить" not in words_of(text).replace("Отправить?", "")


async def test_a_notice_to_other_regions_is_not_there_for_who_may_not_look_there(store, clock):
    """Nor is one to everybody, nor what is left of it: the way to foreign names is closed."""
    async with staffed(store, clock) as (desk, sitting):
        everybodys = await write(sitting)
        moscows = await write(sitting, region="77", title="Москве")
        notices, author = desk.assistant.notices, Author("pavel", "Павел")
        rest = await notices.correction(int(everybodys.rpartition("/")[2]), author)
        _, secret = await hire(desk, "anna", "operator", regions=("77",))
        async with served(desk) as browser:
            anna = browser()
            await anna.sign_in("anna", secret)
            for path in (everybodys, f"/desk/notices/{rest}"):
                for tail in ("", "/edit", "/results", "/progress"):
                    assert (await anna.get(f"{path}{tail}"))[0] == 404
                assert (await anna.post(f"{path}/export"))[0] == 404
                assert (await anna.post(f"{path}/discard"))[0] == 404
            assert (await anna.get(moscows))[0] == 200
            _, text, _ = await anna.get("/desk/notices")
            assert "Москве" in text
            assert text.count('data-href="/desk/notices/') == 1


async def test_moments_of_a_notice_stay_to_the_second_when_its_text_is_changed(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        moment = clock() + timedelta(hours=5, seconds=17)
        asked = Conditions(seen_since=clock() - timedelta(days=9.7), seen_before=moment)
        content = written(expires_at=moment, starts_at=moment - MINUTE, audience=asked)
        made = await desk.assistant.notices.create(content, Author("pavel", "Павел"))
        _, text, _ = await sitting.get(f"/desk/notices/{made}/edit")
        fields = dict(re.findall(r'name="([\w.]+)" type="[\w-]+" value="([^"]*)"', text))
        clock.wait(minutes=10)
        more = {**WRITTEN, **fields, "when": "at", "revision": "1", "text.ru": "Иначе"}
        assert (await sitting.post(f"/desk/notices/{made}/edit", **more))[0] == 303
        async with store.look() as look:
            kept = (await look.notice(made)).content
        assert kept.texts["ru"].text == "Иначе"
        assert (kept.starts_at, kept.expires_at) == (moment - MINUTE, moment)
        assert kept.audience == asked


async def test_an_edit_keeps_buttons_that_the_form_does_not_offer(store, clock):
    """A file may name a part of a topic, or one that a release has renamed; the page says so."""
    async with staffed(store, clock) as (desk, sitting):
        buttons = ("topic:coverage.teeth", "topic:renamed", "form:loss")
        made = await desk.assistant.notices.create(written(buttons=buttons), Author("pavel", "П"))
        _, text, _ = await sitting.get(f"/desk/notices/{made}/edit")
        fields = re.findall(r'name="(button\.\d)">.*?value="([^"]+)" selected', text)
        assert "Зубы по полису" in text
        more = {**WRITTEN, **dict(fields), "revision": "1"}
        assert (await sitting.post(f"/desk/notices/{made}/edit", **more))[0] == 303
        async with store.look() as look:
            assert (await look.notice(made)).content.buttons == buttons


async def test_moments_are_typed_and_told_in_the_zone_that_was_chosen(store, clock):
    """Ten in the morning of Vladivostok is three at night of Moscow, and the page says both."""
    async with staffed(store, clock) as (_, sitting):
        _, empty, _ = await sitting.get("/desk/notices/new")
        assert '<option value="Europe/Moscow" selected>Москва, UTC+3</option>' in empty
        far = {"zone": "Asia/Vladivostok", "when": "at", "starts_at": "2026-12-01T10:00"}
        address = await write(sitting, **far)
        async with store.look() as look:
            kept = (await look.notice(int(address.rpartition("/")[2]))).content
        assert kept.starts_at == datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
        _, text, _ = await sitting.get(address)
        assert "1 дек. 10:00, Владивосток, UTC+10; у вас это 1 дек. 03:00" in words_of(text)
        _, text, _ = await sitting.get(f"{address}/edit")
        assert 'value="2026-12-01T10:00"' in text
        assert '<option value="Asia/Vladivostok" selected>' in text
        elsewhere = {**WRITTEN, **far, "zone": "Mars/Olympus", "revision": "1"}
        await sitting.post(f"{address}/edit", **elsewhere)
        async with store.look() as look:
            assert (await look.notice(int(address.rpartition("/")[2]))).content.zone == kept.zone


async def test_people_who_have_not_written_for_long_may_be_meant(store, clock):
    """Whoever approves it reads so; who wrote today is not among them."""
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting, unseen_for="90")
        _, text, _ = await sitting.get(address)
        assert "Не писали последние 90 дней" in words_of(text)
        assert "Отправить 1" not in words_of(text)


async def test_a_page_shows_real_recipients_with_their_names_covered(
    store, clock, migrated_sqlite_url
):
    async with staffed(store, clock) as (_, sitting), asking(migrated_sqlite_url) as ask:
        (one,) = await met(store, "1", channel="web")
        await ask(linked, [(one.id, 5)])
        address = await write(sitting, **{"text.ru": "{name|Сосед}, мы переехали."})
        _, text, _ = await sitting.get(address)
        said = words_of(text).partition("Как это увидят")[2]
        assert "А••• П•••, мы переехали." in said
        assert "Сосед, мы переехали." in said
        assert "Анна" not in said


async def test_nothing_that_is_written_in_a_notice_becomes_markup(store, clock):
    async with staffed(store, clock) as (_, sitting):
        more = {"title": NASTY, "text.ru": NASTY, "question.ru": NASTY, "answers.ru": NASTY[:20]}
        address = await write(sitting, **more)
        await sitting.post(f"{address}/send-back", why=NASTY)
        for path in (address, f"{address}/edit", "/desk/notices", f"{address}/results"):
            _, text, _ = await sitting.get(path)
            assert not re.search(r"<script>alert|<img src=x|onerror=alert\(2\)>", text), path
            assert "&lt;script&gt;" in text, path


async def test_the_results_are_handed_out_without_anybody_s_address(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await write(sitting)
        await sitting.post(f"{address}/send", revision="1", expected="1")
        for _ in range(20):
            await desk.assistant.broadcasting.step()
        _, page, _ = await sitting.get(address)
        assert "завершено" in words_of(page)
        _, table, headers = await sitting.post(f"{address}/export")
        assert headers["Content-Type"].startswith("text/csv")
        head, row, *_ = table.splitlines()
        assert head.lstrip("\ufeff") == "Получатель,Канал,Состояние,Почему,Когда"
        assert re.fullmatch(r"Гость \d+,Сайт,принято мессенджером,,2026-11-23 12:00:00\+03:00", row)
        assert "mother" not in table


async def test_a_notice_is_sent_to_a_chat_of_ones_own_and_to_nobody_elses(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await write(sitting)
        assert (await sitting.post(f"{address}/trial", chat="1"))[0] == 404
        _, page, _ = await sitting.post(f"{address}/trial-code")
        code = re.search(r"проба \d{4} \d{4}", words_of(page))[0]
        await desk.assistant.turns.take(Letter("web", "mother", "m:2", Said(code), clock()))
        _, page, _ = await sitting.get(address)
        chat = re.search(r'name="chat" value="(\d+)"', page)[1]
        assert (await sitting.post(f"{address}/trial", chat=chat))[0] == 303
        async with store.look() as look:
            last = (await look.told_before("web", "mother", None, 9))[-1]
        assert last.text == "Мы переехали."
        assert (await sitting.post(f"{address}/trial-part", chat=chat))[0] == 303
        assert (await sitting.post(f"{address}/trial", chat=chat))[0] == 404


async def test_a_list_is_uploaded_its_faults_told_by_row_and_the_draft_stays(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting)
        _, text, _ = await sitting.get(f"{address}/list")
        assert "номер полиса" in text

        async def upload(content, revision):
            return await upload_to(sitting, f"{address}/list", content, revision)

        status, text = await upload(b"%PDF-1.7\x00", "1")
        assert status == 400
        assert "Это не CSV и не XLSX" in text
        assert (await upload("Гость\n1\nкто-то\n1\n".encode(), "1"))[0] == 303
        _, text, _ = await sitting.get(f"{address}/list")
        assert "3 A это не номер гостя" in words_of(text)
        assert "4 A этот человек уже есть выше" in words_of(text)
        _, text, _ = await sitting.get(address)
        assert "Людям из загруженного списка" in text
        assert "Мы переехали." in text
        assert "Отправить 1 получателю" in words_of(text)
        assert (await upload("Гость\n1\n".encode(), "1"))[0] == 409


ANNA, PHONE = "9956410892000015", "8 (912) 345-67-89"
MATCHED = {"matched": "yes", "header": "yes"}


def choices(text):
    """Read what a page offers for each column of a list: the choice by the column's field."""
    fields = re.findall(r'<select id="column\.\d+" name="(column\.\d+)">(.*?)</select>', text)
    chosen = {name: re.search(r'value="(\w*)" selected', options) for name, options in fields}
    return {name: found[1] if found else "" for name, found in chosen.items()}


async def test_columns_nobody_knows_are_shown_covered_and_taken_as_somebody_chooses(store, clock):
    """The way without scripts: the file is not kept, so it is chosen and sent once more."""
    async with staffed(store, clock) as (_, sitting):
        address = f"{await write(sitting)}/list"
        await sitting.get(address)
        people = f"Кто;Кому звонить;Ид\nПетрова Анна;{PHONE};1\nСидоров Иван;89123456780;2\n"
        status, text = await upload_to(sitting, address, people.encode(), "1")
        assert status == 400
        assert "Не поняли, в каком столбце" in words_of(text)
        assert choices(text) == {"column.0": "", "column.1": "phone", "column.2": ""}
        assert re.search(r'name="header" value="yes" checked', text)
        assert "1 Кто Кому звонить Ид" in words_of(text)
        assert "2 П••• А••• • (•••) •••-••-89 1" in words_of(text)
        for secret in (PHONE, "Петрова", "89123456780"):
            assert secret not in text
        more = {**MATCHED, "column.1": "", "column.2": "guest"}
        status, _ = await upload_to(sitting, address, people.encode(), "1", **more)
        assert status == 303
        _, text, _ = await sitting.get(address)
        assert "1 человек найден" in words_of(text)
        assert "3 C такого человека у нас нет" in words_of(text)


async def test_whoever_chooses_no_column_is_asked_again_with_what_they_chose(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = f"{await write(sitting)}/list"
        await sitting.get(address)
        status, text = await upload_to(sitting, address, b"1\n2\n", "1", matched="yes")
        assert status == 400
        assert "Отметьте хотя бы один столбец" in words_of(text)
        assert choices(text) == {"column.0": ""}
        assert not re.search(r'name="header" value="yes" checked', text)
        more = {**MATCHED, **{f"column.{place}": "phone" for place in range(50)}}
        assert (await upload_to(sitting, address, b"1\n2\n", "1", **more))[0] == 303


async def test_columns_are_looked_at_before_a_list_is_taken_and_nothing_is_kept(store, clock):
    async with staffed(store, clock) as (_, sitting):
        draft = await write(sitting)
        await sitting.get(f"{draft}/list")
        people = f"ЕНП;Телефон\n{ANNA};{PHONE}\n".encode()
        status, text = await upload_to(sitting, f"{draft}/list", people, "1", look="yes")
        assert status == 200
        assert choices(text) == {"column.0": "enp", "column.1": "phone"}
        assert "A — Номер полиса, B — Телефон." in words_of(text)
        assert ANNA not in text
        _, text, _ = await sitting.get(draft)
        assert "Людям из загруженного списка" not in text
        status, text = await upload_to(sitting, f"{draft}/list", b"", "1", look="yes")
        assert (status, "Файл пустой" in text) == (400, True)


async def test_nothing_that_stands_in_a_list_becomes_markup(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = f"{await write(sitting)}/list"
        await sitting.get(address)
        people = f"<b>Кому</b>;<script>alert(1)</script>\n<i>;{ANNA}\n".encode()
        _, text = await upload_to(sitting, address, people, "1")
        assert choices(text) == {"column.0": "", "column.1": "enp"}
        assert not re.search(r"<b>Кому|<script>alert|<i>", text)


async def test_a_picture_is_looked_into_kept_once_and_comes_with_the_notice(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await write(sitting)
        await sitting.get(address)
        status, text = await upload_to(sitting, f"{address}/file", b"GIF89a", "1")
        assert status == 400
        assert "Мы переехали." in text
        poster = BytesIO()
        Image.new("RGB", (640, 400), "teal").save(poster, "PNG")
        assert (await upload_to(sitting, f"{address}/file", poster.getvalue(), "1"))[0] == 303
        async with sitting.client.get(f"{address}/file") as answer:
            assert (answer.status, answer.content_type) == (200, "image/png")
            shown = await answer.read()
        await sitting.get(address)
        await sitting.post(f"{address}/send", revision="2", expected="1")
        for _ in range(20):
            await desk.assistant.broadcasting.step()
        async with store.look() as look:
            last = (await look.told_before("web", "mother", None, 9))[-1]
        assert re.fullmatch(r"picture:notice-[\w-]{22}", last.document)
        papers = Papers(None, None, None, desk.safe, desk.assistant.attachments)
        assert await papers.picture("web", "mother", last.document) == shown
        assert await papers.document("web", "mother", last.document) is None
        assert await papers.picture("web", "mother", f"{last.document[:-1]}_") is None
        status, text = await upload_to(sitting, f"{address}/file", poster.getvalue(), "2")
        assert status == 409
        assert "уже в другом состоянии" in text


async def test_what_comes_too_late_leaves_no_file_behind_and_claims_no_text(
    store, clock, migrated_sqlite_url
):
    """Neither a file, a list nor an approval brings words that could stand there still."""
    async with staffed(store, clock) as (_, sitting), asking(migrated_sqlite_url) as ask:
        address = await write(sitting)
        paper = b"%PDF-1.7\n1 0 obj\nstartxref\n9\n%%EOF"
        for tail, content in (("file", paper), ("list", "Гость\n1\n".encode())):
            status, text = await upload_to(sitting, f"{address}/{tail}", content, "7")
            assert status == 409
            assert "изменил это уведомление раньше вас" in words_of(text)
            assert "Ваш текст здесь" not in text
        again = {**WRITTEN, "revision": "7", "text.ru": "По-своему"}
        _, text, _ = await sitting.post(f"{address}/edit", **again)
        assert "Ваш текст здесь" in words_of(text)
        assert await ask(files_kept) == 0


def files_kept(connection):
    """Count the files of all notices."""
    return connection.execute(select(func.count()).select_from(notice_file)).scalar_one()


async def test_a_picture_is_taken_out_again(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting)
        await sitting.get(address)
        paper = b"%PDF-1.7\n1 0 obj\nstartxref\n9\n%%EOF"
        assert (await upload_to(sitting, f"{address}/file", paper, "1"))[0] == 303
        _, text, _ = await sitting.get(address)
        assert "Файл PDF" in words_of(text)
        await sitting.post(f"{address}/file/out", revision="2")
        assert (await sitting.get(f"{address}/file"))[0] == 404


async def test_replies_are_listed_and_lead_to_dialogs_for_who_may_look(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await write(sitting)
        await sitting.post(f"{address}/send", revision="1", expected="1")
        for _ in range(20):
            await desk.assistant.broadcasting.step()
        said = Letter("web", "mother", "m:9", Said("позовите человека"), clock())
        await desk.assistant.turns.take(said)
        _, text, _ = await sitting.get(address)
        assert "За 72 часа написал 1 человек" in words_of(text)
        _, text, _ = await sitting.get(f"{address}/replies")
        assert "Гость 1" in words_of(text)
        assert "/desk/talks/" not in text.partition("<tbody>")[2]
        _, secret = await hire(desk, "vera", "supervisor")
        async with served(desk) as browser:
            vera = browser()
            await vera.sign_in("vera", secret)
            _, text, _ = await vera.get(f"{address}/replies")
            assert 'href="/desk/talks/1"' in text


async def test_the_results_of_insured_people_go_on_page_by_page(store, clock, migrated_sqlite_url):
    """Their numbers are below zero."""
    async with staffed(store, clock) as (_, sitting), asking(migrated_sqlite_url) as ask:
        chats = await met(store, *map(str, range(150)), channel="web")
        await ask(linked, [(one.id, one.id) for one in chats])
        number = await gathered(store, written())
        found, path = [], f"/desk/notices/{number}/results"
        while path:
            _, page, _ = await sitting.get(path)
            found += re.findall(r"<td>Гость (\d+)</td>", page)
            more = re.search(r'href="(/desk/notices/\d+/results[^"]*after=[^"]*)"', page)
            path = more[1].replace("&amp;", "&") if more else ""
        assert len(found) == len(set(found)) == 151


async def test_a_notice_that_a_script_left_with_unknown_names_is_shown_with_its_faults(
    store, clock
):
    asked = Conditions(("fax",), ("de",), ("Kazan",), applications=("foo",))
    async with staffed(store, clock) as (desk, sitting):
        notices = desk.assistant.notices
        number = await notices.create(written(audience=asked), Author("command", "command line"))
        status, text, _ = await sitting.get(f"/desk/notices/{number}")
    assert status == 200
    for name in ("fax", "de", "Kazan", "foo"):
        assert f"среди условий для получателей неизвестное: {name}" in words_of(text)


async def test_a_form_takes_no_region_that_there_is_not(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting, region="Kazan", channel="fax", application="foo")
        async with store.look() as look:
            one = await look.notice(int(address.rpartition("/")[2]))
    assert one.content.audience == Conditions()
