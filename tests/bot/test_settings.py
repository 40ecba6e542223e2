"""Settings: what may be given, and what stops the start with a readable line."""

import pytest

from bot.environment import read_settings
from bot.lawfulness import law
from bot.settings import BadSettings

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
        ({"POLIS_CHANNELS": " web , web"}, "channel_names", ("web",)),
        ({"POLIS_DEMO": "1"}, "demo", 1),
        ({"POLIS_HISTORY_DAYS": "30"}, "history_days", 30),
        ({"POLIS_RECORDS_DAYS": "3650"}, "records_days", 3650),
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


TELEGRAM = {
    "POLIS_CHANNELS": "web,telegram",
    "POLIS_TELEGRAM_TOKEN": "42:abc-DEF_1",
    "POLIS_PUBLIC_URL": "https://polis.example",
}
WHATSAPP = {
    "POLIS_CHANNELS": "web,whatsapp",
    "POLIS_WHATSAPP_TOKEN": "t",
    "POLIS_WHATSAPP_PHONE_NUMBER_ID": "1",
    "POLIS_WHATSAPP_APP_SECRET": "s",
    "POLIS_WHATSAPP_VERIFY_TOKEN": "v",
    "POLIS_PUBLIC_URL": "https://polis.example",
}
MAX = {
    "POLIS_CHANNELS": "max",
    "POLIS_MAX_TOKEN": "t",
    "POLIS_MAX_MODE": "webhook",
    "POLIS_MAX_WEBHOOK_SECRET": "secret_1",
    "POLIS_PUBLIC_URL": "https://polis.example",
}


@pytest.mark.parametrize(
    ("given", "webhooks"),
    [
        (TELEGRAM, {"telegram": ""}),
        (
            TELEGRAM
            | {"POLIS_TELEGRAM_MODE": "webhook", "POLIS_TELEGRAM_WEBHOOK_SECRET": "a_b-C1"},
            {"telegram": "https://polis.example/telegram/webhook"},
        ),
        (WHATSAPP, {"whatsapp": "https://polis.example/whatsapp/webhook"}),
        (MAX, {"max": "https://polis.example/max/webhook"}),
    ],
)
def test_a_messenger_is_polled_or_calls_us(dotenv, given, webhooks):
    settings = read_settings(given, dotenv)
    assert {name: settings.webhook(name) for name in webhooks} == webhooks


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (TELEGRAM | {"POLIS_TELEGRAM_TOKEN": ""}, "POLIS_TELEGRAM_TOKEN is missing"),
        (TELEGRAM | {"POLIS_TELEGRAM_TOKEN": "abc"}, "BotFather"),
        (TELEGRAM | {"POLIS_TELEGRAM_FORUM": "1234567890"}, "its id begins with -100"),
        (TELEGRAM | {"POLIS_TELEGRAM_FORUM": "our group"}, "POLIS_TELEGRAM_FORUM"),
        (MAX | {"POLIS_TELEGRAM_FORUM": "-1001234567890"}, "does not name telegram"),
        (TELEGRAM | {"POLIS_TELEGRAM_MODE": "pull"}, "POLIS_TELEGRAM_MODE"),
        (TELEGRAM | {"POLIS_TELEGRAM_MODE": "webhook"}, "POLIS_TELEGRAM_WEBHOOK_SECRET"),
        (
            TELEGRAM
            | {"POLIS_TELEGRAM_MODE": "webhook", "POLIS_TELEGRAM_WEBHOOK_SECRET": "секрет"},
            "letters",
        ),
        (
            MAX | {"POLIS_PUBLIC_URL": "http://polis.example"},
            "POLIS_PUBLIC_URL, which must begin with https://",
        ),
        (WHATSAPP | {"POLIS_WHATSAPP_APP_SECRET": ""}, "POLIS_WHATSAPP_APP_SECRET"),
        (WHATSAPP | {"POLIS_WHATSAPP_GRAPH_VERSION": "26"}, "v26.0"),
        (WHATSAPP | {"POLIS_WHATSAPP_API_URL": "graph"}, "POLIS_WHATSAPP_API_URL"),
        (MAX | {"POLIS_MAX_TOKEN": ""}, "POLIS_MAX_TOKEN"),
        (MAX | {"POLIS_PERSONAL_DATA_MAX": "link"}, "does not name web"),
        ({"POLIS_PERSONAL_DATA_WEB": "link"}, "POLIS_PERSONAL_DATA_WEB"),
        ({"POLIS_PERSONAL_DATA_TELEGRAM": "maybe"}, "POLIS_PERSONAL_DATA_TELEGRAM"),
    ],
)
def test_messengers_that_cannot_work_so_are_named_in_one_line(dotenv, given, words):
    with pytest.raises(BadSettings) as told:
        read_settings(given, dotenv)
    assert words in str(told.value)
    assert len(str(told.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, []),
        (MAX, []),
        (TELEGRAM, ["Telegram"]),
        (TELEGRAM | {"POLIS_PERSONAL_DATA_TELEGRAM": "link"}, []),
        (TELEGRAM | WHATSAPP | {"POLIS_CHANNELS": "telegram,whatsapp"}, ["Telegram", "WhatsApp"]),
    ],
)
def test_a_start_that_lets_personal_data_into_a_foreign_messenger_names_the_law(
    dotenv, given, named
):
    told = law(read_settings(given, dotenv))
    assert [name for name in ("Telegram", "WhatsApp", "MAX") if name in "".join(told)] == named
    assert len(told) == bool(named)


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
