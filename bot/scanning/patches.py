"""Where a photo shows bars, and which way they run: found by how brightness changes.

Where there are bars, brightness changes strongly and always in one direction: across them.
Text and patterns change in all directions. So the directions of change are summed up over
tiles; tiles that agree make a patch, and their common direction is how the code is tilted.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, cast

from PIL import Image, ImageFilter, ImageMath

_SEEN: Final = 2000  # pixels of the longer side: bars are still bars, and it is fast
_TILE: Final = 20  # pixels
_MOST: Final = 5  # patches of a photo
_ONE_WAY: Final = 0.3  # how much of the change must have one direction, from 0 to 1
_AS_STRONG: Final = 0.3  # beside the strongest tile of its patch
_WEAKEST: Final = 0.02  # beside the strongest tile of the photo
_ALIKE: Final = math.radians(16)
_FEWEST: Final = 6  # tiles: less is too small for a code
_LARGEST: Final = 3_000_000  # pixels of a patch as it is looked at
_MARGIN: Final = 2.5  # tiles around a patch; its quiet zone is there

# Scharr's kernels tell directions to a fifth of a degree; the plain difference of two pixels
# is three degrees off, as much as a reader bears. Pillow counts their rows from the bottom.
_ALONG: Final = ImageFilter.Kernel((3, 3), (-3, 0, 3, -10, 0, 10, -3, 0, 3), 16, 128)
_DOWN: Final = ImageFilter.Kernel((3, 3), (3, 10, 3, 0, 0, 0, -3, -10, -3), 16, 128)


@dataclass(frozen=True, slots=True)
class Patch:
    """A tilted rectangle of a photo, in its pixels; ``tilt`` in radians, clockwise."""

    x: float
    y: float
    width: float
    height: float
    tilt: float

    def cut(self, photo: Image.Image, look: "Look") -> Image.Image:
        """Cut the patch out upright, as one look at it wants it."""
        scale = min(look.scale, math.sqrt(_LARGEST / (self.width * self.height)))
        width, height = round(self.width * scale), round(self.height * scale)
        down = self.tilt + math.radians(look.turn)
        along = down + math.radians(look.slant)
        a, d = math.cos(along) / scale, math.sin(along) / scale
        b, e = -math.sin(down) / scale, math.cos(down) / scale
        place = (
            *(a, b, self.x - (a * width + b * height) / 2),
            *(d, e, self.y - (d * width + e * height) / 2),
        )
        bicubic = Image.Resampling.BICUBIC
        return photo.transform((width, height), Image.Transform.AFFINE, place, bicubic)


class Look(NamedTuple):
    """One way of looking at a patch: its scale, and corrections in degrees.

    ``turn`` is added to the tilt; ``slant`` is how far the rows run down beside that, which
    perspective makes them do.
    """

    scale: float = 1.0
    turn: float = 0.0
    slant: float = 0.0


class _Tile(NamedTuple):
    strength: float
    one_way: float
    angle: float


def patches(grey: Image.Image) -> Iterator[Patch]:
    """Find patches of bars, the strongest first."""
    factor = max(1, round(max(grey.size) / _SEEN))
    small = grey.reduce(factor) if factor > 1 else grey
    if min(small.size) < _TILE * 2:
        return
    tiles, columns = _tiles(small)
    left = {place for place, tile in enumerate(tiles) if tile.one_way > _ONE_WAY}
    order = sorted(left, key=lambda place: tiles[place].strength, reverse=True)
    found = 0
    for seed in order:
        if tiles[seed].strength < tiles[order[0]].strength * _WEAKEST:
            return
        if seed not in left:
            continue
        region = _grown(tiles, columns, seed, left)
        left -= region
        if len(region) >= _FEWEST:
            tilt = _together([tiles[at] for at in region])
            yield _bounds(region, columns, tilt, _TILE * factor)
            found += 1
            if found == _MOST:
                return


def _tiles(small: Image.Image) -> tuple[list[_Tile], int]:
    """Sum up the directions of change in each tile and around it."""
    calm = small.filter(ImageFilter.BoxBlur(1))
    along, down = calm.filter(_ALONG), calm.filter(_DOWN)
    changes = {"x": along.convert("I"), "y": down.convert("I")}
    products = [_product(changes[one], changes[other]) for one, other in ("xx", "yy", "xy")]
    sums = [one.convert("F").reduce(_TILE) for one in products]
    columns = sums[0].width
    xx, yy, xy = (
        _around(cast("Sequence[float]", one.get_flattened_data()), columns) for one in sums
    )
    return [_tile(*of) for of in zip(xx, yy, xy, strict=True)], columns


def _product(one: Image.Image, other: Image.Image) -> Image.Image:
    """Multiply two pictures of changes, in which 128 is no change."""
    return ImageMath.lambda_eval(  # type: ignore[no-any-return]
        lambda it: (it["one"] - 128) * (it["other"] - 128), one=one, other=other
    )


def _around(values: Sequence[float], columns: int) -> list[float]:
    """Add to each tile its eight neighbours, as far as there are any."""
    rows = len(values) // columns
    beside = _neighbours(values, 1, [at % columns for at in range(len(values))], columns)
    lines = [at // columns for at in range(len(values))]
    return _neighbours(beside, columns, lines, rows)


def _neighbours(values: Sequence[float], step: int, places: list[int], count: int) -> list[float]:
    """Add to each value those a step before and after it; ``places`` tell where a line ends."""
    ahead = [*values[step:], *[0.0] * step]
    behind = [*[0.0] * step, *values[:-step]]
    return [
        one + (after if place < count - 1 else 0.0) + (before if place > 0 else 0.0)
        for one, after, before, place in zip(values, ahead, behind, places, strict=True)
    ]


def _tile(xx: float, yy: float, xy: float) -> _Tile:
    strength = math.hypot(xx - yy, 2 * xy)
    return _Tile(strength, strength / (xx + yy + 1), math.atan2(2 * xy, xx - yy) / 2)


def _grown(tiles: list[_Tile], columns: int, seed: int, left: set[int]) -> set[int]:
    """Gather the tiles around a seed that are like it."""
    enough = tiles[seed].strength * _AS_STRONG
    region, waiting = {seed}, [seed]
    while waiting:
        at = waiting.pop()
        for to in (at - columns, at + columns, at - 1, at + 1):
            is_neighbour = to in left and to not in region and abs(to % columns - at % columns) < 2  # noqa: PLR2004 — columns do not wrap
            if is_neighbour and tiles[to].strength > enough:
                apart = (tiles[to].angle - tiles[seed].angle + math.pi / 2) % math.pi
                if abs(apart - math.pi / 2) < _ALIKE:
                    region.add(to)
                    waiting.append(to)
    return region


def _together(tiles: list[_Tile]) -> float:
    """Find the common direction; directions are halves of a turn, hence the doubling."""
    across = sum(tile.strength * math.cos(2 * tile.angle) for tile in tiles)
    down = sum(tile.strength * math.sin(2 * tile.angle) for tile in tiles)
    return math.atan2(down, across) / 2


def _bounds(region: set[int], columns: int, tilt: float, tile: int) -> Patch:
    """Draw the tilted rectangle around the middles of tiles."""
    cos, sin = math.cos(tilt), math.sin(tilt)
    middles = [(at % columns + 0.5, at // columns + 0.5) for at in region]
    along = [x * cos + y * sin for x, y in middles]
    down = [y * cos - x * sin for x, y in middles]
    u, v = (min(along) + max(along)) / 2, (min(down) + max(down)) / 2
    return Patch(
        x=(u * cos - v * sin) * tile,
        y=(u * sin + v * cos) * tile,
        width=(max(along) - min(along) + 2 * _MARGIN) * tile,
        height=(max(down) - min(down) + 2 * _MARGIN) * tile,
        tilt=tilt,
    )
