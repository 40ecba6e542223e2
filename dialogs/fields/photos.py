"""Files."""

from dialogs.fields.base import Asking, Doubt, Field, More, Problem, Reading
from dialogs.incoming import Attached, Incoming
from dialogs.json import Json


class Photos(Field):
    """Up to ``at_most`` files, ended by the choice ``done``; kept as a list of their ids."""

    collects = True

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Collect files until there are enough; a photo that nobody can read is doubted."""
        if not isinstance(incoming, Attached) or not all(file.id for file in incoming.files):
            return Problem("photo")
        files = [*_files(asking.so_far), *(file.id for file in incoming.files)]
        flaws = {flaw for file in incoming.files for flaw in file.flaws}
        if "dark" in flaws:
            return Doubt(list(files), "dark")
        if "blurred" in flaws:
            return Doubt(list(files), "blurred")
        return self.kept(list(files))

    def kept(self, doubted: Json) -> Reading:
        """Go on collecting, unless there are enough now."""
        files = _files(doubted)
        return list(files) if len(files) >= self._at_most else More(list(files))

    def accepts(self, value: Json) -> bool:
        """Tell whether this is a list of files of a fitting length."""
        return isinstance(value, list) and 0 < len(value) <= self._at_most

    def show(self, value: Json, asking: Asking) -> str:
        """Say how many there are."""
        return asking.words("form.files", count=len(_files(value)))

    def choices(self) -> tuple[str, ...]:
        """Offer to end the collection."""
        return ("done",)

    def chosen(self, value: str, asking: Asking) -> Reading:
        """End the collection, if there is something in it."""
        files = _files(asking.so_far)
        return list(files) if value == "done" and files else Problem("photo")


def _files(value: Json) -> list[str]:
    return [str(file) for file in value] if isinstance(value, list) else []
