"""A move: the insurer is told the new place, as the law asks within a month."""

from dialogs.fields import Asking, Choice, Doubt, PastDate, Problem
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
    NAME,
    PHONE,
    WHO,
    about_other,
)
from dialogs.json import Json


def _insurer_is_there(value: Json, asking: Asking) -> Problem | Doubt | None:
    """Say in time that another insurer has to be chosen where the present one does not work."""
    del asking
    return Doubt(value, "insurer.absent") if value == "no" else None


FORM = Form(
    id="relocation",
    version=1,
    steps=(
        Step("moved_on", PastDate(years=20)),
        WHO,
        NAME,
        BORN_ON,
        DOCUMENT_KIND,
        DOCUMENT,
        ENP,
        ABODE,
        ADDRESS,
        Step("insurer_there", Choice("yes", "no", "unknown"), check=_insurer_is_there),
        *FILER,
        PHONE,
        EMAIL,
    ),
    about=about_other,
)
