"""How the page looks and handles: phones and desktops, light and dark, hands and keyboards."""

import pytest
from playwright.async_api import expect

from tests.browser.visiting import DESKTOP, PHONE

SCREENS = {
    "phone": PHONE,
    "small phone": {**PHONE, "viewport": {"width": 320, "height": 568}},
    "tablet": {**PHONE, "viewport": {"width": 820, "height": 1180}},
    "desktop": DESKTOP,
    "office": {"viewport": {"width": 1366, "height": 768}},
}

# The lowest ratio of lightness between a text and what lies behind it, over the whole page.
CONTRASTS = """() => {
    const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b]
        .map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
    const ground = (each) => {
        for (let at = each; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour[3] !== 0) return colour;
        }
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = "var(--ground)";
        const colour = parse(getComputedStyle(probe).color);
        probe.remove();
        return colour;
    };
    const faint = [];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const each = words.currentNode.parentElement;
        if (!words.currentNode.data.trim() || !each.checkVisibility()) continue;
        if (each.closest(".hidden, .skip, script")) continue;
        const pair = [light(parse(getComputedStyle(each).color)), light(ground(each))];
        const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
        if (ratio < 4.5) faint.push(`${words.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
    }
    return faint;
}"""

SMALL_TARGETS = """() => [...document.querySelectorAll("button, nav a, textarea")]
    .filter((each) => each.checkVisibility() && !each.closest(".past"))
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < 43.5)
    .map(([each, box]) => `${each.className || each.id}: ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("screen", SCREENS)
async def test_page_fits_every_screen(visit, screen):
    async with visit(SCREENS[screen]) as visitor:
        await visitor.ask("потеряла полис что делать " + "оченьдлинноеслово" * 10)
        for wide in ("html", "#view"):
            over = await visitor.page.locator(wide).evaluate("(e) => e.scrollWidth - e.clientWidth")
            assert over == 0
        await expect(visitor.page.locator("#send")).to_be_in_viewport(ratio=1)
        await expect(visitor.page.locator(".head")).to_be_in_viewport(ratio=1)
        assert await visitor.page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["phone", "desktop"])
async def test_every_word_stands_out_from_its_ground(visit, screen, scheme):
    """At least 4.5 to 1, as the guidelines for accessible pages ask."""
    async with visit(SCREENS[screen], color_scheme=scheme) as visitor:
        await visitor.ask("потеряла полис что делать")
        await visitor.ask("полис")
        assert await visitor.page.evaluate(CONTRASTS) == []


async def test_keyboard_is_enough(visit):
    async with visit() as visitor:
        page = visitor.page
        await page.locator("body").press("Tab")
        await page.evaluate("document.activeElement.blur()")
        await page.keyboard.press("Tab")
        while await page.evaluate("document.activeElement.className") != "skip":
            await page.keyboard.press("Shift+Tab")
        await page.keyboard.press("Enter")
        await expect(page.locator("#text")).to_be_focused()

        await page.keyboard.type("полис")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("ребёнку")
        await expect(page.locator("#text")).to_have_value("полис\nребёнку")
        await page.keyboard.press("Enter")
        await visitor.answers("полис\nребёнку")
        await expect(page.locator("#text")).to_be_focused()

        await page.keyboard.press("Shift+Tab")
        await expect(page.locator("#attach")).to_be_focused()
        await page.keyboard.press("Shift+Tab")
        label = await page.evaluate("document.activeElement.innerText")
        ring = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid"
        await page.keyboard.press("Enter")
        await visitor.answers(label)


async def test_enter_on_a_touch_screen_begins_a_new_line(visit):
    async with visit(PHONE) as visitor:
        await visitor.page.tap("#text")
        await visitor.page.keyboard.type("раз")
        await visitor.page.keyboard.press("Enter")
        await visitor.page.keyboard.type("два")
        await expect(visitor.page.locator("#text")).to_have_value("раз\nдва")


async def test_screen_reader_finds_its_way(visit):
    """Regions, labels and a log that is read out as it grows."""
    async with visit() as visitor:
        page = visitor.page
        await expect(page.get_by_role("log", name="Разговор с помощником")).to_have_attribute(
            "aria-live", "polite"
        )
        for role, name in [
            ("textbox", "Ваш вопрос"),
            ("button", "Отправить"),
            ("button", "Приложить фото или PDF"),
            ("button", "Меню"),
            ("navigation", "Язык"),
        ]:
            await expect(page.get_by_role(role, name=name)).to_be_visible()
        nameless = """() => [...document.querySelectorAll("button, a, input, textarea")]
            .filter((each) => !each.innerText.trim() && !each.getAttribute("aria-label")
                && !each.labels?.length && !each.hasAttribute("aria-hidden")).length"""
        assert await page.evaluate(nameless) == 0


async def test_long_answer_is_read_from_its_beginning(visit):
    """The person's own words stay in sight above an answer taller than the screen."""
    async with visit({**PHONE, "viewport": {"width": 360, "height": 560}}) as visitor:
        await visitor.ask("потеряла полис что делать")
        await visitor.page.wait_for_function(
            "() => !document.getAnimations().some((each) => each.playState === 'running')"
        )
        await expect(visitor.page.locator("#log .citizen").last).to_be_in_viewport(ratio=0.9)


async def test_news_do_not_tear_away_whoever_reads_above(visit):
    async with visit(PHONE) as visitor:
        page = visitor.page
        for question in ("потеряла полис что делать", "полис", "какие документы к врачу"):
            await visitor.ask(question)
        await page.locator("#view").hover()
        await page.mouse.wheel(0, -5000)
        await expect(page.locator("#beginning")).to_be_in_viewport()
        await visitor.post_from_elsewhere(text="новое")
        await expect(page.locator("#newer")).to_be_visible()
        await expect(page.locator("#beginning")).to_be_in_viewport()
        await page.click("#newer")
        await expect(page.locator("#log .message").last).to_be_in_viewport()
        await expect(page.locator("#newer")).to_be_hidden()


async def test_older_messages_come_on_scrolling_up_and_nothing_moves(visit):
    async with visit(PHONE) as visitor:
        page = visitor.page
        for number in range(12):
            await visitor.post_from_elsewhere(code=f"l:{'ru' if number % 2 else 'en'}")
        for _ in range(8):
            await page.click("#open-menu")
        await expect(page.locator("#outgoing .message")).to_have_count(0, timeout=15_000)
        visitor.complaints.clear()  # the browser tells of each 429 itself
        whole = await visitor.places()
        assert len(whole) > 50

        await page.reload()
        await expect(page.locator("#log .message")).to_have_count(50)
        top = page.locator("#log .message").first
        before = await top.evaluate("(each) => each.dataset.seq")
        await page.locator("#view").hover()
        await page.mouse.wheel(0, -100_000)
        await expect(page.locator("#log .message")).to_have_count(len(whole))
        assert await visitor.places() == whole
        await expect(page.locator(f"#log [data-seq='{before}']")).to_be_in_viewport()
        await expect(page.locator(".day")).to_have_count(1)
