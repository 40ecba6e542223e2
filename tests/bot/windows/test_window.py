"""The window: the same conversation on the site, for whoever has the link, for a while."""

import asyncio

import pytest
from aiohttp import FormData

from bot.http import PAGE_HEADER
from bot.windows import LINK_LIFE, WINDOW_LIFE
from dialogs.incoming import Pressed
from tests.bot.channels.chatting import events
from tests.bot.proving import ANNA
from tests.bot.windows.conftest import LINK
from tests.through.photo import PHOTO

NAME = "Иванова Мария Петровна"
AGAIN = "напишите помощнику «ссылка»"


async def test_the_conversation_goes_on_in_the_window_and_not_in_the_messenger(house):
    token = await house.link()
    async with house.browser() as browser:
        status, page = await browser.open(token)
        assert status == 200
        assert "Продолжение разговора из Telegram" in page
        sent = len(house.messenger.delivered)
        asked = (await browser.sees())[-1]
        assert asked == (await house.told())[-1][2]
        assert await browser.says(NAME) == 200
        assert await house.arrives() == []
        *_, mine, answer = await browser.sees()
    assert mine == NAME
    assert answer not in (asked, mine)
    assert len(house.messenger.delivered) == sent


async def test_looking_at_a_link_opens_nothing(house):
    """Messengers fetch every link for a preview; they do not press, nor see what is behind «#»."""
    token = await house.link()
    async with house.browser() as preview, house.browser() as browser:
        for _ in range(3):
            async with preview.client.get("/window") as page:
                assert page.status == 200
                assert token not in await page.text()
                assert page.cookies == {}
        status, _ = await browser.open(token)
        assert status == 200


async def test_a_link_that_was_used_or_has_expired_or_never_was_says_the_same(house):
    used = await house.link()
    async with house.browser() as browser, house.browser() as stranger:
        await browser.open(used)
        old = await house.link()
        house.clock.wait(seconds=LINK_LIFE.total_seconds())
        answers = [await stranger.open(token) for token in (used, old, "forged", "")]
        assert {status for status, _ in answers} == {410}
        assert len({page for _, page in answers}) == 1
        assert AGAIN in answers[0][1]
        assert await stranger.sees(browser.window) is None
        assert await stranger.says("привет", browser.window) == 401


async def test_an_older_link_is_used_up_with_the_newer(house):
    first, second = await house.link(), await house.link()
    async with house.browser() as browser, house.browser() as finder:
        assert (await browser.open(second))[0] == 200
        assert (await finder.open(first))[0] == 410


async def test_a_window_closes_by_its_button_and_leaves_ones_own_chat_alone(house):
    token = await house.link()
    async with house.browser() as browser:
        async with browser.client.get("/") as page:
            assert page.status == 200
        assert await browser.says("привет", under="") == 200
        own = await browser.sees(under="")
        await browser.open(token)
        assert NAME not in (await browser.sees(under=""))
        assert await browser.sees(under="") == own
        async with browser.client.post(f"/{browser.window}close") as answer:
            assert answer.url.path == "/"
        assert await browser.sees() is None
        assert await browser.says(NAME) == 401
        async with browser.client.get(f"/{browser.window}") as page:
            assert page.status == 410
            assert AGAIN in await page.text()
        assert await browser.sees(under="") == own


async def test_a_window_closes_by_itself(house):
    token = await house.link()
    async with house.browser() as browser:
        await browser.open(token)
        house.clock.wait(seconds=WINDOW_LIFE.total_seconds() - 1)
        assert await browser.sees()
        house.clock.wait(seconds=1)
        assert await browser.sees() is None


async def test_a_page_left_open_does_not_speak_for_a_window_opened_later(house):
    """One browser, two people of one family: each page is bound to its own conversation."""
    annas, boriss = await house.link(), await house.link("boris")
    async with house.browser() as browser:
        await browser.open(annas)
        left_open = browser.window
        await browser.open(boriss)
        assert await browser.says(NAME, under=left_open) == 401
        assert await browser.says(NAME) == 200
    assert NAME not in [text for *_, text in await house.told()]
    assert NAME in [text for *_, text in await house.told("boris")]


async def test_a_link_is_not_opened_from_another_site(house):
    token = await house.link()
    async with house.browser() as browser:
        headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        body = {"token": token}
        async with browser.client.post("/window", data=body, headers=headers) as answer:
            assert answer.status == 410
        assert (await browser.open(token))[0] == 200


