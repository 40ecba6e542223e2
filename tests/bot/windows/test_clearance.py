"""With `link`, nothing of a person reaches the messenger; a link does, and works for them alone."""

from dataclasses import replace

import pytest

from bot.channels.base import Failure, Undelivered
from dialogs.incoming import Attached, FileSent, Vouched
from dialogs.message import Message
from storage.outbox import Posting
from tests.bot.windows.conftest import LINK
from tests.storage.given import met

NAME = "Иванова Мария Петровна"


async def test_a_question_that_asks_for_personal_data_goes_as_a_link(house):
    """What is general goes as ever, in its place."""
    assert "потеря" in (await house.does("потеряла полис"))[0].casefold()
    (said,) = await house.asked()
    assert LINK.search(said)
    assert "10 минут" in said
    _, _, asked = (await house.told())[-1]
    assert asked not in said


async def test_what_is_typed_there_is_not_taken_and_not_kept(house):
    """The same question is put again, by a link of its own."""
    await house.asked()
    before = (await house.told())[-1]
    for typed in (NAME, "9949020836000029", "5"):
        (said,) = await house.does(typed)
        assert LINK.search(said)
    _, voices, texts = zip(*(await house.told())[-6:], strict=True)
    assert voices == ("citizen", "assistant") * 3
    assert set(texts) == {"•••", before[2]}


@pytest.mark.parametrize(
    "event",
    [Attached((FileSent("f", "image/jpeg", 9),), NAME), Vouched("+79161234567")],
    ids=["photo", "phone"],
)
async def test_photos_and_shared_phones_are_not_taken_either(house, event):
    await house.asked()
    question = (await house.told())[-1][2]
    (said,) = await house.does(event)
    assert LINK.search(said)
    assert (await house.told())[-1][2] == question


async def test_a_question_in_the_middle_is_answered_there(house):
    """Only answers are not taken."""
    await house.asked()
    answer, link = await house.does("сколько стоит полис?")
    assert "бесплатно" in answer.casefold()
    assert LINK.search(link)


async def test_several_in_a_row_share_one_link(house, store):
    """Until it is used or about to end: then the next brings one of its own."""
    await house.asked()
    (chat,) = await met(store, "anna")
    counted = []
    for minutes in (0, 4, 2):
        house.clock.wait(minutes=minutes)
        async with store.work() as work:
            known = (await work.chats([("telegram", "anna")], house.clock(), {})).popitem()[1]
            await work.keep([replace(known, last_seq=known.last_seq + 2)], house.clock())
        for seq in (known.last_seq + 1, known.last_seq + 2):
            said = Message(seq, "assistant", house.clock(), "секрет", data="personal")
            async with store.work() as work:
                await work.record([(chat.id, said)])
                await work.post([Posting(chat.id, seq, "telegram", house.clock(), None)])
        counted.append(len(await house.arrives()))
    assert counted == [0, 0, 1]
    assert not [one for one in house.messenger.delivered if "секрет" in one]


async def test_a_link_that_did_not_go_is_made_anew(house):
    """The messenger was busy: the link that goes in the end opens the conversation."""
    await house.does("меню")
    house.messenger.failing["anna"] = [Undelivered(Failure.LATER, "busy", after=5)] * 2
    assert await house.asked() == []
    house.clock.wait(seconds=6)
    house.messenger.failing.clear()
    said = await house.arrives()
    links = [one for one in said if LINK.search(one)]
    assert len(links) == 1
    async with house.browser() as browser:
        status, _ = await browser.open(LINK.search(links[0])[1])
        assert status == 200


async def test_the_word_for_a_link_brings_one_whatever_is_open(house):
    (said,) = await house.does("ссылка")
    assert LINK.search(said)
