"""A paper or plastic policy is lost, stolen or spoilt: an extract in its place."""

from dialogs.fields import Choice
from dialogs.form import Form, Step
from dialogs.forms.parts import (
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
    id="loss",
    version=1,
    steps=(
        Step("what", Choice("lost", "stolen", "spoilt")),
        WHO,
        NAME,
        BORN_ON,
        DOCUMENT_KIND,
        DOCUMENT,
        ENP,
        *FILER,
        PHONE,
        EMAIL,
    ),
    about=about_other,
)
