"""Another insurer: by wish once a year and not after 1 November, else on a ground.

The window is that of law 326-FZ, article 16; 1 November does not shift when it is a day off.
"""

from dataclasses import replace

from dialogs.fields import Asking, Choice, Doubt, FutureDate, Insurer, Problem, Text
from dialogs.form import Form, Step
from dialogs.forms.parts import (
    ABODE,
    ADDRESS,
    BORN_ON,
    DOCUMENT,
    DOCUMENT_KIND,
    EMAIL,
    ENP,
    FILER,
    FILER_DOCUMENT,
    NAME,
    PHONE,
    PHOTOS,
    SEX,
    SNILS,
    WHO,
    about_other,
    applies_alone,
    is_foreigner,
)
from dialogs.json import Json
from dialogs.terms import window_is_open


def _allowed_today(value: Json, asking: Asking) -> Problem | Doubt | None:
    """Say «not now» before any work is wasted."""
    if value == "wish" and not window_is_open(asking.now.date()):
        return Problem("window_closed", offer="window")
    return None


FORM = Form(
    id="smo_change",
    version=1,
    steps=(
        Step("ground", Choice("wish", "moved", "ended"), check=_allowed_today),
        WHO,
        NAME,
        SEX,
        replace(BORN_ON, check=applies_alone),
        Step("born_in", Text(max=150)),
        DOCUMENT_KIND,
        DOCUMENT,
        Step("stay_until", FutureDate(with_year=True), when=is_foreigner, optional=True),
        ABODE,
        ADDRESS,
        SNILS,
        ENP,
        Step("insurer", Insurer(), optional=True),
        *FILER,
        *FILER_DOCUMENT,
        PHONE,
        EMAIL,
        PHOTOS,
    ),
    about=about_other,
)
