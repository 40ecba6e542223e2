"""What may be stored: plain JSON."""

from typing import TypeAlias, Union

Json: TypeAlias = Union[None, bool, int, str, list["Json"], dict[str, "Json"]]
