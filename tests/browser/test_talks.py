"""Representatives and citizens in Chromium, at one time, in one house."""

import asyncio
import re

from playwright.async_api import expect

from tests.browser.copying import cells, drop, image, paste
from tests.browser.talking import call_a_person, house, led, take_next, write
from tests.drawings import PDF, document, encoded


async def test_two_representatives_and_three_citizens_at_once(browser, tmp_path):
    """Replies cross, one gives back, one closes; each form goes on where it was."""
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as mother,
        here.citizen() as worker,
        here.citizen() as pensioner,
        here.representative("anna") as anna,
        here.representative("boris") as boris,
    ):
        await mother.ask("родилась дочка")
        await mother.press("Подать заявление")
        await mother.press("Даю согласие")
        question = await mother.page.locator("#log .message").last.inner_text()
        await call_a_person(mother)
        await call_a_person(worker, "потерял полис")
        await anna.open("/desk/talks")
        await expect(anna.page.locator("#rows tr")).to_have_count(2)
        await take_next(anna)
        await take_next(boris)
        await expect(mother.page.locator("#log")).to_contain_text("Анна Кузнецова")
        await expect(worker.page.locator("#log")).to_contain_text("Борис Лапин")

        # A third one comes, and nothing under the cursor moves for it.
        await boris.open("/desk/talks?view=waiting")
        await call_a_person(pensioner, "мне 80 лет")
        await expect(boris.page.locator("#rows tr")).to_have_count(1)

        # Both write at one moment.
        await asyncio.gather(
            write(anna, "Здравствуйте! Какой вопрос по анкете?"),
            mother.page.fill("#text", "Не знаю, что писать"),
        )
        await expect(mother.page.locator("#log")).to_contain_text("Какой вопрос по анкете?")
        await mother.page.click("#send")
        await expect(anna.page.locator("#lines")).to_contain_text("Не знаю, что писать")

        # Given back: the open question returns exactly where it was.
        await anna.page.keyboard.press("Escape")
        await anna.page.keyboard.press("u")
        await expect(anna.page.locator("#toasts")).to_contain_text("Гражданин снова")
        last = mother.page.locator("#log .message").last
        await expect(last).to_contain_text(question.splitlines()[-1][:40])


async def test_words_are_refused_and_kept_when_the_citizen_wrote_meanwhile(browser, tmp_path):
    async with led(browser, tmp_path) as (_, anna):
        await anna.page.evaluate("document.querySelector('[name=seen]').value = 1")
        await write(anna, "Добрый день")
        await expect(anna.page.locator("#toasts")).to_contain_text("пока вы отвечали")
        assert await anna.page.input_value("#text") == "Добрый день"


async def test_without_a_connection_nothing_typed_is_lost_and_it_is_sent_once(browser, tmp_path):
    """What was not sent goes by itself when the connection is back, and once."""
    async with led(browser, tmp_path) as (citizen, anna):
        await anna.context.set_offline(True)
        await write(anna, "Слышите меня?")
        await expect(anna.page.locator("#toasts")).to_contain_text("Нет связи")
        assert await anna.page.input_value("#text") == "Слышите меня?"
        await anna.context.set_offline(False)
        await expect(citizen.page.locator("#log")).to_contain_text("Слышите меня?")
        await expect(anna.page.locator("#text")).to_have_value("")
        said = citizen.page.locator("#log .message", has_text="Слышите меня?")
        await expect(said).to_have_count(1)


async def test_what_is_being_written_is_there_after_the_page_was_closed(browser, tmp_path):
    """Both modes keep words of their own, and the note never reaches the citizen."""
    async with led(browser, tmp_path) as (citizen, anna):
        address = anna.page.url
        await anna.page.fill("#text", "Почти готово")
        await expect(anna.page.locator("#kept")).to_have_text("черновик сохранён")
        await anna.page.check("input[value=note]", force=True)
        await anna.page.fill("#text", "Проверить прописку")
        await expect(anna.page.locator("#kept")).to_have_text("черновик сохранён")
        await anna.page.goto(address)
        await expect(anna.page.locator("#text")).to_have_value("Почти готово")
        await anna.page.check("input[value=note]", force=True)
        await expect(anna.page.locator("#text")).to_have_value("Проверить прописку")
        await anna.page.locator("#text").press("Control+Enter")
        await expect(anna.page.locator("#case")).to_contain_text("Проверить прописку")
        assert "прописку" not in await citizen.page.locator("#log").inner_text()


async def test_a_new_message_shows_in_under_two_seconds(browser, tmp_path):
    async with led(browser, tmp_path) as (citizen, anna):
        await citizen.page.fill("#text", "Вы здесь?")
        await citizen.page.click("#send")
        await expect(anna.page.locator("#lines")).to_contain_text("Вы здесь?", timeout=2000)


