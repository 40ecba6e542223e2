"""Reading the finished picture back: what a scanner will see must be what the record says."""

from io import BytesIO

import zxingcpp
from PIL import Image

from bot.extract.layout import Symbology
from bot.extract.symbols import FORMATS


def is_readable(picture: bytes, payload: str, symbology: Symbology) -> bool:
    """Tell whether a picture shows exactly one code, of this symbology and with this content."""
    grey = Image.open(BytesIO(picture)).convert("L")
    found = zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(FORMATS[symbology]),
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
    )
    return [one.text for one in found] == [payload]
