"""A whole conversation moves: all of it, once, to one place; two people are never joined."""

import re
from datetime import timedelta

import pytest

from bot import events
from bot.channels.base import Letter
from bot.deciding import Deciding
from bot.letters import Refused
from bot.moving import MovingErrands
from bot.reminding import wake_due
from bot.safekeeping import Safe
from dialogs.incoming import Opened, Pressed
from dialogs.move_events import AllHanded, DraftHanded
from storage.applications import Filing
from storage.errands import Claimed, Errand
from storage.notice_choices import Choice
from storage.notice_schema import notice_choice
from storage.schema import consent, file, reminder
from tests.bot.proving import ANNA, CHILD, FATHER, Visitor, assistant_on, filled
from tests.bot.turning import running
from tests.drawings import encoded, scribble
from tests.storage.given import asking, rows

NAME = "Сидорова Ольга Павловна"
NUMBER = "9999-0001-7"


class House:
    """An assistant that can be put together anew over what is kept, as after a kill."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.safe = Safe(store, ("a key of the files " * 2,), clock)
        self.anew()

    def anew(self):
        """Forget everything that is not in the database."""
        self.assistant, self.inbox = assistant_on(self.store, self.clock, withheld=("whatsapp",))

    def visitor(self, chat, channel):
        """Let somebody come by a channel."""
        return Visitor(self.assistant, self.inbox, self.clock, chat, channel=channel)

    async def chat(self, visitor):
        """Look at somebody's chat as it is kept."""
        async with self.store.look() as look:
            return await look.chat(visitor.channel, visitor.chat)

    async def files_an_application(self, visitor):
        """Let an application be there, with the promise that goes with it."""
        chat, now = await self.chat(visitor), self.clock()
        promise = (chat.id, f"promise:{NUMBER}", now + timedelta(days=3))
        async with self.store.work() as work:
            filed = Filing(chat.id, NUMBER, "loss", 1, {"what": "lost"}, now, due_on=now.date())
            await work.file([filed])
            await work.remind([promise])

    async def carries(self):
        """Do what waits to be done."""
        while [lane for lane in self.assistant.errands if await lane.do_due()]:
            pass


@pytest.fixture
async def house(store, clock):
    """Open the house."""
    house = House(await filled(store), clock)
    async with running(house.assistant.turns):
        yield house


@pytest.fixture
def olga(house):
    """One person: in Telegram, and in MAX."""
    return house.visitor("olga", "telegram"), house.visitor("700", "max")


@pytest.fixture
async def kept(database_url):
    """Read a table as it is."""
    async with asking(database_url) as ask:

        async def read(table):
            return await ask(rows, table)

        yield read


async def fill_in(visitor):
    """Begin an application, down to the question after the name."""
    await visitor.presses("f:loss")
    for words in ("да", "потерял", "за себя", NAME):
        await visitor.says(words)


async def wants_all(there, here, *, lets=True):
    """Draw a code for everything, type it in the other chat, and say yes in both."""
    await there.says("перенести весь разговор")
    (said,) = await there.presses("M:whole")
    await here.says(f"код {re.search(r'[0-9]{3} [0-9]{3}', said)[0]}")
    answers = await here.presses("M:take")
    if not lets:
        return answers
    return await there.presses("M:let")


async def texts(visitor):
    """Read what the assistant has said in a chat."""
    return [one.text for one in await visitor.history() if one.voice == "assistant"]


