"""A notice through two strict messengers: what its page shows is what people have on screens."""

import asyncio
import csv
import io
import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.outgoing import APPROVED_ABOVE, BLOCKED, office
from tests.browser.test_notices import write_notice

TEXT = "С 1 декабря наш офис на Ленина работает до 20:00."
MENDED = "Уточняем: с 1 декабря офис на Ленина работает до 19:00."
PEOPLE = {"telegram": 44, "max": 12}
EVERYBODY = sum(PEOPLE.values())
NAMES = {"telegram": "Telegram", "max": "MAX"}
TAKEN, LOST = ("принято мессенджером", ""), ("не дошло", "остановили бота")
SOON = 5_000  # milliseconds; without cause a page looks only every ten seconds


def path_of(page):
    """Return the address of the notice that a page is about."""
    return re.search(r"/desk/notices/\d+", page.url)[0]


async def by_state(page):
    """Read off the page how many recipients are in each state."""
    rows = page.locator("#progress .counts tr:has(a[href*='state='])")
    read = await rows.evaluate_all(
        """(rows) => rows.map((row) => [
            new URL(row.querySelector("a").href).searchParams.get("state"),
            row.querySelector("td").innerText.replace(/\\D/g, ""),
        ])"""
    )
    return {state: int(many) for state, many in read}


