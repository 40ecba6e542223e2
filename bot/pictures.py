"""Looking into a file: what it is by its content, whether it opens, what of it is kept.

A picture is drawn anew from its pixels. So nothing of the camera's notes, the place among
them, is kept, nothing can hide behind the picture, it stands upright, and a photo of an
iPhone is a JPEG like any other. All of it is slow and belongs in a thread.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

import pillow_heif
from PIL import Image

from bot.channels.base import UnfitFile
from bot.flaws import flaws

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
PDF: Final = "application/pdf"

_MOST_PIXELS: Final = 30_000_000  # four bytes of memory each, or twice that
_MOST_PIXELS_IN_PARTS: Final = 50_000_000  # where it can be opened at a fraction of its size
_MOST_SCANS: Final = 32  # of a JPEG; cameras write one, honest encoders a dozen
_LONGEST: Final = 4096  # pixels a side are kept: an A4 page at 350 dots per inch
_QUALITY: Final = 88

_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_HEIC_MAYBE: Final = frozenset({b"mif1", b"msf1"})  # other codecs use these too
_ORIENTATION: Final = 0x0112  # the EXIF tag
_UPRIGHT: Final = 1
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PLAIN: Final = frozenset({"L", "RGB"})
_ON_WHITE: Final = frozenset({"LA", "PA", "La", "RGBA", "RGBa"})

_LOCKED: Final = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")
_PDF_END: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_PDF_TAIL: Final = 2048  # bytes


@dataclass(frozen=True, slots=True)
class Looked:
    """A file worth keeping: its content type, what to keep of it, and the picture's flaws."""

    kind: str
    content: bytes = field(repr=False)
    flaws: tuple[str, ...] = ()


def look(content: bytes) -> Looked:
    """Look into a file; raises `UnfitFile` for what is no JPEG, PNG, HEIC or PDF, or broken."""
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _picture(_jpeg, content, JPEG)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(_png, content, PNG)
    if _is_heic(content):
        return _picture(_heic, content, JPEG)
    raise UnfitFile("kind")


def _is_heic(content: bytes) -> bool:
    if content[4:8] != b"ftyp":
        return False
    brand, size = content[8:12], int.from_bytes(content[:4], "big")
    if brand in _HEIC_MAYBE:
        others = content[16 : min(size, 256)]
        return any(others[at : at + 4] in _HEIC_BRANDS for at in range(0, len(others), 4))
    return brand in _HEIC_BRANDS


def _pdf(content: bytes) -> Looked:
    """See that it ends as it must, which a transfer that broke off does not, and is not locked."""
    ends = _PDF_END.findall(content[-_PDF_TAIL:])
    if not ends or int(ends[-1]) >= len(content):
        raise UnfitFile("broken")
    if _LOCKED.search(content):
        raise UnfitFile("locked")
    return Looked(PDF, content)


def _picture(read: Callable[[bytes], Image.Image], content: bytes, kind: str) -> Looked:
    try:
        picture = read(content)
        return Looked(kind, _written(picture, kind), flaws(picture))
    except UnfitFile:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnfitFile("pixels") from None
    except Exception as error:  # whatever a decoder stumbles over in a foreign file
        raise UnfitFile("broken") from error


def _jpeg(content: bytes) -> Image.Image:
    if content.count(b"\xff\xda") > _MOST_SCANS:
        raise UnfitFile("broken")
    picture = Image.open(BytesIO(content), formats=["JPEG"])
    # A progressive one is in memory as a whole before the first of its pixels is.
    whole = "progressive" in picture.info
    _bound(picture.size, _MOST_PIXELS if whole else _MOST_PIXELS_IN_PARTS)
    turn = _turn(picture)
    scale = round(max(picture.size) / _LONGEST)
    if scale > 1:  # the decoder can leave out what would be thrown away
        picture.draft("RGB", (picture.width // scale or 1, picture.height // scale or 1))
    return _plain(picture, turn)


def _png(content: bytes) -> Image.Image:
    # Only this reads the file to its very end; afterwards it has to be opened again.
    unread = Image.open(BytesIO(content), formats=["PNG"])
    _bound(unread.size, _MOST_PIXELS)
    unread.verify()
    picture = Image.open(BytesIO(content), formats=["PNG"])
    return _plain(picture, _turn(picture))


def _heic(content: bytes) -> Image.Image:
    picture = pillow_heif.open_heif(BytesIO(content), convert_hdr_to_8bit=True)
    _bound(picture.size, _MOST_PIXELS)
    return _plain(picture.to_pillow(), None)  # the decoder has turned it already


def _bound(size: tuple[int, int], most: int) -> None:
    if size[0] * size[1] > most:
        raise UnfitFile("pixels")


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """Tell how to turn the picture upright; notes that cannot be read turn nothing."""
    try:
        return _TURNS.get(picture.getexif().get(_ORIENTATION, _UPRIGHT))
    except Exception:  # noqa: BLE001 — a flaw of the notes is none of the picture
        return None


def _plain(picture: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    """Reduce a picture to pixels: upright, on white, of a bounded size, without any notes."""
    if picture.mode in _ON_WHITE or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer)
    elif picture.mode not in _PLAIN:
        picture = picture.convert("RGB")
    picture.thumbnail((_LONGEST, _LONGEST))
    if turn is not None:
        picture = picture.transpose(turn)
    picture.info = {}
    return picture


def _written(picture: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    if kind == PNG:
        picture.save(file, "PNG")
    else:
        picture.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
