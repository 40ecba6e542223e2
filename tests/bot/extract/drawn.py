"""Drawing extracts for tests, and what happens to pictures on their way through a messenger."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import msgspec
import zxingcpp
from PIL import Image

from bot.extract.drawing import Drawn, draw
from bot.extract.sheet import Sheet, sheet
from bot.extract.symbols import FORMATS
from bot.organisation import Organisation
from dialogs.insured import Insured
from tests.worlds import knowledge

NOW = datetime(2026, 11, 22, 9, 3, tzinfo=UTC)
NUMBER = "K7QM-2XTB-9HRD-4W3F"


def organisation(**extract: Any) -> Organisation:
    """Take the demonstration's insurer, with its own wishes for extracts."""
    known = knowledge().organisation
    return msgspec.structs.replace(known, extract=msgspec.structs.replace(known.extract, **extract))


def said(insured: Insured, **extract: Any) -> Sheet:
    """Write down what an extract of a person says."""
    words = knowledge().words["ru"]
    return sheet(insured, organisation(**extract), words, NUMBER, NOW, "https://polis.example.org")


def drawn(insured: Insured, **extract: Any) -> Drawn:
    """Draw an extract of a person."""
    return draw(said(insured, **extract), NOW)


def decoded(picture: Image.Image) -> list[tuple[str, str]]:
    """Read all codes of a picture as a scanner does that expects any an insurer may choose.

    Weaker codes are left out: one that looks for bars with hardly any check digits, such as
    ITF, sees four digits in the noise of one QR code in a thousand.
    """
    formats = zxingcpp.BarcodeFormats(list(FORMATS.values()))
    found = zxingcpp.read_barcodes(picture, formats=formats)
    return [(one.format.name, one.text) for one in found]


def opened(png: bytes) -> Image.Image:
    """Open a picture."""
    return Image.open(BytesIO(png))


def resent(png: bytes, width: int = 800, quality: int = 60) -> Image.Image:
    """Scale and recompress a picture as messengers do."""
    picture = opened(png).convert("RGB")
    height = round(picture.height * width / picture.width)
    file = BytesIO()
    picture.resize((width, height), Image.Resampling.BILINEAR).save(file, "JPEG", quality=quality)
    return Image.open(BytesIO(file.getvalue()))
