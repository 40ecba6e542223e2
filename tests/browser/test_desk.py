"""The desk in Chromium: the way in, the way round by keys, the looks, the flickering line."""

import asyncio
import io
import re

import pytest
import pytest_asyncio
from aiohttp import web
from PIL import Image
from playwright.async_api import expect
from zxingcpp import read_barcodes

from bot.desk import factor
from bot.desk.rendering import _environment
from bot.desk.route import FILTERED, Route
from bot.desk.streams import Piece
from bot.desk.table import ROUTES
from tests.bot.desk.sitting import PASSWORD
from tests.browser.desk import OFFICE, PAGES, SCREENS, desk_at, secret_shown, sitting
from tests.browser.test_looks import CONTRASTS

OWN = "my own words of today"
PROBE = """{% extends "frame.html.j2" %}
{% block title %}probe{% endblock %}
{% block scripts %}<script type="module" src="/desk/probe.js"></script>{% endblock %}
{% block main %}<h1>{{ ui.masked("insured:1:enp", "•••• 0015") }}</h1><p id="news"></p>
<p id="piece"></p>{% endblock %}"""
SCRIPT = """import { Live } from "/desk/static/%s/live.js";
import { refill } from "/desk/static/%s/fragment.js";
const news = document.getElementById("news");
new Live("/desk/probe/events", { told: (data) => (news.textContent += data) }).open();
globalThis.refill = () => refill(document.getElementById("piece"), "/desk/probe/piece");
globalThis.force = () => {
  try { news.innerHTML = "<b>x</b>"; } catch { document.body.dataset.trusted = "only"; }
};
"""


async def _probe(visit):
    page = visit.page("start.html.j2")  # what a template is given, with another template
    page.text = _environment().from_string(PROBE).render(visit._shared())  # noqa: SLF001
    return page


async def _script(visit):
    digest = visit.desk.assets.digest
    text = SCRIPT % (digest, digest)
    return web.Response(text=text, content_type="text/javascript")


async def _events(visit):
    async def pieces():
        after = int(visit.query.get("after") or visit.request.headers.get("Last-Event-ID") or 0)
        for number in range(after + 1, after + 3):
            yield Piece("told", number, str(number))
        await asyncio.Event().wait()

    return await visit.stream(pieces())


async def _piece(_visit):
    return web.Response(text="<b>written by the server</b>", content_type="text/html")


PROBES = (
    Route("GET", "/desk/probe", "dialog.view", _probe, region=FILTERED),
    Route("GET", "/desk/probe.js", "account", _script),
    Route("GET", "/desk/probe/events", "account", _events, is_passive=True),
    Route("GET", "/desk/probe/piece", "account", _piece),
)


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path):
    """Serve a desk of its own to each test."""
    async with desk_at(tmp_path, (*ROUTES, *PROBES)) as served:
        yield served


async def test_a_first_sign_in_from_the_password_to_the_recovery_codes(browser, place):
    desk, address, _ = place
    async with sitting(browser, desk, address) as sitter:
        await sitter.open()
        page = sitter.page
        await page.fill("#login", "ershov")
        await page.fill("#password", PASSWORD)
        await page.keyboard.press("Enter")
        await page.fill("#password", OWN)
        await page.fill("#again", OWN)
        await page.keyboard.press("Enter")
        await expect(page.locator(".qr")).to_be_visible()
        secret = secret_shown(await page.inner_text("#secret"))
        picture = io.BytesIO(await page.locator(".qr").screenshot())
        (scanned,) = read_barcodes(Image.open(picture))
        assert f"secret={secret}" in scanned.text
        assert scanned.text.startswith("otpauth://totp/")
        await page.fill("#code", factor.code_at(secret, desk.clock()))
        await page.keyboard.press("Enter")
        await expect(page.locator(".recovery li")).to_have_count(10)
        codes = await page.locator(".recovery li").all_inner_texts()
        await page.click("text=Записано, продолжить")
        await expect(page.locator("h1")).to_have_text("Здравствуйте, Павел Ершов")

        await page.click("[aria-label=Выйти]")
        await page.fill("#login", "ershov")
        await page.fill("#password", OWN)
        await page.keyboard.press("Enter")
        await page.fill("#code", codes[3])
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_have_text("Здравствуйте, Павел Ершов")