async def test_attempts_are_limited_by_address(house):
    async with house.browser() as browser:
        headers = {"X-Forwarded-For": "203.0.113.9"}
        statuses = []
        for _ in range(31):
            async with browser.client.post("/window", data={"token": "x"}, headers=headers) as no:
                statuses.append(no.status)
        assert statuses == [410] * 30 + [429]
        async with browser.client.post("/window", data={"token": "x"}) as other:
            assert other.status == 410


async def test_the_person_proves_there_who_they_are_and_nothing_of_it_is_sent(house):
    """The whole way: what the register tells shows in the window alone."""
    token = await house.link()
    async with house.browser() as browser:
        await browser.open(token)
        await browser.presses("W:number")
        for text in ("да", ANNA.phone, f"{ANNA.born_on:%d.%m.%Y}", ANNA.enp):
            await browser.says(text)
        for lane in house.assistant.errands:
            await lane.do_due()
        (sms,) = [one.text for one in house.inbox.shown]
        code = next(word for word in sms.split() if word.strip(".").isdigit()).strip(".")
        await browser.says(code)
        for lane in house.assistant.errands:
            await lane.do_due()
        seen = "\n".join(await browser.sees())
        assert " ".join(ANNA.enp[at : at + 4] for at in (0, 4, 8, 12)) in seen
        assert ANNA.surname in seen
        await house.arrives()
        (answer,) = await house.does(Pressed("W:number"))
    assert LINK.search(answer)
    sent = "\n".join(house.messenger.delivered)
    for secret in (ANNA.surname, ANNA.given, ANNA.enp, ANNA.enp[-4:], ANNA.phone):
        assert secret not in sent


async def test_what_is_done_in_a_window_does_not_count_as_heard_in_the_messenger(house, store):
    """WhatsApp counts its 24 hours by what was written there."""
    token = await house.link()
    async with store.look() as look:
        before = await look.chat("telegram", "anna")
    async with house.browser() as browser:
        await browser.open(token)
        house.clock.wait(minutes=1)
        await browser.says(NAME)
        async with store.look() as look:
            there = await look.chat("telegram", "anna")
        assert (there.heard_at, there.window_at) == (before.heard_at, house.clock())
        await house.does("привет")
        async with store.look() as look:
            back = await look.chat("telegram", "anna")
        assert (back.heard_at, back.window_at) == (house.clock(), None)


@pytest.mark.parametrize("phone", ["", ANNA.phone], ids=["Telegram", "WhatsApp"])
async def test_a_phone_that_comes_with_every_message_is_known_in_the_window(house, phone):
    """So nobody is asked for a code there who would not be asked in the messenger."""
    await house.does("привет", phone=phone)
    token = await house.link()
    async with house.browser() as browser:
        await browser.open(token)
        await browser.presses("W:number")
        await browser.says("да")
        asked = (await browser.sees())[-1]
    assert ("телефон" in asked) == (not phone)


async def test_files_and_documents_of_the_conversation_show_in_its_window_alone(house):
    """What is sent there belongs to the chat of the messenger; its papers open there."""
    token = await house.link()
    house.papers.drawn["anna", "application-4821-7390-5"] = b"%PDF"
    async with house.browser() as browser, house.browser() as stranger:
        await browser.open(token)
        form = FormData({"key": "photo", "caption": ""})
        form.add_field("file", PHOTO, filename="photo.jpg", content_type="image/jpeg")
        url, headers = f"/{browser.window}chat", {PAGE_HEADER: "1"}
        async with browser.client.post(f"{url}/files", data=form, headers=headers) as answer:
            assert answer.status == 200
        async with house.store.look() as look:
            told = await look.told_before("telegram", "anna", None, 3)
        assert [one.files[0].partition(";")[0] for one in told if one.files] == ["image/jpeg"]
        paper = f"{url}/documents/application-4821-7390-5.pdf"
        async with browser.client.get(paper) as drawn:
            assert (drawn.status, await drawn.read()) == (200, b"%PDF")
        assert house.papers.asked == [("telegram", "anna")]
        async with stranger.client.get(paper) as no:
            assert no.status == 404


async def test_the_stream_of_a_window_tells_what_is_said_and_ends_when_it_closes(house):
    token = await house.link()
    async with house.browser() as browser:
        await browser.open(token)
        async with browser.client.get(f"/{browser.window}chat/events?after=0") as stream:
            ((first, _),) = await events(stream, 1)
            assert first == 1
            async with browser.client.post(f"/{browser.window}close"):
                pass
            await house.does("меню")
            async with asyncio.timeout(15):
                while await stream.content.readline():
                    pass
