"""Machine-readable codes as black squares, ready to be placed on a grid of pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, cast

import segno
import zxingcpp

from bot.extract.layout import Symbology

FORMATS: Final = {
    "qr": zxingcpp.BarcodeFormat.QRCode,
    "code128": zxingcpp.BarcodeFormat.Code128,
    "datamatrix": zxingcpp.BarcodeFormat.DataMatrix,
    "pdf417": zxingcpp.BarcodeFormat.PDF417,
}
_BAR_HEIGHT: Final = 24  # modules: how high the bars of a linear code are drawn
_DARK: Final = 128


class CannotEncode(Exception):
    """A symbology has no place or no letters for this content."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A code without its quiet zone: its size in modules, and its dark ones as an SVG path.

    ``quiet`` is how many modules of white belong around it by its standard.
    """

    width: int
    height: int
    path: str
    quiet: int


def symbol(content: str, symbology: Symbology) -> Symbol:
    """Encode a text; raises `CannotEncode`."""
    if symbology == "qr":
        return _drawn(_qr(content), quiet=4)
    try:
        # Rectangular Data Matrix codes are known to fewer readers.
        shape = {"force_square": True} if symbology == "datamatrix" else {}
        barcode = zxingcpp.create_barcode(content, FORMATS[symbology], **shape)
    except ValueError as error:
        raise CannotEncode(symbology) from error
    image = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
    pixels = memoryview(cast("bytes", image))  # a buffer of two dimensions
    rows = [[value < _DARK for value in row] for row in cast("list[list[int]]", pixels.tolist())]
    if symbology == "code128":
        return _drawn([rows[0]] * _BAR_HEIGHT, quiet=10)
    return _drawn(rows, quiet=2)


def _qr(content: str) -> list[list[bool]]:
    # `make_qr`, for `make` picks a Micro QR for short content, which phones do not read.
    try:
        code = segno.make_qr(content, error="m")
    except segno.DataOverflowError as error:
        raise CannotEncode("qr") from error
    return [[bool(module) for module in row] for row in code.matrix]


def _drawn(rows: Sequence[Sequence[bool]], quiet: int) -> Symbol:
    """Write one path of all dark runs: as one path no viewer shows seams between them."""
    parts: list[str] = []
    y = 0
    for row, alike in groupby(rows):
        height = sum(1 for _ in alike)
        x = 0
        for is_dark, run in groupby(row):
            width = sum(1 for _ in run)
            if is_dark:
                parts.append(f"M{x} {y}h{width}v{height}h-{width}z")
            x += width
        y += height
    return Symbol(len(rows[0]), len(rows), "".join(parts), quiet)
