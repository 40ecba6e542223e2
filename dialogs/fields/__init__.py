"""Kinds of answers: each reads, checks, keeps as plain JSON and shows one kind."""

from dialogs.fields.base import Asking, Doubt, Field, More, Problem, Reading
from dialogs.fields.choice import Choice
from dialogs.fields.contact import Email, Phone
from dialogs.fields.day import FutureDate, IssueDate, PastDate
from dialogs.fields.documents import (
    DOCUMENTS,
    BirthCertificate,
    DocumentKind,
    DocumentNumber,
    Passport,
)
from dialogs.fields.insurer import Insurer
from dialogs.fields.names import FullName, NamePart
from dialogs.fields.numbers import Enp, Snils
from dialogs.fields.photos import Photos
from dialogs.fields.place import Address
from dialogs.fields.sex import Sex
from dialogs.fields.text import Text

__all__ = [
    "DOCUMENTS",
    "Address",
    "Asking",
    "BirthCertificate",
    "Choice",
    "DocumentKind",
    "DocumentNumber",
    "Doubt",
    "Email",
    "Enp",
    "Field",
    "FullName",
    "FutureDate",
    "Insurer",
    "IssueDate",
    "More",
    "NamePart",
    "Passport",
    "PastDate",
    "Phone",
    "Photos",
    "Problem",
    "Reading",
    "Sex",
    "Snils",
    "Text",
]
