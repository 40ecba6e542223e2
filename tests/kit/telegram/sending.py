"""Methods that put something on a person's screen, or change what stands there."""

from typing import Any, Final

from aiogram import methods
from aiogram.types import (
    ForceReply,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from tests.kit.loopback import Refused
from tests.kit.screens import Shown
from tests.kit.telegram import forums, html, keyboards
from tests.kit.telegram.call import TelegramCall
from tests.kit.telegram.chats import BOT, Person, check_file, check_photo

_LONGEST_TEXT: Final = 4096
_LONGEST_CAPTION: Final = 1024
_LONGEST_RAW: Final = 1 << 15
_ALBUM: Final = range(2, 11)
_NOT_MODIFIED: Final = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


def send_message(call: TelegramCall) -> dict[str, Any]:
    """``sendMessage``."""
    asked: methods.SendMessage = call.asked
    text = _text(asked.text, asked.parse_mode)
    if forum := forums.at(call, asked.chat_id):
        return forums.send(call, forum, text)
    person = call.receiver(asked.chat_id)
    shown = Shown("", "bot", text)
    markup = _markup(person, shown, asked.reply_markup)
    return call.server.chats.add(person, _head(call, {"text": text, **markup}), shown)


def send_photo(call: TelegramCall) -> dict[str, Any]:
    """``sendPhoto``."""
    asked: methods.SendPhoto = call.asked
    person = call.receiver(asked.chat_id)
    name, content = call.file(asked.photo, "photo")
    check_photo(content)
    caption = _caption(asked.caption, asked.parse_mode)
    shown = Shown("", "bot", caption, file=(name, content), kind="photo")
    markup = _markup(person, shown, asked.reply_markup)
    body = {"photo": call.server.chats.photo(content), "caption": caption, **markup}
    return call.server.chats.add(person, _head(call, body), shown)


def send_document(call: TelegramCall) -> dict[str, Any]:
    """``sendDocument``."""
    asked: methods.SendDocument = call.asked
    person = call.receiver(asked.chat_id)
    name, content = call.file(asked.document, "document")
    check_file(content)
    caption = _caption(asked.caption, asked.parse_mode)
    shown = Shown("", "bot", caption, file=(name, content), kind="document")
    markup = _markup(person, shown, asked.reply_markup)
    kept = {**call.server.chats.keep(content, "document"), "file_name": name}
    body = {"document": kept, "caption": caption, **markup}
    return call.server.chats.add(person, _head(call, body), shown)


def send_media_group(call: TelegramCall) -> list[dict[str, Any]]:
    """``sendMediaGroup``: photos together, or documents together."""
    asked: methods.SendMediaGroup = call.asked
    person = call.receiver(asked.chat_id)
    if len(asked.media) not in _ALBUM:
        words = "Bad Request: wrong number of items in the album, must be between 2 and 10"
        raise Refused(400, words)
    kinds = {item.type for item in asked.media}
    if kinds not in ({"photo"}, {"document"}):
        words = "Bad Request: can't use the media of the specified type in the album"
        raise Refused(400, words)
    group, sent = f"139{call.server.chats.number():014}", []
    for item in asked.media:
        name, content = call.file(item.media, item.type)
        check_photo(content) if item.type == "photo" else check_file(content)
        caption = _caption(item.caption, item.parse_mode)
        shown = Shown("", "bot", caption, file=(name, content), kind=item.type, group=group)
        kept = (
            call.server.chats.photo(content)
            if item.type == "photo"
            else {
                **call.server.chats.keep(content, "document"),
                "file_name": name,
            }
        )
        body = {item.type: kept, "caption": caption, "media_group_id": group}
        sent.append(call.server.chats.add(person, _head(call, body), shown))
    return sent


def edit_message_text(call: TelegramCall) -> dict[str, Any]:
    """``editMessageText``; a keyboard that is not given goes away."""
    asked: methods.EditMessageText = call.asked
    whole, shown = _own(call, asked.chat_id, asked.message_id, "edit")
    if "text" not in whole:
        raise Refused(400, "Bad Request: there is no text in the message to edit")
    text = _text(asked.text, asked.parse_mode)
    return _change(call, whole, shown, {"text": text}, text, asked.reply_markup)


def edit_message_caption(call: TelegramCall) -> dict[str, Any]:
    """``editMessageCaption``."""
    asked: methods.EditMessageCaption = call.asked
    whole, shown = _own(call, asked.chat_id, asked.message_id, "edit")
    if "caption" not in whole:
        raise Refused(400, "Bad Request: there is no caption in the message to edit")
    caption = _caption(asked.caption, asked.parse_mode)
    return _change(call, whole, shown, {"caption": caption}, caption, asked.reply_markup)


def edit_message_reply_markup(call: TelegramCall) -> dict[str, Any]:
    """``editMessageReplyMarkup``; without a keyboard it takes the old one away."""
    asked: methods.EditMessageReplyMarkup = call.asked
    whole, shown = _own(call, asked.chat_id, asked.message_id, "edit")
    return _change(call, whole, shown, {}, shown.text, asked.reply_markup)


def delete_message(call: TelegramCall) -> bool:
    """``deleteMessage``: in a private chat also what the person wrote."""
    asked: methods.DeleteMessage = call.asked
    person = call.receiver(asked.chat_id)
    if (person.id, asked.message_id) not in call.server.chats.messages:
        raise Refused(400, "Bad Request: message to delete not found")
    del call.server.chats.messages[person.id, asked.message_id]
    shown = person.screen.message(str(asked.message_id))
    person.screen.messages.remove(shown)
    return True


def _own(call: TelegramCall, chat_id: int, message_id: int, what: str) -> tuple:
    """Find a message of the bot, to be changed."""
    person = call.receiver(chat_id)
    whole = call.server.chats.messages.get((person.id, message_id))
    if whole is None:
        raise Refused(400, f"Bad Request: message to {what} not found")
    if whole["from"] != BOT:
        call.server.violated(f"{call.name}: message {message_id} is not the bot's own")
        raise Refused(400, f"Bad Request: message can't be {what}ed")
    return whole, person.screen.message(str(message_id))


def _change(
    call: TelegramCall,
    whole: dict[str, Any],
    shown: Shown,
    content: dict[str, str],
    text: str,
    markup: InlineKeyboardMarkup | None,
) -> dict[str, Any]:
    keys = keyboards.inline(markup) if markup else ()
    if (shown.text, shown.keys) == (text, keys):
        raise Refused(400, _NOT_MODIFIED)
    shown.text, shown.keys, shown.edited = text, keys, True
    whole |= {**content, "edit_date": call.now}
    whole.pop("reply_markup", None)
    if keys:
        whole["reply_markup"] = markup.model_dump(exclude_none=True)
    return whole


def _head(call: TelegramCall, body: dict[str, Any]) -> dict[str, Any]:
    return {"from": BOT, "date": call.now, **body}


def _markup(person: Person, shown: Shown, markup: Any) -> dict[str, Any]:
    """Show a keyboard under the message or in place of the phone's own."""
    match markup:
        case InlineKeyboardMarkup():
            shown.keys = keyboards.inline(markup)
            return {"reply_markup": markup.model_dump(exclude_none=True)}
        case ReplyKeyboardMarkup():
            person.screen.keyboard = keyboards.reply(markup)
        case ReplyKeyboardRemove():
            person.screen.keyboard = ()
        case ForceReply() | None:
            pass
    return {}


def _text(raw: str, mode: str | None) -> str:
    if len(raw.encode()) > _LONGEST_RAW:
        raise Refused(400, "Bad Request: text is too long")
    text = _parsed(raw, mode).strip()
    if not text:
        raise Refused(400, "Bad Request: message text is empty")
    if _units(text) > _LONGEST_TEXT:
        raise Refused(400, "Bad Request: message is too long")
    return text


def _caption(raw: str | None, mode: str | None) -> str:
    caption = _parsed(raw or "", mode).strip()
    if _units(caption) > _LONGEST_CAPTION:
        raise Refused(400, "Bad Request: message caption is too long")
    return caption


def _parsed(raw: str, mode: str | None) -> str:
    match (mode or "").lower():
        case "":
            return raw
        case "html":
            return html.plain(raw)
        case "markdown" | "markdownv2":
            raise Refused(400, "Bad Request: the kit reads HTML only", "kit")
    raise Refused(400, "Bad Request: unsupported parse_mode")


def _units(text: str) -> int:
    """Count as Telegram's clients do: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


METHODS: Final = {
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendmediagroup": send_media_group,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
}
