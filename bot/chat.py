"""`make chat`: the assistant in this terminal, on a database that is gone afterwards."""

import gc
import secrets
import sys
import tempfile
from pathlib import Path

from bot.assistant import Knowledge, assemble, turning, utc_now
from bot.channels.terminal import Terminal
from bot.safekeeping import ChannelFiles, Safe
from bot.sending.sender import Sender
from bot.texts import LOCALES
from storage.db import Store


async def chat(language: str, *, repro: bool) -> None:
    """Converse until the input ends; ``repro`` prints the transcript then."""
    knowledge = Knowledge.read(LOCALES / "demonstration" / "organisation.toml")
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite:///{Path(folder) / 'chat.db'}")
        try:
            await _converse(knowledge, store, language, repro=repro)
        finally:
            await store.close()


async def _converse(knowledge: Knowledge, store: Store, language: str, *, repro: bool) -> None:
    assistant = assemble(knowledge, store, pushed=(Terminal.name,))
    files = ChannelFiles(Terminal.name, Safe(store, (secrets.token_urlsafe(),), utc_now))
    terminal = Terminal(assistant.turns, utc_now, language, sys.stdout, files)
    sender = Sender(terminal, store, assistant.metrics, utc_now)

    async def answer() -> None:
        while await sender.send_due():
            pass

    async with turning(assistant):
        await terminal.converse(sys.stdin, answer)
    if repro:
        sys.stdout.write("\n".join(terminal.transcript) + "\n")
