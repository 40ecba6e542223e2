"""Files are collected one by one; a photo that nobody can read is doubted, and may be kept."""

from dataclasses import replace

import pytest

from dialogs.fields import Doubt, More, Photos, Problem
from dialogs.incoming import Attached, FileSent, Said
from tests.dialogs.fields.asked import asking

FIELD = Photos(at_most=2)


def photo(name="f1", *flaws):
    return Attached((FileSent(name, "image/jpeg", 1000, flaws),))


def test_files_are_collected_until_there_are_enough():
    assert FIELD.read(photo("f1"), asking()) == More(["f1"])
    assert FIELD.read(photo("f2"), replace(asking(), so_far=["f1"])) == ["f1", "f2"]


@pytest.mark.parametrize(
    ("flaws", "told"),
    [(("dark",), "dark"), (("blurred",), "blurred"), (("blurred", "dark"), "dark")],
)
def test_a_photo_that_cannot_be_read_is_doubted_with_its_fault(flaws, told):
    assert FIELD.read(photo("f1", *flaws), asking()) == Doubt(["f1"], told)


def test_a_kept_photo_counts_and_more_may_follow():
    assert FIELD.kept(["f1"]) == More(["f1"])
    assert FIELD.kept(["f1", "f2"]) == ["f1", "f2"]


@pytest.mark.parametrize("incoming", [Said("вот"), photo("")])
def test_what_is_no_kept_file_is_refused(incoming):
    assert FIELD.read(incoming, asking()) == Problem("photo")


def test_the_collection_ends_when_there_is_something_in_it():
    assert FIELD.chosen("done", replace(asking(), so_far=["f1"])) == ["f1"]
    assert FIELD.chosen("done", asking()) == Problem("photo")