async def table(page):
    """Read the table of recipients: channel, state and reason of each guest."""
    rows = await page.locator("tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    )
    return {guest: tuple(told[:3]) for guest, *told in rows}


async def press(page, name):
    """Press a button of exactly this name, or one that a pattern finds."""
    await page.get_by_role("button", name=name, exact=isinstance(name, str)).click()


async def standing(page, state):
    """Wait until the page says in which state the notice is."""
    await expect(page.locator(".head")).to_contain_text(state, timeout=30_000)


async def approved(author, approver):
    """Have what the author looks at approved by another person."""
    await press(author.page, "На согласование")
    await standing(author.page, "ждёт согласования")
    await approver.open(path_of(author.page))
    await press(approver.page, re.compile("^Согласовать"))
    await standing(approver.page, "согласовано")
    await author.page.reload()


async def sent(page, people):
    """Send to as many as the button says."""
    await press(page, re.compile(f"Отправить {people} "))
    await page.locator("dialog[open] button.main-one").click()
    await expect(page.locator("#progress")).to_be_visible()


async def half_way(page):
    """Wait until some have it, and many have not."""
    await expect(page.locator("#progress")).to_contain_text(
        re.compile(rf"Готово ([5-9]|[1-4]\d) из {EVERYBODY}")
    )


async def settled(page):
    """Wait until nothing is under way any more, which a page tells by itself."""
    under_way = page.locator("#progress a[href*='state=handed']")
    await expect(under_way).to_have_count(0, timeout=SOON)


async def paused(page, got):
    """Pause, wait for what was under way, and return what the page says."""
    await half_way(page)
    await press(page, "Пауза")
    await standing(page, "на паузе")
    await settled(page)
    shown, taken = await by_state(page), len(got(TEXT))
    assert shown["accepted"] == taken > 0
    assert shown["pending"] == EVERYBODY - taken - shown["failed"] > 0
    return shown


async def told_of_each(here, operator, path, got):
    """Compare the table of recipients, and the one handed out, with the screens of all."""
    page, guests = operator.page, await here.guests()
    expected = {
        f"Гость {number}": (NAMES[where[0]], *(TAKEN if where in got else LOST))
        for number, where in guests.items()
    }
    await operator.open(f"{path}/results")
    assert await table(page) == expected
    await page.locator(".views").get_by_role("link", name="не дошло").click()
    await expect(page.locator("tbody tr")).to_have_count(BLOCKED)
    lost = {guest: told for guest, told in expected.items() if told[1:] == LOST}
    assert await table(page) == lost
    await operator.open(path)
    async with page.expect_download() as handed:
        await press(page, "Выгрузить CSV")
    file = Path(await (await handed.value).path())
    rows = csv.reader(io.StringIO(await asyncio.to_thread(file.read_text, "utf-8-sig")))
    assert next(rows) == ["Получатель", "Канал", "Состояние", "Почему", "Когда"]
    assert {guest: tuple(told[:3]) for guest, *told in rows} == expected


async def kept_for_all_at_once(page, text=TEXT):
    """Keep a follow-up that goes to all its people at once."""
    await expect(page).to_have_url(re.compile("/edit$"))
    await page.fill("[name='text.ru']", text)
    await page.locator("[name='in_stages']").uncheck()
    await press(page, "Сохранить и проверить")
    await standing(page, "проверено")


async def to_those_missed(here, operator, path):
    """Write again to those whom it has not reached; two have come to MAX: return who."""
    persons = [here.max.person(key) for key in ("anna", "ivan")]
    for person in persons:
        here.max.start(person.key)
    await here.max.until(lambda: all(person.screen.said for person in persons))
    come = [("max", str(person.id)) for person in persons]
    for insured, place in enumerate(come, start=1):
        await here.proves(place, insured)
    page = operator.page
    await operator.open(path)
    await press(page, "Тем, до кого не дошло")
    await kept_for_all_at_once(page)
    await expect(page.locator(".people")).to_have_text(re.compile(r"2\s*получателя"))
    await expect(page.locator(".columns")).to_contain_text(f"Не получат: {BLOCKED - 2}")
    await sent(page, 2)
    await standing(page, "завершено")
    return set(come)


async def mended(operator, approver, path, people):
    """Write the mended text to those who got the wrong one, approved anew."""
    page = operator.page
    await operator.open(path)
    await press(page, "Исправление тем же людям")
    await kept_for_all_at_once(page, MENDED)
    await expect(page.locator(".facts")).to_contain_text("без ограничения")
    number = path.rpartition("/")[2]
    begun_as = page.get_by_role("link", name=f"№ {number}", exact=True)
    await expect(begun_as).to_have_attribute("href", path)
    await approved(operator, approver)
    await sent(page, people)
    await standing(page, "завершено")


async def test_paused_resumed_told_of_each_followed_up_and_mended(browser, tmp_path):
    """Every number on the pages is what two messengers have put on screens."""
    async with (
        office(browser, tmp_path, **PEOPLE) as here,
        here.representative("pavel") as pavel,
        here.representative("olga") as olga,
    ):
        page = pavel.page
        await write_notice(pavel, title="Часы работы", text__ru=TEXT)
        await approved(pavel, olga)
        await sent(page, EVERYBODY)
        shown, on_screens = await paused(page, here.got), here.got(TEXT)

        answered = here.telegram.screen("t40").said
        here.telegram.say("t40", "привет")
        await here.telegram.until(lambda: len(here.telegram.screen("t40").said) > len(answered))
        path = path_of(page)
        await olga.open(path)
        assert await by_state(olga.page) == shown
        assert here.got(TEXT) == on_screens

        await press(page, "Продолжить")
        await standing(page, "завершено")
        first = here.got(TEXT)
        assert len(first) == EVERYBODY - BLOCKED
        assert await by_state(page) == {"accepted": len(first), "failed": BLOCKED}
        await told_of_each(here, pavel, path, first)
        come = await to_those_missed(here, pavel, path)
        assert here.got(TEXT) == first | come
        await mended(pavel, olga, path, len(first))
        assert here.got(MENDED) == first
        assert here.got(TEXT) == first | come


async def test_stopped_and_the_rest_gets_it_by_a_notice_of_its_own(browser, tmp_path):
    """Nobody is written to twice, and nobody who was still waiting is forgotten."""
    async with (
        office(browser, tmp_path, **PEOPLE) as here,
        here.representative("pavel") as pavel,
        here.representative("olga") as olga,
    ):
        page = pavel.page
        await write_notice(pavel, title="Часы работы", text__ru=TEXT)
        await approved(pavel, olga)
        await sent(page, EVERYBODY)
        path = path_of(page)
        await half_way(page)
        await press(page, "Остановить")
        stopping = page.locator("dialog[open]")
        await expect(stopping).to_contain_text("Что с теми, кто ещё не получил")
        await stopping.get_by_text("сделать для них новое уведомление").click()
        await stopping.get_by_role("button", name="Остановить").click()
        await standing(page, "черновик")
        assert path_of(page) != path
        await expect(page.locator(".columns")).to_contain_text(
            "Тем, кто не успел получить уведомление № 1"
        )

        await olga.open("/desk/notices")
        listed = olga.page.locator("tbody tr")
        await expect(listed).to_have_text([re.compile(r"№ 2\b"), re.compile(r"№ 1\b")])
        await listed.last.get_by_role("link").click()
        await standing(olga.page, "№ 1")
        await standing(olga.page, "остановлено")
        await settled(olga.page)
        shown, first = await by_state(olga.page), here.got(TEXT)
        assert shown["accepted"] == len(first)
        assert shown["skipped"] == EVERYBODY - len(first) - shown["failed"] > 0

        await page.get_by_role("link", name="Изменить").click()
        await kept_for_all_at_once(page)
        if shown["skipped"] > APPROVED_ABOVE:
            await approved(pavel, olga)
        await sent(page, shown["skipped"])
        await standing(page, "завершено")
        assert first < here.got(TEXT)
        assert len(here.got(TEXT)) == EVERYBODY - BLOCKED
