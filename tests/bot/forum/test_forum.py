"""Dialogs are mirrored into topics without a word of anybody's, and answered from there."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.assistant import assemble
from bot.channels.staffroom import Spoken
from bot.desk.permissions import UNKNOWN
from bot.forum.trouble import Trouble
from bot.http import Rate
from bot.takeover.leading import Representative
from tests.bot.forum.conftest import DESK, GROUP, Clock, opened
from tests.kit.telegram import TelegramServer
from tests.worlds import knowledge

ANNA = Representative("anna", "Анна")
SECRET = "Меня зовут Сидорова Ольга, полис 9956410892000015, у меня диагноз"


@pytest.fixture
async def waiting(room):
    """Somebody waits, and the forum knows."""
    await room.says("olga", SECRET)
    await room.says("olga", "позовите человека")
    await room.catch_up()
    await room.employs("anna", room.member("anna"))
    return room


async def test_who_calls_for_a_person_gets_a_topic_with_a_link_and_no_word_of_theirs(waiting):
    topic, talk = waiting.topic(), await waiting.talk("olga")
    assert topic.name.startswith(f"Гость {talk.chat_id} · ")
    (told,) = topic.said
    assert "Канал: чат на сайте. Ждёт с 12:00." in told
    assert "Зовёт представителя" in told
    assert f"{DESK}/desk/talks/{talk.id}" in told
    assert not any(word in told + topic.name for word in ("Сидорова", "Ольга", "0015", "диагноз"))


async def test_who_came_before_today_waits_since_a_day_and_who_is_led_does_not_wait(room):
    """The group was dead for a night."""
    for name in ("olga", "petr"):
        await room.says(name, "позовите человека")
    await room.assistant.leading.claim((await room.talk("petr")).id, ANNA, key="c")
    room.assistant.clock.now += timedelta(days=1)
    await room.catch_up()
    by_name = {topic.name.split()[1]: topic.said[0] for topic in room.group.topics.values()}
    olga, petr = [by_name[str((await room.talk(name)).chat_id)] for name in ("olga", "petr")]
    assert "Ждёт с 23 нояб. 12:00." in olga
    assert "Начато: 23 нояб. 12:00." in petr
    assert "Ждёт" not in petr


async def test_nothing_is_told_twice_and_what_happens_is_told_once(waiting):
    await waiting.catch_up()
    assert len(waiting.topic().said) == 1
    talk = await waiting.talk("olga")
    await waiting.assistant.leading.claim(talk.id, ANNA, key="c")
    await waiting.says("olga", SECRET)
    await waiting.says("olga", "и ещё")
    await waiting.catch_up()
    _, told = waiting.topic().said
    assert told.splitlines()[:2] == [
        "Анна: ведёт разговор.",
        "Гражданин написал. Прочитать можно на рабочем месте.",
    ]
    assert "Сидорова" not in told


async def test_a_reply_takes_the_dialog_and_reaches_the_citizen(waiting):
    await waiting.writes("anna", "Здравствуйте, чем помочь?")
    talk = await waiting.talk("olga")
    assert (talk.representative, talk.state) == ("anna", "awaiting")
    said = [one for one in await waiting.told("olga") if one.voice == "representative"]
    assert [(one.text, one.name) for one in said] == [("Здравствуйте, чем помочь?", "Anna")]
    async with waiting.assistant.store.look() as look:
        (line,) = await look.journal_after(0, 10)
    assert (line.login, line.deed, line.about, line.purpose) == (
        "anna",
        "dialog_claimed",
        f"talk:{talk.id}",
        "forum",
    )


async def test_a_claim_is_one_line_of_the_journal_wherever_the_program_was_killed(waiting):
    """After the claim but before the words; and after all of it, when the update comes again."""
    talk = await waiting.talk("olga")
    anna = Representative("anna", "Anna")
    await waiting.assistant.leading.claim(talk.id, anna, key="forum:k:claim", through="forum")
    spoken = Spoken("k", waiting.thread(), waiting.member("anna"), "Здравствуйте")
    for _ in range(2):
        await waiting.forum.hear(spoken)
        async with waiting.assistant.store.look() as look:
            (line,) = await look.journal_after(0, 10)
        assert (line.login, line.deed, line.about) == ("anna", "dialog_claimed", f"talk:{talk.id}")
    assert [one.voice for one in await waiting.told("olga")].count("representative") == 1
    await waiting.forum.hear(replace(spoken, key="k2"))  # who leads already claims nothing more
    async with waiting.assistant.store.look() as look:
        assert len(await look.journal_after(0, 10)) == 1


async def test_a_reply_that_is_delivered_twice_is_sent_once(waiting):
    waiting.server.updates.confuse(3, 1.0)
    await waiting.writes("anna", "Раз")
    await waiting.writes("anna", "Два")
    said = [one.text for one in await waiting.told("olga") if one.voice == "representative"]
    assert said == ["Раз", "Два"]


async def test_what_happens_while_the_pace_waits_is_told_once(store):
    """A talk moves after it was listed, and again while its topic waits for its turn."""
    clock = Clock()
    assistant = assemble(knowledge(), store, clock, calls=True)
    async with TelegramServer() as server:
        server.forum(GROUP)
        async with (
            opened(assistant, server, Rate(burst=1, per_second=1000.0)) as room,
            asyncio.TaskGroup() as tasks,
        ):
            for name in ("olga", "petr"):
                await room.says(name, "позовите человека")
            catching_up = tasks.create_task(room.catch_up())
            await server.until(lambda: len(room.group.topics) == 1)  # and told nothing yet
            for name in ("olga", "petr"):
                talk = await room.talk(name)
                await assistant.leading.claim(talk.id, ANNA, key=name)
            clock.now += timedelta(seconds=1)
            await server.until(lambda: len(room.topic().said) == 1)
            await assistant.leading.park(talk.id, ANNA, clock.now + timedelta(days=1), key="p")
            while not catching_up.done():
                clock.now += timedelta(seconds=1)
                await asyncio.wait({catching_up}, timeout=0.05)
            assert catching_up.result() == 0
            olga, petr = ("\n".join(room.topic(number).said) for number in (0, 1))
            for told in (olga, petr):
                assert told.count("Зовёт представителя") == 1
                assert told.count("Анна: ведёт разговор.") == 1
            assert petr.count("Анна: отложено.") == 1
        assert server.violations == []


async def test_of_two_talks_of_one_person_the_next_is_told_once_and_its_topic_stays_open(waiting):
    """The group was dead while one ended and the next began: nobody closes what is waited in."""
    first = await waiting.talk("olga")
    await waiting.assistant.leading.claim(first.id, ANNA, key="c")
    await waiting.assistant.leading.close(first.id, ANNA, "answered", key="x")
    await waiting.says("olga", "позовите человека")
    told = len(waiting.topic().said)
    assert await waiting.catch_up() == 0
    (news,) = waiting.topic().said[told:]
    assert f"/desk/talks/{(await waiting.talk('olga')).id}" in news
    assert not waiting.topic().closed
    assert not any(call.name == "closeforumtopic" for call in waiting.server.calls)


async def test_an_answer_that_nobody_can_read_ends_neither_the_forum_nor_the_messengers(waiting):
    waiting.group.odd = True
    await waiting.writes("boris", "Здравствуйте")
    await waiting.server.until(lambda: len(waiting.topic().said) == 2)
    waiting.group.odd = False
    await waiting.writes("boris", "Здравствуйте")
    await waiting.server.until(lambda: len(waiting.topic().said) == 3)


async def answered(room, words):
    """Wait until something is answered in the topic."""
    await room.server.until(lambda: any(words in one for one in room.topic().said))
    said = [one for one in await room.told("olga") if one.voice == "representative"]
    assert said == []


@pytest.mark.parametrize(
    "more",
    [
        {"telegram": None},
        {"is_disabled": True},
        {"must_renew": True},
        {"roles": ("operator",)},
        {"roles": ()},
        {"regions": ()},
        {"regions": ("77",)},
    ],
)
async def test_only_who_may_lead_this_dialog_at_the_desk_may_answer(waiting, more):
    given = {"telegram": waiting.member("boris"), **more}
    await waiting.employs("boris", **given)
    await waiting.writes("boris", "Здравствуйте")
    await answered(waiting, "Не отправлено: отсюда отвечают те")
    assert (await waiting.talk("olga")).state == "queued"


async def test_somebody_of_the_citizens_region_may(waiting):
    await waiting.employs("vera", waiting.member("vera"), regions=(UNKNOWN,))
    await waiting.writes("vera", "Здравствуйте")
    assert (await waiting.talk("olga")).representative == "vera"


async def test_a_dialog_that_another_leads_stays_theirs(waiting):
    talk = await waiting.talk("olga")
    await waiting.assistant.leading.claim(talk.id, Representative("boris", "Борис"), key="b")
    await waiting.writes("anna", "Здравствуйте")
    await answered(waiting, "Не отправлено: разговор ведёт Борис.")


async def test_who_has_not_been_told_of_the_newest_words_sends_nothing(waiting):
    """The mirror lags, or the citizen is quicker: nobody answers past what they know of."""
    await waiting.says("olga", "нет, подождите")
    await waiting.writes("anna", "Хорошо, закрываю")
    await answered(waiting, "гражданин успел написать ещё")
    await waiting.catch_up()
    await waiting.writes("anna", "Слушаю")
    assert (await waiting.told("olga"))[-1].text == "Слушаю"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"text": "   "}, "только слова"),
        ({"text": "x" * 4001}, "только слова"),
        ({"photo": [{"file_id": "p"}]}, "только слова"),
        ({"voice": {"file_id": "v"}}, "только слова"),
    ],
)
async def test_what_is_no_words_is_not_sent(waiting, content, words):
    await waiting.writes("anna", **content)
    await answered(waiting, words)


@pytest.mark.parametrize(
    "content",
    [
        {"text": "// коллеги, кто возьмёт?"},
        {"forum_topic_edited": {"name": "x"}},
        {"forum_topic_closed": {}},
        {"pinned_message": {"message_id": 1}},
    ],
)
async def test_what_is_among_the_staff_goes_nowhere(waiting, content):
    await waiting.writes("anna", **content)
    await waiting.catch_up()
    assert (await waiting.talk("olga")).state == "queued"
    assert len(waiting.topic().said) == 1


async def test_other_groups_and_topics_are_not_heard(waiting):
    thread = waiting.thread()
    waiting.server.write_in("anna", GROUP, None, text="в общей теме")
    waiting.server.write_in("anna", GROUP, thread + 999, text="в своей теме")
    waiting.server.forum(GROUP - 1)
    waiting.server.write_in("anna", GROUP - 1, thread, text="в чужой группе")
    await waiting.server.until(lambda: waiting.server.updates.idle)
    assert (await waiting.talk("olga")).state == "queued"
    assert len(waiting.topic().said) == 1


async def test_the_topic_is_closed_with_the_dialog_and_opened_by_the_next_one(waiting):
    await waiting.writes("anna", "Готово")
    talk = await waiting.talk("olga")
    await waiting.assistant.leading.close(
        talk.id, Representative("anna", "Anna"), "answered", key="x"
    )
    await waiting.catch_up()
    topic = waiting.topic()
    assert topic.closed
    assert "Anna: разговор закрыт." in topic.said[-1]
    await waiting.writes("anna", "и ещё")
    assert (await waiting.told("olga"))[-1].voice != "representative"
    await waiting.says("olga", "позовите человека")
    await waiting.catch_up()
    assert len(waiting.group.topics) == 1
    assert not topic.closed
    assert (await waiting.talk("olga")).id != talk.id
    assert f"/desk/talks/{(await waiting.talk('olga')).id}" in topic.said[-1]


async def test_a_topic_that_somebody_deleted_is_made_anew(waiting):
    waiting.topic().deleted = True
    await waiting.assistant.leading.claim((await waiting.talk("olga")).id, ANNA, key="c")
    await waiting.catch_up()
    assert "Анна: ведёт разговор." in waiting.topic(1).said[0]


async def test_a_topic_that_somebody_closed_is_opened_again(waiting):
    waiting.topic().closed = True
    await waiting.assistant.leading.claim((await waiting.talk("olga")).id, ANNA, key="c")
    await waiting.catch_up()
    assert not waiting.topic().closed
    assert "Анна: ведёт разговор." in waiting.topic().said[-1]


@pytest.mark.parametrize("trouble", ["kicked", "no rights", "no group", "500", "429", "cut_before"])
async def test_a_dead_group_disturbs_nobody_and_is_caught_up_with_later(room, trouble):
    group = room.group
    group.kicked, group.manages = trouble == "kicked", trouble != "no rights"
    if trouble == "no group":
        del room.server.forums[GROUP]
    if trouble[0].isdigit() or trouble == "cut_before":
        room.server.fail(trouble, call="createForumTopic".lower())
    await room.says("olga", "позовите человека")
    pause = await room.catch_up()
    assert 0 < pause <= 5
    assert "Зову представителя" in (await room.told("olga"))[-1].text
    room.server.forums[GROUP] = group
    group.kicked, group.manages = False, True
    if trouble == "429":
        await room.server.until(lambda: not room.server.flood.ignored(str(GROUP)))
        await _over(room)
    assert await room.catch_up() == 0
    assert len(group.topics) == 1


async def _over(room):
    """Wait as long as Telegram has asked to."""
    await room.server.until(lambda: not room.messenger._calls._flooding.left(str(GROUP)))  # noqa: SLF001


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        ("kicked", "gone"),
        ("no group", "gone"),
        ("no rights", "refused"),
        ("500", "unreached"),
        ("no database", "broken"),
    ],
)
async def test_the_desk_learns_why_the_group_is_not_told_and_since_when(
    room, monkeypatch, trouble, kind
):
    """It is known until all is told again, and only where the group is told."""
    group, began = room.group, room.assistant.clock()
    group.kicked, group.manages = trouble == "kicked", trouble != "no rights"
    if trouble == "no group":
        del room.server.forums[GROUP]
    if trouble == "500":
        room.server.fail("500", 2, "createforumtopic")
    assert room.forum.trouble() is None
    await room.says("olga", "позовите человека")
    with monkeypatch.context() as patched:
        if trouble == "no database":
            patched.setattr(room.assistant.store, "look", lambda: 1 / 0)
        for _ in range(2):
            await room.catch_up()
            room.assistant.clock.now += timedelta(minutes=1)
            assert room.forum.trouble() == Trouble(kind, began)
    room.forum.join(room.messenger.board, lambda: False)
    assert room.forum.trouble() is None


async def test_a_group_that_works_again_is_no_trouble(room):
    room.group.kicked = True
    await room.says("olga", "позовите человека")
    await room.catch_up()
    assert room.forum.trouble().kind == "gone"
    room.group.kicked = False
    assert await room.catch_up() == 0
    assert room.forum.trouble() is None


async def test_pauses_grow_and_end_with_the_trouble(room):
    room.group.kicked = True
    await room.says("olga", "позовите человека")
    assert [await room.catch_up() for _ in range(9)] == [5, 10, 20, 40, 80, 160, 320, 600, 600]
    room.group.kicked = False
    assert await room.catch_up() == 0
    room.group.kicked = True
    await room.says("olga", "спасибо, уже не нужно")
    await room.assistant.leading.claim((await room.talk("olga")).id, ANNA, key="c")
    assert await room.catch_up() == 5
