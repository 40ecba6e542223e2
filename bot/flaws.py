"""What makes the photo of a document hard to read: too little light, no sharp edges.

Sharpness is how much of the fine detail of a picture is left, beside its coarse detail:
blur takes the fine away and leaves the coarse, whatever is in the picture and however
bright. Both are measured where the picture has most of them, along rows and along columns,
because a shaken hand blurs one way only; what the flattest parts show is noise, and is
taken off. The thresholds were chosen from drawn documents, see tests/bot/test_flaws.py.
"""

from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageFilter, ImageStat

_LONGEST: Final = 1600  # pixels; small print is still there, most noise of the sensor is not
_SHORTEST: Final = 256  # pixels; less cannot be measured
_COARSE: Final = 4
_TILES: Final = 8  # a side

_LIGHT: Final = 0.98  # of the pixels; the rest may be a lamp in the picture
_DARK: Final = 100  # of 255: paper this dark was photographed without light

_FAINT: Final = 6.0
_DROWNED: Final = 0.25  # of the noise
_BLURRED: Final = 0.025
_SHAKEN: Final = 1 / 8

_ALONG: Final = (
    ImageFilter.Kernel((3, 3), (0, 0, 0, 1, -2, 1, 0, 0, 0), scale=1, offset=128),
    ImageFilter.Kernel((3, 3), (0, 1, 0, 0, -2, 0, 0, 1, 0), scale=1, offset=128),
)


def flaws(picture: Image.Image) -> tuple[str, ...]:
    """Name what is wrong with a picture: ``dark``, ``blurred``, both or nothing."""
    grey = picture.convert("L")
    grey.thumbnail((_LONGEST, _LONGEST), Image.Resampling.BOX)
    found = (("dark", _is_dark(grey)), ("blurred", _is_blurred(grey)))
    return tuple(name for name, there in found if there)


def _is_dark(grey: Image.Image) -> bool:
    histogram = grey.histogram()
    return sum(histogram[:_DARK]) > _LIGHT * sum(histogram)


def _is_blurred(grey: Image.Image) -> bool:
    if min(grey.size) < _SHORTEST:
        return False
    coarse = grey.reduce(_COARSE)
    fine_detail = [_detail(grey, kernel) for kernel in _ALONG]
    for fine, kernel in zip(fine_detail, _ALONG, strict=True):
        if fine.most < max(_FAINT, _DROWNED * fine.noise):
            return True
        if fine.most < _BLURRED * _detail(coarse, kernel).most:
            return True
    rows, columns = (fine.most for fine in fine_detail)
    return min(rows, columns) < _SHAKEN * max(rows, columns)


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much the picture bends, squared: where it does so most, and what of it is noise."""

    most: float
    noise: float


def _detail(grey: Image.Image, kernel: ImageFilter.Kernel) -> _Detail:
    # The filter leaves the outermost pixels as they were: they are no bends.
    bends = grey.filter(kernel).crop((1, 1, grey.width - 1, grey.height - 1))
    wide, high = bends.width // _TILES, bends.height // _TILES
    tiles = sorted(
        ImageStat.Stat(bends.crop((x, y, x + wide, y + high))).var[0]
        for x in range(0, wide * _TILES, wide)
        for y in range(0, high * _TILES, high)
    )
    quarter = len(tiles) // 4
    noise = sum(tiles[:quarter]) / quarter
    return _Detail(sum(tiles[-quarter:]) / quarter - noise, noise)
