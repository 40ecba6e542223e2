"""Files from a representative to a citizen: put beside the words, looked at, sent, kept."""

import asyncio
import json
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from aiohttp import FormData

from bot.assistant import turning
from bot.http import PAGE_HEADER
from bot.papers import Papers
from bot.takeover.leading import Representative
from tests.bot.desk.sitting import desk_of, hire, served
from tests.bot.desk.test_talks import KEY, led, say, staffed
from tests.drawings import PDF, document, encoded

PHOTO = encoded(document((600, 400)))
NAME = re.compile(r'name="file" value="(file-[\w-]+)"')


@pytest.fixture(autouse=True)
def _monday(clock):
    """Let it be a working day."""
    clock.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def put(sitting, address, content, *, csrf=None, script=True):
    """Put a file beside the words as the page does; returns (status, text)."""
    form = FormData()
    form.add_field("csrf", sitting.csrf if csrf is None else csrf)
    form.add_field(
        "file", BytesIO(content), filename="../../<script>.exe", content_type="text/html"
    )
    headers = {PAGE_HEADER: "1"} if script else {}
    asked = sitting.client.post(
        f"{address}/enclosed", data=form, headers=headers, allow_redirects=False
    )
    async with asked as answer:
        text = await answer.text()
        return answer.status, json.loads(text).get("message", "") if script else text


async def beside(sitting, address):
    """Read the names of the files beside the words."""
    return NAME.findall((await sitting.get(f"{address}/enclosed"))[1])


async def sent(store, chat="mother", channel="web"):
    """Read what the representative has said, with the documents."""
    async with store.look() as look:
        told = await look.told_after(channel, chat, 0, 99)
    return [(one.text, one.document, one.data) for one in told if one.voice == "representative"]


def papers(desk):
    """Give what channels have documents from; only files are asked for here."""
    return Papers(None, None, None, desk.safe, desk.assistant.attachments)


async def test_files_go_with_the_words_each_as_a_message_of_its_own(store, clock):
    """What they are their bytes tell; the citizen of this chat may open them, and nobody else."""
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await sitting.get(address)
        assert (await put(sitting, address, PHOTO))[0] == 200
        clock.wait(seconds=1)
        assert (await put(sitting, address, PDF))[0] == 200
        photo, paper = await beside(sitting, address)
        status, _, _ = await sitting.post(
            f"{address}/send",
            mode="citizen",
            text="Вот бланк",
            key=KEY,
            seen="99",
            file=[photo, paper],
        )
        assert status == 303
        assert await sent(store) == [
            ("Вот бланк", f"photo:{photo}", "document"),
            ("", f"paper:{paper}", "document"),
        ]
        assert await beside(sitting, address) == []
        shown = papers(desk)
        assert (await shown.picture("web", "mother", f"photo-{photo}")).startswith(b"\xff\xd8")
        assert await shown.document("web", "mother", f"paper:{paper}") == PDF
        assert await shown.document("web", "stranger", f"paper:{paper}") is None
        assert await shown.picture("web", "mother", f"photo:{paper}") is None
        assert f"files/{photo}" in (await sitting.get(address))[1]


async def test_words_are_not_needed_beside_a_file(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await sitting.get(address)
        await put(sitting, address, PDF)
        (paper,) = await beside(sitting, address)
        for _ in range(2):  # sent twice, it goes once
            status, _, _ = await sitting.post(
                f"{address}/send", mode="citizen", text="", key=KEY, seen="99", file=paper
            )
            assert status == 303
        assert await sent(store) == [("", f"paper:{paper}", "document")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90 a program", "Такой файл послать нельзя"),
        (PHOTO[:-900], "повреждён"),
        (PDF.replace(b"<<>>\nstartxref", b"<</Encrypt 5 0 R>>\nstartxref"), "паролем"),
        (b"", "выберите файл"),
        (b"%PDF-" + bytes(5 * 1024 * 1024), "больше 5 МБ"),
    ],
    ids=["kind", "broken", "locked", "none", "too large"],
)
async def test_what_cannot_be_sent_is_refused_with_the_reason(store, clock, content, said):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await sitting.get(address)
        status, text = await put(sitting, address, content)
        assert status in (409, 413)
        assert said in text
        assert await beside(sitting, address) == []


