"""A register that another system serves over HTTP: see `docs/register.openapi.yaml`."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Final, Literal

import aiohttp
import msgspec

from bot.register.breaker import Breaker
from bot.register.port import RegisterBusy
from dialogs.fields import DOCUMENTS, Phone
from dialogs.identifiers import enp_is_valid
from dialogs.insured import Insured

PATIENCE: Final = 3.0
"""Seconds that one question may take, from the first byte sent to the last one read."""

_LARGEST: Final = 256 * 1024  # bytes of an answer
_MOST: Final = 20  # people in an answer
_FOUND: Final = 200
_NOBODY: Final = 404

Name = Annotated[str, msgspec.Meta(max_length=200)]
Short = Annotated[str, msgspec.Meta(max_length=100)]


class _Person(msgspec.Struct, frozen=True):
    enp: str
    surname: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    born_on: date
    sex: Literal["male", "female"]
    document_kind: str
    document: Short
    insurer_code: Short
    insured_since: date
    barcode: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    given: Name = ""
    patronymic: Name = ""
    snils: Short = ""
    phone: str = ""
    right_until: date | None = None
    representative: str = ""


class _Answer(msgspec.Struct, frozen=True):
    people: Annotated[list[_Person], msgspec.Meta(max_length=_MOST)]


class HttpRegister:
    """Asks by HTTP; satisfies `bot.register.port.Register`.

    ``url`` is the base address, ``token`` goes into the header of each request. An answer
    that is late, broken, too long, or about somebody else than was asked for is none.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        token: str,
        breaker: Breaker,
        patience: float = PATIENCE,
    ) -> None:
        self._session = session
        self._url = f"{url.rstrip('/')}/insured/search"
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._breaker = breaker
        self._patience = patience

    async def by_enp(self, enp: str) -> Sequence[Insured]:
        """Find the person of an ЕНП."""
        return await self._find({"enp": enp}, lambda person: person.enp == enp)

    async def by_document(self, document: str) -> Sequence[Insured]:
        """Find the people of a document."""
        return await self._find({"document": document}, lambda person: person.document == document)

    async def by_phone(self, phone: str) -> Sequence[Insured]:
        """Find the people of a phone."""
        return await self._find({"phone": phone}, lambda person: person.phone == phone)

    async def _find(
        self, asked: dict[str, str], is_asked_for: Callable[[Insured], bool]
    ) -> Sequence[Insured]:
        if not self._breaker.lets():
            raise RegisterBusy("the register has failed too often and is left alone for now")
        try:
            people = _about(is_asked_for, _read(await self._ask(asked)))
        except (RegisterBusy, aiohttp.ClientError, TimeoutError, OSError) as error:
            self._breaker.failed()
            if isinstance(error, RegisterBusy):
                raise
            raise RegisterBusy(f"the register is out of reach: {type(error).__name__}") from None
        self._breaker.succeeded()
        return people

    async def _ask(self, asked: dict[str, str]) -> bytes:
        """Post, so that no number of a person stands in anybody's log of addresses."""
        async with (
            asyncio.timeout(self._patience),
            self._session.post(
                self._url, json=asked, headers=self._headers, allow_redirects=False
            ) as response,
        ):
            if response.status == _NOBODY:
                return b'{"people":[]}'
            if response.status != _FOUND:
                raise RegisterBusy(f"the register has answered {response.status}")
            body = bytearray()
            async for piece in response.content.iter_any():
                body += piece
                if len(body) > _LARGEST:
                    raise RegisterBusy("the answer of the register is too long")
            return bytes(body)


def _about(is_asked_for: Callable[[Insured], bool], people: list[Insured]) -> list[Insured]:
    if not all(map(is_asked_for, people)):
        raise RegisterBusy("the register has answered about somebody else")
    return people


def _read(body: bytes) -> list[Insured]:
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise RegisterBusy("the answer of the register cannot be read") from None
    return [_person(one) for one in answer.people]


def _person(read: _Person) -> Insured:
    is_sound = (
        enp_is_valid(read.enp)
        and read.document_kind in DOCUMENTS
        and (not read.phone or Phone().accepts(read.phone))
        and (not read.representative or enp_is_valid(read.representative))
    )
    if not is_sound:
        raise RegisterBusy("the answer of the register contradicts its contract")
    return Insured(id=0, is_demo=False, **msgspec.structs.asdict(read))
