"""Parameters of the Bot API's methods: known ones of the right kind, checked by aiogram's types.

Those are generated from Telegram's own documentation. The real server overlooks a parameter it
does not know; here it is refused, for it is a mistake whenever it comes.
"""

import json
from typing import Any

from aiogram import methods
from aiogram.client.default import Default
from aiogram.types import InputFile
from pydantic import BaseModel, ValidationError

from tests.kit.loopback import Refused

_METHODS = {
    name.lower(): method
    for name in methods.__all__
    if isinstance(method := getattr(methods, name), type) and name != "TelegramMethod"
}


def known(name: str) -> bool:
    """Tell whether the Bot API has a method of this name; letters may be large or small."""
    return name.lower() in _METHODS


def read(name: str, raw: dict[str, str], uploads: dict[str, tuple[str, bytes]]) -> Any:
    """Read the parameters of a call into aiogram's value; raises `Refused`."""
    method = _METHODS[name.lower()]
    for parameter in raw:
        if parameter not in method.model_fields:
            raise Refused(400, f'Bad Request: parameter "{parameter}" is unknown', "unknown")
    values = {key: _value(method, key, text) for key, text in raw.items()}
    for key, field in method.model_fields.items():
        if field.is_required() and key not in values and key not in uploads:
            raise Refused(400, f'Bad Request: parameter "{key}" is required')
    try:
        read_in = method.model_validate({**_direct(method, uploads), **values})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Refused(400, f"Bad Request: can't parse {place}: {first['msg']}") from None
    _forbid_unknown(name, read_in)
    return _without_defaults(read_in)


def _without_defaults(value: Any) -> Any:
    """Take out what the client library would fill in from its own settings."""
    if isinstance(value, list):
        return [_without_defaults(each) for each in value]
    if not isinstance(value, BaseModel):
        return value
    plain = {
        field: None if isinstance(part, Default) else _without_defaults(part)
        for field, part in value
        if isinstance(part, Default | BaseModel | list)
    }
    return value.model_copy(update=plain)


def _direct(method: type[BaseModel], uploads: dict[str, Any]) -> dict[str, str]:
    """Find files that come in the parameter's own place instead of being named there."""
    return {key: f"attach://{key}" for key in uploads if key in method.model_fields}


def _value(method: type[BaseModel], key: str, text: str) -> Any:
    if method.model_fields[key].annotation in {str, str | None, str | InputFile}:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _forbid_unknown(name: str, value: Any) -> None:
    """Refuse what no type knows, however deep; the types themselves let it pass."""
    if isinstance(value, list | tuple):
        for each in value:
            _forbid_unknown(name, each)
    if isinstance(value, BaseModel):
        for extra in value.model_extra or {}:
            raise Refused(400, f'Bad Request: field "{extra}" is unknown', "unknown")
        for field in type(value).model_fields:
            _forbid_unknown(name, getattr(value, field))
