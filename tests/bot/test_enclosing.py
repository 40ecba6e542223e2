"""Files beside words that are not sent yet: each of its own chat, held, and gone when taken out."""

from datetime import timedelta

import pytest

from dialogs.incoming import Said
from storage.files import KeptFile
from tests.bot.leading import ANNA, BORIS, desk_on, talk_of
from tests.bot.turning import letter

DAY = timedelta(days=1)


@pytest.fixture
async def talk(store, clock):
    """Let two citizens call a person; return the talk of the first."""
    async with desk_on(store, clock) as (turns, _):
        for chat in ("mother", "worker"):
            await turns.take(letter(clock, chat, 1, Said("оператор")))
    return (await talk_of(store, "mother")).id


async def _keep(store, clock, name, chat="mother"):
    async with store.work() as work:
        await work.keep_file(KeptFile(name, "image/png", 2048, clock(), b"seal"), "web", chat)


async def _beside(store, talk, login="anna"):
    async with store.look() as look:
        return [one.name for one in await look.enclosed(login, talk)]


async def test_a_file_stands_beside_the_words_of_one_representative(store, clock, talk):
    """It is loose no longer, and stands there once however often it is put."""
    await _keep(store, clock, "one")
    async with store.work() as work:
        assert await work.enclose(ANNA.login, talk, "one", clock(), most=5)
        assert await work.enclose(ANNA.login, talk, "one", clock(), most=5)
        assert await work.forget_loose_files(clock() + DAY, 99) == 0
    assert await _beside(store, talk) == ["one"]
    assert await _beside(store, talk, BORIS.login) == []


async def test_a_file_of_another_chat_is_never_put_there(store, clock, talk):
    await _keep(store, clock, "theirs", "worker")
    async with store.work() as work:
        assert not await work.enclose(ANNA.login, talk, "theirs", clock(), most=5)
    async with store.look() as look:
        assert await look.enclosable(talk, ["theirs", "none"]) == {}


@pytest.mark.parametrize("is_kept", [False, True])
async def test_taken_out_it_goes_unless_a_message_has_it(store, clock, talk, is_kept):
    await _keep(store, clock, "one")
    async with store.work() as work:
        await work.enclose(ANNA.login, talk, "one", clock(), most=5)
        assert not await work.take_out(BORIS.login, talk, ["one"], is_kept=False)
        assert await work.take_out(ANNA.login, talk, ["one"], is_kept=is_kept)
    assert await _beside(store, talk) == []
    async with store.look() as look:
        assert (await look.file("web", "mother", "one") is not None) == is_kept


async def test_it_goes_with_its_file(store, clock, talk):
    for name in ("one", "two"):
        await _keep(store, clock, name)
        async with store.work() as work:
            await work.enclose(ANNA.login, talk, name, clock(), most=5)
    async with store.work() as work:
        assert await work.forget_files(clock() + DAY, 1) == 1
    assert len(await _beside(store, talk)) == 1
