"""Files of people: fetched whole, or said why not."""

import pytest

from bot.channels.base import LARGEST_FILE, FileRef, Undelivered, UnfitFile
from tests.kit.checks.asking import picture


async def sent(server, desk, content, kind="application/pdf"):
    """Let somebody send a file; return it as it arrived."""
    server.document("anna", "файл.pdf", content, kind)
    await desk.until(1)
    return desk.taken[0].files[0]


async def test_a_file_is_fetched_whole(server, desk, polling, telegram):
    content = b"%PDF-1.7 " + bytes(range(256)) * 1000
    assert await telegram.fetch(await sent(server, desk, content)) == content
    assert server.violations == []


async def test_a_photo_is_fetched_in_its_largest_size(server, desk, polling, telegram):
    content = picture(1280, 960)
    server.album("anna", content, content, caption="паспорт")
    await desk.until(2)
    first, second = desk.taken
    assert first.album == second.album != ""
    assert await telegram.fetch(second.files[0]) == content


@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
async def test_a_file_above_the_limit_is_not_fetched(server, desk, polling, telegram, told):
    """Nor is it read to its end where its size was not told."""
    file = await sent(server, desk, b"%PDF" + bytes(LARGEST_FILE))
    with pytest.raises(UnfitFile) as unfit:
        await telegram.fetch(file if told else FileRef(file.id, file.kind))
    assert unfit.value.problem == "too_large"
    assert "file" not in {call.name for call in server.calls}


async def test_a_file_that_telegram_gives_no_bot_is_too_large(server, desk, polling, telegram):
    file = await sent(server, desk, bytes(20 * 1024 * 1024 + 1))
    with pytest.raises(UnfitFile) as unfit:
        await telegram.fetch(FileRef(file.id, file.kind))
    assert unfit.value.problem == "too_large"


async def test_a_file_that_is_no_more_is_broken(telegram, server):
    with pytest.raises(UnfitFile) as unfit:
        await telegram.fetch(FileRef("document-99", "application/pdf"))
    assert unfit.value.problem == "broken"


@pytest.mark.parametrize("fault", ["cut_before", "500", "502"])
@pytest.mark.parametrize("call", ["getFile", "file"])
async def test_a_file_that_breaks_off_is_fetched_later(
    server, desk, polling, telegram, call, fault
):
    """The words of the failure do not tell the address: it has the token."""
    file = await sent(server, desk, b"%PDF-1.7")
    twice = (call, fault) == ("file", "cut_before")  # the client itself repeats what is safe
    server.fail(fault, 2 if twice else 1, call)
    with pytest.raises(Undelivered) as failed:
        await telegram.fetch(file)
    assert server.token not in str(failed.value)
    assert failed.value.__cause__ is None
    assert await telegram.fetch(file) == b"%PDF-1.7"
