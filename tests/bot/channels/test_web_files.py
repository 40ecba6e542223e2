"""Files sent to the web chat: limited in size, known by their content."""

import struct
import zlib
from io import BytesIO

import pytest
from aiohttp import FormData
from PIL import Image

from bot.channels.web.files import LARGEST_FILE, Broken, UnknownKind, kind_of
from bot.http import PAGE_HEADER
from dialogs.incoming import Attached, FileSent

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def picture(kind, size=(64, 48)):
    """Draw something that does not compress to nothing."""
    image = Image.effect_noise(size, 40)
    file = BytesIO()
    image.convert("RGB").save(file, kind)
    return file.getvalue()


def bomb(width, height):
    """Make a tiny PNG that says it is huge."""

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


JPEG, PNG = picture("JPEG"), picture("PNG")


@pytest.mark.parametrize(
    ("content", "kind"),
    [(JPEG, "image/jpeg"), (PNG, "image/png"), (PDF, "application/pdf")],
)
def test_kind_is_found_in_the_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("GIF"), picture("BMP")],
)
def test_other_kinds_are_refused(content):
    with pytest.raises(UnknownKind):
        kind_of(content)


@pytest.mark.parametrize(
    "content",
    [
        JPEG[: len(JPEG) // 2],
        PNG[: len(PNG) // 2],
        PNG[:-12],
        PNG[:60] + b"oops" + PNG[64:],
        JPEG[:3] + b"no picture at all",
        PDF[: len(PDF) // 2],
        bomb(9_000, 6_000),
        bomb(12_000, 9_000),
        bomb(60_000, 60_000),
    ],
)
def test_broken_and_exploding_files_are_refused(content):
    with pytest.raises(Broken):
        kind_of(content)


def upload(client, content, *, key="k", caption="", name="photo.exe", headers=None):
    form = FormData()
    form.add_field("key", key)
    form.add_field("caption", caption)
    form.add_field("file", BytesIO(content), filename=name, content_type="application/x-lies")
    return client.post("/chat/files", data=form, headers=headers or {PAGE_HEADER: "1"})


async def test_file_is_taken_with_its_caption_and_true_kind(client, chats):
    async with upload(client, JPEG, caption="вот ") as answer:
        assert answer.status == 200
    (letter,) = chats.letters
    assert letter.incoming == Attached((FileSent("", "image/jpeg", len(JPEG)),), "вот")


@pytest.mark.parametrize(
    ("content", "status", "error"),
    [
        (b"MZ" + bytes(100), 415, "file_kind"),
        (JPEG[:400], 415, "file_broken"),
        (JPEG + bytes(LARGEST_FILE), 413, "file_too_large"),
        (b"", 400, "malformed"),
    ],
)
async def test_unfit_file_is_refused_with_words(client, chats, words, content, status, error):
    async with upload(client, content) as answer:
        assert answer.status == status
        assert await answer.json() == {
            "error": error,
            "message": words["ru"](f"web.problem.{error}"),
        }
    assert not chats.letters


async def test_largest_file_is_taken(client):
    padding = LARGEST_FILE - len(PDF)
    content = PDF[:9] + b"%" * padding + PDF[9:]
    async with upload(client, content) as answer:
        assert answer.status == 200


async def test_file_from_a_foreign_page_is_refused(client, chats):
    async with upload(client, JPEG, headers={"Origin": "https://evil.example"}) as answer:
        assert answer.status == 403
    assert not chats.letters


@pytest.mark.parametrize("key", ["", "a:b", "x" * 65, "k\n"])
async def test_file_without_a_proper_key_is_refused(client, key):
    async with upload(client, JPEG, key=key) as answer:
        assert answer.status == 400


async def test_body_that_is_no_form_is_refused(client):
    headers = {PAGE_HEADER: "1", "Content-Type": "text/plain"}
    async with client.post("/chat/files", data=b"x", headers=headers) as answer:
        assert answer.status == 400


async def test_too_many_parts_are_refused(client):
    form = FormData([("key", "k"), ("a", "1"), ("b", "2"), ("c", "3")], default_to_multipart=True)
    async with client.post("/chat/files", data=form, headers={PAGE_HEADER: "1"}) as answer:
        assert answer.status == 400
