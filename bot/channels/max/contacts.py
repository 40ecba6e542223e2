"""Whose number a contact card holds: MAX vouches for one's own, which it signs; pure."""

import hmac
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from bot.channels.max.settings import ContactHash
from bot.channels.max.wire import Content, User

_PHONE: Final = re.compile(r"^TEL[^:\r\n]*:(?:tel:)?([+\d() -]{7,30})\s*$", re.ASCII | re.MULTILINE)
_SHORTEST: Final = 10  # digits


@dataclass(frozen=True, slots=True)
class Trust:
    """By what a card is believed to be the sender's own.

    The schema says that a hash over the card goes with it, made with the bot's ``token``; that
    it is HMAC-SHA256 in hex is what others have found, not what MAX has written down. Hence
    the setting: required, or unchecked where MAX turns out to reckon it in another way.
    """

    token: str = field(repr=False)
    contact_hash: ContactHash

    def signature(self, card: str) -> str:
        """Reckon the hash of a card, taken exactly as received."""
        return hmac.new(self.token.encode(), card.encode(), sha256).hexdigest()

    def own_number(self, content: Content, sender: User) -> str:
        """Return the sender's number, «+7…», or nothing when the card proves none."""
        card, owner = content.vcf_info or "", content.max_info
        found = _PHONE.search(card)
        if owner is None or owner.user_id != sender.user_id or not found:
            return ""
        if self.contact_hash == "required" and not self._is_signed(card, content.hash or ""):
            return ""
        digits = re.sub(r"\D", "", found[1])
        return f"+{digits}" if len(digits) >= _SHORTEST else ""

    def _is_signed(self, card: str, signed: str) -> bool:
        return hmac.compare_digest(self.signature(card).encode(), signed.strip().lower().encode())
