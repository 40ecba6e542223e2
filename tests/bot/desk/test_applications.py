"""Applications at the desk over HTTP: what is shown, hidden, moved, refused and handed out."""

import csv
import io
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.assistant import turning
from bot.channels.base import Letter
from bot.desk.applications.entering import _GROUPS
from bot.printing import Press, Printing
from dialogs.forms import FORMS
from dialogs.incoming import Said
from storage.applications import Filing
from tests.bot.desk.sitting import desk_of, hire, served, words_of
from tests.bot.desk.test_pages import NASTY
from tests.drawings import document, encoded

KEY = "a-key-of-the-tests"
ENP = "9979909720000013"
ADDRESS = {"text": "Москва, ул. Лесная, д. 5", "region": "77"}
LOSS = {
    "what": "lost",
    "who": "me",
    "name": {"surname": "Ёлкин", "given": "Константин", "patronymic": "Ильич"},
    "born_on": "1985-03-07",
    "document_kind": "passport",
    "document": "4510 123456",
    "enp": "9956410892000015",
    "phone": "+79991234567",
    "email": None,
}
MOVE = {
    "moved_on": "2026-11-01",
    "who": "me",
    "name": {"surname": "Ёлкин", "given": "Константин", "patronymic": "Ильич"},
    "born_on": "1985-03-07",
    "document_kind": "passport",
    "document": "4510 123456",
    "enp": None,
    "abode": "registered",
    "address": ADDRESS,
    "insurer_there": "yes",
    "phone": "+79991234567",
    "email": None,
}


@pytest.fixture
def clock(clock):
    """Let it be a working day."""
    clock.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return clock


@asynccontextmanager
async def staffed(store, clock, *roles, regions=("all",)):
    """Serve a desk whose turns run, with somebody signed in."""
    desk = await desk_of(store, clock)
    press = Press()
    knowledge = desk.assistant.knowledge
    printing = Printing(store, knowledge.worlds(), knowledge.organisation, clock, press)
    desk = replace(desk, printing=printing)
    async with turning(desk.assistant), served(desk) as browser:
        _, secret = await hire(
            desk, "anna", *(roles or ("representative",)), regions=regions, name="Анна"
        )
        sitting = browser()
        await sitting.sign_in("anna", secret)
        yield desk, sitting
    press.close()


async def file(desk, number, form="loss", answers=LOSS, due=date(2026, 11, 26), **more):
    """File an application in a chat that has said something."""
    chat = "mother"
    now = desk.clock()
    if not await _chat(desk, chat):
        await desk.assistant.turns.take(Letter("web", chat, f"{chat}:1", Said("привет"), now))
    filing = Filing((await _chat(desk, chat)).id, number, form, 1, answers, now, due_on=due, **more)
    async with desk.store.work() as work:
        await work.file([filing])
    return f"/desk/applications/{number}"


async def _chat(desk, chat):
    async with desk.store.look() as look:
        return await look.chat("web", chat)


async def told(desk, chat="mother"):
    """Read what a citizen sees."""
    async with desk.store.look() as look:
        return [one.text for one in await look.told_after("web", chat, 0, 99)]


async def deeds(desk):
    """Read the journal as (deed, about, purpose)."""
    async with desk.store.look() as look:
        return [(one.deed, one.about, one.purpose) for one in await look.journal_after(0, 99)]


async def state(desk, number):
    """Tell where an application is."""
    async with desk.store.look() as look:
        return (await look.application(number)).application.state


