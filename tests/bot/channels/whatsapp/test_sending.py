"""What is sent through WhatsApp, as people see it, and what goes wrong on the way."""

import pytest

from bot.channels.base import (
    LARGEST_FILE,
    Failure,
    FileRef,
    Receipt,
    Situation,
    Undelivered,
    UnfitFile,
)
from bot.channels.whatsapp import WhatsAppSettings, build
from dialogs.effects import Button, Template
from dialogs.message import Message
from tests.bot.channels.desk import Desk, show, surroundings, utc_now
from tests.bot.channels.uploading import Uploading
from tests.kit.loopback import outage


def buttons(count):
    return tuple(Button(f"t:{number}", f"Вариант {number}") for number in range(1, count + 1))


async def test_a_message_is_seen_with_its_choices(server, whatsapp, anna):
    (name,) = await show(whatsapp, anna, "Чем помочь?", buttons=buttons(2))

    (shown,) = server.screen("anna").said
    assert (shown.id, shown.text, shown.labels) == (name, "Чем помочь?", ["Вариант 1", "Вариант 2"])
    assert server.violations == []


@pytest.mark.parametrize(("count", "messages"), [(3, 1), (4, 1), (10, 1), (11, 2), (25, 3)])
async def test_every_choice_can_be_pressed_however_many_there_are(
    server, desk, whatsapp, anna, count, messages
):
    await show(whatsapp, anna, "Чем помочь?", buttons=buttons(count))
    server.press("anna", f"Вариант {count}")
    await desk.until(lambda: len(desk.taken) == 2)

    assert desk.heard[-1].code == f"t:{count}"
    assert len(server.screen("anna").said) == messages
    assert server.violations == []


async def test_an_extract_is_seen_as_a_picture_and_kept_as_a_file(server, whatsapp, anna):
    names = await show(whatsapp, anna, "Выписка готова.", document="extract:K7QM")

    picture, file = server.screen("anna").said
    assert names == [picture.id, file.id]
    assert (picture.kind, picture.file[1]) == ("image", b"\x89PNG extract")
    assert file.file == ("extract-K7QM.pdf", b"%PDF-1.7 extract")
    assert file.text == "Выписка готова."
    assert server.violations == []


async def test_a_calendar_comes_as_plain_text_which_whatsapp_takes(server, papers, whatsapp, anna):
    papers.drawn["calendar:1:2026-12-01"] = b"BEGIN:VCALENDAR"
    await show(whatsapp, anna, "Файл для календаря.", document="calendar:1:2026-12-01")

    (file,) = server.screen("anna").said
    assert file.file == ("calendar-1-2026-12-01.ics", b"BEGIN:VCALENDAR")
    assert server.violations == []


async def test_a_paper_without_a_picture_comes_as_a_file_alone(server, whatsapp, anna):
    names = await show(whatsapp, anna, "Заявление.", document="application:17")

    (file,) = server.screen("anna").said
    assert names == [file.id]


async def test_a_paper_that_is_no_more_is_rejected(whatsapp, anna):
    with pytest.raises(Undelivered) as failed:
        await show(whatsapp, anna, "Выписка.", document="extract:GONE")

    assert (failed.value.failure, failed.value.reason) == (Failure.REJECTED, "document")


async def test_somebody_without_a_number_is_reached_all_the_same(server, desk, whatsapp):
    server.person("boris", phone="")
    server.say("boris", "да")
    await desk.until(lambda: desk.taken)
    letter = desk.taken[0].letter
    await show(whatsapp, letter.chat, "Слушаю.")

    assert letter.phone == ""
    assert [one.text for one in server.screen("boris").said] == ["Слушаю."]


async def test_somebody_without_a_lasting_id_is_reached_by_the_number(server, desk, whatsapp):
    server.person("boris", bsuid="")
    server.say("boris", "да")
    await desk.until(lambda: desk.taken)
    await show(whatsapp, desk.taken[0].letter.chat, "Слушаю.")

    assert [one.text for one in server.screen("boris").said] == ["Слушаю."]
    assert server.violations == []


async def test_what_becomes_of_a_message_is_told_with_our_own_word_for_it(
    server, desk, whatsapp, anna
):
    (name,) = await show(whatsapp, anna)
    server.read("anna")
    await desk.until(lambda: len(desk.receipts) == 3)

    assert Receipt(name, "sent", chat=anna, seq=7) in desk.receipts
    assert Receipt(name, "delivered", chat=anna, seq=7) in desk.receipts
    assert Receipt(name, "read") in desk.receipts


async def test_a_lost_answer_is_settled_by_a_status(server, desk, whatsapp, anna):
    server.fail("cut_after", 1, "messages")
    with pytest.raises(Undelivered) as failed:
        await show(whatsapp, anna)
    await desk.until(lambda: desk.receipts)

    assert (failed.value.failure, failed.value.unknown) == (Failure.LATER, True)
    (shown,) = server.screen("anna").said
    assert Receipt(shown.id, "sent", chat=anna, seq=7) in desk.receipts


async def test_we_are_seen_reading_and_typing(server, whatsapp, anna):
    await server.until(lambda: server.chats.read)
    await whatsapp.show_typing(anna)
    await whatsapp.show_typing("somebody we have not heard of")

    assert server.screen("anna").typing == 1
    assert server.violations == []


