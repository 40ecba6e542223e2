"""The forms of the assistant, by id; an explicit table."""

from collections.abc import Mapping

from dialogs.form import Form

FORMS: Mapping[str, Form] = {}
