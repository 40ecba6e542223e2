"""Dialogs at the desk over HTTP: what is shown, what is refused, and that nothing said is lost."""

import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, update

from bot.assistant import turning
from bot.channels.base import Letter
from dialogs.incoming import Attached, Said
from storage.schema import outbox
from storage.talk_schema import talk as talks
from tests.bot.desk.sitting import desk_of, hire, served, words_of
from tests.bot.desk.test_pages import NASTY
from tests.drawings import document, encoded
from tests.storage.given import asking

TAKING = "a-key-of-taking"
KEY = "a-key-of-the-tests"


@pytest.fixture
def clock(clock):
    """Let it be a working day."""
    clock.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return clock


@asynccontextmanager
async def staffed(store, clock, *roles, regions=("all",)):
    """Serve a desk whose turns run, with somebody signed in."""
    desk = await desk_of(store, clock)
    async with turning(desk.assistant), served(desk) as browser:
        _, secret = await hire(desk, "anna", *(roles or ("representative",)), regions=regions)
        sitting = browser()
        await sitting.sign_in("anna", secret)
        yield desk, sitting


async def say(desk, chat, *texts):
    """Let a citizen write."""
    for text in texts:
        key = f"{chat}:{text}:{desk.clock().isoformat()}"
        await desk.assistant.turns.take(Letter("web", chat, key, Said(text), desk.clock()))


async def led(desk, sitting, chat="mother"):
    """Have a dialog with somebody; returns its address."""
    await say(desk, chat, "позовите человека")
    status, _, headers = await sitting.post("/desk/talks/next", key=TAKING)
    assert status == 303
    return headers["Location"]


