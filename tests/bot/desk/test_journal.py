"""The journal as people meet it: deeds and views in it, its chain, its export."""

import csv
import io
import json
import re

import pytest
from sqlalchemy import text

from bot.desk.chain import journal_chain, verify
from bot.desk.masking import masked_document, masked_enp, masked_phone, masked_snils
from bot.sealing import Seal
from bot.settings import BadSettings
from tests.bot.desk.sitting import KEYS, hire, words_of
from tests.people import person
from tests.storage.given import asking

DROP = "DROP TRIGGER desk_journal_no_update"
DROP_DELETE = "DROP TRIGGER desk_journal_no_delete"


async def _boss(desk, browser, *roles):
    _, secret = await hire(desk, "boss", *(roles or ("administrator",)))
    sitting = browser()
    await sitting.sign_in("boss", secret)
    return sitting


async def _lines(desk):
    async with desk.store.look() as look:
        return [
            (line.login, line.deed, line.about, line.purpose)
            for line in await look.journal_after(0, 100)
        ]


async def _insured(desk):
    async with desk.store.work() as work:
        await work.keep_insured([person()])
        return await work.insured_by_enp(person().enp)


async def test_a_look_at_personal_data_is_written_down_with_its_purpose(desk, browser):
    sitting = await _boss(desk, browser, "representative")
    known = await _insured(desk)
    what = f"insured:{known.id}:enp"
    fields = {"what": what, "purpose": "complaint", "words": "звонок 14:02"}
    status, answer, _ = await sitting.post("/desk/reveal", script=True, **fields)
    assert (status, json.loads(answer)) == (200, {"value": known.enp})
    assert (await _lines(desk))[-1] == (
        "boss",
        "personal_revealed",
        what,
        "complaint: звонок 14:02",
    )


@pytest.mark.parametrize(
    "fields",
    [{}, {"purpose": "curiosity"}, {"purpose": "other"}, {"purpose": "other", "words": " "}],
)
async def test_without_a_purpose_nothing_is_shown_and_nothing_is_written(desk, browser, fields):
    sitting = await _boss(desk, browser, "representative")
    known = await _insured(desk)
    before = await _lines(desk)
    what = f"insured:{known.id}:snils"
    status, answer, _ = await sitting.post("/desk/reveal", what=what, **fields)
    assert (status, known.snils in answer) == (400, False)
    assert await _lines(desk) == before


@pytest.mark.parametrize(
    "what", ["", "insured", "insured:1", "insured:x:enp", "insured:1:barcode", "staff:1:password"]
)
async def test_what_no_reference_leads_to_is_not_found(desk, browser, what):
    sitting = await _boss(desk, browser, "representative")
    await _insured(desk)
    assert (await sitting.post("/desk/reveal", what=what, purpose="check"))[0] == 404


async def test_without_script_a_page_asks_and_shows(desk, browser):
    sitting = await _boss(desk, browser, "representative")
    known = await _insured(desk)
    what = f"insured:{known.id}:phone"
    _, page, _ = await sitting.get("/desk/reveal", params={"what": what, "from": "/desk/x"})
    assert known.phone not in page
    assert "Запись об этом останется в журнале" in words_of(page)
    status, page, headers = await sitting.post(
        "/desk/reveal", what=what, purpose="check", **{"from": "/desk/x"}
    )
    assert (status, known.phone in page, 'href="/desk/x"' in page) == (200, True, True)
    assert headers["Cache-Control"] == "no-store"


async def test_refusals_are_written_down_without_what_was_typed(desk, browser):
    await hire(desk, "maria", "representative")
    for login in ("maria", "my-password-in-the-wrong-field"):
        sitting = browser()
        await sitting.get("/desk/signin")
        await sitting.post("/desk/signin", login=login, password="not it at all")
    told = await _lines(desk)
    assert [line[:2] for line in told] == [("maria", "sign_in_refused"), ("?", "sign_in_refused")]


async def test_whole_is_called_whole_and_its_mark_is_told(desk, browser):
    sitting = await _boss(desk, browser)
    await sitting.get("/desk/journal")
    status, page, _ = await sitting.post("/desk/journal/verify")
    assert (status, "Цепочка цела" in words_of(page)) == (200, True)
    async with desk.store.look() as look:
        first = (await look.journal_after(0, 1))[0]
    assert f"1:{first.mac}" in page


