"""Who gets where: every route of the table × every role × region × sign-in × token.

The pages themselves are replaced by one that says it was reached: what is tested is the door,
with the table as it is, so a route that is added tomorrow is tested tomorrow.
"""

import re
from dataclasses import replace

import pytest
from aiohttp import web

from bot.desk.permissions import ABOUT_CITIZENS, ALLOWED, EVERYWHERE, ROLES
from bot.desk.route import FILTERED, NotARoute, Route
from bot.desk.table import ROUTES
from tests.bot.desk.sitting import hire, served

HOME, FOREIGN = "77", "50"
GUARDED = [route for route in ROUTES if route.needs in ALLOWED]
REACHED = (200, "reached")


async def _reached(_visit):
    return web.Response(text="reached")


def _probe(route, region=HOME):
    """Keep all of a route but its page, and put what it is about into a region."""

    async def region_of(_visit):
        return region

    asked = region_of if callable(route.region) else route.region
    return replace(route, act=_reached, region=asked)


def _path(route):
    return re.sub(r"\{(?:[^{}]|\{[^{}]*\})*\}", "1", route.path)


async def _ask(browser, route, csrf=None):
    path = _path(route)
    if route.method == "GET":
        status, text, _ = await browser.get(path)
    else:
        status, text, _ = await browser.post(path, csrf=csrf)
    return status, text


async def _signed_in(desk, browser, *roles, regions=(HOME,)):
    _, secret = await hire(desk, "somebody", *roles, regions=regions)
    sitting = browser()
    await sitting.sign_in("somebody", secret)
    return sitting


def _table(region=HOME):
    real = {"/desk/signin", "/desk/signin/code", "/desk"}
    return [route if route.path in real else _probe(route, region) for route in ROUTES]


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_reaches_what_the_table_allows_and_nothing_else(desk, role):
    async with served(desk, _table()) as browser:
        sitting = await _signed_in(desk, browser, role)
        for route in GUARDED:
            if route.path == "/desk":
                continue
            status, text = await _ask(sitting, route)
            if role in ALLOWED[route.needs]:
                assert (status, text) == REACHED, (route.method, route.path)
            else:
                assert status == 403, (route.method, route.path)
                assert "reached" not in text


async def test_without_roles_nothing_but_ones_own_account_is_reached(desk):
    async with served(desk, _table()) as browser:
        sitting = await _signed_in(desk, browser)
        for route in GUARDED:
            if route.needs != "account":
                assert (await _ask(sitting, route))[0] == 403, route.path


@pytest.mark.parametrize("regions", [(), (FOREIGN,)])
async def test_of_a_foreign_region_not_even_the_existence_is_told(desk, regions):
    async with served(desk, _table(HOME)) as browser:
        sitting = await _signed_in(desk, browser, *ROLES, regions=regions)
        for route in GUARDED:
            if callable(route.region):
                status, text = await _ask(sitting, route)
                assert (status, "reached" in text) == (404, False), route.path


@pytest.mark.parametrize(
    ("region", "regions", "status"),
    [
        (HOME, (EVERYWHERE,), 200),
        (HOME, (FOREIGN, HOME), 200),
        ("", (HOME,), 404),
        ("", ("unknown",), 200),
        ("", (EVERYWHERE,), 200),
        (None, (EVERYWHERE,), 404),
    ],
)
async def test_regions_are_looked_at_one_way_everywhere(desk, region, regions, status):
    """Nobody's region is nobody's, unless somebody is to see the unknown ones."""

    async def region_of(_visit):
        return region

    thing = Route("GET", "/desk/thing", "dialog.view", _reached, region=region_of)
    async with served(desk, [*_table(), thing]) as browser:
        sitting = await _signed_in(desk, browser, "representative", regions=regions)
        assert (await sitting.get("/desk/thing"))[0] == status


async def test_without_a_sign_in_pages_lead_to_it_and_posts_do_nothing(desk):
    async with served(desk, _table()) as browser:
        stranger = browser()
        await stranger.get("/desk/signin")
        for route in ROUTES:
            if route.needs == "open":
                continue
            if route.method == "GET":
                status, text, headers = await stranger.get(_path(route))
                assert (status, text) == (303, ""), route.path
                assert headers["Location"].startswith("/desk/signin")
            else:
                assert (await _ask(stranger, route))[0] == 401, route.path


@pytest.mark.parametrize("enrolled", [True, False])
async def test_with_the_password_alone_only_the_threshold_is_reached(desk, enrolled):
    async with served(desk, _table()) as browser:
        await hire(desk, "somebody", *ROLES, enrolled=enrolled)
        halfway = browser()
        await halfway.get("/desk/signin")
        await halfway.post("/desk/signin", login="somebody", password="a password of the tests")
        await halfway.get("/desk/signin/code" if enrolled else "/desk/nothing")
        for route in GUARDED:
            status, text = await _ask(halfway, route)
            assert status in (303, 401), route.path
            assert "reached" not in text


async def test_no_post_is_heard_without_its_token_or_from_a_foreign_site(desk):
    async with served(desk, _table()) as browser:
        sitting = await _signed_in(desk, browser, *ROLES, regions=(EVERYWHERE,))
        other = browser()
        await other.get("/desk/signin")
        for route in ROUTES:
            if route.method != "POST" or route.needs == "threshold":
                continue
            for token in ("", "0" * 64, other.csrf):
                status, text = await _ask(sitting, route, csrf=token)
                assert (status, "reached" in text) == (403, False), route.path
            foreign = {"Sec-Fetch-Site": "cross-site"}
            async with sitting.client.post(
                _path(route), data={"csrf": sitting.csrf}, headers=foreign
            ) as answer:
                assert answer.status == 403, route.path


async def test_every_answer_forbids_foreign_scripts_frames_and_keeping(desk):
    async with served(desk, _table()) as browser:
        sitting = await _signed_in(desk, browser, *ROLES, regions=(EVERYWHERE,))
        for route in [*ROUTES, Route("GET", "/desk/no/such/page", "open", _reached)]:
            asked = sitting.client.request(route.method, _path(route), allow_redirects=False)
            async with asked as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "unsafe" not in policy
                assert "frame-ancestors 'none'" in policy
                assert "require-trusted-types-for 'script'" in policy
                assert answer.headers["X-Frame-Options"] == "DENY"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Cache-Control"] == "no-store" or "static" in route.path


def test_a_route_that_says_not_who_may_use_it_cannot_be():
    with pytest.raises(NotARoute, match="no permission"):
        Route("GET", "/desk/x", "everything", _reached)
    for permission in ABOUT_CITIZENS:
        with pytest.raises(NotARoute, match="region"):
            Route("GET", "/desk/x", permission, _reached)
    with pytest.raises(NotARoute, match="filters"):
        Route("GET", "/desk/x", "staff.manage", _reached, region=FILTERED)


def test_every_path_is_of_the_desk_and_stands_once():
    places = [(route.method, route.path) for route in ROUTES]
    assert len(set(places)) == len(places)
    assert all(path == "/desk" or path.startswith("/desk/") for _, path in places)


def test_every_permission_is_somebodys():
    assert all(ALLOWED.values())
    assert set(ALLOWED) >= ABOUT_CITIZENS
