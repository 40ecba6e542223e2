"""The program at another pace than messengers have published, for servers that allow it.

Run as `-m tests.faster telegram=3000,max=1500 -m bot serve`: messages a second, by messenger.
What a messenger allows to one chat grows alike.
"""

import runpy
import sys
from dataclasses import replace
from typing import Any


def _messenger(name: str) -> Any:
    # Only what is switched on is imported, as in the program itself.
    match name:
        case "telegram":
            from bot.channels.telegram.messenger import Telegram  # noqa: PLC0415

            return Telegram
        case "whatsapp":
            from bot.channels.whatsapp.messenger import WhatsApp  # noqa: PLC0415

            return WhatsApp
        case "max":
            from bot.channels.max.messenger import Max  # noqa: PLC0415

            return Max
    raise ValueError(name)


def _hasten(paces: str) -> None:
    for one in paces.split(","):
        name, _, per_second = one.partition("=")
        messenger = _messenger(name)
        times = float(per_second) / messenger.pace.per_second
        messenger.pace = replace(
            messenger.pace,
            per_second=float(per_second),
            chat_per_second=messenger.pace.chat_per_second * times,
        )


if __name__ == "__main__":
    _hasten(sys.argv[1])
    sys.argv = sys.argv[3:]  # what follows «-m»: the program and its command
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
