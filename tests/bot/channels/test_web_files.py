"""Files sent to the web chat: limited in size, known by their content, given back to their chat."""

from io import BytesIO

import pytest
from aiohttp import FormData

from bot.channels.base import LARGEST_FILE, Busy
from bot.http import PAGE_HEADER
from dialogs.incoming import Attached, FileSent
from tests.drawings import PDF, blurred, bomb, document, encoded, opened, scribble

JPEG = encoded(scribble())
PNG = encoded(scribble(), "PNG")
HEIC = encoded(scribble(), "HEIF")
LOCKED = PDF.replace(b"trailer\n<<>>", b"trailer\n<</Encrypt 5 0 R>>")


def upload(client, content, *, key="k", caption="", name="photo.exe", headers=None):
    form = FormData()
    form.add_field("key", key)
    form.add_field("caption", caption)
    form.add_field("file", BytesIO(content), filename=name, content_type="application/x-lies")
    return client.post("/chat/files", data=form, headers=headers or {PAGE_HEADER: "1"})


async def test_file_is_taken_with_its_caption_and_true_kind(client, chats, files):
    async with upload(client, JPEG, caption="вот ") as answer:
        assert answer.status == 200
    (letter,) = chats.letters
    ((place, (kind, content)),) = files.kept.items()
    assert place == (letter.chat, "file-1")
    assert kind == "image/jpeg"
    assert letter.incoming == Attached((FileSent("file-1", kind, len(content)),), "вот")


async def test_flaws_of_a_photo_come_with_it(client, chats):
    async with upload(client, encoded(blurred(document((1000, 800)), 12))) as answer:
        assert answer.status == 200
    (letter,) = chats.letters
    assert letter.incoming.files[0].flaws == ("blurred",)


@pytest.mark.parametrize(
    ("content", "status", "error"),
    [
        (b"MZ" + bytes(100), 415, "file_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "file_kind"),
        (bomb(60_000, 60_000), 415, "file_pixels"),
        (LOCKED, 415, "file_locked"),
        (JPEG[:400], 415, "file_broken"),
        (JPEG + bytes(LARGEST_FILE), 413, "file_too_large"),
        (b"", 400, "malformed"),
    ],
)
async def test_unfit_file_is_refused_with_words(
    client, chats, files, words, content, status, error
):
    async with upload(client, content) as answer:
        assert answer.status == status
        assert await answer.json() == {
            "error": error,
            "message": words["ru"](f"web.problem.{error}"),
        }
    assert not chats.letters
    assert not files.kept


async def test_file_is_to_be_sent_again_when_too_many_are_being_looked_into(client, chats, files):
    files.fault = Busy()
    async with upload(client, JPEG) as answer:
        assert answer.status == 429
        assert int(answer.headers["Retry-After"]) > 0
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


@pytest.mark.parametrize(
    "broken",
    [
        b'--B\r\nContent-Disposition: form-data; name="key"\r\nno colon here\r\n\r\nk\r\n--B--\r\n',
        b"--B\r\nX: " + b"a" * 20_000 + b"\r\n\r\nk\r\n--B--\r\n",
        b"--B\r\n",
        b"no part at all",
    ],
    ids=["header", "long header", "cut", "none"],
)
async def test_parts_that_cannot_be_read_are_refused(client, broken):
    headers = {PAGE_HEADER: "1", "Content-Type": "multipart/form-data; boundary=B"}
    async with client.post("/chat/files", data=broken, headers=headers) as answer:
        assert answer.status == 400


async def test_too_many_parts_are_refused(client):
    form = FormData([("key", "k"), ("a", "1"), ("b", "2"), ("c", "3")], default_to_multipart=True)
    async with client.post("/chat/files", data=form, headers={PAGE_HEADER: "1"}) as answer:
        assert answer.status == 400


@pytest.mark.parametrize(
    ("content", "kind", "ending"),
    [
        (JPEG, "image/jpeg", ".jpg"),
        (PNG, "image/png", ".png"),
        (HEIC, "image/jpeg", ".jpg"),
        (PDF, "application/pdf", ".pdf"),
    ],
    ids=["JPEG", "PNG", "HEIC", "PDF"],
)
async def test_file_is_given_back_to_its_chat(client, content, kind, ending):
    async with upload(client, content) as answer:
        assert answer.status == 200
    async with client.get("/chat/files/file-1") as answer:
        assert answer.status == 200
        assert answer.content_type == kind
        assert answer.headers["Content-Disposition"] == f'attachment; filename="file{ending}"'
        body = await answer.read()
    if kind == "application/pdf":
        assert body == content
    else:
        assert opened(body).size == (64, 48)


async def test_nothing_of_a_file_runs_or_stays_in_the_browser(client):
    async with upload(client, PDF) as answer:
        assert answer.status == 200
    async with client.get("/chat/files/file-1") as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_foreign_file_is_like_none_at_all(client, serving):
    async with upload(client, JPEG) as answer:
        assert answer.status == 200
    async with serving() as other:
        async with other.get("/chat/files/file-1") as stranger:
            told = [(stranger.status, await stranger.read())]
        async with other.get("/"):
            pass
        for name in ("file-1", "file-2", "%2e%2e", "x" * 500):
            async with other.get(f"/chat/files/{name}") as answer:
                told.append((answer.status, await answer.read()))
    assert set(told) == {(404, told[0][1])}
