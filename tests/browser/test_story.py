"""What a citizen does on the page, from the first words on."""

import pytest
from PIL import Image
from playwright.async_api import expect

QUESTIONS = {
    "потеряла полис что делать": "выписк",
    "до какого числа можно сменить страховую компанию": "1 ноября",
    "родился ребёнок, как оформить ему полис": "свидетельство о рождении",
    "какие документы брать с собой в поликлинику": "паспорт",
    "сменила фамилию, надо ли сообщать в страховую": "месяц",
}


async def test_five_questions_of_different_kinds_are_answered(visit):
    """Each answer says as of when it holds."""
    async with visit() as visitor:
        for question, word in QUESTIONS.items():
            assert word in (await visitor.ask(question)).lower()
            await expect(visitor.page.locator(".message.assistant .note").last).to_contain_text(
                "2026"
            )


async def test_half_sure_offers_choices_and_a_choice_is_answered(visit):
    async with visit() as visitor:
        await visitor.ask("страховая")
        choices = visitor.page.locator(".message:not(.past) .choice")
        assert 2 <= await choices.count() <= 5
        label = await choices.first.inner_text()
        assert len(await visitor.press(label)) > 100


@pytest.mark.parametrize("text", ["сколько стоит осаго на год", "посоветуй хороший фильм"])
async def test_out_of_scope_is_declined_kindly_with_a_way_on(visit, text):
    async with visit() as visitor:
        await visitor.ask(text)
        await expect(visitor.page.locator(".message:not(.past) .note")).to_have_count(0)
        assert await visitor.page.locator(".message:not(.past) .choice").count() >= 1


async def test_language_is_switched_by_one_press(visit):
    async with visit() as visitor:
        await visitor.page.click("[data-language=en]")
        await expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
        await expect(visitor.page.locator("#text")).to_have_attribute(
            "placeholder", "Type your question…"
        )
        last = visitor.page.locator("#log .message.assistant").last
        await expect(last).to_contain_text("help")

        await visitor.page.click("[data-language=ru]")
        await expect(visitor.page.locator("html")).to_have_attribute("lang", "ru")


async def test_reload_keeps_the_conversation(visit):
    async with visit() as visitor:
        await visitor.ask("потеряла полис что делать")
        before = await visitor.page.locator("#log").inner_text()
        await visitor.page.reload()
        await expect(visitor.page.locator("#log .message.citizen")).to_have_count(1)
        assert await visitor.page.locator("#log").inner_text() == before


async def test_page_greets_once(visit):
    async with visit() as visitor:
        await visitor.page.reload()
        await expect(visitor.page.locator("#log .message.assistant")).to_have_count(1)
        assert await visitor.places() == [1]


async def test_link_that_names_a_topic_opens_it_once(visit):
    async with visit(path="?start=loss") as visitor:
        assert "start" not in visitor.page.url
        first = await visitor.places()
        await visitor.page.reload()
        await expect(visitor.page.locator("#log .message").first).to_be_visible()
        assert await visitor.places() == first


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=\"document.title='taken'\">",
        "<script>document.title='taken'</script>",
        "javascript:alert(1) \"><svg onload=document.title='taken'>",
        "&lt;b&gt; {{ 7 * 7 }} ${7 * 7}",
    ],
)
async def test_markup_in_a_text_is_shown_as_text(visit, text):
    async with visit() as visitor:
        await visitor.ask(text)
        await expect(visitor.page.locator(".citizen .typed")).to_have_text(text)
        assert await visitor.page.locator("#log :is(img, script, svg[onload])").count() == 0
        assert "taken" not in await visitor.page.title()


async def test_photo_is_sent_and_shown(visit, tmp_path):
    photo = tmp_path / "полис.jpg"
    Image.effect_noise((320, 240), 50).convert("RGB").save(photo)
    async with visit() as visitor:
        page = visitor.page
        await page.set_input_files("#file", photo)
        await expect(page.locator(".chip")).to_contain_text("полис.jpg")
        await visitor.ask("вот мой полис")
        await expect(page.locator("#log .citizen .preview")).to_be_visible()
        await expect(page.locator(".chip")).to_have_count(0)
        await page.reload()
        await expect(page.locator("#log .citizen .file")).to_have_text("Фото")


async def test_file_may_be_taken_back_before_it_is_sent(visit, tmp_path):
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF\n")
    async with visit() as visitor:
        await visitor.page.set_input_files("#file", paper)
        await expect(visitor.page.locator("#send")).to_be_enabled()
        await visitor.page.click(".chip .remove")
        await expect(visitor.page.locator("#send")).to_be_disabled()


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"MZ"), ("big.pdf", bytes(5 * 2**20 + 1))])
async def test_unfit_file_is_told_at_once(visit, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    async with visit() as visitor:
        await visitor.page.set_input_files("#file", tmp_path / name)
        await expect(visitor.page.locator("#hint")).not_to_be_empty()
        await expect(visitor.page.locator(".chip")).to_have_count(0)


async def test_too_long_text_is_told_before_it_is_sent(visit):
    async with visit() as visitor:
        await visitor.page.fill("#text", "я" * 3990)
        await expect(visitor.page.locator("#hint")).to_have_text("Осталось знаков: 10")
        await visitor.page.fill("#text", "я" * 4001)
        await expect(visitor.page.locator("#send")).to_be_disabled()
        await expect(visitor.page.locator("#hint")).to_contain_text("4000")


async def test_nothing_said_stands_in_the_log(visit, server):
    async with visit() as visitor:
        await visitor.ask("очень личный вопрос")
    assert "личный" not in server.log
