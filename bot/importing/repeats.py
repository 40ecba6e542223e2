"""Finding what stands twice in a file of any length, in little memory."""

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Final, Self

_BUCKETS: Final = 256
_RECORD: Final = 16  # bytes: the number and its row, 8 each


class Repeats:
    """Spills 16-digit numbers into buckets on disk; each bucket is small enough to be searched."""

    def __init__(self) -> None:
        # Kept open for as long as the numbers come in, and gone when they are closed.
        self._buckets: list[IO[bytes]] = [
            tempfile.TemporaryFile()  # noqa: SIM115
            for _ in range(_BUCKETS)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for bucket in self._buckets:
            bucket.close()

    def add(self, number: str, row: int) -> None:
        """Note a number and the row it stands in."""
        value = int(number)
        # The last digit but one: digits before it follow from birth dates and are alike.
        bucket = self._buckets[(value // 10) % _BUCKETS]
        bucket.write(value.to_bytes(8, "big") + row.to_bytes(8, "big"))

    def found(self) -> Iterator[tuple[int, int]]:
        """Yield each row that repeats an earlier one, and that earlier row."""
        for bucket in self._buckets:
            first: dict[bytes, int] = {}
            bucket.seek(0)
            while record := bucket.read(_RECORD):
                row = int.from_bytes(record[8:], "big")
                earlier = first.setdefault(record[:8], row)
                if earlier != row:
                    yield row, earlier