async def test_the_list_shows_a_state_the_nearest_term_first(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        await file(desk, "2000-0000-1")
        await file(desk, "3000-0000-1", about="Ёлкин Пётр", due=date(2026, 11, 21))
        status, text, _ = await sitting.get("/desk/applications")
        assert status == 200
        shown = words_of(text)
        assert shown.index("3000-0000-1") < shown.index("2000-0000-1")
        assert "за: Пётр Ё." in shown
        assert "Новые 2" in shown
        assert "просрочено на 2 дня" in shown
        assert "осталось 3 дня" in shown
        assert "3000-0000-1" not in (await sitting.get("/desk/applications?state=approved"))[1]
        _, _, headers = await sitting.get("/desk/applications?number=2000-0000-1")
        assert headers["Location"] == "/desk/applications/2000-0000-1"


async def test_what_identifies_a_person_is_masked_until_somebody_says_what_for(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        page = await file(desk, "1000-0000-1")
        _, text, _ = await sitting.get(page)
        for kept in ("9956410892000015", "9956 4108", "123456", "1234567"):
            assert kept not in text
        assert "контрольные цифры верны" in words_of(text)
        what = "application:1000-0000-1:enp"
        _, text, _ = await sitting.post(
            "/desk/reveal", script=True, what=what, purpose="application", words=""
        )
        assert "9956 4108 9200 0015" in text
        assert ("personal_revealed", what, "application") in await deeds(desk)
        assert ("application_viewed", "application:1000-0000-1", "") in await deeds(desk)
        for wrong in ("name", "nothing"):
            answer = await sitting.get(f"/desk/reveal?what=application:1000-0000-1:{wrong}")
            assert answer[0] == 404


async def test_answers_that_do_not_fit_together_are_pointed_at(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        page = await file(desk, "1000-0000-1", answers={**LOSS, "born_on": "1986-03-07"})
        shown = words_of((await sitting.get(page))[1])
        assert "проверьте" in shown
        assert "контрольные цифры верны" not in shown


async def test_of_a_foreign_region_no_application_is_listed_or_opened(store, clock):
    async with staffed(store, clock, "supervisor", regions=("77",)) as (desk, sitting):
        there = {**MOVE, "address": {**ADDRESS, "region": "50"}}
        ours = await file(desk, "1000-0000-1", "relocation", MOVE)
        foreign = await file(desk, "2000-0000-1", "relocation", there)
        unknown = await file(desk, "3000-0000-1")
        _, text, _ = await sitting.get("/desk/applications")
        assert "1000-0000-1" in text
        assert "2000-0000-1" not in text
        assert "3000-0000-1" not in text
        assert "Новые 1" in words_of(text)
        assert (await sitting.get(ours))[0] == 200
        for page in (foreign, f"{foreign}/data", unknown):
            assert (await sitting.get(page))[0] == 404
        await sitting.get("/desk/applications")
        _, text, _ = await sitting.post("/desk/applications/export", **{"as": "json"})
        assert "2000-0000-1" not in text


async def test_a_life_from_taking_to_done_with_the_citizen_told_each_time(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        page = await file(desk, "1000-0000-1")
        for move, there, heard in (
            ("take", "in_review", "на рассмотрении"),
            ("approve", "approved", "одобрено"),
            ("complete", "completed", "готово"),
        ):
            await sitting.get(page)
            before = len(await told(desk))
            for _ in range(2):  # sent twice, done once
                status, _, headers = await sitting.post(f"{page}/move/{move}", key=f"{KEY}-{move}")
                if status == 303:
                    assert f"done=application.{move}" in headers["Location"]
            assert await state(desk, "1000-0000-1") == there
            news = (await told(desk))[before:]
            assert len(news) <= 1
            assert move == "take" or heard in news[0]
        shown = words_of((await sitting.get(page))[1])
        assert shown.count("Анна") >= 3
        assert ("application_moved", "application:1000-0000-1", "approve") in await deeds(desk)


async def test_chosen_questions_are_asked_again_with_the_reason_word_for_word(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        page = await file(desk, "1000-0000-1")
        await sitting.get(page)
        await sitting.post(f"{page}/move/take", key=f"{KEY}-1")
        status, text, _ = await sitting.post(
            f"{page}/move/clarify", key=f"{KEY}-2", reason="Номер не читается"
        )
        assert status == 409
        assert "Номер не читается" in text, "nothing that was typed is lost"
        answer = await sitting.post(
            f"{page}/move/clarify", key=f"{KEY}-3", reason="Номер не читается", step="enp"
        )
        assert answer[0] == 303
        assert any("Номер не читается" in one for one in await told(desk))
        shown = words_of((await sitting.get(page))[1])
        assert "Спрошено заново:" in shown
        assert await state(desk, "1000-0000-1") == "needs_clarification"


@pytest.mark.parametrize(
    ("move", "form", "status"),
    [
        ("approve", {}, 409),  # nobody has taken it
        ("reject", {"reason": ""}, 409),
        ("complete", {}, 409),
        ("dance", {}, 404),
        ("take", {"key": "x"}, 400),
    ],
)
async def test_a_move_that_may_not_be_made_changes_nothing(store, clock, move, form, status):
    async with staffed(store, clock) as (desk, sitting):
        page = await file(desk, "1000-0000-1")
        await sitting.get(page)
        before = await told(desk)
        answered, text, _ = await sitting.post(f"{page}/move/{move}", **{"key": KEY, **form})
        assert answered == status
        if status == 409:
            assert 'role="alert"' in text
        assert await state(desk, "1000-0000-1") == "submitted"
        assert await told(desk) == before


async def test_a_move_of_residence_ends_when_somebody_says_it_is_in_the_register(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        page = await file(desk, "1000-0000-1", "relocation", MOVE)
        await sitting.get(page)
        await sitting.post(f"{page}/move/take", key=f"{KEY}-1")
        await sitting.post(f"{page}/move/approve", key=f"{KEY}-2")
        _, text, _ = await sitting.get(f"{page}/data")
        assert "Лесная" not in text
        assert (await sitting.post(f"{page}/data", purpose="nonsense"))[0] == 400
        status, text, _ = await sitting.post(f"{page}/data", purpose="application")
        assert status == 200
        copied = re.findall(r'data-copy="([^"]*)"', text)
        for part in ("Ёлкин", "Константин", "Ильич", "45 10", "123456", ADDRESS["text"]):
            assert part in copied
        assert ("personal_revealed", "application:1000-0000-1:all", "application") in await deeds(
            desk
        )
        assert (await sitting.post(f"{page}/move/complete", key=f"{KEY}-3"))[0] == 409
        done = await sitting.post(f"{page}/move/complete", key=f"{KEY}-4", entered="1")
        assert done[0] == 303
        assert await state(desk, "1000-0000-1") == "completed"


def test_every_question_of_a_form_has_its_part_and_only_one():
    placed = [step for steps in _GROUPS.values() for step in steps]
    assert len(placed) == len(set(placed))
    for form in ("smo_change", "data_update", "newborn", "relocation"):
        asked = {step.id for step in FORMS[form].steps}
        assert asked - set(placed) <= {"photos", "has_certificate"}, form


async def test_a_photo_is_shown_with_its_own_application_only(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        ours = await desk.safe.keep("web", "mother", encoded(document()))
        other = await desk.safe.keep("web", "mother", encoded(document()))
        answers = {**LOSS, "photos": [ours.id]}
        page = await file(desk, "1000-0000-1", "loss", answers)
        async with sitting.client.get(f"{page}/photos/{ours.id}") as answer:
            assert (answer.status, answer.content_type) == (200, "image/jpeg")
            assert answer.headers["Cache-Control"] == "private, no-store"
        assert (await sitting.get(f"{page}/photos/{other.id}"))[0] == 404
        assert ("file_viewed", "application:1000-0000-1", "") in await deeds(desk)


async def test_the_sheet_is_printed_and_that_is_written_down(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        page = await file(desk, "1000-0000-1")
        await sitting.get(page)
        async with sitting.client.post(f"{page}/sheet", data={"csrf": sitting.csrf}) as answer:
            assert answer.content_type == "application/pdf"
            assert (await answer.read()).startswith(b"%PDF-")
        assert (
            "application_printed",
            "application:1000-0000-1",
            "application",
        ) in await deeds(desk)


async def test_exports_hold_every_answer_and_no_formula(store, clock):
    async with staffed(store, clock, "supervisor") as (desk, sitting):
        name = {"surname": "=HYPERLINK(1)", "given": "А", "patronymic": ""}
        await file(desk, "1000-0000-1", about="=HYPERLINK(1) А", answers={**LOSS, "name": name})
        await file(desk, "2000-0000-1", "relocation", MOVE)
        await sitting.get("/desk/applications")
        _, text, headers = await sitting.post(
            "/desk/applications/export", **{"as": "csv", "state": "submitted"}
        )
        assert headers["Content-Disposition"].endswith('applications-submitted.csv"')
        table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        assert [row["number"] for row in table] == ["1000-0000-1", "2000-0000-1"]
        assert all(not cell.startswith("=") for row in table for cell in row.values())
        assert "45 10 № 123456" in table[0]["answers"]
        async with sitting.client.post(
            "/desk/applications/export",
            data={"csrf": sitting.csrf, "as": "json", "state": "submitted"},
        ) as answer:
            read = await answer.json()
        assert [one["answers"] for one in read["applications"]] == [
            {**LOSS, "name": name},
            MOVE,
        ]
        assert ("applications_exported", "state:submitted", "json") in await deeds(desk)


async def test_representatives_export_nothing(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        await file(desk, "1000-0000-1")
        _, text, _ = await sitting.get("/desk/applications")
        assert "Выгрузить" not in text
        assert (await sitting.post("/desk/applications/export", **{"as": "csv"}))[0] == 403


async def test_nothing_that_a_citizen_wrote_becomes_markup(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = {"text": NASTY, "region": "77"}
        name = {"surname": NASTY, "given": NASTY, "patronymic": ""}
        answers = {**MOVE, "address": address, "name": name}
        page = await file(desk, "1000-0000-1", "relocation", answers, about=NASTY)
        texts = [(await sitting.get(one))[1] for one in ("/desk/applications", page)]
        await sitting.get(f"{page}/data")
        texts.append((await sitting.post(f"{page}/data", purpose="other", words=NASTY))[1])
        _, text, _ = await sitting.post(f"{page}/move/reject", key=KEY, reason=NASTY)
        texts.append(text)
    for text in texts:
        assert not re.search(r"<script>alert|<img src=x|onerror=alert\(2\)>", text)
        assert "&lt;" in text


async def test_a_form_that_is_no_more_has_a_page_still(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        page = await file(desk, "1000-0000-1", "no_such_form", {"seats": "four"})
        status, text, _ = await sitting.get(page)
        assert status == 200
        assert "Этой анкеты больше нет" in words_of(text)


async def test_what_may_be_filed_twice_is_said(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        page = await file(desk, "1000-0000-1")
        await file(desk, "2000-0000-1")
        await file(desk, "3000-0000-1", about="Ёлкина Анна")
        _, text, _ = await sitting.get(page)
        assert "/desk/applications/2000-0000-1" in text
        assert "/desk/applications/3000-0000-1" not in text
