"""The forms of the assistant, by id; an explicit table."""

from collections.abc import Mapping

from dialogs.form import Form
from dialogs.forms import data_update, extract, loss, newborn, relocation, smo_change

FORMS: Mapping[str, Form] = {
    form.id: form
    for form in (
        loss.FORM,
        relocation.FORM,
        smo_change.FORM,
        newborn.FORM,
        data_update.FORM,
        extract.FORM,
    )
}
