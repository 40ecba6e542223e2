"""What a person sees of what is sent, and what becomes of it when Telegram says no."""

import asyncio

import pytest
from aiogram.methods import SendMessage

from bot.channels.base import Failure, Situation, Surroundings, Undelivered
from bot.channels.telegram import build
from bot.channels.telegram.messenger import TelegramSettings
from dialogs.effects import Button
from dialogs.message import Message
from tests.bot.channels.telegram.conftest import utc_now
from tests.kit.loopback import outage

MENU = (Button("m", "Меню"),)
SEX = (Button("a:loss:1:sex:m", "Мужской"), Button("a:loss:1:sex:f", "Женский"), *MENU)


@pytest.fixture
def anna(server):
    server.start("anna")
    return server.screen("anna")


async def test_a_person_reads_text_and_small_print_and_can_press(server, say, anna):
    await say("anna", "a < b & c", note="Верно", buttons=MENU)
    (shown,) = anna.said
    assert shown.text == "a < b & c\n\nВерно"
    assert shown.labels == ["Меню"]
    assert server.violations == []


async def test_only_notices_are_paid_for_and_only_where_that_is_set(server, desk, papers, words):
    server.start("anna")
    chat, paid = str(server.person("anna").id), []
    for per_second in (0.0, 100.0):
        settings = TelegramSettings(server.token, server.url, paid_per_second=per_second)
        telegram = build(settings, Surroundings(desk, papers, words, utc_now))
        for is_notice in (False, True):
            situation = Situation("ru", utc_now(), None, is_notice)
            said = Message(1, "assistant", utc_now(), "Здравствуйте!", document="extract:K7QM")
            for call in telegram.write(said, situation):
                await telegram.perform(chat, call)
            paid.append(server.paid)
        assert telegram.pace.of_notices == (per_second or telegram.pace.per_second)
        await telegram.close()
    assert paid == [0, 0, 0, 2]
    assert server.violations == []


async def test_a_picture_goes_with_its_file_and_the_next_time_by_id(server, say, anna, papers):
    """The same content is uploaded once; names end as the content does."""
    await say("anna", "Готово", document="extract:K7QM", buttons=MENU)
    picture, file = anna.said
    assert (picture.kind, picture.text, picture.file[0]) == ("photo", "Готово", "extract-K7QM.png")
    assert (file.kind, file.file[0], file.labels) == ("document", "extract-K7QM.pdf", ["Меню"])
    server.start("peter")
    await say("peter", "Готово", document="extract:K7QM", buttons=MENU)
    again = server.screen("peter").said
    assert [one.file[1] for one in again] == [picture.file[1], file.file[1]]
    assert [one.file[0] for one in again] != [picture.file[0], file.file[0]]  # ids, not names
    assert server.violations == []


async def test_an_upload_that_telegram_forgot_is_made_anew(server, say, anna):
    await say("anna", "Готово", document="application:1")
    server.chats.files.clear()
    await say("anna", "Готово", document="application:1")
    assert [one.file[0] for one in anna.said] == ["application-1.pdf", "application-1.pdf"]


async def test_a_day_for_the_calendar_is_named_as_one(say, anna):
    await say("anna", "В календарь", document="calendar:1")
    assert anna.said[-1].file[0] == "calendar-1.ics"


@pytest.mark.parametrize("name", ["application:gone", "extract:other"])
async def test_a_document_that_there_is_none_of_is_our_fault(say, anna, name):
    """Nothing of the message goes: words that speak of a document are not said without it."""
    with pytest.raises(Undelivered) as failed:
        await say("anna", "Готово", document=name)
    assert failed.value.failure is Failure.REJECTED
    assert anna.said == []


@pytest.mark.parametrize("name", ["application:1", "calendar:1"])
async def test_a_paper_that_is_not_looked_at_in_the_chat_is_drawn_once_as_a_file(
    say, anna, papers, name
):
    await say("anna", "Готово", document=name)
    assert papers.drawn == [name]
    assert [one.kind for one in anna.said] == ["document"]


