"""Documents drawn for tests, and what happens to them between a table and our hands."""

import random
import string
import struct
import zlib
from io import BytesIO

import pillow_heif
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def document(size=(2000, 1500), letters=24, paper=235, ink=40, table=110, lines=99):
    """Draw a sheet of text on a table, lit from one side; ``letters`` is their height."""
    wide, high = size
    sheet = Image.new("L", size, table)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((wide * 0.08, high * 0.06, wide * 0.92, high * 0.94), fill=paper)
    font, words = ImageFont.load_default(letters), random.Random(letters)
    for line in range(lines):
        top = high * 0.1 + line * letters * 1.7
        if top > high * 0.88:
            break
        text = "".join(words.choice(string.ascii_lowercase + "    0123") for _ in range(300))
        draw.text((wide * 0.11, top), text[: words.randint(20, 60)], fill=ink, font=font)
    light = Image.linear_gradient("L").resize(size).point(lambda level: 128 + level // 2)
    return ImageChops.multiply(sheet, light).convert("RGB")


def blurred(picture, radius):
    """Put it out of focus, by that many pixels."""
    return picture.filter(ImageFilter.GaussianBlur(radius)) if radius else picture


def shaken(picture, pixels):
    """Move the camera sideways while the shutter is open."""
    moved = picture
    for step in range(1, pixels):
        moved = Image.blend(moved, ImageChops.offset(picture, step, 0), 1 / (step + 1))
    return moved


def dimmed(picture, light):
    """Take light away: 1 is all of it, 0 is night."""
    return ImageEnhance.Brightness(picture).enhance(light)


def grainy(picture, noise):
    """Add the noise of a sensor, as levels of 255."""
    grain = Image.effect_noise(picture.size, noise)
    return ImageChops.add(picture.convert("L"), grain, scale=1, offset=-128).convert("RGB")


def encoded(picture, kind="JPEG", **more):
    """Write a picture as a file."""
    file = BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(file, **more)
    else:
        picture.save(file, kind, **more)
    return file.getvalue()


def opened(content):
    """Read a file as a picture, to its end."""
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def scribble(size=(64, 48)):
    """Draw something small that does not compress to nothing."""
    return Image.effect_noise(size, 40).convert("RGB")


def bomb(width, height):
    """Make a tiny PNG that says it is huge."""

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
