"""Pages as a person sees them: they open, they say what is wrong, and nothing in them runs."""

import re

import pytest

from bot.desk.permissions import EVERYWHERE, ROLES
from bot.desk.route import Route
from bot.desk.table import ROUTES
from tests.bot.desk.sitting import hire, served, words_of

PAGES = [
    route.path
    for route in ROUTES
    if route.method == "GET" and "{" not in route.path and not route.is_passive
]
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_every_page_opens_and_has_no_script_or_style_inside(desk, language):
    async with served(desk) as browser:
        _, secret = await hire(desk, "maria", *ROLES, regions=(EVERYWHERE,))
        sitting = browser()
        await sitting.sign_in("maria", secret)
        for path in PAGES:
            status, text, headers = await sitting.get(f"{path}?lang={language}")
            assert status in {200, 303, 404}, path  # 404: asks for something to be named
            if status == 303:
                assert headers["Location"].startswith("/desk"), path
                continue
            assert f'<html lang="{language}">' in text, path
            _nothing_runs(text)


def _nothing_runs(text):
    for script in re.findall(r"<script\b[^>]*>", text):
        assert 'src="/desk/static/' in script or 'type="application/json"' in script
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", _outside_of_data(text))


def _outside_of_data(text):
    return re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.DOTALL)


async def test_what_people_write_stays_text_wherever_it_is_shown(desk, browser):
    """Names, logins, browsers' names, addresses, purposes, searches: none becomes markup."""
    _, secret = await hire(desk, "maria", *ROLES, name=NASTY)
    sitting = browser()
    sitting.client.session.headers["User-Agent"] = NASTY
    sitting.client.session.headers["X-Forwarded-For"] = NASTY
    await sitting.sign_in("maria", secret)
    await sitting.post("/desk/staff", login="x1", name=NASTY, role=NASTY, region=NASTY)
    tried = [
        await sitting.get("/desk"),
        await sitting.get("/desk/staff"),
        await sitting.get("/desk/staff/1"),
        await sitting.get("/desk/staff/2"),
        await sitting.get("/desk/account"),
        await sitting.get("/desk/journal"),
        await sitting.get("/desk/journal", params={"login": NASTY, "about": NASTY}),
        await sitting.get("/desk/staff", params={"after": NASTY, "done": NASTY, "lang": NASTY}),
        await sitting.get("/desk/reveal", params={"what": f"insured:1:{NASTY}", "from": NASTY}),
        await sitting.get("/desk/" + "%3Cscript%3E"),
        await sitting.post("/desk/staff", login=NASTY, name=NASTY),
        await browser().get("/desk/signin", params={"next": NASTY, "done": NASTY}),
    ]
    for _, text, _ in tried:
        for piece in ("<script>alert", "<img", "onerror=alert(2)>"):
            assert piece not in _outside_of_data(text), piece
    assert any("&lt;script&gt;" in text for _, text, _ in tried)


async def test_a_script_is_answered_in_json_and_told_why_in_words(desk, browser):
    _, secret = await hire(desk, "maria", "representative")
    sitting = browser()
    await sitting.sign_in("maria", secret)
    status, text, _ = await sitting.post("/desk/staff", script=True)
    assert status == 403
    assert '"error": "forbidden"' in text
    await sitting.post("/desk/signout")
    status, text, _ = await sitting.post("/desk/reveal", script=True)
    assert (status, '"error": "signed_out"' in text) == (401, True)


async def test_a_fault_of_ours_is_answered_calmly_and_tells_nothing(desk, caplog):
    secret_words = "4510 123456"

    async def broken(_visit):
        raise KeyError(secret_words)

    async with served(desk, [*ROUTES, Route("GET", "/desk/broken", "account", broken)]) as browser:
        _, secret = await hire(desk, "maria", "representative")
        sitting = browser()
        await sitting.sign_in("maria", secret)
        status, text, _ = await sitting.get("/desk/broken")
        assert (status, "Ошибка на нашей стороне" in words_of(text)) == (500, True)
        assert secret_words not in text + caplog.text
        assert "KeyError" in caplog.text


async def test_sections_are_those_one_may_enter(desk, browser):
    _, secret = await hire(desk, "maria", "representative")
    sitting = browser()
    await sitting.sign_in("maria", secret)
    _, text, _ = await sitting.get("/desk")
    assert "Мой вход" in words_of(text)
    assert "Сотрудники" not in words_of(text)
    assert "Журнал" not in words_of(text)


async def test_a_page_that_is_not_there_is_told_so_in_the_frame(desk, browser):
    _, secret = await hire(desk, "maria", "representative")
    sitting = browser()
    await sitting.sign_in("maria", secret)
    status, text, _ = await sitting.get("/desk/no/such")
    assert (status, "Такой страницы нет" in words_of(text)) == (404, True)
    assert "Мой вход" in words_of(text)
