"""Receipt numbers of applications: digits that can be read over the telephone."""

import re
import secrets

from stdnum import damm

_LENGTH = 8  # digits before the check digit


def new_number() -> str:
    """Draw a number such as ``4821-7390-5``; its last digit catches slips and swaps."""
    digits = "".join(secrets.choice("0123456789") for _ in range(_LENGTH))
    return f"{digits[:4]}-{digits[4:]}-{damm.calc_check_digit(digits)}"


def is_number(text: str) -> bool:
    """Tell whether this may be a receipt number, with any separators."""
    digits = re.sub(r"[\s\-–—]", "", text)
    return len(digits) == _LENGTH + 1 and damm.is_valid(digits)