async def test_everything_of_the_person_goes_and_the_history_stays(house, olga, kept):
    there, here = olga
    await there.proves(ANNA)
    await fill_in(there)
    await there.says("вчера получила новый паспорт")
    await house.files_an_application(there)
    old = await house.chat(there)
    async with house.store.work() as work:
        await work.choose_notices(
            [Choice(old.id, "service", agrees=False, version="1")], house.clock()
        )
    asked = (await texts(there))[-1]
    before = await there.history()

    (gone,) = await wants_all(there, here)
    new = await house.chat(here)
    assert "MAX" in gone
    assert "1 начатое заявление, 1 поданное заявление, 1 срок, 1 подтверждённый человек" in gone
    came, again = (await texts(here))[-2:]
    assert came.startswith("Разговор перенесён сюда. Прежний чат: Telegram.")
    assert again == asked  # the consent has come along, and the place in the form

    assert [one.insured.enp for one in await here.people()] == [ANNA.enp]
    assert NUMBER in (await here.says("мои заявления"))[0]
    assert "Новый документ" in (await here.says("мои сроки"))[0]
    async with house.store.look() as look:
        assert (await look.application(NUMBER)).channel == "max"
    assert {one["chat_id"] for one in await kept(reminder)} == {new.id}
    assert {one["name"] for one in await kept(reminder)} >= {
        f"promise:{NUMBER}",
        "duty:1",
        "draft:1",
    }
    assert {one["chat_id"] for one in await kept(consent)} == {new.id}
    assert [(one["chat_id"], one["agrees"]) for one in await kept(notice_choice)] == [
        (new.id, False)
    ]

    assert (await there.history())[: len(before)] == before
    assert await there.people() == ()
    assert "Заявлений пока нет" in (await there.says("мои заявления"))[0]
    assert "Сроков сейчас нет" in (await there.says("мои сроки"))[0]
    assert (await texts(there)).count(gone) == 1  # told once
    assert "f:loss" in [one.code for one in (await there.does(Pressed("t:loss")))[-1].buttons]


async def test_the_desk_sees_in_both_histories_where_it_went(olga):
    there, here = olga
    await fill_in(there)
    await wants_all(there, here)
    grey = [one.text for one in await there.history() if one.voice == "event"]
    assert grey == ["Разговор перенесён в другой чат: MAX"]
    grey = [one.text for one in await here.history() if one.voice == "event"]
    assert grey == ["Разговор перенесён сюда. Прежний чат: Telegram"]


async def test_photos_open_where_they_went_and_where_they_were_sent_and_nowhere_else(
    house, olga, kept
):
    there, here = olga
    photo = encoded(scribble())
    await fill_in(there)
    sent = await house.safe.keep("telegram", "olga", photo)
    await house.files_an_application(there)
    await wants_all(there, here)
    assert [one["chat_id"] for one in await kept(file)] == [(await house.chat(here)).id]
    seen = await house.safe.fetch("max", "700", sent.id)
    assert seen == await house.safe.fetch("telegram", "olga", sent.id)
    assert seen[0] == "image/jpeg"
    assert await house.safe.fetch("max", "701", sent.id) is None
    third = house.visitor("page", "web")
    await wants_all(here, third)
    assert await house.safe.fetch("web", "page", sent.id) == seen


async def test_what_is_there_already_stands_beside_and_the_person_is_told_before_and_after(
    house, olga
):
    there, here = olga
    await fill_in(there)
    await there.says("вчера получила новый паспорт")
    await there.says("сегодня сменила фамилию")
    await here.does(Opened("f-newborn"))
    await here.says("да")
    await here.says("вчера получила новый паспорт")
    open_here = (await texts(here))[-1]
    await there.says("перенести весь разговор")
    said = (await there.presses("M:whole"))[-1]
    asked, *_ = await here.says(f"код {re.search(r'[0-9]{3} [0-9]{3}', said)[0]}")
    assert "Здесь уже есть своё: 1 начатое заявление, 1 срок" in asked
    await here.presses("M:take")
    await there.presses("M:let")
    came, open_still = (await texts(here))[-2:]
    assert "осталось рядом: 1 начатое заявление, 1 срок" in came
    assert open_still.splitlines()[0] == open_here.splitlines()[0]
    listed, *_ = await here.says("мои сроки")
    assert listed.count("Новый документ") == 1  # known to both, it is one
    assert "фамили" in listed.lower()
    await here.says("меню")
    await here.presses("f:loss")
    assert "Дата рождения" in (await texts(here))[-1]