async def test_the_demonstration_lets_in_as_the_readme_says(browser, server):
    told = " ".join(server.told)
    password = re.search(r"password (\S+) and", told)[1]
    context = await browser.new_context(locale="ru-RU")
    try:
        page = await context.new_page()
        await page.goto(server.address + "desk")
        await page.fill("#login", "demo-supervisor")
        await page.fill("#password", password)
        await page.keyboard.press("Enter")
        inbox = await context.new_page()
        await inbox.goto(server.address + "demo/inbox")
        shown = await inbox.inner_text("main")
        await page.fill("#code", re.search(r"demo-supervisor\s+(\d{6})", shown)[1])
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_have_text("Здравствуйте, Ирина Белова")
        await expect(page.locator(".demo")).to_be_visible()
    finally:
        await context.close()


async def test_a_sign_in_is_ended_from_another_browser(browser, place):
    desk, address, secret = place
    async with (
        sitting(browser, desk, address) as here,
        sitting(browser, desk, address, user_agent="Mozilla Firefox Windows") as there,
    ):
        await here.sign_in("boss", secret)
        await there.sign_in("boss", secret)
        await here.open("/desk/account")
        row = here.page.locator("tr", has_text="Firefox, Windows")
        await row.get_by_role("button", name="Завершить").click()
        await expect(here.page.locator(".toast")).to_have_text("Вход завершён")
        await expect(here.page.locator("tbody tr")).to_have_count(1)
        await there.open("/desk/staff")
        await expect(there.page.locator("#login")).to_be_visible()
        await here.open("/desk/staff")
        await expect(here.page.locator("h1")).to_have_text("Сотрудники")


@pytest.mark.parametrize("layout", ["latin", "russian"])
async def test_keys_are_enough(browser, place, layout):
    """The same places on the keyboard, whichever layout is on."""
    desk, address, secret = place
    russian = {"g": "п", "s": "ы", "j": "о", "a": "ф"}

    async def press(page, key):
        typed = russian[key] if layout == "russian" else key
        how = {"key": typed, "code": f"Key{key.upper()}", "bubbles": True, "cancelable": True}
        await page.locator(":focus, body").last.dispatch_event("keydown", how)

    async with sitting(browser, desk, address) as sitter:
        await sitter.sign_in("boss", secret)
        page = sitter.page
        await page.keyboard.press("?")
        await expect(page.locator("dialog[open]")).to_contain_text("Сотрудники")
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog[open]")).to_have_count(0)
        await press(page, "g")
        await press(page, "s")
        await expect(page.locator("h1")).to_have_text("Сотрудники")
        await press(page, "j")
        await press(page, "j")
        await expect(page.locator("tr:focus")).to_contain_text("ershov")
        ring = await page.locator("tr:focus").evaluate("(e) => getComputedStyle(e).outlineStyle")
        assert ring == "solid"
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_have_text("Павел Ершов")
        await page.focus("#name")
        await page.keyboard.type("gs")
        await expect(page.locator("h1")).to_have_text("Павел Ершов")


async def test_a_grave_deed_asks_first(browser, place):
    desk, address, secret = place
    async with sitting(browser, desk, address) as sitter:
        await sitter.sign_in("boss", secret)
        await sitter.open("/desk/staff/2")
        page = sitter.page
        await page.click("button.grave")
        await page.locator("dialog").get_by_role("button", name="Отмена").click()
        await expect(page.locator(".badge.alert")).to_have_count(0)
        await page.click("button.grave")
        await page.locator("dialog").get_by_role("button", name="Отключить").click()
        await expect(page.locator(".badge.alert")).to_have_text("отключён")


async def test_masked_data_is_shown_for_a_purpose_and_written_down(browser, place):
    desk, address, secret = place
    async with sitting(browser, desk, address) as sitter:
        await sitter.sign_in("boss", secret)
        await sitter.open("/desk/probe")
        page = sitter.page
        masked = page.locator(".masked")
        await expect(masked).to_contain_text("•••• 0015")
        await masked.get_by_role("button").click()
        await page.locator("dialog[open]").get_by_label("Проверить данные").check()
        await page.locator("dialog[open]").get_by_role("button", name="Показать").click()
        async with desk.store.look() as look:
            known = await look.insured(1)
        await expect(masked).to_have_text(known.enp)
        async with desk.store.look() as look:
            (last,) = await look.journal_before(None, 1)
        assert (last.deed, last.about, last.purpose) == (
            "personal_revealed",
            "insured:1:enp",
            "check",
        )