async def test_canned_replies_are_found_by_words_and_blanks_are_not_sent(browser, tmp_path):
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as citizen,
        here.representative("anna") as anna,
    ):
        await call_a_person(citizen)
        await anna.open("/desk/replies")
        await anna.page.fill("#title-0", "Ждём документ")
        await anna.page.fill("#text-0", "Пришлите {документ}. С уважением, {name}")
        await anna.page.locator("form.stack button.main-one").first.click()
        await take_next(anna)
        await anna.page.focus("#text")
        await anna.page.keyboard.type("/ждём")
        await expect(anna.page.locator("#canned li")).to_have_count(1)
        await anna.page.keyboard.press("Enter")
        await expect(anna.page.locator("#text")).to_have_value(
            "Пришлите {документ}. С уважением, Анна Кузнецова"
        )
        await anna.page.keyboard.press("Control+Enter")
        await expect(anna.page.locator("#toasts")).to_contain_text("незаполненные")
        await write(anna, "Пришлите СНИЛС. С уважением, Анна Кузнецова")
        await expect(citizen.page.locator("#log")).to_contain_text("Пришлите СНИЛС")


async def test_a_citizen_is_handed_into_a_form_and_comes_back_with_the_result(browser, tmp_path):
    """What the representative knows already is not asked again."""
    async with led(browser, tmp_path) as (citizen, anna):
        address = anna.page.url
        await anna.page.keyboard.press("w")
        await anna.page.get_by_role(
            "link", name=re.compile("утрат|потер", re.IGNORECASE)
        ).first.click()
        await anna.page.get_by_role("button", name="Открыть гражданину").click()
        await expect(anna.page.locator("#toasts")).to_contain_text("Форма открыта")
        await expect(citizen.page.locator("#log")).to_contain_text("Анна Кузнецова")
        await citizen.ask("отмена")
        await citizen.press("Да, отменить")
        await anna.page.goto(address)
        await expect(anna.page.locator("#composer[data-mode=citizen]")).to_be_visible()


async def test_a_file_is_looked_at_before_it_goes_and_seen_by_the_citizen(browser, tmp_path):
    """It stands beside the words after a reload, too; a foreign kind is refused with a reason."""
    photo = tmp_path / "form.jpg"
    photo.write_bytes(encoded(document((900, 600))))
    paper = tmp_path / "form.pdf"
    paper.write_bytes(PDF)
    strange = tmp_path / "form.jpeg"
    strange.write_bytes(b"MZ is a program")
    async with led(browser, tmp_path) as (citizen, anna):
        address = anna.page.url
        beside = anna.page.locator("#enclosed li")
        await anna.page.set_input_files("#file", [photo, paper])
        await expect(beside).to_have_count(2)
        await anna.page.set_input_files("#file", strange)
        await expect(anna.page.locator("#toasts")).to_contain_text("Такой файл послать нельзя")
        await anna.page.goto(address)
        await expect(beside).to_have_count(2)
        await beside.locator("a[data-photo]").click()
        await expect(anna.page.locator("#viewer[open] img")).to_be_visible()
        await anna.page.keyboard.press("Escape")
        is_photo = anna.page.locator("a[data-photo]")
        await beside.filter(has_not=is_photo).locator("button").click()
        await expect(beside).to_have_count(1)
        await write(anna, "Вот образец")
        await expect(beside).to_have_count(0)
        told = citizen.page.locator("#log .message.representative", has_text="Вот образец")
        await expect(told.locator("img")).to_be_visible()
        wide = await told.locator("img").evaluate(
            "img => img.decode().then(() => img.naturalWidth)"
        )
        assert wide == 900
        await expect(anna.page.locator("#lines .representative img")).to_be_visible()


async def test_a_file_never_goes_beside_the_words_to_the_citizen_from_a_note(browser, tmp_path):
    """Where it could not be seen it is not taken, and whoever tried is told."""
    picture = encoded(document((300, 200)), "PNG")
    async with led(browser, tmp_path) as (_, anna):
        beside, told = anna.page.locator("#enclosed li"), anna.page.locator("#toasts")
        await anna.page.check("input[value=note]", force=True)
        assert await drop(anna.page, "#text", picture)
        await expect(told).to_contain_text("к заметке его не приложить")
        await paste(anna.page, "#text", image(picture))
        await anna.page.check("input[value=citizen]", force=True)
        await paste(anna.page, "#text", image(picture))
        await expect(beside).to_have_count(1)
        await anna.page.reload()
        await expect(beside).to_have_count(1)


async def test_of_copied_cells_the_text_is_pasted_and_not_their_picture(browser, tmp_path):
    picture = encoded(document((300, 200)), "PNG")
    async with led(browser, tmp_path) as (citizen, anna):
        for page in (anna.page, citizen.page):
            await paste(page, "#text", cells(picture))
            await expect(page.locator("#text")).to_have_value("9900")
        await paste(citizen.page, "#text", image(picture))
        await expect(citizen.page.locator(".chip")).to_have_count(1)
        await expect(anna.page.locator("#enclosed li")).to_have_count(0)