async def test_conversations_of_two_people_are_never_joined(house, olga):
    there, here = olga
    await there.proves(ANNA)
    await here.proves(FATHER)
    said = await wants_all(there, here, lets=False)
    assert "разных людей я не соединяю" in said[0]
    assert any("Там подтверждён другой человек" in one for one in await texts(there))
    assert await there.presses("M:let") != []
    assert [one.insured.enp for one in await there.people()] == [ANNA.enp]
    assert [one.insured.enp for one in await here.people()] == [FATHER.enp]


async def test_a_code_that_another_person_typed_is_spent(house, olga):
    """Who knows six digits cannot become nobody and type them again."""
    there, here = olga
    await there.proves(ANNA)
    await here.proves(FATHER)
    await there.says("перенести весь разговор")
    code = re.search(r"\d{3} \d{3}", (await there.presses("M:whole"))[-1])[0]
    nobody = house.visitor("701", "max")
    for visitor, answer in ((here, "разных людей я не соединяю"), (nobody, "не действует")):
        await visitor.says(f"код {code}")
        assert answer in (await visitor.presses("M:take"))[0]
    assert sum("Ваш код" in one for one in await texts(there)) == 1


@pytest.mark.parametrize(
    ("kind", "wish", "event"),
    [
        (
            "hand",
            {"form": "loss", "version": 1, "answers": {"who": "me"}, "sources": {}},
            DraftHanded("loss", 1, {"who": "me"}, {}),
        ),
        (
            "carry",
            {"channel": "max", "address": "7", "state": {}, "applications": 1, "people": 2},
            AllHanded("max", "7", {}, 1, 2),
        ),
    ],
)
async def test_what_left_before_errands_named_what_they_bring_arrives(house, kind, wish, event):
    doer = MovingErrands(house.store, house.assistant.turns, house.clock).doers()[kind]
    for written in (wish, events.write(event)):
        claimed = Claimed(Errand("e", 1, kind, written), "max", "700", "ru")
        assert await doer(claimed) == event


async def test_nothing_is_moved_when_all_there_was_has_gone_meanwhile(house, olga):
    there, here = olga
    await there.presses("f:loss")
    for words in ("да", "потерял"):
        await there.says(words)
    await wants_all(there, here, lets=False)
    for words in ("отмена", "да"):
        await there.says(words)
    (said, *_) = await there.presses("M:let")
    assert "Переносить нечего" in said
    assert not any("перенесён сюда" in one for one in await texts(here))


async def test_whoever_was_proven_meanwhile_to_be_another_stays_so(house, olga):
    """The check is made when the code is typed; what changes until the yes loses nobody."""
    there, here = olga
    await there.proves(ANNA)
    await wants_all(there, here, lets=False)
    await here.proves(FATHER)
    await there.presses("M:let")
    assert [one.insured.enp for one in await here.people()] == [FATHER.enp]
    assert await there.people() == ()  # can be proven again


async def test_a_child_goes_along_with_its_parent(house, olga):
    there, here = olga
    await there.proves(FATHER)
    chat = await house.chat(there)
    async with house.store.work() as work:
        child = await work.insured_by_enp(CHILD.enp)
        await work.link([(chat.id, child.id, "child")], house.clock())
    await wants_all(there, here)
    assert {(one.insured.enp, one.role) for one in await here.people()} == {
        (FATHER.enp, "self"),
        (CHILD.enp, "child"),
    }


async def test_reminders_and_decisions_come_in_the_new_chat_only(house, olga):
    there, here = olga
    await there.says("вчера получила новый паспорт")
    await house.files_an_application(there)
    await wants_all(there, here)
    silent = len(await there.history())
    house.clock.wait(days=8)
    await wake_due(house.store, house.assistant.turns, house.clock())
    told = await texts(here)
    assert any("паспорт" in one or "документ" in one for one in told[-3:])
    assert any(NUMBER in one and "не" in one for one in told[-3:])
    await Deciding(house.assistant.turns, house.store, house.clock).take(NUMBER, "Анна", key="1")
    assert NUMBER in (await texts(here))[-1]
    assert len(await there.history()) == silent


