"""The whole way of a notice in Chromium, from the draft to the report, by two people."""

import re
from datetime import UTC, datetime, timedelta

from PIL import Image
from playwright.async_api import expect

from tests.browser.talking import house


async def write_notice(operator, **fields):
    """Fill the form in and keep it."""
    await operator.open("/desk/notices/new")
    for name, value in fields.items():
        await operator.page.fill(f"[name='{name.replace('__', '.')}']", value)
    await operator.page.get_by_role("button", name="Сохранить и проверить").click()
    await expect(operator.page.locator("h1")).to_have_text(fields["title"])


async def test_from_the_draft_to_the_report_by_two_people(browser, tmp_path):
    """Written, approved by another person, sent, received in the chat, answered, counted."""
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as mother,
        here.citizen() as worker,
        here.representative("pavel") as pavel,
        here.representative("olga") as olga,
    ):
        await mother.ask("привет")
        await worker.ask("привет")
        await write_notice(
            pavel,
            title="Офис переезжает",
            text__ru="С 1 декабря офис работает по новому адресу. Вопросы: {phone}.",
            question__ru="Вам удобно?",
            answers__ru="Да\nНет",
            expires_at=f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%dT%H:%M}",
        )
        page = pavel.page
        await expect(page.locator(".people")).to_have_text(re.compile("2.*получателя"))
        await page.get_by_role("button", name="На согласование").click()
        await expect(page.locator(".head")).to_contain_text("ждёт согласования")
        await expect(page.get_by_role("button", name=re.compile("^Согласовать"))).to_have_count(0)

        await olga.open(page.url.removeprefix(here.url).partition("?")[0])
        await olga.page.get_by_role("button", name=re.compile("^Согласовать")).click()
        await expect(olga.page.locator(".head")).to_contain_text("согласовано")

        await page.reload()
        await page.get_by_role("button", name=re.compile("Отправить 2 получателям")).click()
        await page.locator("dialog[open] button.main-one").click()
        await expect(page.locator(".head")).to_contain_text("завершено", timeout=30_000)
        await expect(page.locator("#progress")).to_contain_text("Готово 2 из 2")

        await expect(mother.page.locator("#log")).to_contain_text("новому адресу")
        await mother.page.locator(".choice", has_text="Да").last.click()
        await page.reload()
        await expect(page.locator("#progress")).to_contain_text(re.compile(r"Да\s*1"))
        await page.get_by_role("link", name="По каждому получателю").click()
        await expect(page.locator("tbody tr")).to_have_count(2)


async def test_a_fault_is_said_and_nothing_typed_is_lost(browser, tmp_path):
    async with house(browser, tmp_path) as here, here.representative("pavel") as pavel:
        await write_notice(pavel, title="Проба", text__ru="Здравствуйте, {name}! {нечто}")
        faults = pavel.page.locator("section.note.alert")
        await expect(faults).to_contain_text("неизвестная подстановка нечто")
        await expect(faults).to_contain_text("напишите, что поставить вместо name")
        await pavel.page.wait_for_load_state("load")
        await pavel.page.keyboard.press("e")
        typed = pavel.page.locator("[name='text.ru']")
        await expect(typed).to_have_value("Здравствуйте, {name}! {нечто}")


async def test_a_picture_is_seen_by_oneself_first_and_a_typed_number_answers(browser, tmp_path):
    """Put to a draft, tried in a chat of one's own, sent to the people of a list, answered."""
    poster = tmp_path / "poster.png"
    Image.new("RGB", (640, 400), "teal").save(poster)
    people = tmp_path / "list.csv"
    people.write_text("Гость\n1\nкто-то\n1\n", "utf-8")
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as mother,
        here.citizen() as own,
        here.representative("pavel") as pavel,
    ):
        await mother.ask("привет")
        await own.ask("привет")
        asked = {"text__ru": "Офис переехал.", "question__ru": "Удобно?", "answers__ru": "Да\nНет"}
        await write_notice(pavel, title="Переезд", **asked)
        page = pavel.page
        address = page.url.removeprefix(here.url).partition("?")[0]
        await page.locator("details.attach summary").click()
        await page.set_input_files("details.attach input[type=file]", str(poster))
        await page.locator("details.attach button").click()
        await expect(page.locator(".attached img")).to_be_visible()

        await page.get_by_role("button", name="Привязать свой чат").click()
        code = page.locator("[role=status]", has_text="проба")
        await own.ask(re.search(r"проба \d{4} \d{4}", await code.inner_text())[0])
        await pavel.open(address)
        await page.get_by_role("button", name="Прислать мне").click()
        await expect(own.page.locator("#log img.preview")).to_be_visible()

        await pavel.open(f"{address}/list")
        await page.set_input_files("#file", str(people))
        await page.get_by_role("button", name="Загрузить", exact=True).click()
        await expect(page.locator(".people")).to_have_text(re.compile("1.*найден"))
        await expect(page.locator(".table tbody tr").first).to_contain_text(
            re.compile(r"3\s*A\s*это не номер гостя")
        )

        await pavel.open(address)
        await page.get_by_role("button", name=re.compile("Отправить 1 получателю")).click()
        await page.locator("dialog[open] button.main-one").click()
        await expect(page.locator(".head")).to_contain_text("завершено", timeout=30_000)
        await expect(mother.page.locator("#log img.preview")).to_be_visible()
        await mother.ask("1")
        await page.reload()
        await expect(page.locator("#progress")).to_contain_text(re.compile(r"Да\s*1"))


