"""Supergroups with topics, as a bot that manages them and the members see them."""

from dataclasses import dataclass, field
from typing import Any, Final

from aiogram import methods

from tests.kit.loopback import Refused
from tests.kit.telegram.call import TelegramCall
from tests.kit.telegram.chats import BOT

_LONGEST_NAME: Final = 128


@dataclass(slots=True)
class Topic:
    """One topic; ``said`` is what the bot wrote there."""

    name: str
    closed: bool = False
    deleted: bool = False
    said: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Forum:
    """One supergroup; ``manages`` when the bot is an administrator who may manage topics.

    ``odd`` when answers are such as no Bot API of today gives.
    """

    id: int
    topics: dict[int, Topic] = field(default_factory=dict)
    manages: bool = True
    kicked: bool = False
    odd: bool = False

    @property
    def chat(self) -> dict[str, Any]:
        """The group as an update tells of it."""
        return {"id": self.id, "type": "supergroup", "title": "Стол", "is_forum": True}

    def topic(self, thread: int | None) -> Topic:
        """Find a topic that may be changed; raises `Refused`."""
        found = self.topics.get(thread or 0)
        if found is None:
            raise Refused(400, "Bad Request: message thread not found")
        if found.deleted:
            raise Refused(400, "Bad Request: TOPIC_DELETED")
        return found

    def admit(self) -> None:
        """Let the bot in; raises `Refused` when it was thrown out."""
        if self.kicked:
            raise Refused(403, "Forbidden: bot was kicked from the supergroup chat")


def at(call: TelegramCall, chat_id: int | str) -> Forum | None:
    """Find a supergroup by the id that a call names."""
    forums = call.server.forums.values()
    return next((one for one in forums if str(one.id) == str(chat_id)), None)


def send(call: TelegramCall, forum: Forum, text: str) -> dict[str, Any]:
    """Write into a topic."""
    asked: methods.SendMessage = call.asked
    forum.admit()
    topic = forum.topic(asked.message_thread_id)
    if topic.closed:
        raise Refused(400, "Bad Request: TOPIC_CLOSED")
    topic.said.append(text)
    about = {"message_thread_id": asked.message_thread_id, "is_topic_message": True}
    number = call.server.chats.number()
    head = {
        "message_id": f"{forum.id}/{number}" if forum.odd else number,
        "chat": forum.chat,
        "from": BOT,
        "date": call.now,
    }
    return {**head, **about, "text": text}


def create(call: TelegramCall) -> dict[str, Any]:
    """``createForumTopic``."""
    forum, name = _managed(call), call.asked.name
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise Refused(400, "Bad Request: TOPIC_TITLE_INVALID")
    thread = call.server.chats.number() + 1000
    forum.topics[thread] = Topic(name)
    return {"message_thread_id": thread, "name": name, "icon_color": 7322096}


def close(call: TelegramCall) -> bool:
    """``closeForumTopic``."""
    return _turn(call, closed=True)


def reopen(call: TelegramCall) -> bool:
    """``reopenForumTopic``."""
    return _turn(call, closed=False)


def _turn(call: TelegramCall, *, closed: bool) -> bool:
    topic = _managed(call).topic(call.asked.message_thread_id)
    if topic.closed == closed:
        raise Refused(400, "Bad Request: TOPIC_NOT_MODIFIED")
    topic.closed = closed
    return True


def _managed(call: TelegramCall) -> Forum:
    forum = at(call, call.asked.chat_id)
    if forum is None:
        raise Refused(400, "Bad Request: chat not found")
    forum.admit()
    if not forum.manages:
        raise Refused(400, "Bad Request: not enough rights to manage topics")
    return forum


METHODS: Final = {
    "createforumtopic": create,
    "closeforumtopic": close,
    "reopenforumtopic": reopen,
}
