"""Opening the desk at a start: its keys, its door, and the first people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.assistant import Assistant
from bot.desk.assets import DeskAssets
from bot.desk.desk import Desk
from bot.desk.dispatch import Dispatch
from bot.desk.first import demo_codes, first_people
from bot.desk.lockout import Lockout
from bot.desk.passwords import Passwords
from bot.desk.streams import Streams
from bot.desk.table import ROUTES
from bot.desk.tokens import Tokens
from bot.messengers import Switchboard
from bot.printing import Printing
from bot.safekeeping import Safe
from bot.sealing import Seal
from bot.settings import Settings
from storage.journal import Chain


@dataclass(frozen=True, slots=True)
class Opened:
    """The desk, and what whoever starts the program is told of it."""

    desk: Desk
    dispatch: Dispatch
    told: Sequence[str]

    async def demo_codes(self) -> Sequence[tuple[str, str]]:
        """List the accounts of the demonstration with the codes of this moment."""
        return await demo_codes(self.desk)


async def open_desk(
    assistant: Assistant,
    settings: Settings,
    kept: str,
    safe: Safe,
    chain: Chain,
    switchboard: Switchboard | None = None,
    printing: Printing | None = None,
) -> Opened:
    """Put the desk together; ``kept`` is the secret that this database was given.

    ``chain`` is the key of the journal, ``switchboard`` has the messengers of this process
    and the group of the staff, for whoever watches them.
    """
    forum = switchboard.forum if switchboard else None
    seal = Seal(settings.sealing_keys(kept))
    tokens = Tokens(settings.secret or kept)
    desk = Desk(
        assistant=assistant,
        seal=seal,
        chain=chain,
        tokens=tokens,
        passwords=Passwords(),
        lockout=Lockout(assistant.store, tokens),
        assets=DeskAssets(),
        streams=Streams(),
        public_url=settings.address,
        is_demo=bool(settings.demo),
        safe=safe,
        worlds=assistant.knowledge.worlds(calls=True),
        uncleared=frozenset(
            name for name in settings.channel_names if settings.clearance(name) == "link"
        ),
        lines=switchboard.lines if switchboard else (),
        forum=forum.trouble if forum else lambda: None,
        printing=printing,
        history=timedelta(days=settings.history_days),
    )
    return Opened(desk, Dispatch(desk, ROUTES), await first_people(desk, settings.address))
