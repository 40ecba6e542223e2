"""Numbers with a check digit: the policy's and the pension insurance's."""

import re

from dialogs.fields.base import Asking, Doubt, Field, Problem, Reading, said
from dialogs.fields.day import day_of
from dialogs.fields.vocabulary import is_among
from dialogs.identifiers import enp_is_valid, enp_says, snils_is_valid
from dialogs.incoming import Incoming, Said
from dialogs.json import Json
from dialogs.plain import digits


class Enp(Field):
    """The number of a policy, kept as 16 digits.

    ``birth`` and ``sex`` name the steps with the holder's birth date and sex: a number
    that says otherwise is doubted, never refused.
    """

    def __init__(self, birth: str = "", sex: str = "") -> None:
        self._birth = birth
        self._sex = sex

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read 16 digits however they are spaced; other numbers of a policy are named."""
        number = digits(said(incoming))
        match len(number):
            case 16:
                return self._judge(number, asking) if enp_is_valid(number) else Problem("enp.check")
            case 11:
                return Problem("enp.snils" if snils_is_valid(number) else "enp.blank")
            case 9:
                return Problem("enp.temporary")
            case 0:
                return Problem("enp")
        return Problem("enp.length")

    def again(self, value: Json, asking: Asking) -> Reading:
        """Compare the number with the birth date and the sex that the person now has."""
        return self.read(Said(self.show(value, asking)), asking)

    def accepts(self, value: Json) -> bool:
        """Tell whether these are 16 digits with their check digit."""
        return isinstance(value, str) and enp_is_valid(value)

    def show(self, value: Json, asking: Asking) -> str:
        """Write the digits by four."""
        del asking
        return " ".join(re.findall(r"[0-9]{4}", str(value)))

    def _judge(self, number: str, asking: Asking) -> Reading:
        says = enp_says(number)
        birth, sex = day_of(asking.answers.get(self._birth)), asking.answers.get(self._sex)
        if birth and (says is None or says.birth != birth):
            return Doubt(number, "enp.birth")
        if says and isinstance(sex, str) and sex != says.sex:
            return Doubt(number, "enp.sex")
        return number


class Snils(Field):
    """The number of pension insurance, kept as 11 digits; ``optional`` hears «нет»."""

    def __init__(self, *, optional: bool = False) -> None:
        self._optional = optional

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read 11 digits however they are spaced."""
        text = said(incoming)
        if self._optional and is_among(text, asking.words, "field.absent"):
            return None
        number = digits(text)
        match len(number):
            case 11:
                return number if snils_is_valid(number) else Problem("snils.check")
            case 16:
                return Problem("snils.enp")
            case 0:
                return Problem("snils")
        return Problem("snils.length")

    def accepts(self, value: Json) -> bool:
        """Tell whether these are 11 digits with their control number."""
        return isinstance(value, str) and snils_is_valid(value)

    def show(self, value: Json, asking: Asking) -> str:
        """Write the number as its card does."""
        del asking
        return re.sub(r"^(\d{3})(\d{3})(\d{3})(\d\d)$", r"\1-\2-\3 \4", str(value))
