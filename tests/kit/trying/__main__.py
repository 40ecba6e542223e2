"""`make demo-telegram`, `make demo-whatsapp`, `make demo-max`."""

import argparse
import asyncio
import contextlib
import logging
import sys

from bot.texts import LANGUAGES
from tests.kit.trying.messengers import TRIALS
from tests.kit.trying.trial import trial


def main() -> int:
    """Try a messenger out; exit code 1 says that its contract was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.kit.trying", description=__doc__)
    parser.add_argument("messenger", choices=TRIALS)
    parser.add_argument("--lang", choices=LANGUAGES, default="ru")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s", stream=sys.stderr)
    with contextlib.suppress(KeyboardInterrupt):  # pressed before anything was there
        return min(1, asyncio.run(trial(options.messenger, options.lang)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
