"""Laws of taking over, tried on random interleavings of everybody who acts, on a real database."""

import asyncio
from datetime import timedelta
from random import Random

import pytest

from bot.letters import Refused
from bot.reminding import wake_due
from bot.takeover.lapsing import move_due
from bot.takeover.leading import Elsewhere, Representative
from dialogs.incoming import Pressed, Said
from tests.bot.citizens import Citizen
from tests.bot.leading import ANNA, BORIS, desk_on, history, owner_of, talk_of, told

SAID = (
    *(
        "оператор",
        "оператор",
        "позовите человека",
        "потеряла полис",
        "меню",
        "не ждать",
        "спасибо",
        "1",
        "3",
        "да",
        "отмена",
    ),
    *("я в отчаянии", "перезвоните мне", "8 912 345-67-89", "утром", "На двоих", "квадрокоптер"),
)
PRESSED = ("o", "m", "f:table", "g:table:1", "a:table:1:seats:two", "s:table:1", "D:x", "D:c", "c")
DEEDS = (
    "reply",
    "reply",
    "reply",
    "reply",
    "park",
    "take_up",
    "queue",
    "pass",
    "back",
    "form",
    "close",
)


class Walk:
    """One citizen and two representatives, acting at random and at once."""

    def __init__(self, dice, turns, desk, store, clock, chat):
        self.dice = dice
        self.turns = turns
        self.desk = desk
        self.store = store
        self.clock = clock
        self.citizen = Citizen(turns, store, clock, chat)
        self.chat = chat
        self.did = 0
        self.wrote = []
        self.replied = []

    async def step(self):
        """Let one to three of them act in the same moment."""
        both = (self.citizens, self.representatives)
        who = self.dice.choices(both, k=self.dice.choice((1, 1, 2, 3)))
        await asyncio.gather(*(act() for act in who))

    async def citizens(self):
        """Write or press something."""
        if self.dice.random() < 0.6:
            text = self.dice.choice(SAID)
            letter = self.citizen.letter(Said(text))
        else:
            letter = self.citizen.letter(Pressed(self.dice.choice(PRESSED)))
        self.wrote.append(letter.key.partition(":")[2])
        await self.turns.take(letter)

    async def representatives(self):
        """Do something at the desk; much of it is refused, and must then leave no trace."""
        async with self.store.look() as look:
            found = await look.chat("web", self.chat)
            talk = found and await look.open_talk(found.id)
        if talk is None:
            return
        by, deed = self.dice.choice((ANNA, BORIS)), self.dice.choice(DEEDS)
        if talk.state == "queued" and self.dice.random() < 0.8:
            deed = "next"
        elif talk.representative and self.dice.random() < 0.8:
            by = Representative(talk.representative, talk.representative_name)
        self.did += 1
        key = f"{self.did}"
        words = f"ответ {self.did}"
        seen = talk.heard_seq if self.dice.random() < 0.7 else 0
        soon = self.clock() + timedelta(minutes=self.dice.choice((5, 90)))
        try:
            match deed:
                case "next":
                    await self.desk.claim(talk.id, by, key=key)
                case "reply":
                    await self.desk.reply(talk.id, by, words, seen=seen, key=key)
                    self.replied.append(words)
                case "park":
                    await self.desk.park(talk.id, by, soon, key=key)
                case "take_up":
                    await self.desk.take_up(talk.id, by, key=key)
                case "queue":
                    await self.desk.pass_on(talk.id, by, None, "", key=key)
                case "pass":
                    await self.desk.pass_on(
                        talk.id, by, self.dice.choice((ANNA, BORIS)), "", key=key
                    )
                case "back":
                    await self.desk.give_back(talk.id, by, key=key)
                case "form":
                    await self.desk.hand_into(talk.id, by, "table", "", {}, key=key)
                case "close":
                    await self.desk.close(talk.id, by, "answered", key=key)
        except Refused:
            return

    async def hold(self):
        """Hold the laws against what is kept."""
        whole = await history(self.store, self.chat)
        assert [one.seq for one in whole] == list(range(1, len(whole) + 1))
        heard = [one.key for one in whole if one.voice == "citizen"]
        assert sorted(heard) == sorted(self.wrote)  # nothing lost, nothing twice
        said = [one.text for one in whole if one.voice == "representative"]
        assert sorted(said) == sorted(self.replied)
        assert await told(self.store, self.chat) == [one for one in whole if one.voice != "event"]
        assert_silence(whole)
        await self.owned()

    async def owned(self):
        """Chat, talk and session agree on who leads."""
        talk, owner = await talk_of(self.store, self.chat), await owner_of(self.store, self.chat)
        async with self.store.look() as look:
            session = (await look.chat("web", self.chat)).session
        led_by, waiting = session.get("led_by", ""), session.get("waiting", 0)
        state = talk.state if talk else "closed"
        if state in {"led", "awaiting", "parked"}:
            assert (owner, led_by) == (f"@{talk.representative}", talk.representative_name)
            assert not waiting
        elif state == "filling":
            assert (owner, led_by) == (f"@{talk.representative}", "")
            assert session["lent"]["name"] == talk.representative_name
        elif state == "queued":
            assert (owner, led_by, bool(waiting)) == ("queue", "", True)
        else:
            assert (owner, led_by, bool(waiting)) == ("bot", "", False)
        assert (state in {"led", "parked"}) == bool(talk and talk.due_at)


