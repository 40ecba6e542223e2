"""Settings: what may be given, and what stops the start with a readable line."""

import pytest

from bot.settings import BadSettings, read_settings

SECRET = "sixteen letters!"


@pytest.fixture
def dotenv(tmp_path):
    """Name a `.env` file that is not there yet."""
    return tmp_path / ".env"


def test_a_newcomer_needs_none(dotenv):
    settings = read_settings({}, dotenv)
    assert settings.database_url.startswith("sqlite:///")
    assert settings.address == "http://127.0.0.1:8080"
    assert settings.channel_names == ("web",)
    assert settings.organisation_file.is_file()


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"POLIS_HTTP_PORT": "9000"}, "address", "http://127.0.0.1:9000"),
        ({"POLIS_HTTP_HOST": "0.0.0.0"}, "address", "http://0.0.0.0:8080"),
        ({"POLIS_PUBLIC_URL": "https://polis.example/"}, "address", "https://polis.example"),
        ({"POLIS_CHANNELS": " web , web"}, "channel_names", ("web", "web")),
        ({"POLIS_DEMO": "1"}, "demo", 1),
        ({"POLIS_HISTORY_DAYS": "30"}, "history_days", 30),
        ({"POLIS_SECRET": SECRET}, "secret", SECRET),
        ({"OTHER": "x", "PATH": "/bin"}, "demo", 0),
    ],
)
def test_what_is_given_is_taken(dotenv, given, field, value):
    assert getattr(read_settings(given, dotenv), field) == value


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"POLIS_COLOUR": "red"}, "POLIS_COLOUR"),
        ({"POLIS_HTTP_PORT": "many"}, "POLIS_HTTP_PORT"),
        ({"POLIS_HTTP_PORT": "0"}, "POLIS_HTTP_PORT"),
        ({"POLIS_HTTP_PORT": "70000"}, "POLIS_HTTP_PORT"),
        ({"POLIS_DEMO": "2"}, "POLIS_DEMO"),
        ({"POLIS_HISTORY_DAYS": "0"}, "POLIS_HISTORY_DAYS"),
        ({"POLIS_CHANNELS": "web,pigeon"}, "pigeon"),
        ({"POLIS_CHANNELS": " , "}, "POLIS_CHANNELS"),
        ({"POLIS_PUBLIC_URL": "polis.example"}, "POLIS_PUBLIC_URL"),
        ({"POLIS_ORGANISATION": "/nowhere.toml"}, "POLIS_ORGANISATION"),
        ({"POLIS_SECRET": "short"}, "POLIS_SECRET"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_line(dotenv, given, words):
    with pytest.raises(BadSettings) as told:
        read_settings(given, dotenv)
    assert words in str(told.value)
    assert len(str(told.value).splitlines()) == 1


def test_a_file_gives_settings_and_the_environment_has_the_last_word(dotenv):
    dotenv.write_text(f"POLIS_HTTP_PORT=9000\nPOLIS_SECRET='{SECRET}'\n# a remark\nOTHER=1\n")
    settings = read_settings({"POLIS_HTTP_PORT": "9001"}, dotenv)
    assert (settings.http_port, settings.secret) == (9001, SECRET)


@pytest.mark.parametrize("content", [b"POLIS_COLOUR=red\n", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_used_is_refused(dotenv, content):
    dotenv.write_bytes(content)
    with pytest.raises(BadSettings):
        read_settings({}, dotenv)


def test_a_refused_secret_is_not_repeated(dotenv):
    with pytest.raises(BadSettings) as told:
        read_settings({"POLIS_SECRET": "tell-nobody"}, dotenv)
    assert "tell-nobody" not in str(told.value)


def test_settings_show_nothing_when_printed(dotenv):
    url = "postgresql://polis:tell-nobody@db/polis"
    settings = read_settings({"POLIS_SECRET": SECRET, "POLIS_DATABASE_URL": url}, dotenv)
    for shown in (repr(settings), str(settings), f"{settings}"):
        assert SECRET not in shown
        assert "tell-nobody" not in shown
