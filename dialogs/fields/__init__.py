"""Kinds of answers: each reads, checks, keeps as plain JSON and shows one kind."""

from dialogs.fields.base import Asking, Doubt, Field, More, Problem, Reading
from dialogs.fields.choice import Choice
from dialogs.fields.day import PastDate
from dialogs.fields.photos import Photos
from dialogs.fields.text import Text

__all__ = [
    "Asking",
    "Choice",
    "Doubt",
    "Field",
    "More",
    "PastDate",
    "Photos",
    "Problem",
    "Reading",
    "Text",
]
