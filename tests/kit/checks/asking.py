"""A careless client: sends whatever a test wants, and tells how it was answered."""

import io
import json

from aiohttp import ClientSession, FormData
from PIL import Image


def picture(width=640, height=480, kind="JPEG"):
    """Draw a picture."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(file, kind)
    return file.getvalue()


async def ask(server, method, uploads=None, token=None, **parameters):
    """Call the Bot API; return the status with the result, or with the description."""
    form = FormData()
    for name, value in parameters.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, content in (uploads or {}).items():
        form.add_field(name, io.BytesIO(content), filename=f"{name}.jpg")
    address = f"{server.url}/bot{token or server.token}/{method}"
    async with ClientSession() as session, session.post(address, data=form) as answer:
        told = await answer.json()
    return answer.status, told["result"] if told["ok"] else told["description"]


def inline(*buttons):
    """Write an inline keyboard of one row each."""
    return {"inline_keyboard": [[button] for button in buttons]}


def button(text="Да", **action):
    """Write a button; it presses unless something else is said."""
    return {"text": text, **(action or {"callback_data": "y"})}
