"""`python -m bot check`: every fault of the words, answers and facts is named for an editor."""

import re
import shutil
from datetime import date

import pytest

from bot.__main__ import main
from bot.check import check
from bot.library import BadLibrary
from bot.texts import LOCALES

TODAY = date(2026, 11, 22)


@pytest.fixture
def edited(tmp_path):
    """Copy the texts; edit one file of them; list the faults."""
    locales = tmp_path / "locales"
    shutil.copytree(LOCALES, locales)

    def edit(file, change=None, today=TODAY):
        path = locales / file
        if change is None:
            path.unlink()
        else:
            path.write_text(change(path.read_text("utf-8")), "utf-8")
        return check(today, locales)

    return edit


def test_the_texts_of_this_release_have_no_faults():
    assert check(TODAY) == []


def test_order_is_told_with_exit_code_0_and_faults_with_1(capsys):
    assert main(["check", "--today", TODAY.isoformat()]) == 0
    assert "in order" in capsys.readouterr().out
    assert main(["check", "--today", "2000-01-01"]) == 1
    assert "faults" in capsys.readouterr().out


def adding(text):
    return lambda was: f"{was.rstrip()}\n{text}\n"


def putting(pattern, new):
    def change(was):
        now, count = re.subn(pattern, new, was, count=1, flags=re.MULTILINE | re.DOTALL)
        assert count, pattern
        return now

    return change


@pytest.mark.parametrize(
    ("file", "change", "named"),
    [
        ("en/faq/loss.md", None, r"en/faq/loss\.md: missing"),
        ("en/faq/loss.txt", None, r"en/faq/loss\.txt: missing"),
        ("ru/faq/loss.txt", lambda _: "утеря\n", r"ru/faq/loss\.txt: fewer than"),
        ("ru/faq/loss.md", adding("Звоните {nobody}."), r"unknown placeholder: \{nobody\}"),
        ("ru/faq/loss.md", adding("Звоните {phone."), "braces do not match"),
        ("ru/faq/loss.md", adding("очень " * 1000), "longer than"),
        ("ru/LC_MESSAGES/bot.po", adding('msgid "nowhere.used"\nmsgstr "Слово"'), "unused"),
        ("en/LC_MESSAGES/bot.po", putting(r'msgid "apology"\n.*?\n\n', ""), "missing: apology"),
        ("facts.toml", putting(r"^checked = .*?$", "checked = 2030-01-01"), "a day to come"),
        ("facts.toml", putting(r"^since = .*?$", "since = 2019-01-01\nuntil = 2018-01-01"), "ends"),
        (
            "facts.toml",
            putting(r"^sources = .*?$", 'sources = ["nobody"]'),
            "no such source: nobody",
        ),
    ],
)
def test_a_fault_is_named_with_its_file(edited, file, change, named):
    faults = edited(file, change)
    assert any(re.search(named, fault) for fault in faults), faults


def test_a_phrase_of_two_topics_is_a_fault(edited):
    lines = (LOCALES / "ru/faq/loss.txt").read_text("utf-8").splitlines()
    phrase = next(line for line in lines if line and not line.startswith("#"))
    faults = edited("ru/faq/erz.txt", adding(phrase))
    assert any("stands in faq/" in fault for fault in faults), faults


def test_an_expired_fact_still_served_is_a_fault(edited):
    faults = edited("facts.toml", putting(r"^since = (.*?)$", r"since = \1\nuntil = 2026-11-21"))
    assert any("expired on 2026-11-21" in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("facts.toml", adding("[")),
        ("facts.toml", putting(r"^sources = .*?$", "sources = []")),
        ("facts.toml", putting(r"^checked = .*?$", "")),
        ("ru/faq/loss.md", lambda _: ""),
    ],
)
def test_what_cannot_be_read_at_all_is_refused_with_its_name(edited, file, change):
    with pytest.raises(BadLibrary, match=file.rpartition("/")[2].partition(".")[0]):
        edited(file, change)
