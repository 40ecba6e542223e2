"""The import as a command: what it says on the terminal, and its exit code."""

import sys
from pathlib import Path

from bot.assistant import utc_now
from bot.importing.importing import Imported, import_insured
from bot.settings import Settings
from bot.texts import LANGUAGES, read_words
from storage.db import Store


async def run(file: Path, settings: Settings) -> int:
    """Import a file into the database of the settings; 1 when it has faults."""
    store = await Store.open(settings.database_url)
    try:
        languages = [read_words(language) for language in LANGUAGES]
        imported = await import_insured(file, store, languages, utc_now())
    finally:
        await store.close()
    sys.stdout.write(report(imported))
    return 1 if imported.fault_count else 0


def report(imported: Imported) -> str:
    """Write what an import came to."""
    if not imported.fault_count:
        same = imported.rows - imported.new - imported.changed
        return (
            f"{imported.rows} rows: {imported.new} new, {imported.changed} changed, "
            f"{same} as they were\n"
        )
    listed = "".join(f"{fault}\n" for fault in imported.faults)
    more = imported.fault_count - len(imported.faults)
    rest = f"and {more} more\n" if more else ""
    return f"{listed}{rest}{imported.fault_count} faults, nothing was imported\n"
