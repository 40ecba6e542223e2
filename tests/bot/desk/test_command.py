"""`python -m bot staff`: accounts from a terminal, told in one line each."""

import re

import pytest

from bot.__main__ import main


@pytest.fixture
def staff(sqlite_url, monkeypatch, capsys):
    """Run a deed; returns its exit code and what it has said."""
    monkeypatch.delenv("POLIS_TEST_EVERYTHING", raising=False)  # no setting of the program's
    monkeypatch.setenv("POLIS_DATABASE_URL", sqlite_url)

    def run(*words):
        code = main(["staff", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_somebody_is_added_listed_changed_and_disabled(staff):
    code, said = staff(
        "add", "maria", "--role", "representative", "--region", "77", "--name", "М С"
    )
    assert code == 0
    assert re.search(r"one-time password [a-z0-9]{4}(-[a-z0-9]{4}){4}\n", said)
    assert re.fullmatch(r"maria +new +representative 77  М С\n", staff("list")[1])
    staff("change", "maria", "--role", "operator", "--role", "supervisor", "--region", "all")
    assert "operator,supervisor all" in staff("list")[1]
    staff("disable", "maria")
    assert "disabled" in staff("list")[1]
    staff("enable", "maria")
    assert "disabled" not in staff("list")[1]
    assert "one-time password" in staff("reset", "maria")[1]
    code, said = staff("verify-journal")
    assert (code, bool(re.search(r"whole: 5 lines; note 5:[0-9a-f]{64}", said))) == (0, True)


def test_a_telegram_user_is_named_for_one_account_and_taken_back(staff):
    staff("add", "maria")
    staff("add", "boris")
    assert staff("telegram", "maria", "123456789") == (0, "maria may answer in the forum\n")
    code, said = staff("telegram", "boris", "123456789")
    assert (code, "named for maria already" in said) == (2, True)
    assert "(Telegram 123456789)" in staff("list")[1]
    assert staff("telegram", "maria", "none") == (0, "maria answers in the forum no more\n")
    assert staff("telegram", "boris", "123456789")[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("telegram", "nobody", "17"), "nobody has the login nobody"),
        (("telegram", "maria", "@maria"), "is no Telegram user"),
        (("telegram", "maria", "0"), "is no Telegram user"),
        (("telegram", "maria", "9" * 30), "is no Telegram user"),
        (("add", "Мария"), "a login is a Latin letter"),
        (("add", "maria", "--role", "king"), "there is no role king"),
        (("add", "maria", "--region", "Москва"), "is no region"),
        (("reset", "nobody"), "nobody has the login nobody"),
        (("disable", "nobody"), "nobody has the login nobody"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line_and_changes_nothing(staff, words, told):
    code, said = staff(*words)
    assert (code, told in said) == (2, True)
    assert staff("list") == (0, "")


def test_a_login_is_taken_once(staff):
    staff("add", "maria")
    assert staff("add", "MARIA") == (2, "polis: the login maria is taken\n")


@pytest.mark.parametrize("words", [("--help",), ("add", "--help")])
def test_help_tells_what_there_is(staff, words, capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["staff", *words])
    assert "usage:" in capsys.readouterr().out
