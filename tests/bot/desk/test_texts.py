"""Search in messages over HTTP: words in any form, by region, and back to the place."""

import re
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.assistant import turning
from bot.desk.people import roots
from storage.talk_schema import talk as talks
from tests.bot.desk.sitting import desk_of, words_of
from tests.bot.desk.test_talks import KEY, led, say, staffed
from tests.storage.given import asking


@pytest.fixture(autouse=True)
def _monday(clock):
    """Let it be a working day."""
    clock.now = clock.now.replace(day=23)


@asynccontextmanager
async def turning_desk(store, clock):
    """Let citizens write at a moment when nobody sits at the desk."""
    desk = await desk_of(store, clock)
    async with turning(desk.assistant):
        yield desk


async def seek(sitting, words, **more):
    """Look for words; returns (status, the links found, the page)."""
    status, text, _ = await sitting.post("/desk/search/texts", words=words, **more)
    return status, re.findall(r'href="(/desk/talks/[^"]+#m\d+)"', text), text


@pytest.mark.parametrize(
    ("typed", "said", "is_found"),
    [
        ("жалоба", "Хочу написать жалобу на больницу", True),
        ("больница жалобы", "ЖАЛОБЫ нет, больницей доволен", True),
        ("ребёнок", "у меня ребенка прикрепили", True),
        ("ребенок", "Ребёнку три года", True),
        ("refused", "They refuse to treat me", True),
        ("УЗИ", "Направили на узи в другую поликлинику", True),
        ("эко больница", "В какой больнице делают ЭКО?", True),
        ("эко больница", "Доволен больницей", False),
        ("жалоба врач", "жалоба на регистратуру", False),
        ("лис", "потеряла полис", False),
    ],
)
def test_words_are_found_in_any_form_and_from_their_beginning(typed, said, is_found):
    sought = roots.read(typed)
    assert sought
    assert roots.holds(said, sought) == is_found
    if is_found:  # what the database is asked for never misses what is found
        assert all(any(one in said for one in root.spellings) for root in sought)


@pytest.mark.parametrize("typed", ["", "  ", "на", "112-233-445 95", "9956410892000015", "а б"])
def test_numbers_and_short_words_are_not_looked_for(typed):
    assert roots.read(typed) == ()


def test_an_excerpt_marks_what_was_found_and_is_short():
    text = "до " * 100 + "жалоба" + " после" * 100
    parts = roots.excerpt(text, roots.read("жалобой"))
    assert [one.text for one in parts if one.is_found] == ["жалоба"]
    assert sum(len(one.text) for one in parts) < 260


async def test_a_message_is_found_and_leads_to_its_place_in_the_dialog(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        await say(desk, "mother", "в поликлинике отказали в прививке")
        for number in range(70):
            await say(desk, "mother", f"вопрос {number}")
        address = await led(desk, sitting)
        await sitting.get("/desk/search/texts")
        status, (link,), text = await seek(sitting, "прививка отказ")
        assert status == 200
        assert "<mark>отказали</mark>" in text
        status, page, _ = await sitting.get(link.partition("#")[0])
        assert status == 200
        assert f'id="{link.partition("#")[2]}"' in page
        assert "К последним сообщениям" in page
        assert address in link


async def test_what_a_representative_said_is_found_but_not_what_the_assistant_says(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await led(desk, sitting)
        await sitting.post(
            f"{address}/send", mode="citizen", text="Приходите в офис", key=KEY, seen="99"
        )
        await sitting.get("/desk/search/texts")
        assert len((await seek(sitting, "офисы"))[1]) == 1
        assert (await seek(sitting, "помощник"))[1] == []


async def test_of_foreign_regions_nothing_is_found(store, clock, migrated_sqlite_url):
    async with staffed(store, clock, regions=("77",)) as (desk, sitting):
        await say(desk, "mother", "жалоба на врача", "позовите человека")
        await sitting.get("/desk/search/texts")
        assert (await seek(sitting, "жалоба"))[1] == []
        for region, count in (("50", 0), ("77", 1)):
            async with asking(migrated_sqlite_url) as ask:
                await ask(lambda one, to=region: one.execute(update(talks).values(region=to)))
            assert len((await seek(sitting, "жалоба"))[1]) == count


async def test_numbers_are_masked_in_what_is_shown_and_the_words_stay_out_of_the_journal(
    store, clock
):
    async with staffed(store, clock) as (desk, sitting):
        await led(desk, sitting)
        await say(desk, "mother", "жалоба, полис 9956410892000015")
        await sitting.get("/desk/search/texts")
        _, links, text = await seek(sitting, "жалоба")
        assert len(links) == 1
        assert "9956410892000015" not in text
        async with store.look() as look:
            (line,) = [one for one in await look.journal_after(0, 99) if one.deed == "texts_sought"]
        assert "жалоб" not in f"{line}"


async def test_the_search_goes_on_further_back_page_by_page(store, clock):
    """First by pages of what was found, then by stretches of time; nothing comes twice."""
    today = clock()
    clock.wait(days=-100)
    async with turning_desk(store, clock) as desk:
        await say(desk, "mother", "жалоба старая", "позовите человека")
    clock.now = today
    async with staffed(store, clock) as (desk, sitting):
        for number in range(45):
            clock.wait(seconds=1)
            await say(desk, "worker", f"жалоба {'а' * (number + 1)}")
        await say(desk, "worker", "позовите человека")
        await sitting.get("/desk/search/texts")
        found, further = [], ""
        for _ in range(3):
            _, links, text = await seek(sitting, "жалоба", further=further)
            found += links
            further = re.search(r'name="further" value="([\d.]+)"', text)[1]
        assert len(found) == len(set(found)) == 46


async def test_nobody_is_sent_further_back_than_messages_are_kept(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        object.__setattr__(desk, "history", timedelta(days=180))
        await sitting.get("/desk/search/texts")
        _, _, text = await seek(sitting, "жалоба")
        further = re.search(r'name="further" value="([\d.]+)"', text)[1]
        _, _, text = await seek(sitting, "жалоба", further=further)
        assert 'name="further"' not in text


async def test_nothing_typed_is_no_search_and_becomes_no_markup(store, clock):
    async with staffed(store, clock) as (_, sitting):
        await sitting.get("/desk/search/texts")
        status, _, text = await seek(sitting, '"><script>1</script>')
        assert "<script>1" not in text
        status, _, text = await seek(sitting, "1234 56")
        assert status == 400
        assert "Номера ищите" in words_of(text)
