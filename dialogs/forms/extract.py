"""An extract of the policy, the material form of a digital policy."""

from dialogs.fields import Choice, Email
from dialogs.form import Answers, Form, Step
from dialogs.forms.parts import (
    BORN_ON,
    DOCUMENT,
    DOCUMENT_KIND,
    ENP,
    FILER,
    NAME,
    PHONE,
    WHO,
    about_other,
)


def _by_mail(answers: Answers) -> bool:
    return answers.get("way") == "email"


FORM = Form(
    id="extract",
    version=1,
    steps=(
        WHO,
        NAME,
        BORN_ON,
        DOCUMENT_KIND,
        DOCUMENT,
        ENP,
        *FILER,
        Step("way", Choice("office", "email")),
        Step("email", Email(), when=_by_mail),
        PHONE,
    ),
    about=about_other,
)
