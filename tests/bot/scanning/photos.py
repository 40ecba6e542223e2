"""Photos of paper policies for tests: a page with a code, laid down askew and photographed."""

import math
from io import BytesIO

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

PHONE = (3000, 4000)
"""Twelve megapixels."""

_PAGE = (2400, 3400)  # pixels: an A5 sheet at 16 pixels a millimetre
_PLACE = (300, 2100)  # of the code on the page
_BOX = ((0, 0), (1, 0), (1, 1), (0, 1))


def page(content, module=7, symbology="CompactPDF417", **more):
    """Print a code on a page of text over the fine net of a blank."""
    sheet = Image.new("L", _PAGE, 245)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(60)
    for x in range(0, _PAGE[0], 60):
        draw.line((x, 0, x, _PAGE[1]), fill=228, width=3)
    for y in range(0, _PAGE[1], 60):
        draw.line((0, y, _PAGE[0], y), fill=228, width=3)
    for row in range(14):
        text = f"FAMILIA IMYA OTCHESTVO {row * 7919 % 9973} 9978 9408"
        draw.text((200, 200 + row * 110), text, font=font, fill=40)
    draw.rectangle((180, 1950, 2200, 1960), fill=60)
    if content is not None:
        kind = getattr(zxingcpp.BarcodeFormat, symbology)
        barcode = zxingcpp.create_barcode(content, kind, **more)
        code = Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=module))
        sheet.paste(code, _PLACE)
    return sheet


def photo(sheet, angle=0.0, perspective=0.0, blur=0.0, quality=80, size=PHONE, shadow=True):
    """Photograph a page: turned by degrees, seen askew, half in the shadow, blurred, noisy."""
    seen = sheet.transform(
        size,
        Image.Transform.PERSPECTIVE,
        _mapping(_corners(sheet.size, size, math.radians(angle), perspective), sheet.size),
        Image.Resampling.BICUBIC,
        fillcolor=90,
    )
    if shadow:
        fading = Image.linear_gradient("L").rotate(35, expand=True).resize(size)
        seen = ImageChops.multiply(seen, fading.point(lambda value: 110 + value * 145 // 255))
    if blur:
        seen = seen.filter(ImageFilter.GaussianBlur(blur))
    seen = ImageChops.add(seen, Image.effect_noise(size, 16), 1, -128)
    file = BytesIO()
    seen.convert("RGB").save(file, "JPEG", quality=quality)
    return file.getvalue()


def _corners(sheet, size, turn, perspective):
    scale = 0.8 * min(size[0] / sheet[0], size[1] / sheet[1])
    for x, y in _BOX:
        across, down = (x - 0.5) * sheet[0] * scale, (y - 0.5) * sheet[1] * scale
        u = across * math.cos(turn) - down * math.sin(turn)
        v = across * math.sin(turn) + down * math.cos(turn)
        depth = 1 + perspective * (v / size[1] + u / size[0] / 2)
        yield size[0] / 2 + u / depth, size[1] / 2 + v / depth


def _mapping(corners, sheet):
    """Find the eight numbers of a perspective that bring corners back to those of the sheet."""
    rows = []
    for (x, y), (across, down) in zip(corners, _BOX, strict=True):
        u, v = across * sheet[0], down * sheet[1]
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for at in range(8):
        best = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(8):
            if other != at:
                factor = rows[other][at]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [row[8] for row in rows]
