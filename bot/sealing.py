"""Sealing what is kept: without the keys of the settings a copy of the database tells nothing."""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE: Final = b"polis files 1"
_KEY: Final = 32  # bytes: AES-256
_MARK: Final = 4  # bytes that tell which key has sealed
_NONCE: Final = 12  # bytes


class CannotOpen(Exception):
    """None of the keys opens this, or it is not what was sealed under this label."""


class Seal:
    """Seals with the first of some keys, and opens what any of them has sealed.

    Keys are long random texts. To change them, put a new one in front and leave the old
    ones until the last file under them has reached its term. A ``label`` says what the
    bytes are and whose: under another one they do not open.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        derived = [_derived(key) for key in keys]
        self._first = derived[0]
        self._ciphers = {_mark(key): AESGCM(key) for key in derived}

    def seal(self, content: bytes, label: str) -> bytes:
        """Seal bytes; the same ones look different each time."""
        mark, nonce = _mark(self._first), secrets.token_bytes(_NONCE)
        return mark + nonce + self._ciphers[mark].encrypt(nonce, content, label.encode())

    def is_newest(self, sealed: bytes) -> bool:
        """Tell whether the first key has sealed this."""
        return sealed[:_MARK] == _mark(self._first)

    def open(self, sealed: bytes, label: str) -> bytes:
        """Open sealed bytes, or raise `CannotOpen`."""
        cipher = self._ciphers.get(sealed[:_MARK])
        if cipher is None:
            raise CannotOpen
        nonce, content = sealed[_MARK : _MARK + _NONCE], sealed[_MARK + _NONCE :]
        try:
            return cipher.decrypt(nonce, content, label.encode())
        except (InvalidTag, ValueError) as error:
            raise CannotOpen from error


def _derived(key: str) -> bytes:
    """Make a key for files alone, so that a secret with another use may serve here too."""
    return HKDF(SHA256(), _KEY, salt=None, info=_PURPOSE).derive(key.encode())


def _mark(key: bytes) -> bytes:
    return hashlib.sha256(_PURPOSE + key).digest()[:_MARK]
