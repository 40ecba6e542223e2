"""Whether what stands on a screen is the history of its chat: whole, and in its order.

An answer may come twice, for its messenger may have taken a call that we know nothing of, and
a program that was killed sends again what it had not written down.
"""

from collections.abc import Sequence

from tests.through.canonical import flowing


def compare(shown: Sequence[str], told: Sequence[str]) -> tuple[str, int]:
    """Return what is lost or out of order, empty when nothing is, and how much came twice.

    ``told`` are messages of the history, ``shown`` those of the screen, of which several may
    make one of the history.
    """
    whole = [flowing([text]) for text in told]
    place, rest, twice = 0, whole[0] if whole else "", 0
    for text in map(flowing, ([one] for one in shown)):
        if rest and rest.startswith(text):
            rest = rest.removeprefix(text).strip()
        elif any(text in before for before in whole[: place + 1]):
            twice += 1
        else:
            return f"out of order: {text!r} where {rest!r} was due", twice
        while not rest and place < len(whole):
            place += 1
            rest = whole[place] if place < len(whole) else ""
    return (f"lost: {rest!r}" if place < len(whole) else ""), twice
