"""What happens to a conversation when connections break, tabs multiply and servers die."""

from playwright.async_api import expect

from tests.browser.visiting import visiting


async def one(visitor, text):
    """See that a text stands in the history once, and nothing stands there twice."""
    await expect(visitor.page.locator("#outgoing .message")).to_have_count(0)
    await expect(visitor.page.locator("#log .citizen .typed", has_text=text)).to_have_count(1)
    places = await visitor.places()
    assert places == list(range(1, len(places) + 1))


async def test_message_written_offline_is_kept_told_and_sent_once(visit):
    async with visit() as visitor:
        page = visitor.page
        await visitor.context.set_offline(True)
        await expect(page.locator("#link")).to_contain_text("Нет связи")
        for text in ("первый вопрос", "второй вопрос"):
            await page.fill("#text", text)
            await page.keyboard.press("Enter")
        waiting = page.locator("#outgoing .message[data-state=sending] .typed")
        await expect(waiting).to_have_text(["первый вопрос", "второй вопрос"])

        await visitor.context.set_offline(False)
        await expect(page.locator("#link")).to_be_empty()
        await expect(page.locator("#log .citizen .typed")).to_have_text(
            ["первый вопрос", "второй вопрос"]
        )
        await one(visitor, "первый вопрос")


async def test_message_not_yet_sent_outlives_a_reload(visit):
    async with visit() as visitor:
        page = visitor.page

        async def refuse(route):
            if route.request.method == "POST":
                await route.abort("connectionfailed")
            else:
                await route.continue_()

        await visitor.context.route("**/chat/messages*", refuse)
        await page.fill("#text", "дождись меня")
        await page.keyboard.press("Enter")
        await page.reload()
        await expect(page.locator("#outgoing .typed")).to_have_text("дождись меня")
        await visitor.context.unroute("**/chat/messages*")
        await visitor.answers("дождись меня")
        await one(visitor, "дождись меня")


async def test_answer_lost_on_the_way_back_makes_no_second_message(visit):
    """The server took the message, but the page never heard so and sends it again."""
    async with visit() as visitor:
        lost = []

        async def lose_first(route):
            if route.request.method == "POST" and not lost:
                lost.append(await route.fetch())
                await route.abort("connectionreset")
            else:
                await route.continue_()

        await visitor.context.route("**/chat/messages*", lose_first)
        await visitor.ask("один раз")
        await visitor.page.reload()
        await one(visitor, "один раз")
        assert lost


async def test_refused_message_says_why_and_may_be_deleted(visit):
    async with visit() as visitor:
        page = visitor.page

        async def refuse(route):
            await route.fulfill(status=413, json={"error": "too_long", "message": "Слишком длинно"})

        await visitor.context.route("**/chat/messages", refuse)
        await page.fill("#text", "непринятое")
        await page.keyboard.press("Enter")
        failed = page.locator("#outgoing .message[data-state=failed]")
        await expect(failed).to_contain_text("Слишком длинно")
        await failed.get_by_role("button", name="Удалить").click()
        await expect(failed).to_have_count(0)
        visitor.complaints.clear()  # the browser tells of the refusal itself


async def test_twenty_messages_in_a_row_arrive_in_order_without_being_sent_again_by_hand(visit):
    """Past the fifteenth the server asks to wait, and the page waits by itself."""
    async with visit() as visitor:
        for number in range(18):
            await visitor.page.fill("#text", f"вопрос {number}")
            await visitor.page.keyboard.press("Enter")
        await visitor.answers("вопрос 17")
        said = await visitor.page.locator("#log .citizen .typed").all_inner_texts()
        assert said == [f"вопрос {number}" for number in range(18)]
        visitor.complaints.clear()  # the browser tells of each 429 itself


async def test_two_tabs_show_one_conversation(visit):
    """Only the tab that is looked at listens to the server; it tells the other."""
    async with visit() as visitor:
        first, second = visitor.page, await visitor.another_tab()
        await visitor.ask("вопрос из первой")
        await expect(second.locator("#log .citizen .typed")).to_have_text(["вопрос из первой"])
        visitor.page = second
        await visitor.ask("вопрос из второй")
        await expect(first.locator("#log .citizen .typed")).to_have_text(
            ["вопрос из первой", "вопрос из второй"]
        )
        await expect(first.locator("#outgoing .message")).to_have_count(0)
        await second.close()
        await visitor.post_from_elsewhere(text="ещё один")
        await expect(first.locator("#log .citizen .typed").last).to_have_text("ещё один")
        places = await visitor.places(first)
        assert places == list(range(1, len(places) + 1))


async def test_killed_server_loses_and_repeats_nothing(browser, mortal):

    async with visiting(browser, mortal.address) as visitor:
        page = visitor.page
        await visitor.ask("до падения")
        mortal.kill()
        await page.fill("#text", "во время падения")
        await page.keyboard.press("Enter")
        await expect(page.locator("#link")).to_contain_text("Нет связи")
        mortal.start()
        await visitor.answers("во время падения")
        await expect(page.locator("#link")).to_be_empty()

        await visitor.post_from_elsewhere(text="после падения")
        await expect(page.locator("#log .citizen .typed").last).to_have_text("после падения")
        await one(visitor, "во время падения")


async def test_lost_cookie_begins_anew_and_the_message_arrives(visit):
    async with visit() as visitor:
        await visitor.ask("старое")
        await visitor.context.clear_cookies()
        await visitor.page.fill("#text", "новое")
        await visitor.page.keyboard.press("Enter")
        # The page loads itself anew and sends what it kept.
        await expect(visitor.page.locator("#log .citizen .typed")).to_have_text(["новое"])
        visitor.complaints.clear()  # the browser tells of the 401 itself
