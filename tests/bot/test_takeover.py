"""Representatives lead dialogs: claimed by one, silent bot, nothing lost, handed back."""

import asyncio
from datetime import timedelta

import pytest

from bot.live import Live
from bot.takeover.lapsing import move_due
from bot.takeover.leading import CitizenWrote, Elsewhere, Leading, Refused, Representative
from dialogs.incoming import Pressed, Said
from dialogs.meanings import Agree, Choose, Submit
from storage.talks import Overtaken, TalkChange
from tests.bot.citizens import Citizen
from tests.bot.leading import (
    ANNA,
    BORIS,
    LEASE,
    desk_on,
    history,
    owner_of,
    talk_of,
    told,
    turns_with_desk,
)
from tests.bot.turning import running


@pytest.fixture
async def desk(store, clock):
    """Run turns, and give the verbs of a desk with them."""
    async with desk_on(store, clock) as (turns, leading):
        leading.turns = turns
        yield leading


@pytest.fixture
def zoya(desk, store, clock):
    """Give a citizen."""
    return Citizen(desk.turns, store, clock, "zoya")


async def test_who_asks_for_a_person_waits_in_line_and_the_assistant_goes_on(zoya, store):
    await zoya.does(Said("оператор"))
    talk = await talk_of(store, "zoya")
    assert (talk.state, talk.kind, talk.unread) == ("queued", "live", 1)
    assert await owner_of(store, "zoya") == "queue"
    await zoya.does(Said("потеряла полис"))
    assert (await zoya.history())[-1].voice == "assistant"
    talk = await talk_of(store, "zoya")
    assert (talk.state, talk.unread, talk.preview) == ("queued", 2, "потеряла полис")
    assert talk.heard_seq > talk.asked_seq == 1


async def test_the_line_is_told_as_it_stands(desk, store, clock):
    """Two who come in one batch have different places; a claim moves the others on."""
    people = [Citizen(desk.turns, store, clock, f"p{place}") for place in range(3)]
    await asyncio.gather(*(one.does(Said("оператор")) for one in people))
    said = [(await one.heard()) for one in people]
    assert sorted("никого нет" in text for text in said) == [False, False, True]
    assert any("1 человек" in text for text in said)
    assert any("2 человека" in text for text in said)


async def test_from_claim_to_close_every_side_sees_its_own(desk, zoya, store):
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="1")
    await zoya.does(Said("меню"))
    seen = (await history(store, "zoya"))[-1].seq
    await desk.reply(talk, ANNA, "Здравствуйте!", seen=seen, key="2")
    await desk.close(talk, ANNA, "answered", key="3")
    await zoya.does(Said("4"))
    voices = [(one.voice, one.text) for one in await told(store, "zoya")]
    assert ("representative", "Здравствуйте!") in voices
    assert "event" not in dict(voices)
    assert voices.count(("citizen", "меню")) == 1
    at = voices.index(("citizen", "меню"))
    assert voices[at + 1] == ("representative", "Здравствуйте!")  # the assistant kept silent
    grey = [one.text for one in await history(store, "zoya") if one.voice == "event"]
    assert len(grey) == 4
    ended = await talk_of(store, "zoya")
    assert (ended.state, ended.outcome, ended.rating) == ("closed", "answered", 4)
    assert await owner_of(store, "zoya") == "bot"
    async with store.look() as look:
        moves = await look.talk_moves(talk)
    assert [(one.kind, one.state, one.login) for one in moves] == [
        ("queued", "queued", ""),
        ("claimed", "led", "anna"),
        ("closed", "closed", "anna"),
    ]


async def test_a_reply_is_refused_when_the_citizen_wrote_meanwhile_and_nothing_is_lost(
    desk, zoya, store
):
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="1")
    seen = (await history(store, "zoya"))[-1].seq
    await zoya.does(Said("и ещё вопрос"))
    before = await history(store, "zoya")
    with pytest.raises(CitizenWrote) as refused:
        await desk.reply(talk, ANNA, "Ответ", seen=seen, key="2")
    assert refused.value.seq == before[-1].seq
    assert await history(store, "zoya") == before
    await desk.reply(talk, ANNA, "Ответ", seen=before[-1].seq, key="2")
    assert (await history(store, "zoya"))[-1].text == "Ответ"


async def test_a_reply_sent_twice_is_said_once(desk, zoya, store):
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="1")
    for _ in range(2):
        await desk.reply(talk, ANNA, "Да", seen=99, key="2")
    assert [one.text for one in await history(store, "zoya")].count("Да") == 1