@pytest.mark.parametrize(
    ("fault", "failure", "all_chats", "unknown"),
    [
        ("refuse", Failure.LATER, False, True),
        ("cut_before", Failure.LATER, False, True),
        ("cut_after", Failure.LATER, False, True),
        ("500", Failure.LATER, False, False),
        ("502", Failure.LATER, False, True),
        ("429", Failure.LATER, True, False),
        ("401", Failure.LATER, True, False),
    ],
)
async def test_every_fault_has_its_remedy(
    server, whatsapp, anna, fault, failure, all_chats, unknown
):
    server.fail(fault, 1, "messages")
    with pytest.raises(Undelivered) as failed:
        await show(whatsapp, anna)

    told = failed.value
    assert (told.failure, told.all_chats, told.unknown) == (failure, all_chats, unknown)
    assert (told.after is None) == (fault != "429")
    assert told.__cause__ is None


async def test_a_refused_connection_is_known_to_have_brought_nothing(server, whatsapp, anna):
    await whatsapp.close()
    async with outage(server):
        with pytest.raises(Undelivered) as failed:
            await show(whatsapp, anna)

    assert (failed.value.failure, failed.value.unknown) == (Failure.LATER, False)


UNREACHED = pytest.mark.parametrize(
    ("state", "failure", "reason"),
    [
        ({"window_closed": True}, Failure.REJECTED, "window (131047)"),
        ({"unreachable": True}, Failure.GONE, "number (131026)"),
    ],
)


@UNREACHED
async def test_who_cannot_be_written_to_is_told_at_once(
    server, whatsapp, anna, state, failure, reason
):
    server.tells = "at once"
    server.person("anna", **state)
    with pytest.raises(Undelivered) as failed:
        await show(whatsapp, anna)

    assert (failed.value.failure, failed.value.reason) == (failure, reason)


@UNREACHED
async def test_or_it_is_told_later(server, desk, whatsapp, anna, state, failure, reason):
    server.person("anna", **state)
    (name,) = await show(whatsapp, anna)
    await desk.until(lambda: desk.receipts)

    assert desk.receipts == [Receipt(name, "failed", failure, reason, anna, 7)]


async def arrived(server, desk, content, kind="application/pdf"):
    server.document("anna", "файл.pdf", content, kind)
    await desk.until(lambda: len(desk.taken) == 2)
    return desk.taken[1].files[0]


async def test_a_file_is_fetched_whole(server, desk, whatsapp, anna):
    content = b"%PDF-1.7 " + bytes(range(256)) * 1000

    assert await whatsapp.fetch(await arrived(server, desk, content)) == content
    assert server.violations == []


async def test_what_is_too_large_is_not_fetched(server, desk, whatsapp, anna):
    file = await arrived(server, desk, bytes(LARGEST_FILE + 1))
    with pytest.raises(UnfitFile) as unfit:
        await whatsapp.fetch(file)

    assert unfit.value.problem == "too_large"
    assert "download" not in {call.name for call in server.calls}


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (FileRef("999", "application/pdf"), "broken"),
        (FileRef("../me", "application/pdf"), "broken"),
        (FileRef("999", "video/mp4"), "kind"),
        (FileRef("999", "image/png", LARGEST_FILE + 1), "too_large"),
    ],
)
async def test_a_file_that_cannot_be_had_is_unfit(server, whatsapp, file, problem):
    with pytest.raises(UnfitFile) as unfit:
        await whatsapp.fetch(file)

    assert unfit.value.problem == problem


@pytest.mark.parametrize("fault", ["cut_before", "500", "502", "429"])
@pytest.mark.parametrize("call", ["media info", "download"])
async def test_a_file_that_breaks_off_is_fetched_later(server, desk, whatsapp, anna, call, fault):
    file = await arrived(server, desk, b"%PDF-1.7")
    server.fail(fault, 2, call)
    with pytest.raises(Undelivered) as failed:
        await whatsapp.fetch(file)
    server.faults.forget()

    assert failed.value.failure is Failure.LATER
    assert await whatsapp.fetch(file) == b"%PDF-1.7"


async def test_outside_of_the_window_the_agreed_template_is_seen(server, whatsapp, anna):
    server.template("polis_moved", "ru", "Заявление {{1}}: {{2}}")
    message = Message(
        7, "assistant", utc_now(), "…", template=Template("moved", ("В-17", "да\nнет"))
    )
    calls = whatsapp.write(message, Situation("ru", utc_now(), None))

    await whatsapp.perform(anna, *calls)

    assert server.screen("anna").said[-1].text == "Заявление В-17: да нет"
    assert server.violations == []


@pytest.mark.parametrize("missing", ["token", "phone_number_id", "app_secret", "verify_token"])
def test_without_its_settings_it_is_not_built(missing):
    given = {"token": "t", "phone_number_id": "1", "app_secret": "s", "verify_token": "v"}
    with pytest.raises(ValueError, match=missing.upper()):
        build(WhatsAppSettings(**{**given, missing: " "}), surroundings(Desk()))


class TestUploading(Uploading):
    """Files through WhatsApp."""

    upload = "media"
