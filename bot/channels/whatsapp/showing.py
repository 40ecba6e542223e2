"""What a person sees of a call; pure."""

from typing import Any

from bot.channels.bubbles import Bubble
from bot.channels.whatsapp.writing import Request, Send, SendPicture


def show(request: Request) -> Bubble:
    """Read back from a call what its message looks like."""
    if isinstance(request, Send):
        return _said(request.body)
    return Bubble(request.caption, "picture" if isinstance(request, SendPicture) else "file")


def _said(body: Any) -> Bubble:
    match body:
        case {"text": {"body": text}}:
            return Bubble(text)
        case {"template": {"name": name, "language": {"code": language}}}:
            return Bubble(template=f"{name} ({language})")
        case {"interactive": {"type": "button", "body": {"text": text}, "action": action}}:
            return Bubble(text, buttons=[[one["reply"]["title"]] for one in action["buttons"]])
        case {"interactive": {"type": "list", "body": {"text": text}, "action": action}}:
            rows = [row for section in action["sections"] for row in section["rows"]]
            labels = [[f"{row['title']} {row.get('description', '')}".strip()] for row in rows]
            return Bubble(text, buttons=labels, opening=action["button"])
    raise ValueError("a call of ours is of a kind that nobody shows")
