"""Documents that messages name: drawn for the chat they belong to, absent for all others."""

import pytest

from bot.http import PAGE_HEADER
from dialogs.message import Message
from tests.bot.channels.chatting import START

OURS = {PAGE_HEADER: "1"}
NAME = "application-4821-7390-5"


async def test_a_message_names_its_document_as_the_page_asks_for_it(client, chats):
    await client.post("/chat/messages", json={"key": "k", "text": "hi"}, headers=OURS)
    (letter,) = chats.letters
    named = Message(3, "assistant", START, "sheet", document=NAME.replace("-", ":", 1))
    chats.messages[letter.chat].append(named)
    async with client.get("/chat/messages?after=2") as answer:
        (line,) = (await answer.json())["messages"]
    assert line["document"] == NAME


async def test_a_document_is_given_to_its_chat_to_be_saved(client, chats, papers):
    await client.post("/chat/messages", json={"key": "k", "text": "hi"}, headers=OURS)
    papers.drawn[chats.letters[0].chat, NAME] = b"%PDF-1.7"
    async with client.get(f"/chat/documents/{NAME}.pdf") as answer:
        assert answer.status == 200
        assert await answer.read() == b"%PDF-1.7"
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{NAME}.pdf"'
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", [NAME, "application-0000-0000-0", "..%2f..%2fetc", "x" * 100])
async def test_what_is_not_this_chats_does_not_exist(client, papers, name):
    papers.drawn["somebody else", NAME] = b"%PDF-1.7"
    async with client.get(f"/chat/documents/{name}.pdf") as answer:
        assert answer.status == 404


async def test_a_stranger_without_a_chat_finds_nothing(serving, papers):
    papers.drawn["", NAME] = b"%PDF-1.7"
    async with serving() as stranger, stranger.get(f"/chat/documents/{NAME}.pdf") as answer:
        assert answer.status == 404


async def test_an_extract_is_looked_at_by_its_chat_and_by_nobody_else(
    client, chats, papers, serving
):
    await client.post("/chat/messages", json={"key": "k", "text": "hi"}, headers=OURS)
    papers.drawn[chats.letters[0].chat, "extract-K7QM"] = b"%PDF-1.7"
    async with client.get("/chat/documents/extract-K7QM.png") as answer:
        assert answer.headers["Content-Type"] == "image/png"
        assert (await answer.read()).startswith(b"\x89PNG")
    async with serving() as other, other.get("/chat/documents/extract-K7QM.png") as answer:
        assert answer.status == 404