async def test_whoever_waits_longest_is_taken_first_and_once_however_often_it_is_sent(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        await say(desk, "mother", "позовите человека")
        clock.wait(minutes=5)
        await say(desk, "worker", "позовите человека")
        for _ in range(2):
            _, _, headers = await sitting.post("/desk/talks/next", key=TAKING)
            assert headers["Location"] == "/desk/talks/1"
        _, text, _ = await sitting.get("/desk/talks?view=waiting")
        assert "/desk/talks/2" in text
        assert "/desk/talks/1" not in text


async def test_the_way_to_the_newest_is_shown_only_where_something_newer_is(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await say(desk, "mother", *map(str, range(40)))
        async with store.look() as look:
            last = (await look.chat("web", "mother")).last_seq
        for at, is_back in ((last - 29, False), (last - 30, True), (last, False)):
            _, text, _ = await sitting.get(f"{address}?at={at}")
            assert ('id="to-newest"' in text) == is_back, at


async def test_nothing_that_anybody_writes_becomes_markup(store, clock):
    """Words of citizens, notes, labels, canned replies, reasons of failures, file names."""
    async with staffed(store, clock, "representative", "supervisor") as (desk, sitting):
        await say(desk, "mother", NASTY)
        address = await led(desk, sitting)
        await sitting.get(address)
        await sitting.post(f"{address}/send", mode="note", text=NASTY, key=KEY, seen="1")
        await sitting.post(f"{address}/move/label", label=NASTY[:30])
        await sitting.post(f"{address}/compose", mode="citizen", text=NASTY)
        await sitting.post("/desk/replies", title=NASTY[:60], text=NASTY, language="ru", id="0")
        await sitting.post(f"{address}/move/pass-on", to="", note=NASTY, key=KEY)
        pages = []
        for path in ("/desk/talks", "/desk/talks?view=all", address, f"{address}/case"):
            status, text, _ = await sitting.get(path)
            assert status == 200, path
            pages.append(text)
        pages.append((await sitting.get("/desk/replies"))[1])
    for text in pages:
        assert not re.search(r"<script>alert|<img src=x|onerror=alert\(2\)>", text)
        assert "&lt;script&gt;" in text


async def test_of_a_foreign_region_no_dialog_is_listed_or_opened(store, clock, migrated_sqlite_url):
    async with staffed(store, clock, regions=("77",)) as (desk, sitting):
        await say(desk, "mother", "позовите человека")
        async with asking(migrated_sqlite_url) as ask:
            await ask(lambda connection: connection.execute(update(talks).values(region="50")))
        _, text, _ = await sitting.get("/desk/talks?view=all")
        assert "/desk/talks/1" not in text
        assert (await sitting.get("/desk/talks/1"))[0] == 404
        _, _, headers = await sitting.post("/desk/talks/next", key=TAKING)
        assert "nobody_waits" in headers["Location"]


async def test_words_that_were_refused_stay_on_the_page_without_any_script(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await say(desk, "mother", "ещё вопрос")
        status, text, _ = await sitting.post(
            f"{address}/send", mode="citizen", text="Добрый день!", key=KEY, seen="1"
        )
        assert status == 409
        assert "Добрый день!" in text
        assert "пока вы отвечали" in words_of(text)


async def test_a_message_sent_twice_with_its_key_is_said_once(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        for _ in range(2):
            status, _, _ = await sitting.post(
                f"{address}/send", mode="citizen", text="Добрый день!", key=KEY, seen="99"
            )
            assert status == 303
        async with store.look() as look:
            told = await look.told_after("web", "mother", 0, 99)
        assert [one.text for one in told].count("Добрый день!") == 1


@pytest.mark.parametrize(
    ("move", "form", "status"),
    [
        ("park", {"until": "yesterday"}, 409),
        ("park", {"until": "15"}, 303),
        ("park", {"until": "tomorrow"}, 303),
        ("pass-on", {"to": "stranger"}, 409),
        ("pass-on", {"to": "", "note": "посмотрите"}, 303),
        ("close", {"outcome": "nonsense"}, 409),
        ("close", {"outcome": "answered"}, 303),
        ("give-back", {}, 303),
        ("label", {"label": "  "}, 409),
        ("dance", {}, 404),
    ],
)
async def test_each_move_is_made_or_refused_in_words(store, clock, move, form, status):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        answered, text, _ = await sitting.post(f"{address}/move/{move}", key=KEY, **form)
        assert answered == status
        if status == 409:
            assert 'role="alert"' in text


async def test_a_form_is_opened_with_what_is_known_read_as_the_form_reads_it(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await sitting.get(f"{address}/hand?form=newborn")
        wrong = {"form": "newborn", "answer.born_on": "когда-то", "key": KEY}
        status, text, _ = await sitting.post(f"{address}/hand", **wrong)
        assert status == 400
        assert 'aria-invalid="true"' in text
        assert "когда-то" in text
        right = {"form": "newborn", "answer.born_on": "1 ноября 2026", "key": KEY}
        assert (await sitting.post(f"{address}/hand", **right))[0] == 303
        async with store.look() as look:
            assert (await look.talk(1)).talk.state == "filling"


@pytest.mark.parametrize(
    ("form", "step", "typed", "complaint"),
    [
        ("newborn", "born_on", "1 января 1990", "14"),
        ("smo_change", "ground", "wish", "Снова можно с 1 января 2027 года"),
    ],
)
async def test_what_the_forms_own_check_refuses_no_representative_slips_past_it(
    store, clock, form, step, typed, complaint
):
    """A field takes the answer, the form does not: the citizen could not have given it either."""
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        known = {"form": form, f"answer.{step}": typed, "key": KEY}
        status, text, _ = await sitting.post(f"{address}/hand", **known)
        assert status == 400
        assert complaint in words_of(text)
        async with store.look() as look:
            assert (await look.talk(1)).talk.state != "filling"


async def test_a_file_is_shown_in_its_own_dialog_only_and_the_look_is_written_down(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        sent = await desk.safe.keep("web", "mother", encoded(document()))
        await led(desk, sitting)
        letter = Letter("web", "mother", "m:photo", Attached((sent,)), clock())
        await desk.assistant.turns.take(letter)
        assert sent.id in (await sitting.get("/desk/talks/1"))[1]
        await led(desk, sitting, "worker")
        async with sitting.client.get(f"/desk/talks/1/files/{sent.id}") as answer:
            assert (answer.status, answer.content_type) == (200, "image/jpeg")
        assert (await sitting.get(f"/desk/talks/2/files/{sent.id}"))[0] == 404
        async with store.look() as look:
            deeds = [line.deed for line in await look.journal_after(0, 99)]
        assert "file_viewed" in deeds


async def test_shared_replies_are_kept_by_whoever_may_share(store, clock):
    async with staffed(store, clock) as (_, sitting):
        await sitting.get("/desk/replies")
        reply = {"title": "Привет", "text": "Здравствуйте, я {name}", "language": "ru", "id": "0"}
        assert (await sitting.post("/desk/replies", shared="1", **reply))[0] == 403
        assert (await sitting.post("/desk/replies", **reply))[0] == 303
        assert (await sitting.post("/desk/replies", **{**reply, "title": ""}))[0] == 400
        async with sitting.client.get("/desk/replies/ready?language=ru") as answer:
            ready = await answer.json()
        assert ready == [{"title": "Привет", "text": "Здравствуйте, я anna", "language": "ru"}]


async def test_a_message_that_has_failed_is_sent_again_once(store, clock, migrated_sqlite_url):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        failed = {"chat_id": 1, "seq": 3, "channel": "telegram", "lane": "dialog", "attempts": 1}
        rest = {"state": "failed", "due_at": clock(), "reason": "window (131047)", "done": 0}
        async with asking(migrated_sqlite_url) as ask:
            await ask(lambda connection: connection.execute(insert(outbox), {**failed, **rest}))
        _, text, _ = await sitting.get(address)
        assert "больше 24 часов" in words_of(text)
        assert "Отправить ещё раз" in words_of(text)
        assert (await sitting.post(f"{address}/move/again", seq="3"))[0] == 303
        assert (await sitting.post(f"{address}/move/again", seq="3"))[0] == 409
        assert (await sitting.post(f"{address}/move/again", seq="77"))[0] == 409
