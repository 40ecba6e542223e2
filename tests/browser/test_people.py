"""Search and the page of a person in Chromium, with the keys."""

import re

from playwright.async_api import expect

from tests.browser.people_pictures import furnish, search
from tests.browser.talking import house


async def test_a_person_is_found_opened_and_revealed_by_keys_and_the_address_says_nothing(
    browser, tmp_path
):
    async with house(browser, tmp_path) as here:
        await furnish(here.desk)
        async with here.representative("anna") as sitter:
            page = sitter.page
            await search(sitter, "соколов иван")
            assert page.url.endswith("/desk/search")
            await expect(page.locator("tr[data-href]")).to_have_count(1)
            await page.locator("h1").click()
            await page.keyboard.press("j")
            await page.keyboard.press("Enter")
            await expect(page.locator("h1")).to_have_text("Соколов Иван Андреевич")
            masked = page.locator('[data-masked$=":born_on"]')
            await expect(masked).to_contain_text("••.••.1985")
            await masked.get_by_role("button").click()
            await page.locator("#reveal input[value=check]").check()
            await page.locator("#reveal button[value=yes]").click()
            await expect(masked).to_have_text(re.compile(r"07\.03\.1985"))
