"""The web chat's history and its stream of news."""

import asyncio

import pytest

from tests.bot.channels.chatting import events, post


async def talk(client, *texts):
    """Say something; each is answered, so every text makes two messages."""
    for text in texts:
        async with post(client, key=text, text=text) as answer:
            assert answer.status == 200


async def read(client, query=""):
    async with client.get(f"/chat/messages{query}") as answer:
        return [message["seq"] for message in (await answer.json())["messages"]]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", [4, 5, 6]),
        ("?before=4", [1, 2, 3]),
        ("?before=1", []),
        ("?after=0", [1, 2, 3]),
        ("?after=4", [5, 6]),
        ("?after=6", []),
        ("?before=-3", [4, 5, 6]),
        ("?before=9e9", [4, 5, 6]),
    ],
)
async def test_history_is_read_in_pages(client, query, places):
    await talk(client, "a", "b", "c")
    assert await read(client, query) == places


async def test_history_of_a_stranger_is_empty(client):
    """Nobody's history is read without the cookie of its chat; a newcomer is greeted."""
    await talk(client, "a")
    client.session.cookie_jar.clear()
    assert await read(client) == []


async def test_message_tells_the_page_all_it_shows(client):
    await talk(client, "ab")
    async with client.get("/chat/messages") as answer:
        mine, theirs = (await answer.json())["messages"]
    assert mine["key"] == "ab"
    assert theirs == {
        "seq": 2,
        "voice": "assistant",
        "at": "2026-11-22T09:00:00Z",
        "text": "ba",
        "buttons": [{"code": "m", "label": "Menu"}],
    }


async def test_stream_tells_what_was_and_what_comes(client):
    await talk(client, "a", "b")
    async with client.get("/chat/events") as stream:
        assert stream.headers["X-Accel-Buffering"] == "no"
        assert [seq for seq, _ in await events(stream, 4)] == [1, 2, 3, 4]
        await talk(client, "c")
        assert [message["text"] for _, message in await events(stream, 2)] == ["c", "c"]


@pytest.mark.parametrize(
    ("query", "told", "first"),
    [("?after=3", None, 4), ("?after=1", "3", 4), ("", "5", 6), ("?after=nonsense", "-1", 1)],
)
async def test_stream_resumes_after_the_last_message_told(client, query, told, first):
    """The browser's own Last-Event-ID is newer than the address it began with."""
    await talk(client, "a", "b", "c")
    headers = {"Last-Event-ID": told} if told else {}
    async with client.get(f"/chat/events{query}", headers=headers) as stream:
        ((seq, _),) = await events(stream, 1)
    assert seq == first


async def test_stream_that_breaks_off_again_and_again_loses_and_repeats_nothing(client):
    seen = []
    for number in range(5):
        await talk(client, f"a{number}")
        async with client.get(f"/chat/events?after={len(seen)}") as stream:
            seen += [seq for seq, _ in await events(stream, 1 + number % 2)]
    async with client.get(f"/chat/events?after={len(seen)}") as stream:
        seen += [seq for seq, _ in await events(stream, 10 - len(seen))]
    assert seen == list(range(1, 11))


async def test_two_tabs_hear_one_conversation(client):
    async with client.get("/chat/events") as one, client.get("/chat/events") as other:
        await talk(client, "a")
        assert await events(one, 2) == await events(other, 2)


async def test_stream_begins_with_a_beat_before_anything_is_said(client):
    async with client.get("/chat/events") as stream:
        assert (await stream.content.readline()).startswith(b"event: beat")


async def test_thirteenth_stream_of_one_chat_is_refused(client):
    streams = [await client.get("/chat/events") for _ in range(13)]
    assert [stream.status for stream in streams] == [200] * 12 + [429]
    for stream in streams:
        stream.close()


async def test_stopping_server_lets_its_listeners_go(serving, chats):
    async with serving() as client:
        await client.get("/")
        stream = await client.get("/chat/events")
        await stream.content.readline()
        assert chats.watchers == 1
        async with asyncio.timeout(5):
            await client.server.close()
        assert chats.watchers == 0
        stream.close()
