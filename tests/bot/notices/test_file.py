"""A notice in a file: the page that describes it is right, and leaves nothing out."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import structs

from bot.notices.file import _File, _Text, _To, read_notice
from dialogs.notices.content import Conditions
from tests.bot.notices.house import house

PAGE = Path(__file__).parents[3] / "docs" / "notices.md"


async def test_the_file_of_the_page_is_taken_and_names_all_that_a_file_may_say(
    store, clock, tmp_path
):
    (told,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    file = tmp_path / "notice.toml"
    file.write_text(told, "utf-8")
    content = read_notice(file, ZoneInfo("Europe/Moscow"))
    named = set(re.findall(r"^\[?(\w+)", told, re.MULTILINE))
    fields = {one.name for part in (_File, _Text, _To) for one in structs.fields(part)}
    assert fields == named - {"ru"}
    for name in structs.fields(Conditions):
        assert getattr(content.audience, name.name) not in ((), None, False)
    it = await house(store, clock, "telegram", "max")
    faults = it.notices.planning.faults(content, clock())
    # What templates there are is the organisation's to say; that of the tests names none.
    assert [(one.key, one.where) for one in faults] == [("template", "news")]
