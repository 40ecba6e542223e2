"""The days that calendars trip over, lived through in a rehearsal: what is said then, and why."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.assistant import assemble, turning
from bot.channels.base import Letter
from bot.rehearsing.rehearsal import rehearsing
from dialogs.incoming import Said
from tests.worlds import knowledge

MOSCOW = ZoneInfo("Europe/Moscow")


async def say(store, at, *texts):
    """Let Anna write at a moment."""
    assistant = assemble(knowledge(), store, clock=lambda: at)
    async with turning(assistant):
        for text in texts:
            key = f"{at.isoformat()}{text}"
            await assistant.turns.take(Letter("web", "anna", key, Said(text), at))


async def lived(url, start, end, zone=MOSCOW):
    """Rehearse; list the moments, as Anna's clock shows them, with the kind of what is said."""
    async with rehearsing(url, knowledge(), start, "web:anna") as rehearsal:
        return [
            (f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}", said.template.name)
            async for one in rehearsal.until(end)
            for said in one.said
            if said.template
        ]


def noon(text):
    """Read a day as its noon in Moscow."""
    return datetime.fromisoformat(f"{text}T12:00").replace(tzinfo=MOSCOW).astimezone(UTC)


@pytest.mark.parametrize(
    ("told", "change", "ladder"),
    [
        pytest.param(
            "2027-01-31",
            "вчера сменила фамилию",
            "02-07 week, 02-21 soon, 02-27 eve, 02-28 last, 03-02 after",
            id="30 January ends on 28 February, a Sunday, so the law waits until Monday",
        ),
        pytest.param(
            "2028-01-30",
            "вчера сменила фамилию",
            "02-06 week, 02-22 soon, 02-28 eve, 02-29 last, 03-01 after",
            id="29 January of a leap year ends on 29 February",
        ),
        pytest.param(
            "2028-02-01",
            "вчера сменила фамилию",
            "02-08 week, 02-22 soon, 02-28 eve, 02-29 last, 03-01 after",
            id="31 January of a leap year ends on 29 February",
        ),
        pytest.param(
            "2028-02-29",
            "сегодня сменила фамилию",
            "03-07 week, 03-22 soon, 03-28 eve, 03-29 last, 03-30 after",
            id="29 February ends on 29 March",
        ),
    ],
)
async def test_around_the_end_of_february(store, database_url, told, change, ladder):
    await say(store, noon(told), change, "я")
    said = await lived(database_url, noon(told), noon(f"{told[:4]}-12-30"))
    rungs = (rung.split() for rung in ladder.split(", "))
    assert said == [(f"{told[:4]}-{day} 10:00", f"duty_{name}") for day, name in rungs]


async def test_over_new_year_and_the_january_holidays(store, database_url):
    """A month from 1 December ends on 1 January, which is kept; the law waits for 11 January."""
    await say(store, noon("2026-12-01"), "сегодня сменила фамилию", "я")
    assert await lived(database_url, noon("2026-12-01"), noon("2027-03-01")) == [
        ("2026-12-08 10:00", "duty_week"),
        ("2026-12-25 10:00", "duty_soon"),
        ("2026-12-31 10:00", "duty_eve"),
        ("2027-01-01 10:00", "duty_last"),
        ("2027-01-12 10:00", "duty_after"),
    ]


async def test_from_one_window_of_changing_the_insurer_to_its_end(store, database_url):
    """It opens on 1 January for whoever asked, and closes after 1 November."""
    await say(store, noon("2026-11-20"), "сменить страховую", "Подать заявление", "да")
    await say(store, noon("2026-11-20"), "не нравится", "Напомнить 1 января")
    said = await lived(database_url, noon("2026-11-20"), noon("2027-12-30"))
    assert ("2027-01-01 10:00", "duty_start") in said
    assert max(moment for moment, _ in said) <= "2027-11-02 20:00"


async def test_whoever_moves_to_another_zone_is_written_to_by_its_clock(store, database_url):
    """Kaliningrad's ten o'clock is Kamchatka's evening, which would be too late for a rung."""
    begun, moved = noon("2026-11-20"), noon("2026-11-24")
    kaliningrad, kamchatka = ZoneInfo("Europe/Kaliningrad"), ZoneInfo("Asia/Kamchatka")
    await say(store, begun, "сегодня сменила фамилию", "я", "часовой пояс", "Калининград")
    before = await lived(database_url, begun, noon("2027-01-01"), kaliningrad)
    await say(store, moved, "часовой пояс", "Петропавловск-Камчатский")
    after = await lived(database_url, moved, noon("2027-01-01"), kamchatka)
    assert before == after
    assert [moment[11:] for moment, _ in after] == ["10:00"] * len(after)
