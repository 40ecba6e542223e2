"""A photo that nothing is wrong with."""

from typing import Final

from tests.drawings import document, encoded

PHOTO: Final = encoded(document((1200, 900)))
