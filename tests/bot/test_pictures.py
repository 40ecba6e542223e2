"""A file is what its bytes are; a picture is drawn anew, upright and without the camera's notes."""

import random
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from bot.channels.base import LARGEST_FILE, UnfitFile
from bot.pictures import Looked, look
from tests.drawings import PDF, blurred, bomb, dimmed, document, encoded, opened, scribble

JPEG = encoded(scribble())
PNG = encoded(scribble(), "PNG")
HEIC = encoded(scribble(), "HEIF")
LINEARIZED = PDF + b"%" * 4000 + b"\nstartxref\n9\n%%EOF\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(1)</script>"
CORNER = (250, 10, 10)


def _with_corner(size=(400, 300)):
    """Draw a picture whose top left corner is red, for telling which way it stands."""
    picture = Image.new("RGB", size, "white")
    picture.paste(CORNER, (0, 0, size[0] // 4, size[1] // 4))
    return picture


def _is_corner(colour):
    return all(abs(one - other) < 30 for one, other in zip(colour, CORNER, strict=True))


@pytest.mark.parametrize(
    ("content", "kind", "format_"),
    [(JPEG, "image/jpeg", "JPEG"), (PNG, "image/png", "PNG"), (HEIC, "image/jpeg", "JPEG")],
    ids=["JPEG", "PNG", "HEIC"],
)
def test_a_picture_is_known_by_its_content_and_kept_for_any_browser(content, kind, format_):
    looked = look(content)
    assert looked.kind == kind
    assert opened(looked.content).format == format_
    assert opened(looked.content).size == (64, 48)


@pytest.mark.parametrize("content", [PDF, LINEARIZED], ids=["plain", "with two ends"])
def test_a_pdf_is_kept_as_it_is(content):
    assert look(content) == Looked("application/pdf", content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        SVG,
        HTML,
        b"\xef\xbb\xbf" + SVG,
        b"GIF89a" + JPEG,
        b"\n" + PDF,
        HTML + PDF,
        b"MZ" + JPEG,
        b"PK\x03\x04" + bytes(100),
        encoded(scribble(), "GIF"),
        encoded(scribble(), "BMP"),
        encoded(scribble(), "TIFF"),
        encoded(scribble(), "WEBP"),
        HEIC.replace(b"heic", b"avif"),
        b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif" + bytes(100),
        b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42" + bytes(100),
    ],
)
def test_other_kinds_are_refused(content):
    with pytest.raises(UnfitFile) as refused:
        look(content)
    assert refused.value.problem == "kind"


@pytest.mark.parametrize(
    "content",
    [
        JPEG[: len(JPEG) // 2],
        JPEG[:3] + b"no picture at all",
        PNG[: len(PNG) // 2],
        PNG[:-12],
        PNG[:60] + b"oops" + PNG[64:],
        HEIC[: len(HEIC) // 2],
        HEIC[:40],
        HEIC[:12] + bytes(len(HEIC)),
        PDF[: len(PDF) // 2],
        LINEARIZED[:-30],
        PDF.replace(b"startxref\n9", b"startxref\n9999"),
        b"%PDF-",
    ],
)
def test_what_does_not_open_is_refused(content):
    with pytest.raises(UnfitFile) as refused:
        look(content)
    assert refused.value.problem == "broken"


@pytest.mark.parametrize(
    "content",
    [
        bomb(6_001, 5_000),
        bomb(12_000, 9_000),
        bomb(60_000, 60_000),
        encoded(Image.new("L", (10_000, 5_001)), quality=10),
        encoded(Image.new("L", (6_001, 5_000)), quality=10, progressive=True),
        encoded(Image.new("L", (6_001, 5_000)), "PNG"),
        encoded(Image.new("L", (6_001, 5_000)), "HEIF"),
    ],
    ids=["large", "larger", "huge", "JPEG", "progressive JPEG", "real PNG", "HEIC"],
)
def test_what_explodes_when_opened_is_refused(content):
    assert len(content) < LARGEST_FILE
    with pytest.raises(UnfitFile) as refused:
        look(content)
    assert refused.value.problem == "pixels"


def test_a_jpeg_that_is_drawn_over_and_over_is_refused():
    """Each scan costs a pass over the whole picture, and only a few bytes."""
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    with pytest.raises(UnfitFile):
        look(JPEG[:-2] + scan * 40 + b"\xff\xd9")


def test_a_locked_pdf_is_refused_for_what_it_is():
    locked = PDF.replace(b"trailer\n<<>>", b"trailer\n<</Encrypt 5 0 R>>")
    with pytest.raises(UnfitFile) as refused:
        look(locked)
    assert refused.value.problem == "locked"


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_kept_or_refused_and_nothing_else(seed):
    """Whatever a decoder stumbles over, the answer is one of the two."""
    chance = random.Random(seed)
    content = bytearray(chance.choice((JPEG, PNG, HEIC, PDF)))
    for _ in range(chance.randint(1, 12)):
        content[chance.randrange(5, len(content))] = chance.randrange(256)
    with suppress(UnfitFile):
        assert look(bytes(content)).content


@pytest.mark.parametrize(
    ("kind", "more"), [("JPEG", {"quality": 95}), ("PNG", {})], ids=["JPEG", "PNG"]
)
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stands_upright(kind, more, turned):
    """The camera writes down how it was held; what is kept needs no such note."""
    held = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[turned]
    seen = _with_corner() if held is None else _with_corner().transpose(held)
    notes = Image.Exif()
    notes[0x0112] = turned
    kept = opened(look(encoded(seen, kind, exif=notes, **more)).content)
    assert kept.size == (400, 300)
    assert _is_corner(kept.convert("RGB").getpixel((20, 20)))
    assert not kept.getexif()


def test_an_iphone_picture_is_not_turned_twice():
    """Its container says how it stands and its notes say so again: only the first counts."""
    notes = Image.Exif()
    notes[0x0112] = 6
    content = encoded(_with_corner(), "HEIF", quality=95, exif=notes.tobytes())
    kept = opened(look(content).content)
    assert kept.size == (300, 400)
    assert _is_corner(kept.getpixel((280, 20)))


def _noted(kind):
    """Write a picture that says where it was taken, and by whom."""
    notes = Image.Exif()
    notes[0x010F] = "SECRETPHONE"
    notes.get_ifd(0x8825).update({1: "N", 2: (55.0, 45.0, 21.0), 29: "SECRETPLACE"})
    more = {"exif": notes.tobytes()}
    if kind == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Author", "SECRETAUTHOR")
    if kind == "JPEG":
        more |= {"comment": b"SECRETCOMMENT", "xmp": b"<x>SECRETXMP</x>"}
    return encoded(scribble(), kind, **more)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_nothing_of_the_cameras_notes_is_kept(kind):
    """The place where it was taken above all."""
    content = _noted(kind)
    assert b"SECRET" in content
    kept = look(content).content
    assert b"SECRET" not in kept
    assert b"Exif" not in kept
    assert not opened(kept).getexif()


@pytest.mark.parametrize("content", [JPEG, PNG, HEIC], ids=["JPEG", "PNG", "HEIC"])
@pytest.mark.parametrize("rider", [HTML, PDF, b"PK\x03\x04archive"], ids=["HTML", "PDF", "ZIP"])
def test_what_hides_behind_a_picture_is_not_kept(content, rider):
    kept = look(content + rider).content
    assert rider not in kept


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (scribble().convert("L"), "JPEG"),
        (scribble().convert("CMYK"), "JPEG"),
        (scribble().convert("1"), "PNG"),
        (scribble().convert("P"), "PNG"),
        (scribble().convert("L").convert("I;16"), "PNG"),
        (scribble().convert("LA"), "PNG"),
        (scribble().convert("RGBA"), "PNG"),
        (scribble().convert("RGBA"), "HEIF"),
    ],
)
def test_any_make_of_pixels_is_read(picture, kind):
    assert opened(look(encoded(picture, kind)).content).size == (64, 48)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white_paper(mode):
    picture = Image.new("RGBA", (40, 40), (0, 0, 0, 0)).convert(mode)
    more = {"transparency": picture.getpixel((0, 0))} if mode == "P" else {}
    kept = opened(look(encoded(picture, "PNG", **more)).content)
    assert kept.convert("RGB").getpixel((20, 20)) == (255, 255, 255)


def test_the_first_of_several_pictures_is_kept():
    several = BytesIO()
    first, second = _with_corner(), Image.new("RGB", (400, 300), "black")
    first.save(several, "MPO", save_all=True, append_images=[second], quality=95)
    kept = opened(look(several.getvalue()).content)
    assert kept.format == "JPEG"
    assert _is_corner(kept.getpixel((20, 20)))


@pytest.mark.parametrize("size", [(8000, 6000), (5000, 4000), (60_000, 10)])
def test_a_very_large_photo_is_kept_at_a_legible_size(size):
    content = encoded(Image.new("RGB", size, "white"), quality=50)
    kept = opened(look(content).content)
    assert max(kept.size) <= 4096
    assert max(kept.size) > 3000


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_notes_do_not_spoil_a_picture():
    content = encoded(scribble(), exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff" + bytes(30))
    assert look(content).kind == "image/jpeg"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_flaws_are_told_of_any_picture(kind):
    spoilt = dimmed(blurred(document((1000, 800)), 12), 0.3)
    assert look(encoded(spoilt, kind)).flaws == ("dark", "blurred")
    assert look(encoded(document((1000, 800)), kind)).flaws == ()


def test_what_was_looked_at_does_not_show_in_a_log():
    assert "%PDF" not in repr(look(PDF))
