"""The forms of the assistant, by id; an explicit table."""

from collections.abc import Mapping

from dialogs.form import Form

FORMS: Mapping[str, Form] = {}

PUBLISHED = frozenset({"loss", "relocation", "smo_change", "newborn", "data_update", "extract"})
"""Ids that topics may offer; the button shows once the form is in the table."""
