"""One-time codes: drawn, kept as a keyed digest only, compared in constant time."""

import hashlib
import hmac
import secrets
from typing import Final

from dialogs.identity import CODE_DIGITS

_PURPOSE: Final = b"polis codes 1"


class Codes:
    """Draws codes and digests what must not lie in the database in clear.

    Six digits are soon guessed from a plain digest, so the key is the program's ``secret``,
    which stays outside of what is digested.
    """

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)

    def draw(self) -> str:
        """Draw a code."""
        return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))

    def serial(self) -> str:
        """Draw a name that nobody can guess."""
        return secrets.token_urlsafe(16)

    def of_code(self, serial: str, code: str) -> str:
        """Digest a code for the asking that it was drawn for."""
        return self._digest(f"code\n{serial}\n{code}")

    def of_place(self, kind: str, place: str) -> str:
        """Digest a phone or a network address, under which attempts are counted."""
        digest = self._digest(f"{kind}\n{place}")
        return f"{kind}:{digest[:32]}"

    def is_right(self, serial: str, code: str, kept: str | None) -> bool:
        """Compare a code with the digest that is kept; takes as long when there is none."""
        return hmac.compare_digest(self.of_code(serial, code), kept or self.of_code(serial, ""))

    def _digest(self, text: str) -> str:
        return hmac.digest(self._key, text.encode(), hashlib.sha256).hex()
