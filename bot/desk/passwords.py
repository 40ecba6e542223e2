"""Passwords: what is accepted, and their digests, which take time and memory by intention."""

import asyncio
import base64
import secrets
from typing import Final, Literal, TypeAlias

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

Problem: TypeAlias = Literal["short", "long", "simple", "login"]

SHORTEST: Final = 12
LONGEST: Final = 256
_FEWEST_LETTERS: Final = 6  # different ones
_AT_ONCE: Final = 2  # 64 MiB each
_MOST_WAITING: Final = 32

# RFC 9106, section 4, the second recommended option: 64 MiB, three passes, four lanes.
HASHER: Final = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4, type=Type.ID)


class TooMany(Exception):
    """More people sign in at once than can be served soon."""


class Passwords:
    """Digests in threads of their own, so that the desk stays quick, and few at once."""

    def __init__(self, hasher: PasswordHasher = HASHER) -> None:
        self._hasher = hasher
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0
        self._nobody = _nobody(hasher)

    async def digest(self, password: str) -> str:
        """Digest a password to keep it."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, kept: str | None, password: str) -> bool:
        """Compare with a digest; takes as long when there is none. Raises `TooMany`."""
        if self._waiting >= _MOST_WAITING:
            raise TooMany
        self._waiting += 1
        try:
            async with self._turn:
                digest = kept or self._nobody
                right = await asyncio.to_thread(self._verify, digest, password[:LONGEST])
        finally:
            self._waiting -= 1
        return right and kept is not None

    def is_dated(self, kept: str) -> bool:
        """Tell whether a digest was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, digest: str, password: str) -> bool:
        try:
            return self._hasher.verify(digest, password)
        except (VerificationError, InvalidHashError):
            return False


def problem(password: str, login: str) -> Problem | None:
    """Tell why a new password is not good enough."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if login in password.casefold():
        return "login"
    return "simple" if len(set(password.casefold())) < _FEWEST_LETTERS else None


def _nobody(hasher: PasswordHasher) -> str:
    """Make a digest that no password has, and that is compared as long as any other."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (hasher.salt_len, hasher.hash_len)
    )
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"
