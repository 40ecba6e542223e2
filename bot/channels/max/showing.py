"""What a person sees of a call; pure."""

from typing import Any

from bot.channels.bubbles import Bubble
from bot.channels.max.writing import Request, SendFile, SendPicture, plain


def show(request: Request) -> Bubble:
    """Read back from a call what its message looks like."""
    body: Any = request.body
    text = plain(body.get("text", ""))
    match request:
        case SendPicture():
            return Bubble(text, "picture")
        case SendFile():
            return Bubble(text, "file")
    keyboards = body.get("attachments", [])
    rows = [row for one in keyboards for row in one["payload"]["buttons"]]
    return Bubble(text, buttons=[[key["text"] for key in row] for row in rows])
