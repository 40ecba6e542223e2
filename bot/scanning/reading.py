"""Finding and reading the code of a paper policy in a photo, within a bounded time."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from time import thread_time
from typing import Final, TypeAlias

import zxingcpp
from PIL import Image, ImageOps

from bot.scanning.patches import Look, Patch, patches
from bot.scanning.policy import decode
from dialogs.paper import Instead, OtherCode, PaperPolicy

Seen: TypeAlias = PaperPolicy | Instead
"""A policy, or what a photo shows instead of one."""

PATIENCE: Final = 2.0
"""Seconds after which no new look is begun; the last one may take some tenths more.

They are seconds of processor time: a busy machine answers later, but sees no less.
"""

_MOST_PIXELS: Final = 50_000_000
_LONGEST: Final = 4096  # pixels a side
_GLANCE: Final = 2000  # pixels of the longer side: enough for a large and straight code

# Most photos are read at the first look at their strongest patch; the others are for
# perspective, for small codes and for what a direction was misjudged by.
_LOOKS: Final = (
    *(Look(), Look(slant=-3), Look(scale=2), Look(slant=3), Look(scale=1.5, slant=-3)),
    *(Look(scale=1.5, slant=3), Look(slant=-6), Look(slant=6), Look(scale=1.5, turn=-1)),
    *(Look(scale=1.5, turn=1), Look(scale=0.6), Look(scale=3), Look(turn=-2), Look(turn=2)),
)

_POLICY: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.PDF417)
# Weaker codes of bars, such as ITF, are seen where there are none.
_ANY: Final = zxingcpp.BarcodeFormats(
    [
        *(zxingcpp.BarcodeFormat.PDF417, zxingcpp.BarcodeFormat.QRCode),
        *(zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.Aztec),
        *(zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.Code39),
        zxingcpp.BarcodeFormat.EAN13,
    ]
)
_KINDS: Final[dict[str, OtherCode]] = {
    "PDF417": "pdf417",
    "CompactPDF417": "pdf417",
    "MicroPDF417": "pdf417",
    "QRCode": "qr",
    "QRCodeModel1": "qr",
    "QRCodeModel2": "qr",
    "DataMatrix": "datamatrix",
    "Aztec": "aztec",
    "AztecCode": "aztec",
    "Code128": "linear",
    "Code39": "linear",
    "Code39Std": "linear",
    "EAN13": "linear",
}


def scan(
    content: bytes,
    today: date,
    patience: float = PATIENCE,
    clock: Callable[[], float] = thread_time,
) -> Seen:
    """Read a photo, JPEG or PNG; whatever it holds, nothing is raised.

    It takes a tenth of a second to three seconds and belongs in a thread. ``patience`` is in
    seconds of the ``clock``.
    """
    until = clock() + patience
    photo = _opened(content)
    if photo is None:
        return "nothing"
    other: OtherCode | None = None
    for picture, formats in _pictures(photo):
        for code in _read(picture, formats):
            policy = decode(code.bytes, today)
            if policy is not None:
                return policy
            other = other or _KINDS.get(code.format.name, "other")
        if clock() > until:
            break
    return other or "nothing"


def _opened(content: bytes) -> Image.Image | None:
    """Open a photo upright and in grey; None when it is none, or too large to be looked at."""
    try:
        picture = Image.open(BytesIO(content), formats=["JPEG", "PNG"])
        if picture.width * picture.height > _MOST_PIXELS:
            return None
        scale = max(1, max(picture.size) // _LONGEST)
        picture.draft("L", (picture.width // scale, picture.height // scale))
        grey = ImageOps.exif_transpose(picture).convert("L")
    except Exception:  # noqa: BLE001 — whatever a decoder stumbles over in a foreign file
        return None
    grey.thumbnail((_LONGEST, _LONGEST))
    return grey


def _pictures(photo: Image.Image) -> Iterator[tuple[Image.Image, zxingcpp.BarcodeFormats]]:
    """Give what is to be looked at, the likeliest first."""
    found: list[Patch] = []
    for patch in patches(photo):
        found.append(patch)
        yield patch.cut(photo, _LOOKS[0]), _POLICY
    factor = max(1, round(max(photo.size) / _GLANCE))
    yield (photo.reduce(factor) if factor > 1 else photo), _ANY
    for look in _LOOKS[1:]:
        for patch in found:
            yield patch.cut(photo, look), _POLICY
    for patch in found:
        yield patch.cut(photo, _LOOKS[0]), _ANY
    yield photo, _ANY


def _read(picture: Image.Image, formats: zxingcpp.BarcodeFormats) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(picture, formats=formats, try_invert=False)
