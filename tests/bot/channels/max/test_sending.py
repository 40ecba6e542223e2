"""What is sent through MAX, as people see it, and what goes wrong on the way."""

import pytest

from bot.channels.aside import Aside
from bot.channels.base import LARGEST_FILE, Failure, FileRef, Undelivered, UnfitFile
from bot.channels.calling import Caller, Upload
from bot.channels.max import MaxSettings, build
from bot.channels.max.api import Api
from dialogs.effects import Button
from dialogs.incoming import Pressed, Vouched
from tests.bot.channels.desk import show, surroundings
from tests.bot.channels.uploading import Uploading
from tests.kit.loopback import outage


def buttons(count):
    return tuple(Button(f"t:{number}", f"Вариант {number}") for number in range(1, count + 1))


async def test_a_message_is_seen_with_its_choices(server, polled, anna):
    text = "5 < 6 & «да» <b>не жирно</b>"
    (name,) = await show(polled, anna, text, buttons=buttons(3), note="На 1 ноября.")

    (shown,) = server.screen("anna").said
    assert (shown.id, shown.text) == (name, f"{text}\n\nНа 1 ноября.")
    assert [[key.label for key in row] for row in shown.keys] == [
        ["Вариант 1", "Вариант 2"],
        ["Вариант 3"],
    ]
    assert server.violations == []


async def test_a_press_is_answered_and_its_keyboard_goes(server, desk, polled, anna):
    choices = (Button("k:f:1:sex", "Пропустить"), Button("y:f:1:sex", "Оставить"))
    await show(polled, anna, "Чем помочь?", buttons=choices, note="На 1 ноября.")
    server.press("anna", "Оставить")
    await server.until(lambda: not server.presses)

    (shown,) = server.screen("anna").said
    assert shown.text == "Чем помочь?\n\nНа 1 ноября.\n\n✓ Оставить"
    assert shown.keys == ()
    assert desk.heard[-1] == Pressed("y:f:1:sex")
    assert server.violations == []


async def test_a_press_under_a_message_that_is_gone_is_heard_and_answered(
    server, desk, polled, anna
):
    (name,) = await show(polled, anna, "Чем помочь?", buttons=buttons(1))
    server.delete("anna", name)
    server.press("anna", "Вариант 1")
    await server.until(lambda: not server.presses)

    assert (desk.heard[-1], desk.taken[-1].letter.chat) == (Pressed("t:1"), anna)
    assert server.screen("anna").notices == ["Принято"]


async def test_two_presses_of_one_keyboard_are_two(server, desk, polled, anna):
    (name,) = await show(polled, anna, "Чем помочь?", buttons=buttons(2))
    server.press("anna", data="t:1", message=name)
    server.press("anna", data="t:2", message=name)
    await desk.until(lambda: len(desk.taken) == 3)

    assert desk.heard[1:] == [Pressed("t:1"), Pressed("t:2")]


async def test_the_number_is_shared_by_a_button(server, desk, polled, anna):
    await show(polled, anna, "Ваш телефон?", asks_phone=True)
    server.press("anna", "Отправить мой номер")
    await desk.until(lambda: len(desk.taken) == 2)

    assert desk.heard[-1] == Vouched(f"+{server.person('anna').phone}")
    assert server.violations == []


async def test_an_extract_is_seen_as_a_picture_and_kept_as_a_file(server, polled, anna):
    menu = (Button("m", "Меню"),)
    names = await show(polled, anna, "Выписка готова.", document="extract:K7QM", buttons=menu)

    picture, file, words = server.screen("anna").said
    assert names == [picture.id, file.id, words.id]
    assert (picture.kind, picture.file[1]) == ("image", b"\x89PNG extract")
    assert file.file == ("extract-K7QM.pdf", b"%PDF-1.7 extract")
    assert (words.text, words.labels) == ("Выписка готова.", ["Меню"])
    assert server.violations == []


async def test_a_file_that_stays_long_in_the_works_is_sent_later(server, anna):
    server.processing = 99
    caller = Caller()
    api = Api(MaxSettings(server.token, server.url), caller, Aside())
    held = await api.upload("file", Upload(b"%PDF", "application/pdf", "f.pdf"))
    with pytest.raises(Undelivered) as failed:
        await api.send(anna, {"attachments": [{"type": "file", "payload": held}]})
    await caller.close()

    assert (failed.value.failure, failed.value.unknown) == (Failure.LATER, False)
    assert failed.value.after is not None


