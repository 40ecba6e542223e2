"""Two representatives press «Взять» and «Следующий» at one moment, round after round."""

import asyncio
from datetime import UTC, datetime
from itertools import count

import pytest

from bot.assistant import turning
from bot.channels.base import Letter
from dialogs.incoming import Said
from storage import Store
from tests.bot.desk.sitting import desk_of, hire, served

ROUNDS = [40, pytest.param(200, marks=pytest.mark.soak)]


@pytest.fixture
async def store(migrated_url):
    """Open an empty store, of either kind: a race is the database's affair, too."""
    store = await Store.open(migrated_url)
    yield store
    await store.close()


@pytest.mark.parametrize("rounds", ROUNDS)
async def test_of_two_who_take_a_dialog_exactly_one_has_it_in_every_round(store, clock, rounds):
    """By the button of the dialog's page and by that of the list, in turn.

    Whoever loses is told on the page; both may press again at once, and nothing is claimed twice.
    """
    clock.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    keys = count()
    desk = await desk_of(store, clock)
    async with turning(desk.assistant), served(desk) as browser:
        pair = []
        for login in ("anna", "boris"):
            _, secret = await hire(desk, login, "representative")
            pair.append(browser())
            await pair[-1].sign_in(login, secret)

        async def press(sitting, path):
            return await sitting.post(path, key=f"a-key-of-the-race-{next(keys)}")

        won = {"anna": 0, "boris": 0}
        for turn in range(1, rounds + 1):
            chat, now = f"citizen-{turn}", clock()
            letter = Letter("web", chat, f"{chat}:1", Said("позовите человека"), now)
            await desk.assistant.turns.take(letter)
            if turn % 2:
                path = f"/desk/talks/{turn}/move/claim"
                answers = await asyncio.gather(*(press(one, path) for one in pair))
                assert sorted(status for status, _, _ in answers) == [303, 409], turn
            else:
                path = "/desk/talks/next"
                answers = await asyncio.gather(*(press(one, path) for one in pair))
                places = sorted(headers["Location"] for _, _, headers in answers)
                nobody = "/desk/talks?view=waiting&done=nobody_waits"
                assert places == sorted([f"/desk/talks/{turn}", nobody]), turn
            async with store.look() as look:
                talk = (await look.talk(turn)).talk
                moves = await look.talk_moves(turn)
            assert talk.state == "led"
            assert [one.kind for one in moves].count("claimed") == 1, turn
            won[talk.representative] += 1
        assert sum(won.values()) == rounds