async def test_who_does_not_lead_can_do_nothing(desk, zoya, store, clock):
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="1")
    before = await history(store, "zoya"), await talk_of(store, "zoya")
    soon = clock() + timedelta(hours=1)
    for deed in (
        desk.claim(talk, BORIS, key="2"),
        desk.reply(talk, BORIS, "Я!", seen=99, key="3"),
        desk.park(talk, BORIS, soon, key="4"),
        desk.take_up(talk, BORIS, key="5"),
        desk.pass_on(talk, BORIS, BORIS, "", key="6"),
        desk.give_back(talk, BORIS, key="7"),
        desk.hand_into(talk, BORIS, "table", "", {}, key="8"),
        desk.close(talk, BORIS, "answered", key="9"),
    ):
        with pytest.raises(Elsewhere) as refused:
            await deed
        assert refused.value.leader == "Анна"
    assert (await history(store, "zoya"), await talk_of(store, "zoya")) == before


@pytest.mark.parametrize(
    "deed",
    [
        lambda desk, talk, now: desk.reply(talk, ANNA, " \n", seen=99, key="1"),
        lambda desk, talk, now: desk.park(talk, ANNA, now, key="1"),
        lambda desk, talk, now: desk.close(talk, ANNA, "as it was", key="1"),
        lambda desk, talk, now: desk.hand_into(talk, ANNA, "gone", "", {}, key="1"),
        lambda desk, talk, now: desk.hand_into(talk, ANNA, "table", "gone", {}, key="1"),
        lambda desk, talk, now: desk.hand_into(talk, ANNA, "table", "", {"seats": "9"}, key="1"),
        lambda desk, talk, now: desk.note(talk, ANNA, "  ", key="1"),
    ],
)
async def test_a_deed_that_means_nothing_is_refused(desk, zoya, store, clock, deed):
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="0")
    before = await history(store, "zoya"), await talk_of(store, "zoya")
    with pytest.raises(Refused):
        await deed(desk, talk, clock())
    assert (await history(store, "zoya"), await talk_of(store, "zoya")) == before


async def test_the_next_is_whose_breach_is_the_oldest(desk, store, clock):
    """Somebody in distress comes later and is before the one who came a minute earlier."""
    calm = Citizen(desk.turns, store, clock, "calm")
    await calm.does(Said("оператор"))
    clock.wait(minutes=1)
    hurt = Citizen(desk.turns, store, clock, "hurt")
    await hurt.does(Said("я в отчаянии"))
    await hurt.does(Said("оператор"))
    first = await desk.next_dialog(ANNA, key="1")
    assert first == (await talk_of(store, "hurt")).id
    assert await desk.next_dialog(ANNA, key="1") == first  # the same page sent twice
    assert await desk.next_dialog(ANNA, key="2") == (await talk_of(store, "calm")).id
    assert await desk.next_dialog(ANNA, key="3") is None


async def test_silence_of_the_representative_returns_the_dialog(desk, zoya, store, clock):
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="1")
    clock.wait(minutes=9)
    await desk.stay(talk, ANNA)
    clock.wait(minutes=9)
    await move_due(store, desk.turns, clock())
    assert (await talk_of(store, "zoya")).state == "led"
    clock.wait(minutes=2)
    await move_due(store, desk.turns, clock())
    returned = await talk_of(store, "zoya")
    assert (returned.state, returned.representative, returned.returned) == ("queued", "", True)
    assert await owner_of(store, "zoya") == "queue"
    with pytest.raises(Elsewhere):
        await desk.reply(talk, ANNA, "Я тут", seen=99, key="2")
    await zoya.does(Said("меню"))
    assert (await zoya.history())[-1].voice == "assistant"
    assert await desk.next_dialog(BORIS, key="3") == talk


async def test_who_waits_for_the_citizen_loses_nothing(desk, zoya, store, clock):
    """The lease runs only while the representative owes an answer."""
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="1")
    await desk.reply(talk, ANNA, "Какой город?", seen=99, key="2")
    clock.wait(hours=5)
    await move_due(store, desk.turns, clock())
    assert (await talk_of(store, "zoya")).state == "awaiting"
    await zoya.does(Said("Москва"))
    led = await talk_of(store, "zoya")
    assert (led.state, led.due_at) == ("led", clock() + LEASE)


async def test_a_parked_talk_wakes_at_its_time_or_when_the_citizen_writes(desk, zoya, store, clock):
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="1")
    await desk.park(talk, ANNA, clock() + timedelta(hours=3), key="2")
    clock.wait(hours=2)
    await move_due(store, desk.turns, clock())
    assert (await talk_of(store, "zoya")).state == "parked"
    clock.wait(hours=2)
    await move_due(store, desk.turns, clock())
    assert (await talk_of(store, "zoya")).state == "led"
    await desk.park(talk, ANNA, clock() + timedelta(hours=3), key="3")
    await zoya.does(Said("ну что?"))
    assert (await talk_of(store, "zoya")).state == "led"
    assert (await zoya.history())[-1].voice == "citizen"


