"""The count in the form of a notice follows what is chosen, and the newest choice wins."""

import re

from playwright.async_api import expect

from tests.browser.talking import house

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
COUNT = "**/desk/notices/new/count"


async def test_the_count_follows_what_is_chosen_and_an_older_answer_is_dropped(browser, tmp_path):
    """Two changes while one question is under way become one question, of the newest choice."""
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as mother,
        here.representative("pavel", PHONE) as pavel,
    ):
        await mother.ask("привет")
        page = pavel.page
        await pavel.open("/desk/notices/new")
        count = page.locator("#count")
        await expect(count).to_contain_text(re.compile(r"1\s*получатель"))
        await page.fill("[name='title']", "Переезд")
        async with page.expect_response(COUNT):
            await page.fill("[name='text.ru']", "Мы переехали.")
            await page.locator("[name='text.ru']").blur()

        def kind(name):
            return page.locator(f"[name='kind'][value='{name}']")

        held, bodies = [], []

        async def hold_the_first(route):
            bodies.append(route.request.post_data)
            if len(bodies) == 1:
                held.append(route)
            else:
                await route.continue_()

        await page.route(COUNT, hold_the_first)
        async with page.expect_request(COUNT):
            await kind("advertising").check()
        await expect(count.locator("output")).to_have_attribute("aria-busy", "true")
        await page.locator("[name='language'][value='en']").check()
        await page.locator("[name='language'][value='en']").uncheck()
        await kind("service").check()
        await held[0].continue_()
        await expect(count.locator("output[aria-busy]")).to_have_count(0)
        await expect(count).to_contain_text(re.compile(r"1\s*получатель"))
        assert ["kind=advertising" in body for body in bodies] == [True, False]

        await kind("advertising").check()
        await expect(count).to_contain_text(re.compile(r"Не получат: 1"))
        await expect(page.locator("[name='text.ru']")).to_have_value("Мы переехали.")


async def test_without_a_script_the_button_counts_and_what_is_typed_stays(browser, tmp_path):
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as mother,
        here.representative("pavel", PHONE, java_script_enabled=False) as pavel,
    ):
        await mother.ask("привет")
        page = pavel.page
        await pavel.open("/desk/notices/new")
        await page.fill("[name='text.ru']", "Мы переехали.")
        await page.get_by_role("button", name="Посчитать").click()
        await expect(page.locator("#count")).to_contain_text(re.compile(r"1\s*получатель"))
        await expect(page.locator("[name='text.ru']")).to_have_value("Мы переехали.")
