"""Barcodes of paper policies for tests, written from the table of the layouts alone.

Nothing of `bot.scanning` is used here: a mistake there cannot hide behind the same mistake.
"""

from datetime import date

ALPHABET = [
    *(" ", ".", "-", "‘"),
    *"0123456789",
    *"АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЬЪЫЭЮЯ",
    *[None] * 16,
    "|",
]
SIX_BITS = {letter: f"{code:06b}" for code, letter in enumerate(ALPHABET) if letter}
assert SIX_BITS["|"] == "111111"
assert len(ALPHABET) == 64


def packed(text: str) -> bytes:
    """Write a text as a row of bits, six a letter."""
    bits = "".join(SIX_BITS[letter] for letter in text)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))


def days(day: date | None) -> bytes:
    """Count days since 1900-01-01, in two bytes."""
    return ((day - date(1900, 1, 1)).days if day else 0).to_bytes(2, "big")


def layout_2(enp, surname, given, patronymic, sex, born_on, valid_until=None) -> bytes:
    """Write a policy of the second layout."""
    names = f"{surname}|{given}|{patronymic}"
    return b"".join(
        (
            b"\x02",
            int(enp).to_bytes(8, "big"),
            packed(names.ljust(68)),
            {"male": b"\x01", "female": b"\x02"}[sex],
            days(born_on),
            days(valid_until),
            bytes(range(65)),
        )
    )


def layout_1(enp, surname, given, patronymic, sex, born_on, valid_until=None) -> bytes:
    """Write a policy of the first layout: its names stand there from the end to the beginning."""
    names = f"{patronymic[::-1]}|{surname[::-1]}|{given[::-1]}"
    return b"".join(
        (
            b"\x01",
            int(enp).to_bytes(8, "big"),
            packed(names.ljust(56))[::-1],
            {"male": b"\x01", "female": b"\x02"}[sex],
            days(born_on),
            days(valid_until),
            (1027739008440).to_bytes(6, "big"),
            (45000).to_bytes(3, "big"),
            bytes(range(65)),
        )
    )


LAYOUTS = {"layout 1": layout_1, "layout 2": layout_2}
