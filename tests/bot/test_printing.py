"""A printed application holds what was filed, on one A4 page, for its own chat only."""

import io
from datetime import UTC, datetime
from itertools import pairwise

import pypdfium2
import pytest

from bot.printing import Press, Printing
from bot.printing.sheet import Setting, sheet
from dialogs.lifecycle import Application, Move
from storage.applications import Filing, Paper
from tests.worlds import knowledge, world

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NUMBER = "4821-7390-5"
A4 = (595, 842)  # points
LOSS = {
    "what": "lost",
    "who": "child",
    "name": {"surname": "Ёлкин", "given": "Константин", "patronymic": "Андреевич"},
    "born_on": "2020-03-07",
    "document_kind": "birth_certificate",
    "document": "II-АБ № 123456",
    "enp": None,
    "filer_name": {"surname": "Ёлкина", "given": "Мария", "patronymic": ""},
    "filer_role": "mother",
    "phone": "+79990000000",
    "email": "maria@example.org",
}


def paper(form="loss", version=1, **answers):
    """Make an application as it is kept."""
    application = Application(NUMBER, form, "submitted", (Move("submitted", NOW, "citizen"),))
    return Paper("web", "anna", application, version, {**LOSS, **answers})


@pytest.fixture(scope="module")
def press():
    """Keep one press for all sheets."""
    press = Press()
    yield press
    press.close()


@pytest.fixture
def draw(press):
    """Draw an application in Russian."""

    async def draw(of, *, sample=False, forms=None):
        real = knowledge().worlds()(NOW) if forms is None else world(NOW, forms)
        setting = Setting(real.words["ru"], knowledge().organisation, real, sample)
        return await press.draw(sheet(of, setting), NOW)

    return draw


def pages(pdf):
    """Open the pages of a PDF."""
    return list(pypdfium2.PdfDocument(io.BytesIO(pdf)))


def text(pdf):
    """Read a PDF as one line of words."""
    words = " ".join(page.get_textpage().get_text_bounded() for page in pages(pdf))
    return " ".join(words.replace("\u200b", "").split())


async def test_a_sheet_says_whose_it_is_and_what_was_answered(draw):
    said = text(await draw(paper()))
    for words in (
        "ЗАЯВЛЕНИЕ",
        NUMBER,
        "22 ноября 2026",
        "Демонстрационная страховая компания",
        "Ёлкин Константин Андреевич",
        "Ёлкина Мария",
        "II-АБ № 123456",
        "7 марта 2020",
        "+7 999 000-00-00",
        "maria@example.org",
        "подпись",
        "Заявление подают в офисе страховой или на Госуслугах",
    ):
        assert words in said


async def test_the_one_who_signs_is_the_one_who_applies(draw):
    said = text(await draw(paper()))
    assert said.index("Ёлкина Мария") < said.index("ЗАЯВЛЕНИЕ") < said.index("Ёлкин Константин")


async def test_a_sheet_is_one_page_of_a4(draw):
    (page,) = pages(await draw(paper()))
    assert tuple(map(round, page.get_size())) == A4


@pytest.mark.parametrize("sample", [True, False])
async def test_only_a_sample_is_marked_as_one(draw, sample):
    assert ("ОБРАЗЕЦ" in text(await draw(paper(), sample=sample))) == sample


LONG = {
    "name": {"surname": "Константинопольская-" * 5 + "Я", "given": "Анна-" * 15 + "А"},
    "filer_name": {"surname": "Ж" * 60, "given": "Ы" * 60, "patronymic": "Щ" * 60},
    "email": "x" * 240 + "@example.org",
}


async def test_long_answers_stay_on_the_page_to_the_last_letter(draw):
    """Smaller letters first; nothing runs out of the paper."""
    name = {"patronymic": "", **LONG["name"]}
    pdf = await draw(paper(**{**LONG, "name": name}))
    (page,) = pages(pdf)
    words = page.get_textpage()
    words.get_text_bounded()
    boxes = [words.get_rect(number) for number in range(words.count_rects())]
    out = [box for box in boxes if box[0] < 0 or box[1] < 0 or box[2] > A4[0] or box[3] > A4[1]]
    assert not out
    joined = text(pdf).replace(" ", "")
    assert LONG["email"] in joined
    assert "Щ" * 60 in joined