async def test_what_is_due_while_the_conversation_is_on_its_way_is_told_where_it_arrives(
    house, olga, kept
):
    """Killed after the yes and before the arrival, with a reminder due at the next start."""
    there, here = olga
    await there.says("вчера получила новый паспорт")
    await house.files_an_application(there)
    await wants_all(there, here, lets=False)
    await house.assistant.turns.take(letter_of(there, "M:let"))
    silent = len(await there.history())
    assert not any("перенесён сюда" in one for one in await texts(here))
    house.clock.wait(days=4)
    house.anew()
    async with running(house.assistant.turns):
        await wake_due(house.store, house.assistant.turns, house.clock())
        assert len(await there.history()) == silent
        await house.carries()
        assert sum("перенесён сюда" in one for one in await texts(here)) == 1
        await house.carries()
        house.clock.wait(minutes=2)
        await wake_due(house.store, house.assistant.turns, house.clock())
        assert any(NUMBER in one and "перенесён" not in one for one in await texts(here))
        assert len(await there.history()) == silent
    chats = {one["chat_id"] for one in await kept(reminder)}
    assert chats <= {(await house.chat(here)).id}


async def test_a_decision_that_was_on_its_way_to_the_old_chat_is_refused_not_lost(house, olga):
    there, here = olga
    await fill_in(there)
    await house.files_an_application(there)
    deciding = Deciding(house.assistant.turns, house.store, house.clock)
    held = []

    class Waiting:
        async def take(self, letter):
            held.append(letter)

    await Deciding(Waiting(), house.store, house.clock).take(NUMBER, "Анна", key="early")
    await wants_all(there, here)
    with pytest.raises(Refused, match="moved to another messenger"):
        await house.assistant.turns.take(held[0])
    await deciding.take(NUMBER, "Анна", key="again")
    async with house.store.look() as look:
        assert (await look.application(NUMBER)).application.state == "in_review"


async def test_where_personal_data_may_not_travel_the_person_is_told_so_and_sees_none(house, olga):
    there, _ = olga
    here = house.visitor("7999", "whatsapp")
    await fill_in(there)
    await there.says("вчера получила новый паспорт")
    await wants_all(there, here)
    arrived = [one for one in await here.history() if one.voice == "assistant"][-2:]
    assert "по одноразовой ссылке" in arrived[0].text
    assert arrived[0].data == "general"
    assert arrived[1].data == "personal"  # the open question: a link goes in its place
    assert NAME not in "".join(await texts(here))


async def test_a_code_for_everything_is_limited_and_single_as_any_other(house, olga):
    there, here = olga
    await fill_in(there)
    await there.says("перенести весь разговор")
    (said,) = await there.presses("M:whole")
    code = re.search(r"\d{3} \d{3}", said)[0]
    house.clock.wait(minutes=10)
    await here.says(f"код {code}")
    assert "не действует" in (await here.presses("M:take"))[0]
    for _ in range(3):
        await here.says("код 000000")
        said = await here.presses("M:take")
    assert "попыток" in said[0]


async def test_the_old_chat_is_left_until_somebody_writes_there_again(house, olga):
    there, here = olga
    await fill_in(there)
    await wants_all(there, here)
    assert (await house.chat(there)).left_at is not None
    assert (await house.chat(here)).left_at is None
    await there.says("спасибо")
    assert (await house.chat(there)).left_at is None


def letter_of(visitor, code):
    """Write a press that nobody does errands after."""
    return Letter(
        visitor.channel, visitor.chat, f"{visitor.chat}:last", Pressed(code), visitor.clock(), "ru"
    )
