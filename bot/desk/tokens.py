"""Random tokens of the desk, and the keyed digests that are kept or compared in their place."""

import base64
import hashlib
import hmac
import secrets
from typing import Final

_PURPOSE: Final = b"polis desk 1"
_RECOVERY_BYTES: Final = 10  # 80 bits, written as 16 letters and digits


class Tokens:
    """Digests under the program's ``secret``, so that a copy of the database opens nothing."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)

    def draw(self) -> str:
        """Draw a token for a browser."""
        return secrets.token_urlsafe(32)

    def digest(self, token: str) -> str:
        """Digest a browser's token, to keep or to find its sign-in by."""
        return self._digest("session", token)

    def csrf(self, token: str) -> str:
        """Make what a form of this browser must bring back."""
        return self._digest("csrf", token)

    def is_csrf(self, token: str, brought: str) -> bool:
        """Compare what a form has brought, in constant time."""
        return hmac.compare_digest(self.csrf(token).encode(), brought.encode())

    def place(self, kind: str, place: str) -> str:
        """Name the row under which attempts from a place are counted."""
        return f"desk-{kind}:{self._digest(kind, place)[:32]}"

    def recovery(self, staff_id: int, code: str) -> str:
        """Digest a recovery code of an account, however it was typed."""
        plain = "".join(letter for letter in code.lower() if letter.isalnum())
        return self._digest("recovery", f"{staff_id}\n{plain}")

    def _digest(self, kind: str, text: str) -> str:
        return hmac.digest(self._key, f"{kind}\n{text}".encode(), hashlib.sha256).hex()


def draw_recovery() -> str:
    """Draw a recovery code: four groups of four."""
    plain = base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower()
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def draw_password() -> str:
    """Draw a one-time password that can be read aloud: 100 bits in five groups."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(5))
