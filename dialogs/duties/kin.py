"""Whose change it may be when it is not one's own; published names, in buttons and sessions."""

from typing import Final

KIN: Final = ("child", "daughter", "son", "mother", "father", "wife", "husband", "other")