async def test_the_line_says_since_when_nothing_is_sent_and_news_go_on_where_they_were(
    browser, place
):
    desk, address, secret = place
    async with sitting(browser, desk, address) as sitter:
        await sitter.sign_in("boss", secret)
        await sitter.open("/desk/probe")
        page = sitter.page
        await expect(page.locator("#news")).to_have_text("12")
        await expect(page.locator("#link")).to_be_hidden()
        await sitter.context.set_offline(True)
        await desk.streams.close(None)  # the server lets go, and the browser cannot come back
        await expect(page.locator("#link")).to_have_text(
            re.compile(r"^Нет связи, ничего не отправлено с \d\d:\d\d$")
        )
        await sitter.context.set_offline(False)
        await expect(page.locator("#news")).to_have_text("1234")
        await expect(page.locator("#link")).to_be_hidden()


async def test_markup_enters_in_one_place_only(browser, place):
    desk, address, secret = place
    async with sitting(browser, desk, address) as sitter:
        await sitter.sign_in("boss", secret)
        await sitter.open("/desk/probe")
        await sitter.page.evaluate("globalThis.force()")
        await expect(sitter.page.locator("body[data-trusted=only]")).to_have_count(1)
        await sitter.page.evaluate("globalThis.refill()")
        await expect(sitter.page.locator("#piece b")).to_have_text("written by the server")
        sitter.complaints.clear()  # the browser tells of the attempt that it has stopped


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
async def test_every_page_fits_and_every_word_stands_out(browser, place, screen, scheme):
    desk, address, secret = place
    async with sitting(browser, desk, address, SCREENS[screen], color_scheme=scheme) as sitter:
        await sitter.open(PAGES["signin"])
        assert await sitter.page.evaluate(CONTRASTS) == []
        await sitter.sign_in("boss", secret)
        for name, path in PAGES.items():
            await sitter.open(path)
            over = "document.documentElement.scrollWidth - innerWidth"
            assert await sitter.page.evaluate(over) <= 0, name
            assert await sitter.page.evaluate(CONTRASTS) == [], name
            assert await sitter.page.evaluate(NAMELESS) == [], name
            assert await sitter.page.evaluate(SMALL) == [], name


NAMELESS = """() => [...document.querySelectorAll("button, a, input, textarea, select")]
    .filter((each) => each.checkVisibility() && !each.innerText?.trim() && !each.labels?.length
        && !each.getAttribute("aria-label"))
    .map((each) => each.outerHTML)"""

# At least 24 by 24 (WCAG 2.2 AA, 2.5.8), but for links that stand within a sentence or a cell.
SMALL = """() => [...document.querySelectorAll("button, nav a, .button, input, select")]
    .filter((each) => each.checkVisibility() && each.type !== "checkbox" && each.type !== "radio")
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < 24)
    .map(([each, box]) => `${each.outerHTML}: ${box.width} x ${box.height}`)"""


async def test_without_scripts_one_signs_in_and_works(browser, place):
    desk, address, secret = place
    async with sitting(browser, desk, address, OFFICE, java_script_enabled=False) as sitter:
        await sitter.sign_in("boss", secret)
        await sitter.open("/desk/staff/new")
        page = sitter.page
        await page.fill("#name", "Анна Ким")
        await page.fill("#login", "kim")
        await page.get_by_label("Представитель").check()
        await page.get_by_role("button", name="Добавить сотрудника").click()
        await expect(page.locator("h1")).to_have_text("Анна Ким")
        await sitter.open("/desk/probe")
        await page.locator(".masked").get_by_role("button").click()
        await page.get_by_label("Проверить данные").check()
        await page.get_by_role("button", name="Показать").click()
        async with desk.store.look() as look:
            known = await look.insured(1)
        await expect(page.locator(".secret")).to_have_text(known.enp)
