"""A move: the insurer is told the new place, as the law asks within a month."""

from dialogs.fields import Choice, PastDate
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
        Step("insurer_there", Choice("yes", "no", "unknown")),
        *FILER,
        PHONE,
        EMAIL,
    ),
    about=about_other,
)