async def test_no_more_than_five_stand_beside_the_words(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await sitting.get(address)
        for _ in range(5):
            assert (await put(sitting, address, PDF))[0] == 200
        assert (await put(sitting, address, PDF))[0] == 409
        assert len(await beside(sitting, address)) == 5


async def test_two_windows_put_no_more_than_five_there_either(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await sitting.get(address)
        for _ in range(4):
            await put(sitting, address, PDF)
        answered = await asyncio.gather(*(put(sitting, address, PHOTO) for _ in range(3)))
        assert sorted(status for status, _ in answered) == [200, 409, 409]
        assert len(await beside(sitting, address)) == 5


async def test_a_file_of_another_dialog_is_never_sent_by_a_guessed_name(store, clock):
    """Nothing at all is said then, and the words stay on the page."""
    async with staffed(store, clock) as (desk, sitting):
        foreign = (await desk.safe.keep("web", "worker", PHOTO)).id
        address = await led(desk, sitting)
        await sitting.get(address)
        for name, status in ((foreign, 409), ("file-" + "x" * 22, 409), ("../secret", 400)):
            answered, text, _ = await sitting.post(
                f"{address}/send", mode="citizen", text="Вот", key=KEY, seen="99", file=name
            )
            assert answered == status
            assert status == 400 or "Вот" in text
        assert await sent(store) == []
        assert (await sitting.get(f"{address}/files/{foreign}"))[0] == 404


async def test_a_file_that_is_gone_is_said_to_be_gone_even_without_words(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await sitting.get(address)
        said = {"mode": "citizen", "text": "", "key": KEY, "seen": "99"}
        for more, told in (({"file": f"file-{'a' * 22}"}, "Одного из файлов"), ({}, "Пустое")):
            status, text, _ = await sitting.post(f"{address}/send", **said, **more)
            assert status == 409
            assert told in text


async def test_a_file_taken_out_is_gone_but_one_that_was_sent_stays(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await sitting.get(address)
        await put(sitting, address, PDF)
        (paper,) = await beside(sitting, address)
        assert (await sitting.post(f"{address}/enclosed/out", name=paper))[0] == 303
        assert await beside(sitting, address) == []
        assert await desk.safe.fetch("web", "mother", paper) is None

        await put(sitting, address, PDF)
        (paper,) = await beside(sitting, address)
        await desk.assistant.leading.reply(
            1, Representative("anna", "anna"), "Вот", seen=99, key=KEY, files=[paper]
        )  # a crash before the draft was cleared
        await sitting.post(f"{address}/enclosed/out", name=paper)
        assert await desk.safe.fetch("web", "mother", paper) is not None


async def test_what_stands_beside_the_words_outlives_a_restart_and_a_day(store, clock):
    """It has found its place, so nothing sweeps it away."""
    secret = ""
    names = []
    for day in range(2):
        desk = await desk_of(store, clock)
        async with turning(desk.assistant), served(desk) as browser:
            if not secret:
                _, secret = await hire(desk, "anna", "representative")
            sitting = browser()
            await sitting.sign_in("anna", secret)
            if day == 0:
                address = await led(desk, sitting)
                await sitting.get(address)
                await put(sitting, address, PHOTO)
                names = await beside(sitting, address)
                clock.wait(days=3)
                async with store.work() as work:
                    await work.forget_loose_files(clock(), 99)
            else:
                assert await beside(sitting, address) == names != []
                async with sitting.client.get(f"{address}/files/{names[0]}") as answer:
                    assert answer.status == 200


async def test_only_whoever_leads_puts_files_there_and_not_without_the_token(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        await say(desk, "mother", "позовите человека")
        await sitting.get("/desk/talks/1")
        assert (await put(sitting, "/desk/talks/1", PDF))[0] == 409
        assert (await put(sitting, "/desk/talks/1", PDF, csrf="0" * 64))[0] == 403


async def test_without_scripts_a_file_is_put_there_by_a_form(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await sitting.get(address)
        assert (await put(sitting, address, PDF, script=False))[0] == 303
        text = (await sitting.get(address))[1]
        assert NAME.search(text)
        status, page = await put(sitting, address, b"MZ", script=False)
        assert status == 409
        assert 'role="alert"' in page


async def test_where_personal_data_may_not_go_the_guard_says_that_a_link_will(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        object.__setattr__(desk, "uncleared", frozenset({"web"}))
        address = await led(desk, sitting)
        await sitting.get(address)
        await put(sitting, address, PDF)
        _, told, _ = await sitting.post(f"{address}/compose", script=True, mode="citizen", text="")
        assert "ссылка" in json.loads(told)["warnings"][0]