@pytest.mark.parametrize(
    ("change", "broken_at"),
    [
        ("UPDATE desk_journal SET purpose = 'nothing' WHERE number = 3", 3),
        ("UPDATE desk_journal SET at = at + 1 WHERE number = 1", 1),
        ("DELETE FROM desk_journal WHERE number = 2", 2),
        ("DELETE FROM desk_journal WHERE number = 5", 5),
        ("UPDATE desk_journal SET number = 9 WHERE number = 5", 5),
        ("UPDATE desk_journal_head SET number = 7, mac = 'x'", 6),
    ],
)
async def test_whatever_is_changed_past_the_program_shows(
    desk, migrated_sqlite_url, clock, change, broken_at
):
    async with desk.store.work() as work:
        entries = [("maria", "personal_revealed", f"insured:{n}:enp", "check") for n in range(5)]
        await work.write_journal(desk.chain, entries, clock())
    assert (await verify(desk.store, desk.chain)).broken_at is None
    async with asking(migrated_sqlite_url) as ask:
        for statement in (DROP, DROP_DELETE, change):
            await ask(lambda connection, s=statement: connection.execute(text(s)))
    assert (await verify(desk.store, desk.chain)).broken_at == broken_at


async def test_an_export_holds_every_line_and_no_formula(desk, browser):
    sitting = await _boss(desk, browser)
    async with desk.store.work() as work:
        entry = ("boss", "personal_revealed", "=cmd|' /C calc'!A0", "other: +1")
        await work.write_journal(desk.chain, [entry], desk.clock())
    await sitting.get("/desk/journal")
    _, table, headers = await sitting.post("/desk/journal/export", **{"as": "csv"})
    assert headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    _, told, _ = await sitting.post("/desk/journal/export", **{"as": "json"})
    lines = json.loads(told)["lines"]
    assert [line["deed"] for line in lines] == [
        "signed_in",
        "personal_revealed",
        "journal_exported",
        "journal_exported",
    ]
    assert [row["mac"] for row in rows] == [line["mac"] for line in lines[:3]]
    assert rows[1]["about"].startswith("'=")
    async with desk.store.look() as look:
        assert (await look.journal_head())[1] == lines[-1]["mac"]
    assert (await sitting.post("/desk/journal/export", **{"as": "exe"}))[0] == 400


async def test_the_journal_is_paged_and_searched(desk, browser):
    sitting = await _boss(desk, browser)
    async with desk.store.work() as work:
        entries = [("ivan", "personal_revealed", f"insured:{n}:enp", "check") for n in range(120)]
        await work.write_journal(desk.chain, entries, desk.clock())
    numbers, path = [], "/desk/journal?login=ivan"
    while path:
        _, page, _ = await sitting.get(path)
        numbers += re.findall(r'<tr><td class="number">(\d+)</td>', page)
        more = re.search(r'class="button small" href="([^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else ""
    assert numbers == [str(number) for number in range(121, 1, -1)]
    _, page, _ = await sitting.get("/desk/journal", params={"about": "insured:7:enp"})
    assert re.findall(r'<tr><td class="number">(\d+)</td>', page) == ["9"]


async def test_the_key_of_the_journal_follows_the_newest_key_of_the_settings(store):
    first = await journal_chain(store, Seal(["a" * 32]))
    assert await journal_chain(store, Seal(["b" * 32, "a" * 32])) == first
    assert await journal_chain(store, Seal(["b" * 32])) == first
    with pytest.raises(BadSettings, match="no key opens the journal"):
        await journal_chain(store, Seal(KEYS))


def test_masks_show_enough_to_know_again_and_too_little_to_use():
    assert masked_enp("9956410892000015") == "•••• •••• •••• 0015"
    assert masked_snils("112-233-445 95") == "•••-•••-••5 95"
    assert masked_document("4510 123456") == "•••• ••••56"
    assert masked_document("II-МЮ № 700123") == "••-•• № ••••23"
    assert masked_phone("+79000000001") == "+7 ••• •••-••-01"
    assert {masked_enp(""), masked_snils(""), masked_phone("")} == {"••••"}
