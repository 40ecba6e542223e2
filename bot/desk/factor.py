"""The second factor: one-time codes of an application on the phone (RFC 6238)."""

from datetime import datetime
from hmac import compare_digest
from io import BytesIO
from typing import Final

import pyotp
import segno

STEP: Final = 30  # seconds
_DIGITS: Final = 6
_SKEW: Final = (0, -1, 1)  # steps that a phone's clock may be wrong by


def draw() -> str:
    """Draw a secret: 160 bits in base 32."""
    return pyotp.random_base32()


def address(secret: str, login: str, issuer: str) -> str:
    """Write the secret as applications read it."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)


def code_at(secret: str, now: datetime) -> str:
    """Compute the code of a moment."""
    return pyotp.TOTP(secret).at(now)


def step_of(secret: str, typed: str, now: datetime, last: int) -> int | None:
    """Find the time step that a code is of, if it is right and newer than the last one taken."""
    code = "".join(typed.split())
    if len(code) != _DIGITS or not (code.isascii() and code.isdigit()):
        return None
    current = int(now.timestamp()) // STEP
    for skew in _SKEW:
        step = current + skew
        if step > last and compare_digest(pyotp.TOTP(secret).generate_otp(step), code):
            return step
    return None


def drawing(text: str) -> str:
    """Draw a QR code as an SVG element without style or script."""
    drawn = BytesIO()
    segno.make(text, error="m").save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=False,
        scale=5,
        border=2,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        dark="#000",
        light="#fff",
    )
    return drawn.getvalue().decode()