async def test_a_text_that_cannot_be_parsed_goes_in_plain_letters(server, telegram, anna):
    """It would be a bug of ours; the person reads it all the same."""
    chat = str(server.person("anna").id)
    broken = SendMessage(chat_id=0, text="<b>Срок</i> &lt;день&gt;", parse_mode="HTML")
    await telegram.perform(chat, broken)
    assert anna.said[-1].text == "Срок <день>"


@pytest.mark.parametrize(
    ("fault", "failure", "unknown", "all_chats"),
    [
        ("cut_before", Failure.LATER, True, False),
        ("cut_after", Failure.LATER, True, False),
        ("500", Failure.LATER, False, False),
        ("502", Failure.LATER, True, False),
        ("401", Failure.LATER, False, True),
        ("429", Failure.LATER, False, False),
    ],
)
async def test_each_failure_says_what_to_do(server, say, anna, fault, failure, unknown, all_chats):
    """Whether the message may have arrived, and whether the whole bot is meant."""
    server.fail(fault)
    with pytest.raises(Undelivered) as failed:
        await say("anna")
    told = failed.value
    assert (told.failure, told.unknown, told.all_chats) == (failure, unknown, all_chats)
    assert (told.after is not None) is (fault == "429")
    assert server.token not in told.reason


async def test_nobody_listens(server, say, anna):
    async with outage(server):
        with pytest.raises(Undelivered) as failed:
            await say("anna")
    assert (failed.value.failure, failed.value.unknown) == (Failure.LATER, False)


async def test_a_wait_is_not_asked_for_twice(server, say, anna):
    """A call that comes too early is never made, so Telegram has nothing to resent."""
    server.fail("429")
    for _ in range(3):
        with pytest.raises(Undelivered) as failed:
            await say("anna")
        assert 0 < failed.value.after <= 1
        assert not failed.value.all_chats
    assert sum(call.name == "sendmessage" for call in server.calls) == 1
    assert server.violations == []


async def test_when_two_chats_are_told_to_wait_it_is_the_bot(server, say, anna):
    server.start("peter")
    server.fail("429", 2)
    with pytest.raises(Undelivered):
        await say("anna")
    with pytest.raises(Undelivered) as failed:
        await say("peter")
    assert failed.value.all_chats


@pytest.mark.parametrize("how", ["blocked", "deactivated", "never started"])
async def test_who_is_gone_is_gone(server, say, how):
    person = server.person("anna", started=how != "never started")
    person.blocked = how == "blocked"
    person.deactivated = how == "deactivated"
    with pytest.raises(Undelivered) as failed:
        await say("anna")
    assert failed.value.failure is Failure.GONE


async def test_a_chat_that_there_is_none_of_is_gone(telegram):
    with pytest.raises(Undelivered) as failed:
        await telegram.perform("1", SendMessage(chat_id=0, text="?"))
    assert failed.value.failure is Failure.GONE


async def test_the_sign_of_typing_shows_and_never_fails(server, telegram, anna):
    chat = str(server.person("anna").id)
    server.fail("502", 1, "sendChatAction")
    await telegram.show_typing(chat)
    await telegram.show_typing(chat)
    assert anna.typing == 1


async def test_a_photo_of_a_representative_is_seen_and_comes_as_no_file_beside(say, anna):
    await say("anna", "Вот бланк", voice="representative", name="Анна", document="photo:file-1")
    (photo,) = anna.said
    assert (photo.kind, photo.file[0]) == ("photo", "photo-file-1.jpg")
    assert photo.text.endswith("Вот бланк")


async def test_a_photo_that_is_no_more_is_not_sent_as_words_alone(say, anna):
    with pytest.raises(Undelivered) as failed:
        await say("anna", "Вот бланк", document="photo:file-gone")
    assert failed.value.failure is Failure.REJECTED
    assert anna.said == []


async def test_what_a_notice_carries_is_given_once_and_goes_again_by_its_id(
    server, say, anna, papers
):
    """Many at once wait for the first; when Telegram has forgotten it, it is given anew."""
    name = "photo:notice-1"
    server.start("peter")
    await asyncio.gather(*(say(who, "Афиша", document=name) for who in ("anna", "peter")))
    await say("anna", "Афиша", document=name)
    assert papers.drawn == [name]
    contents = {one.file[1] for who in ("anna", "peter") for one in server.screen(who).said}
    assert len(contents) == 1
    server.chats.files.clear()
    await say("anna", "Афиша", document=name)
    assert papers.drawn == [name, name]
    assert anna.said[-1].file[0] == "photo-notice-1.jpg"
    assert server.violations == []


