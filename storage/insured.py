"""The register of insured people in our own tables."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from dialogs.insured import Insured
from storage.people_schema import insured
from storage.statements import pages

FIELDS = tuple(field.name for field in fields(Insured))
"""The columns of a person, in the order of the class."""

KEPT = tuple(name for name in FIELDS if name != "id")
"""The columns of a person beside our own id."""

_MOST = 20  # people of one phone or one document

_ALL = select(*(insured.c[name] for name in FIELDS))
_ONE = _ALL.where(insured.c.id == bindparam("this"))
_BY_ENPS = _ALL.where(insured.c.enp.in_(bindparam("enps", expanding=True)))
_BY_PHONE = _ALL.where(insured.c.phone == bindparam("this")).order_by(insured.c.id).limit(_MOST)
_BY_DOCUMENT = (
    _ALL.where(insured.c.document == bindparam("this")).order_by(insured.c.id).limit(_MOST)
)
_ANY = select(exists(select(insured.c.id)))
_CHANGE = (
    update(insured)
    .where(insured.c.id == bindparam("this"))
    .values({name: bindparam(name) for name in KEPT})
)


def keep(connection: Connection, people: Iterable[Insured]) -> tuple[int, int]:
    """Keep people under their ЕНП, and count those who are new and those who changed.

    Whoever is there already and just the same is not touched.
    """
    wanted = {person.enp: person for person in people}
    known = {person.enp: person for person in by_enps(connection, list(wanted))}
    new = [as_row(person) for enp, person in wanted.items() if enp not in known]
    changed = [
        {**as_row(wanted[enp]), "this": there.id}
        for enp, there in known.items()
        if as_row(wanted[enp]) != as_row(there)
    ]
    if new:
        connection.execute(insert(insured), new)
    if changed:
        connection.execute(_CHANGE, changed)
    return len(new), len(changed)


def by_enps(connection: Connection, enps: Sequence[str]) -> list[Insured]:
    """Find people by their ЕНП."""
    return [
        Insured(*row)
        for page in pages(enps)
        for row in connection.execute(_BY_ENPS, {"enps": page})
    ]


def by_phone(connection: Connection, phone: str) -> list[Insured]:
    """Find the people of a phone."""
    return [Insured(*row) for row in connection.execute(_BY_PHONE, {"this": phone})]


def by_document(connection: Connection, document: str) -> list[Insured]:
    """Find the people of a document."""
    return [Insured(*row) for row in connection.execute(_BY_DOCUMENT, {"this": document})]


def one(connection: Connection, insured_id: int) -> Insured | None:
    """Look at one person."""
    row = connection.execute(_ONE, {"this": insured_id}).one_or_none()
    return None if row is None else Insured(*row)


def is_empty(connection: Connection) -> bool:
    """Tell whether nobody is there."""
    return not connection.execute(_ANY).scalar_one()


def as_row(person: Insured) -> dict[str, object]:
    """Write a person as the columns `KEPT`."""
    row = asdict(person)
    del row["id"]
    return row