async def test_passing_on_keeps_the_note_for_the_desk(desk, zoya, store):
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="1")
    await desk.pass_on(talk, ANNA, BORIS, "Сложный случай", key="2")
    passed = await talk_of(store, "zoya")
    assert (passed.representative, passed.state) == ("boris", "led")
    await desk.pass_on(talk, BORIS, None, "Не мой регион", key="3")
    assert (await talk_of(store, "zoya")).state == "queued"
    async with store.look() as look:
        notes = [one.note for one in await look.talk_moves(talk)]
    assert notes[-2:] == ["Сложный случай", "Не мой регион"]
    said = " ".join(one.text for one in await told(store, "zoya"))
    assert "Сложный" not in said
    assert "регион" not in said.split("Борис")[-1]


async def test_a_citizen_is_handed_into_a_form_and_comes_back_with_its_number(desk, zoya, store):
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="1")
    await desk.hand_into(talk, ANNA, "table", "seats", {}, key="2")
    assert (await talk_of(store, "zoya")).state == "filling"
    with pytest.raises(Elsewhere):
        await desk.reply(talk, ANNA, "Ну как?", seen=99, key="3")
    await zoya.press(Agree)
    await zoya.press(Choose, value="four")
    await zoya.press(Submit)
    number = (await zoya.application()).number
    back = await talk_of(store, "zoya")
    assert (back.state, back.representative) == ("led", "anna")
    async with store.look() as look:
        last = (await look.talk_moves(talk))[-1]
    assert (last.kind, last.note) == ("filled", number)
    before = len(await zoya.history())
    await zoya.does(Said("спасибо"))
    assert len(await zoya.history()) == before + 1  # only what was said


async def test_a_note_is_read_by_the_desk_only_and_kept_once(desk, zoya, store):
    await zoya.does(Said("оператор"))
    talk = await desk.next_dialog(ANNA, key="1")
    before = await history(store, "zoya")
    for _ in range(2):
        await desk.note(talk, BORIS, "Звонила вчера", key="n1")
    chat_id = (await talk_of(store, "zoya")).chat_id
    async with store.look() as look:
        (only,) = await look.notes(chat_id)
    assert (only.text, only.login) == ("Звонила вчера", "boris")
    assert await history(store, "zoya") == before


async def test_a_bot_message_of_before_the_takeover_is_dropped_and_no_other(store, clock):
    """What was not sent yet when Anna took over: the bot's goes, hers and news stay."""
    async with desk_on(store, clock, pushed=("telegram",)) as (turns, desk):
        zoya = Citizen(turns, store, clock, "zoya", "telegram")
        await zoya.does(Said("потеряла полис"))
        await zoya.does(Said("оператор"))
        talk = await desk.next_dialog(ANNA, key="1")
        await desk.reply(talk, ANNA, "Здравствуйте", seen=99, key="2")
        await desk.give_back(talk, ANNA, key="3")
        await zoya.does(Said("оператор"))
        again = await desk.next_dialog(BORIS, key="4")
        await desk.reply(again, BORIS, "Снова здравствуйте", seen=99, key="5")
        async with store.work() as work:
            sent = [one.message for one in await work.claim("telegram", clock(), LEASE, 50)]
        assert [one.text for one in sent if one.voice == "representative"] == [
            "Здравствуйте",
            "Снова здравствуйте",
        ]
        assert [one.voice for one in sent].count("assistant") == 1  # that Boris has joined
        assert "Борис" in next(one.text for one in sent if one.voice == "assistant")


async def test_sixty_claim_races_have_one_winner_each(store, clock):
    """Two processes, four representatives, every talk wanted by all at once."""
    staff = [Representative(f"r{number}", f"Р{number}") for number in range(4)]
    async with (
        desk_on(store, clock) as (turns, here),
        running(turns_with_desk(store, clock)) as others,
    ):
        there = Leading(others, store, clock, Live(), LEASE)
        for race in range(60):
            zoya = Citizen(turns, store, clock, f"z{race}")
            await zoya.does(Said("оператор"))
            talk = (await talk_of(store, f"z{race}")).id
            results = await asyncio.gather(
                *(
                    desk.claim(talk, by, key=f"{race}")
                    for by, desk in zip(staff, (here, there, here, there), strict=True)
                ),
                return_exceptions=True,
            )
            won = [by for by, result in zip(staff, results, strict=True) if result is None]
            assert len(won) == 1
            assert all(isinstance(one, Elsewhere) for one in results if one is not None)
            assert (await talk_of(store, f"z{race}")).representative == won[0].login


async def test_a_talk_that_has_moved_is_not_changed_by_who_did_not_see_it(desk, zoya, store):
    """The condition of the update itself, past all locks."""
    await zoya.does(Said("оператор"))
    talk = await talk_of(store, "zoya")
    await desk.claim(talk.id, ANNA, key="1")
    with pytest.raises(Overtaken):
        async with store.work() as work:
            await work.change_talks([TalkChange(talk, talk.moves)])


async def test_a_press_while_led_reaches_the_representative_as_its_label(desk, zoya, store):
    await zoya.does(Said("оператор"))
    await desk.next_dialog(ANNA, key="1")
    await zoya.does(Pressed("m"))
    assert [one.voice for one in await zoya.history()][-1] == "citizen"