async def test_we_are_seen_typing_where_we_were_heard_from(server, polled, anna):
    await polled.show_typing(anna)
    await polled.show_typing("1234567")

    assert server.screen("anna").typing == 1


@pytest.mark.parametrize(
    ("fault", "failure", "all_chats", "unknown"),
    [
        ("cut_before", Failure.LATER, False, True),
        ("cut_after", Failure.LATER, False, True),
        ("500", Failure.LATER, False, True),
        ("502", Failure.LATER, False, True),
        ("429", Failure.LATER, True, False),
        ("401", Failure.LATER, True, False),
    ],
)
async def test_every_fault_has_its_remedy(server, polled, anna, fault, failure, all_chats, unknown):
    server.fail(fault, 1, "POST /messages")
    with pytest.raises(Undelivered) as failed:
        await show(polled, anna)

    told = failed.value
    assert (told.failure, told.all_chats, told.unknown) == (failure, all_chats, unknown)
    assert (told.after is None) == (fault != "429")
    assert server.token not in str(told)
    assert told.__cause__ is None


async def test_a_refused_connection_is_known_to_have_brought_nothing(server, desk):
    messenger = build(MaxSettings(server.token, server.url, "polling"), surroundings(desk))
    async with outage(server):
        with pytest.raises(Undelivered) as failed:
            await show(messenger, "5001")
    await messenger.close()

    assert (failed.value.failure, failed.value.unknown) == (Failure.LATER, False)


async def test_who_stopped_the_bot_is_gone(server, polled, anna):
    server.block("anna")
    with pytest.raises(Undelivered) as failed:
        await show(polled, anna)

    assert (failed.value.failure, failed.value.reason) == (Failure.GONE, "stopped (chat.denied)")


async def test_who_was_never_there_is_gone(polled, anna):
    with pytest.raises(Undelivered) as failed:
        await show(polled, "1234567")

    assert failed.value.failure is Failure.GONE


async def test_files_are_fetched_whole(server, desk, polled, anna):
    content = b"%PDF-1.7 " + bytes(range(256)) * 1000
    server.document("anna", "полис.pdf", content)
    server.album("anna", b"one", b"two", caption="паспорт")
    await desk.until(lambda: len(desk.taken) == 3)

    (file,), (one, two) = desk.taken[1].files, desk.taken[2].files
    assert (file.kind, file.size) == ("application/pdf", len(content))
    assert [await polled.fetch(each) for each in (file, one, two)] == [content, b"one", b"two"]


@pytest.mark.parametrize(
    ("place", "kind", "size", "problem"),
    [
        ("/files/none", "", None, "broken"),
        ("http://elsewhere.example/", "", None, "broken"),
        ("file:///etc/passwd", "", None, "broken"),
        ("/files/none", "video/mp4", None, "kind"),
        ("/files/none", "", LARGEST_FILE + 1, "too_large"),
    ],
)
async def test_a_file_that_cannot_be_had_is_unfit(server, polled, place, kind, size, problem):
    url = f"{server.url}{place}" if place.startswith("/") else place
    with pytest.raises(UnfitFile) as unfit:
        await polled.fetch(FileRef(url, kind, size))

    assert unfit.value.problem == problem


async def test_a_file_of_untold_size_is_not_read_to_its_end(server, desk, polled, anna):
    server.photo("anna", bytes(LARGEST_FILE + 1))
    await desk.until(lambda: len(desk.taken) == 2)
    with pytest.raises(UnfitFile) as unfit:
        await polled.fetch(desk.taken[1].files[0])

    assert unfit.value.problem == "too_large"


async def test_a_press_is_answered_though_the_first_tries_fail(server, polled, anna):
    await show(polled, anna, "Оставить?", buttons=(Button("y:f:1:sex", "Оставить"),))
    for fault in ("500", "cut_before", "502"):
        server.fail(fault, 1, "POST /answers")
    server.press("anna", "Оставить")
    await server.until(lambda: not server.presses)

    assert server.screen("anna").said[-1].text == "Оставить?\n\n✓ Оставить"


async def test_nobody_is_gone_because_a_file_is_not_let_in(server, anna, polled):
    """A 403 to a person means that they stopped the bot; one to an upload says nothing of them."""
    server.takes_files = False
    with pytest.raises(Undelivered) as failed:
        await show(polled, anna, document="extract:K7QM")

    assert (failed.value.failure, failed.value.reason) == (
        Failure.LATER,
        "stopped (access.denied)",
    )


class TestUploading(Uploading):
    """Files through MAX."""

    upload = "upload"
