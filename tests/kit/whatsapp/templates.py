"""Templates: messages in agreed words, for when the window is closed."""

import re
from typing import Any, Final

from tests.kit.screens import Key, Shown
from tests.kit.whatsapp.chats import ApprovedTemplate, Chats
from tests.kit.whatsapp.refusals import refused
from tests.kit.whatsapp.shapes import keys, text

_PLACE: Final = re.compile(r"\{\{(\d+)\}\}")
_UNFIT: Final = re.compile(r"[\n\t]| {5}")
_STATES: Final = {"paused": 132015, "disabled": 132016}


def template_message(chats: Chats, what: Any) -> Shown:
    """Read ``template``: known in that language, not paused, with the right number of values."""
    keys(what, "template", ["name", "language"], ["components"])
    keys(what["language"], "template['language']", ["code"], ["policy"])
    known = chats.templates.get((what["name"], what["language"]["code"]))
    if known is None:
        details = f"template name ({what['name']}) does not exist in {what['language']['code']}"
        raise refused(132001, details)
    if known.state in _STATES:
        raise refused(_STATES[known.state])
    values, payloads = [], {}
    for component in what.get("components", ()):
        match component.get("type"):
            case "body":
                keys(component, "component", ["type", "parameters"])
                values = [_value(one) for one in component["parameters"]]
            case "button":
                place, payload = _payload(component)
                payloads[place] = payload
            case other:
                raise refused(131009, f"component type {other} is not in this template.")
    return _filled(known, values, payloads)


def _value(parameter: Any) -> str:
    keys(parameter, "parameter", ["type", "text"], ["parameter_name"])
    if parameter["type"] != "text":
        raise refused(131009, "Only text parameters are known to this template.")
    value = text(parameter["text"], "Parameter text", 1024)
    if _UNFIT.search(value):
        details = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
        raise refused(100, details)
    return value


def _payload(component: Any) -> tuple[int, str]:
    keys(component, "component", ["type", "sub_type", "index", "parameters"])
    (parameter,) = component["parameters"]
    keys(parameter, "parameter", ["type", "payload"])
    return int(component["index"]), text(parameter["payload"], "Payload", 128)


def _filled(known: ApprovedTemplate, values: list[str], payloads: dict[int, str]) -> Shown:
    expected = len(set(_PLACE.findall(known.text)))
    if expected != len(values):
        details = f"body: number of localizable_params ({len(values)}) does not match the "
        raise refused(132000, details + f"expected number of params ({expected})")
    said = _PLACE.sub(lambda place: values[int(place[1]) - 1], known.text)
    rows = tuple(
        Key(reply, payloads.get(place, reply)) for place, reply in enumerate(known.replies)
    )
    return Shown("", "bot", said, (rows,) if rows else (), kind="template")
