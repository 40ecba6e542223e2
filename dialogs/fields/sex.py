"""Sex, as documents have it."""

from dialogs.fields.base import Asking, Reading, said
from dialogs.fields.choice import Choice
from dialogs.fields.vocabulary import meanings
from dialogs.incoming import Incoming
from dialogs.reading import fold


class Sex(Choice):
    """``female`` or ``male``; the labels are the step's own."""

    personal = True

    def __init__(self) -> None:
        super().__init__("female", "male")

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Understand «ж», «мужской», «сын» and the like."""
        sex = meanings(asking.words, "field.sexes").get(fold(said(incoming)))
        return sex or super().read(incoming, asking)
