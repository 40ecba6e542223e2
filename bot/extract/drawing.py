"""Drawing an extract as a picture for the chat and as a file for print, from one template."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import msgspec
import pypdfium2
import typst
from PIL import Image, ImageColor

from bot.extract.sheet import Sheet
from bot.extract.symbols import CannotEncode, Symbol, symbol

_TEMPLATE: Final = Path(__file__).with_name("extract.typ")
_DOTS_PER_INCH: Final = 155  # makes the template's unit one pixel
_ROOM: Final = 785  # pixels between the margins
_WANTED: Final = 372  # pixels: beside this there is place for words
_SMALLEST: Final = {"qr": 6, "datamatrix": 6, "code128": 4, "pdf417": 4}
"""Pixels a module: what is still read when the picture comes out at 800 pixels, recompressed."""

_WIDE: Final = frozenset({"code128", "pdf417"})
_LARGEST: Final = 14


class DoesNotFit(Exception):
    """What an extract says is more than a card can hold."""


_COLOURS: Final = ("#15211f", "#0b6b66", "#566864", "#000000")
"""The inks of the template; each of them fades into white and into the word of a sample."""

_SAMPLE: Final = "#f7e0dc"
_SHADES: Final = 14  # few enough that none of them is taken for paper
_COMPRESSION: Final = 3  # of 9: beyond it a picture takes longer and hardly gets smaller


@dataclass(frozen=True, slots=True)
class Drawn:
    """An extract as a PDF of one A5 page, and that page as a picture of 905 × 1280 pixels."""

    png: bytes = field(repr=False)
    pdf: bytes = field(repr=False)


def draw(sheet: Sheet, issued_at: datetime) -> Drawn:
    """Draw an extract, always the same for the same sheet and moment; raises `DoesNotFit`.

    It takes tens of milliseconds and belongs in a thread, one at a time: PDFium is no friend
    of threads.
    """
    try:
        code = symbol(sheet.payload, sheet.symbology)
    except CannotEncode as error:
        raise DoesNotFit from error
    said = msgspec.to_builtins(sheet) | {"code": _placed(code, sheet)}
    inputs = {"sheet": json.dumps(said, ensure_ascii=False)}
    pdf = _compiler().compile(format="pdf", sys_inputs=inputs, timestamp=issued_at)
    if not isinstance(pdf, bytes):
        raise TypeError(type(pdf))
    return Drawn(_picture(pdf), pdf)


def _placed(code: Symbol, sheet: Sheet) -> dict[str, str | int]:
    """Choose how large to draw a code; raises `DoesNotFit`."""
    smallest = _SMALLEST[sheet.symbology]
    wanted = _ROOM if sheet.symbology in _WIDE else _WANTED
    cell = max(smallest, min(wanted // code.width, _LARGEST))
    if cell * code.width > _ROOM:
        raise DoesNotFit
    return {
        "width": code.width,
        "height": code.height,
        "path": code.path,
        "quiet": code.quiet,
        "cell": cell,
        "alt": sheet.alt,
    }


@cache
def _compiler() -> typst.Compiler:
    """Make the compiler once; the machine's own fonts never change what is drawn."""
    return typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), ignore_system_fonts=True)


def _picture(pdf: bytes) -> bytes:
    """Take a picture of the only page; raises `DoesNotFit` when there are more."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) > 1:
            raise DoesNotFit
        page = document[0].render(scale=_DOTS_PER_INCH / 72).to_pil()
    finally:
        document.close()
    file = BytesIO()
    few = page.quantize(palette=_palette(), dither=Image.Dither.NONE)
    few.save(file, "PNG", compress_level=_COMPRESSION)
    return file.getvalue()


@cache
def _palette() -> Image.Image:
    """Make the palette of the card: a few hundred times smaller to search than all colours."""
    palette = Image.new("P", (1, 1))
    inks = [ImageColor.getrgb(colour) for colour in _COLOURS]
    paper = ((255, 255, 255), ImageColor.getrgb(_SAMPLE))
    shades = [_between(ink, to, place) for ink in inks for to in paper for place in range(_SHADES)]
    palette.putpalette([part for colour in dict.fromkeys([*shades, *paper]) for part in colour])
    return palette


def _between(ink: tuple[int, ...], paper: tuple[int, ...], place: int) -> tuple[int, ...]:
    return tuple(
        round(a + (b - a) * place / _SHADES) for a, b in zip(ink[:3], paper[:3], strict=True)
    )