async def test_what_fits_no_page_goes_on_to_the_next_with_the_signature_whole(draw):
    name = {"surname": "Константинопольская " * 400, "given": "А", "patronymic": ""}
    pdf = await draw(paper(filer_name=name))
    first, *_, last = pages(pdf)
    assert "подпись" not in first.get_textpage().get_text_bounded()
    assert last.get_textpage().get_text_bounded().count("подпись") == 2
    count = len(pages(pdf))
    assert f"{NUMBER} · {count} / {count}" in text(pdf)


async def test_words_cannot_become_commands_of_the_typesetter(draw):
    """What people type is data: it neither runs nor disturbs."""
    trap = '#panic("x") $x$ *a* _b_ \\ "] #read("/etc/passwd") <a> @b'
    name = {"surname": trap, "given": "", "patronymic": ""}
    assert trap.replace(" ", "") in text(await draw(paper(filer_name=name))).replace(" ", "")


async def test_a_sheet_drawn_again_is_the_same_file(draw):
    assert await draw(paper()) == await draw(paper())


async def test_answers_to_an_older_form_are_printed_under_todays_questions(draw):
    """Version 1 of the tests' form called the day of treatment `date`."""
    from tests.forms import FORMS  # noqa: PLC0415

    old = Paper(
        "web",
        "anna",
        Application(NUMBER, "reimbursement", "submitted", (Move("submitted", NOW, "citizen"),)),
        1,
        {"who": "me", "date": "2026-10-05", "note": None, "receipts": ["f1"]},
    )
    assert "Дата 5 октября 2026" in text(await draw(old, forms=FORMS))


@pytest.fixture
def printing(store, clock, press):
    """Print what is in the database."""
    return Printing(store, knowledge().worlds(), knowledge().organisation, clock, press)


async def file(store, number, form="loss"):
    """Let Anna file an application."""
    async with store.work() as work:
        chats = await work.chats([("web", "anna"), ("web", "bert")], NOW, {})
        await work.file([Filing(chats["web", "anna"].id, number, form, 1, LOSS, NOW)])


async def test_a_document_is_given_to_the_chat_that_filed_it_and_to_no_other(store, printing):
    await file(store, NUMBER)
    name = f"application-{NUMBER}.pdf"
    drawn = await printing.document("web", "anna", name)
    assert drawn is not None
    assert NUMBER in text(drawn)
    assert await printing.document("web", "anna", f"application:{NUMBER}") == drawn
    for channel, chat in (("web", "bert"), ("telegram", "anna"), ("web", "nobody")):
        assert await printing.document(channel, chat, name) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "application-",
        "application-0000-0000-0.pdf",
        "application-4821-7390-5.exe",
        "application-٤٨٢١-7390-5.pdf",
        "../application-4821-7390-5.pdf",
        "extract-4821-7390-5.pdf",
    ],
)
async def test_no_other_name_is_a_document(store, printing, name):
    await file(store, NUMBER)
    assert await printing.document("web", "anna", name) is None


async def test_an_application_whose_form_is_gone_has_no_sheet(store, printing):
    await file(store, NUMBER, form="no_longer")
    assert await printing.document("web", "anna", f"application-{NUMBER}.pdf") is None


async def test_the_answers_stand_in_the_order_in_which_they_were_asked(draw):
    said = text(await draw(paper()))
    said = said[said.index("ЗАЯВЛЕНИЕ") :]
    order = ["Ёлкин Константин", "7 марта 2020", "II-АБ", "Ёлкина Мария", "+7 999", "maria@"]
    places = [said.index(words) for words in order]
    assert all(one < other for one, other in pairwise(places))