@pytest.fixture
def five(server):
    """Let five people be there."""
    names = [f"person {number}" for number in range(5)]
    for name in names:
        server.start(name)
    return names


async def test_who_waited_for_an_upload_waits_for_a_turn_as_well(server, telegram, five):
    """Else all of them would call in one moment, whatever was counted while they waited."""
    turns = []

    async def again():
        turns.append(None)

    said = Message(1, "assistant", utc_now(), "Афиша", document="photo:notice-1")
    (call,) = telegram.write(said, Situation("ru", utc_now(), None))
    chats = [str(server.person(name).id) for name in five]
    await asyncio.gather(*(telegram.perform(chat, call, again) for chat in chats))
    assert len(turns) == 4
    await telegram.perform(chats[0], call, again)
    assert len(turns) == 4


async def show_poster(say, names):
    """Show the poster of a notice to many at once; return what came of each."""
    showing = [say(name, "Афиша", document="photo:notice-1") for name in names]
    return await asyncio.gather(*showing, return_exceptions=True)


def uploads(server):
    """Count how often a photo was given, or tried to be."""
    return sum(call.name == "sendphoto" for call in server.calls)


@pytest.mark.parametrize("fault", ["cut_after", "500"])
async def test_an_upload_that_fails_fails_at_once_for_all_who_wait(server, say, five, fault):
    """One after another they would keep the lane for as many time-outs.

    Only of the first it may be in doubt whether it arrived: the others come later.
    """
    server.fail(fault, 1, "sendPhoto")
    first, *others = await show_poster(say, five)

    assert (first.failure, first.unknown) == (Failure.LATER, fault == "cut_after")
    told = [(one.failure, one.unknown, one.after) for one in others]
    assert told == [(Failure.LATER, False, None)] * 4
    assert uploads(server) == 1
    await show_poster(say, five[1:])
    assert all(server.screen(name).said for name in five[1:])


@pytest.mark.parametrize("trouble", ["blocked", "told to wait"])
async def test_who_cannot_be_sent_the_first_lets_the_next_give_it(
    server, say, papers, five, trouble
):
    """That somebody is gone, or asked to wait, says nothing of others."""
    if trouble == "blocked":
        server.person(five[0]).blocked = True
    else:
        server.fail("429", 1, "sendPhoto")
    first, *others = await show_poster(say, five)

    assert first.failure is (Failure.GONE if trouble == "blocked" else Failure.LATER)
    assert all(len(server.screen(name).said) == 1 for name in five[1:])
    assert len(others) == 4
    assert papers.drawn == ["photo:notice-1"] * 2


@pytest.mark.parametrize(
    ("size", "kind"),
    [
        ((4096, 205), "photo"),
        ((4096, 204), "document"),
        ((204, 4096), "document"),
        ((5000, 5000), "photo"),
        ((5001, 5000), "document"),
    ],
)
async def test_a_picture_that_telegram_takes_for_no_photo_is_seen_as_a_file(
    server, say, anna, papers, size, kind
):
    """A screenshot of a whole page has sides beyond 20:1, a scan more than 10,000 pixels."""
    papers.sizes["photo:file-1"] = size
    await say("anna", "Вот бланк", document="photo:file-1", buttons=MENU)
    (shown,) = anna.said
    assert (shown.kind, shown.file[0]) == (kind, "photo-file-1.jpg")
    assert (shown.text, shown.labels) == ("Вот бланк", ["Меню"])
    assert server.violations == []


async def test_a_long_picture_of_a_notice_is_given_once_though_it_goes_as_a_file(
    server, say, anna, papers
):
    name = "photo:notice-1"
    papers.sizes[name] = (100, 2100)
    for _ in range(2):
        await say("anna", "Афиша", document=name)
    assert papers.drawn == [name]
    assert [one.kind for one in anna.said] == ["document"] * 2
    assert anna.said[0].file[1] == anna.said[1].file[1]
    assert server.violations == []
