"""How many a notice is for: told while it is written and while it waits, as of a moment."""

import re

import pytest

from bot.notices import turnstile
from tests.bot.desk.sitting import words_of
from tests.bot.desk.test_notices import WRITTEN, clock, staffed, upload_to, write
from tests.bot.notices.house import MINUTE
from tests.storage.given import met

__all__ = ["clock"]
COUNT = "/desk/notices/new/count"


async def asked(sitting, path=COUNT, **more):
    """Post the form to be counted, without a script; return its status and words."""
    status, text, _ = await sitting.post(path, **{**WRITTEN, **more})
    return status, text


async def test_a_form_is_counted_by_channel_and_reason_and_nothing_is_kept(store, clock):
    async with staffed(store, clock) as (_, sitting):
        await met(store, "a", "b", channel="web")
        await sitting.get("/desk/notices/new")
        status, text = await asked(sitting, kind="advertising", title="Скидки")
        told = words_of(text)
        assert status == 200
        assert "0 получателей" in told
        assert re.search(r"Не получат: 3 .*согласи.* 3", told)
        assert "Посчитано 23.11.2026 12:00:00" in told
        assert 'value="Скидки"' in text
        assert "Мы переехали." in text
        _, text = await asked(sitting)
        assert re.search(r"3 получателя .*3 Никто не исключён", words_of(text))
        async with store.look() as look:
            assert await look.notices(("draft", "checked"), None, 9) == []


async def test_a_script_is_given_the_count_alone(store, clock):
    async with staffed(store, clock) as (_, sitting):
        await sitting.get("/desk/notices/new")
        form = {**WRITTEN, "csrf": sitting.csrf}
        page = {"X-Polis-Page": "1"}
        async with sitting.client.post(COUNT, data=form, headers=page) as answer:
            text = await answer.text()
        assert answer.status == 200
        assert "<form" not in text
        assert "1 получатель" in words_of(text)


async def test_counting_does_not_hide_that_somebody_else_has_changed_it(store, clock):
    """The form keeps the revision that it began with, so what a colleague wrote is not lost."""
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting)
        again = {**WRITTEN, "text.ru": "Коллега.", "revision": "1"}
        assert (await sitting.post(f"{address}/edit", **again))[0] == 303
        status, text = await asked(sitting, f"{address}/count", revision="1")
        assert status == 200
        assert 'name="revision" value="1"' in text
        assert (await sitting.post(f"{address}/edit", **{**WRITTEN, "revision": "1"}))[0] == 409


async def test_a_number_that_cannot_be_read_is_not_counted_as_if_it_were_none(store, clock):
    async with staffed(store, clock) as (_, sitting):
        await sitting.get("/desk/notices/new")
        status, text = await asked(sitting, seen_within="много")
        assert status == 200
        assert "исправьте числа" in words_of(text)
        assert "получатель" not in words_of(text.partition('id="count"')[2])


async def test_whoever_is_limited_counts_nobody_elsewhere(store, clock):
    async with staffed(store, clock, regions=("77",)) as (_, sitting):
        await sitting.get("/desk/notices/new")
        _, text = await asked(sitting)
        assert "0 получателей" in words_of(text)


async def test_a_scheduled_notice_says_whom_it_is_for_as_of_a_moment(store, clock):
    """What was counted a moment ago serves again; «Пересчитать» counts anew."""
    async with staffed(store, clock) as (desk, sitting):
        starts = (clock() + 500 * MINUTE).astimezone(desk.zone).strftime("%Y-%m-%dT%H:%M")
        address = await write(sitting, when="at", starts_at=starts)
        await sitting.post(f"{address}/send", revision="1", expected="1")
        _, text, _ = await sitting.get(address)
        assert "1 получатель" in words_of(text)
        assert "Посчитано 23.11.2026 12:00:00" in words_of(text)
        await met(store, "a", "b", channel="web")
        clock.wait(seconds=5)
        _, text, _ = await sitting.get(address)
        assert "Посчитано 23.11.2026 12:00:00" in words_of(text)
        assert "1 получатель" in words_of(text)
        _, text, _ = await sitting.get(f"{address}?anew=1")
        assert "Посчитано 23.11.2026 12:00:05" in words_of(text)
        assert "3 получателя" in words_of(text)
        await sitting.post(f"{address}/pause")
        _, text, _ = await sitting.get(address)
        assert "3 получателя" in words_of(text)


@pytest.mark.parametrize("state", ["checked", "for_approval", "scheduled"])
async def test_a_page_without_its_count_says_so_and_offers_no_number(
    store, clock, monkeypatch, state
):
    """The line to the database is full: the page is there, kind, and sends nothing blindly."""
    async with staffed(store, clock) as (desk, sitting):
        starts = (clock() + 500 * MINUTE).astimezone(desk.zone).strftime("%Y-%m-%dT%H:%M")
        address = await write(sitting, when="at", starts_at=starts)
        if state == "for_approval":
            await sitting.post(f"{address}/submit")
        if state == "scheduled":
            await sitting.post(f"{address}/send", revision="1", expected="1")
        clock.wait(minutes=1)
        monkeypatch.setattr(turnstile, "MOST_WAITING", 0)
        status, text, _ = await sitting.get(address)
        assert status == 200
        assert "база данных занята" in words_of(text)
        assert "Отправить 1" not in words_of(text)
        status, text, _ = await sitting.post(f"{address}/send", revision="1", expected="1")
        assert status == 409
        assert "база данных занята" in words_of(text)


async def test_whoever_a_list_found_but_leaves_out_is_paged_to_the_last_under_a_total(store, clock):
    """Of 130 found nobody has agreed to advertising: a hundred, thirty more, and no link on."""
    async with staffed(store, clock) as (_, sitting):
        people = await met(store, *(f"p{each}" for each in range(130)), channel="web")
        address = await write(sitting, kind="advertising")
        await sitting.get(f"{address}/list")
        file = "Гость\n" + "".join(f"{each.id}\n" for each in people)
        status, text = await upload_to(sitting, f"{address}/list", file.encode(), "1")
        assert status == 303, words_of(text)
        _, text, _ = await sitting.get(f"{address}/list")
        first = text.partition('id="left-out"')[2]
        assert "Всего 130. Посчитано 23.11.2026 12:00:00." in words_of(first)
        assert rows_of(first) == list(range(2, 102))
        on = re.search(r'href="([^"]*left=101[^"]*)"', first)[1].replace("&amp;", "&")
        _, text, _ = await sitting.get(on.partition("#")[0])
        rest = text.partition('id="left-out"')[2]
        assert rows_of(rest) == list(range(102, 132))
        assert "left=" not in rest


def rows_of(text):
    """Read the numbers of the rows that a table names."""
    return [int(row) for row in re.findall(r'<tr><td class="number">(\d+)</td>', text)]
