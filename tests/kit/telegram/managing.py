"""Methods about the bot itself: updates, presses, files, commands, profile."""

import re
from typing import Any, Final

from aiogram import methods

from tests.kit.loopback import Refused
from tests.kit.telegram.call import TelegramCall
from tests.kit.telegram.chats import BOT

_LARGEST_DOWNLOAD: Final = 20 * 1024 * 1024
_LONGEST_NOTICE: Final = 200
_MOST_COMMANDS: Final = 100
_ENDINGS: Final = {"photo": "photos/file_{}.jpg", "voice": "voice/file_{}.oga"}
_ACTIONS: Final = {
    "typing",
    "choose_sticker",
    "find_location",
    *(
        f"{doing}_{what}"
        for doing in ("upload", "record")
        for what in ("video", "voice", "video_note")
    ),
    "upload_photo",
    "upload_document",
}


def get_me(call: TelegramCall) -> dict[str, Any]:
    """``getMe``."""
    return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False}


async def get_updates(call: TelegramCall) -> list[dict[str, Any]]:
    """``getUpdates``: a poll that waits; the server cuts what is asked above its limits."""
    asked: methods.GetUpdates = call.asked
    server = call.server
    if asked.allowed_updates is not None:
        server.updates.allowed = frozenset(asked.allowed_updates)
    limit = min(max(asked.limit or 100, 1), 100)
    return await server.updates.poll(asked.offset or 0, limit, min(asked.timeout or 0, 50))


def set_webhook(call: TelegramCall) -> bool:
    """``setWebhook``."""
    asked: methods.SetWebhook = call.asked
    if asked.url and not asked.secret_token:
        call.server.violated("setWebhook without a secret: anybody could play Telegram")
    if asked.allowed_updates is not None:
        call.server.updates.allowed = frozenset(asked.allowed_updates)
    if asked.drop_pending_updates:
        call.server.violated("setWebhook threw away what people had written")
        call.server.updates.waiting.clear()
    call.server.updates.hook(asked.url, asked.secret_token or "")
    return True


def delete_webhook(call: TelegramCall) -> bool:
    """``deleteWebhook``."""
    if call.asked.drop_pending_updates:
        call.server.violated("deleteWebhook threw away what people had written")
        call.server.updates.waiting.clear()
    call.server.updates.hook("", "")
    return True


def get_webhook_info(call: TelegramCall) -> dict[str, Any]:
    """``getWebhookInfo``."""
    updates = call.server.updates
    return {
        "url": updates.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(updates.waiting),
        "allowed_updates": sorted(updates.allowed),
    }


def answer_callback_query(call: TelegramCall) -> bool:
    """``answerCallbackQuery``."""
    asked: methods.AnswerCallbackQuery = call.asked
    if len(asked.text or "") > _LONGEST_NOTICE:
        raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
    press = call.server.presses.answer(asked.callback_query_id)
    if asked.text:
        call.server.screen(press.who).notices.append(asked.text)
    return True


def send_chat_action(call: TelegramCall) -> bool:
    """``sendChatAction``."""
    if call.asked.action not in _ACTIONS:
        raise Refused(400, "Bad Request: wrong parameter action in request")
    call.receiver(call.asked.chat_id).screen.typing += 1
    return True


def get_file(call: TelegramCall) -> dict[str, Any]:
    """``getFile``."""
    name = call.asked.file_id
    content = call.server.chats.files.get(name)
    if content is None:
        words = "wrong file_id or the file is temporarily unavailable"
        raise Refused(400, f"Bad Request: {words}")
    if len(content) > _LARGEST_DOWNLOAD:
        raise Refused(400, "Bad Request: file is too big")
    kind, _, number = name.partition("-")
    path = _ENDINGS.get(kind, "documents/file_{}").format(number)
    call.server.paths[path] = content
    unique = {"file_id": name, "file_unique_id": f"u{number}"}
    return {**unique, "file_size": len(content), "file_path": path}


def set_my_commands(call: TelegramCall) -> bool:
    """``setMyCommands``, for one language or for all."""
    asked: methods.SetMyCommands = call.asked
    if len(asked.commands) > _MOST_COMMANDS:
        raise Refused(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for one in asked.commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one.command):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(one.description) <= 256:
            raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    _check_language(asked.language_code)
    shown = [(one.command, one.description) for one in asked.commands]
    call.server.commands[asked.language_code or ""] = shown
    return True


def set_my_description(call: TelegramCall) -> bool:
    """``setMyDescription``."""
    return _profile(call, "description", 512)


def set_my_short_description(call: TelegramCall) -> bool:
    """``setMyShortDescription``."""
    return _profile(call, "short_description", 120)


def set_my_name(call: TelegramCall) -> bool:
    """``setMyName``."""
    return _profile(call, "name", 64)


def set_chat_menu_button(call: TelegramCall) -> bool:
    """``setChatMenuButton``."""
    if call.asked.chat_id is not None:
        call.receiver(call.asked.chat_id)
    elif call.asked.menu_button:
        call.server.profile["menu", ""] = call.asked.menu_button.type
    return True


def get_my_commands(call: TelegramCall) -> list[dict[str, str]]:
    """``getMyCommands``, of one language or of all."""
    known = call.server.commands.get(call.asked.language_code or "", [])
    return [{"command": name, "description": words} for name, words in known]


def get_my_description(call: TelegramCall) -> dict[str, str]:
    """``getMyDescription``."""
    return _known(call, "description")


def get_my_short_description(call: TelegramCall) -> dict[str, str]:
    """``getMyShortDescription``."""
    return _known(call, "short_description")


def get_chat_menu_button(call: TelegramCall) -> dict[str, str]:
    """``getChatMenuButton``, of all chats."""
    return {"type": call.server.profile.get(("menu", ""), "default")}


def _known(call: TelegramCall, part: str) -> dict[str, str]:
    return {part: call.server.profile.get((part, call.asked.language_code or ""), "")}


def _profile(call: TelegramCall, part: str, longest: int) -> bool:
    text = getattr(call.asked, part) or ""
    if len(text) > longest:
        raise Refused(400, f"Bad Request: {part} is too long")
    _check_language(call.asked.language_code)
    call.server.profile[part, call.asked.language_code or ""] = text
    return True


def _check_language(code: str | None) -> None:
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise Refused(400, "Bad Request: invalid language code specified")


METHODS: Final = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendchataction": send_chat_action,
    "answercallbackquery": answer_callback_query,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "setmydescription": set_my_description,
    "setmyshortdescription": set_my_short_description,
    "setmyname": set_my_name,
    "setchatmenubutton": set_chat_menu_button,
    "getmycommands": get_my_commands,
    "getmydescription": get_my_description,
    "getmyshortdescription": get_my_short_description,
    "getchatmenubutton": get_chat_menu_button,
}