LEADS = (
    "взят из очереди",
    "разговор продолжен",
    "дальше ведёт",
    "Заявление подано",
    "не закончено",
)
LEAVES = (
    "возвращён в очередь",
    "передано в очередь",
    "возвращён боту",
    "закрыт",
    "открыто заявление",
)


def assert_silence(whole):
    """While a representative leads, no answer of the assistant follows a citizen's message."""
    leads = False
    for before, one in zip([None, *whole], whole, strict=False):
        if one.voice == "event" and any(sign in one.text for sign in LEADS):
            leads = True
        elif one.voice == "event" and any(sign in one.text for sign in LEAVES):
            leads = False
        elif one.voice == "assistant" and leads:
            # Only what tells of the taking over itself, right after its grey line.
            assert before.voice == "event", (before, one)


async def pass_time(store, turns, clock, dice):
    """Let the clock act as well: leases end, parked talks wake, reminders come due."""
    clock.wait(minutes=dice.choice((0, 1, 4, 11, 90)))
    await wake_due(store, turns, clock())
    await move_due(store, turns, clock())


async def walk_all(store, clock, seed, walks, steps):
    """Let many chats live side by side in the same turns, and hold each to the laws."""
    async with desk_on(store, clock) as (turns, desk):
        dice = [Random(f"{seed}.{number}") for number in range(walks)]
        everybody = [
            Walk(dice, turns, desk, store, clock, f"c{number}") for number, dice in enumerate(dice)
        ]
        for step in range(steps):
            acts = [walk.step() for walk in everybody]
            await asyncio.gather(*acts, pass_time(store, turns, clock, Random(f"{seed}.{step}")))
        for walk in everybody:
            if walk.wrote:
                await walk.hold()
        assert sum(len(walk.replied) for walk in everybody) > walks / 5


async def test_random_interleavings_keep_the_laws(store, clock):
    await walk_all(store, clock, seed=0, walks=50, steps=15)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 6))
async def test_a_thousand_random_interleavings_keep_the_laws(store, clock, seed):
    """200 for each seed, on each database."""
    await walk_all(store, clock, seed, walks=200, steps=20)


async def test_refusals_are_of_the_kinds_that_pages_know(store, clock):
    async with desk_on(store, clock) as (turns, desk):
        zoya = Citizen(turns, store, clock, "zoya")
        await zoya.does(Said("оператор"))
        talk = (await talk_of(store, "zoya")).id
        await desk.claim(talk, ANNA, key="1")
        await desk.close(talk, ANNA, "answered", key="2")
        with pytest.raises(Elsewhere) as refused:
            await desk.reply(talk, ANNA, "поздно", seen=99, key="3")
        assert refused.value.state == "closed"