NAMELESS = """ФИО;Кому звонить;Карточка
Петрова Анна Павловна;8 (912) 345-67-89;1
Сидоров Иван;8 (912) 345-67-80;2
Лапина Вера;8 (912) 345-67-81;999
"""
ASKED = re.compile("Что в столбцах")


async def test_columns_of_a_list_are_chosen_above_how_it_begins(browser, tmp_path):
    """No name is known: one look, a choice above a column, and those people are the audience."""
    people = tmp_path / "people.csv"
    people.write_text(NAMELESS, "utf-8")
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as mother,
        here.citizen() as worker,
        here.representative("pavel") as pavel,
    ):
        await mother.ask("привет")
        await worker.ask("привет")
        await write_notice(pavel, title="Переезд", text__ru="Офис переехал.")
        page = pavel.page
        address = page.url.removeprefix(here.url).partition("?")[0]
        await pavel.open(f"{address}/list")
        upload = page.get_by_role("button", name="Загрузить", exact=True)

        await page.set_input_files("#file", str(people))
        await expect(page.locator("#columns legend")).to_have_text(ASKED)
        rows = page.locator("#columns tbody tr")
        await expect(rows).to_have_count(4)
        await expect(rows.first).to_contain_text("Кому звонить")
        await expect(rows.nth(1)).to_contain_text("П••• А••• П•••")
        await expect(page.locator("#columns")).not_to_contain_text("Петрова")
        phones, cards = page.get_by_label("Столбец B"), page.get_by_label("Столбец C")
        await expect(phones).to_have_value("phone")
        await expect(page.get_by_label("В первой строке названия столбцов")).to_be_checked()

        await phones.select_option("Не нужен")
        await upload.click()
        await expect(page.locator("#looking")).to_contain_text("Отметьте хотя бы один столбец")
        await cards.select_option("Номер гостя у нас")
        await expect(page.locator("#looking")).to_be_hidden()
        await upload.click()
        await expect(page.locator(".people")).to_have_text(re.compile("2.*найдено"))
        await expect(page.locator(".table tbody tr").first).to_contain_text(
            re.compile(r"4\s*C\s*такого человека у нас нет")
        )
        await pavel.open(address)
        await expect(page.get_by_role("button", name=re.compile("Отправить 2"))).to_be_visible()


async def test_a_list_whose_names_are_known_is_taken_at_once_or_matched_otherwise(
    browser, tmp_path
):
    people = tmp_path / "people.csv"
    people.write_text("Гость;Телефон\n1;89123456789\n", "utf-8")
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as mother,
        here.representative("pavel") as pavel,
    ):
        await mother.ask("привет")
        await write_notice(pavel, title="Переезд", text__ru="Офис переехал.")
        page = pavel.page
        await pavel.open(f"{page.url.removeprefix(here.url).partition('?')[0]}/list")
        upload = page.get_by_role("button", name="Загрузить", exact=True)
        await page.set_input_files("#file", str(people))
        await upload.click()  # before its columns are there or after it, all the same
        await expect(page.locator(".people")).to_have_text(re.compile("1.*найден"))

        await page.set_input_files("#file", str(people))
        await expect(page.locator("#columns")).to_contain_text("A — Номер гостя у нас, B — Телефон")
        await page.get_by_text("Сопоставить столбцы иначе").click()
        await page.get_by_label("Столбец A").select_option("Не нужен")
        await upload.click()
        await expect(page.locator(".people")).to_have_text(re.compile("0.*найдено"))
        await expect(page.locator(".table tbody tr").first).to_contain_text(re.compile(r"2\s*B"))


async def test_a_list_is_matched_without_scripts_too(browser, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text(NAMELESS, "utf-8")
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as mother,
        here.representative("pavel", java_script_enabled=False) as pavel,
    ):
        await mother.ask("привет")
        await write_notice(pavel, title="Переезд", text__ru="Офис переехал.")
        page = pavel.page
        await pavel.open(f"{page.url.removeprefix(here.url).partition('?')[0]}/list")
        await page.set_input_files("#file", str(people))
        await page.get_by_role("button", name="Сначала показать столбцы").click()
        await page.get_by_label("Столбец B").select_option("Не нужен")
        await page.get_by_label("Столбец C").select_option("Номер гостя у нас")
        await page.set_input_files("#file", str(people))
        await page.get_by_role("button", name="Загрузить", exact=True).click()
        await expect(page.locator(".people")).to_have_text(re.compile("1.*найден"))
