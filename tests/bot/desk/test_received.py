"""Notices that a citizen was meant to get: beside the dialog and on the person's page."""

import pytest

from bot.channels.base import Letter
from dialogs.incoming import Said
from tests.bot.desk.sitting import words_of
from tests.bot.desk.test_talks import say, staffed
from tests.bot.notices.house import OLGA, written
from tests.storage.given import asking
from tests.storage.telling import linked


@pytest.fixture(autouse=True)
def _monday(clock):
    """Let it be a working day."""
    clock.now = clock.now.replace(day=23)


async def broadcast(desk, **more):
    """Send a notice to everybody, to the end."""
    notices = desk.assistant.notices
    number = await notices.create(written(**more), OLGA)
    assert await notices.check(number, OLGA) == ()
    await notices.send(number, (await notices.preview(number)).seen, OLGA)
    for _ in range(30):
        if not await desk.assistant.broadcasting.step():
            break
    return number


async def test_notices_stand_beside_the_dialog_with_what_became_of_them(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        await say(desk, "mother", "привет")
        await broadcast(desk)
        clock.wait(minutes=5)
        await say(desk, "mother", "позовите человека")
        _, text, _ = await sitting.get("/desk/talks/1/case")
        shown = words_of(text)
        assert "Уведомления Часы работы ·" in shown
        assert "/desk/notices/1" not in text  # representatives do not open notices
        letter = Letter("web", "worker", "w:1", Said("позовите человека"), clock())
        await desk.assistant.turns.take(letter)
        assert "Часы работы" not in (await sitting.get("/desk/talks/2/case"))[1]


async def test_of_a_proven_person_they_are_those_of_the_person(store, clock, migrated_sqlite_url):
    """Whichever chat they came to; a supervisor may open the notice itself."""
    async with staffed(store, clock, "representative", "supervisor") as (desk, sitting):
        await say(desk, "mother", "привет")
        async with asking(migrated_sqlite_url) as ask:
            await ask(linked, [(1, 1)])
        await broadcast(desk)
        clock.wait(minutes=5)
        await say(desk, "mother", "позовите человека")
        for path in ("/desk/people/1", "/desk/talks/1/case"):
            _, text, _ = await sitting.get(path)
            assert "Часы работы" in text, path
            assert "/desk/notices/1" in text
