"""Signing in: what lets somebody in, and everything that does not."""

from dataclasses import replace

import pytest

from bot.desk import factor
from bot.desk.staying import IDLE, THRESHOLD, WHOLE
from tests.bot.desk.sitting import PASSWORD, hire, words_of

WRONG = "Логин или пароль не подходят"


async def _try(browser, login, password):
    await browser.get("/desk/signin")
    status, text, headers = await browser.post("/desk/signin", login=login, password=password)
    return status, words_of(text), headers


async def _halfway(browser, login):
    status, _, headers = await _try(browser, login, PASSWORD)
    assert (status, headers["Location"]) == (303, "/desk/signin/code")
    await browser.get("/desk/signin/code")


async def test_password_and_code_let_in_and_the_start_page_greets(desk, browser):
    _, secret = await hire(desk, "maria", "representative", name="Мария Соколова")
    sitting = browser()
    status, _, headers = await sitting.sign_in("maria", secret)
    assert (status, headers["Location"]) == (303, "/desk")
    status, text, _ = await sitting.get("/desk")
    assert (status, "Здравствуйте, Мария Соколова" in words_of(text)) == (200, True)


async def test_one_is_led_to_the_page_that_was_asked_for(desk, browser):
    _, secret = await hire(desk, "maria", "administrator")
    sitting = browser()
    _, _, headers = await sitting.get("/desk/staff?after=b")
    assert headers["Location"] == "/desk/signin?next=/desk/staff%3Fafter%3Db"
    await sitting.get(headers["Location"])
    wish = {"next": "/desk/staff?after=b"}
    _, _, headers = await sitting.post("/desk/signin", login="maria", password=PASSWORD, **wish)
    assert headers["Location"] == "/desk/signin/code?next=/desk/staff%3Fafter%3Db"
    await sitting.get(headers["Location"])
    code = factor.code_at(secret, desk.clock())
    _, _, headers = await sitting.post("/desk/signin/code", code=code, **wish)
    assert headers["Location"] == "/desk/staff?after=b"


@pytest.mark.parametrize(
    "wish", ["https://evil.example", "//evil.example", "/desk//evil", "/desk\\evil", "/", "/deskx"]
)
async def test_one_is_led_nowhere_else(desk, browser, wish):
    _, secret = await hire(desk, "maria", "administrator")
    sitting = browser()
    await _halfway(sitting, "maria")
    code = factor.code_at(secret, desk.clock())
    _, _, headers = await sitting.post("/desk/signin/code", code=code, next=wish)
    assert headers["Location"] == "/desk"


async def test_a_wrong_password_and_a_login_that_nobody_has_are_answered_alike(desk, browser):
    await hire(desk, "maria", "representative")
    known, unknown = [await _try(browser(), who, "not it at all") for who in ("maria", "nobody")]
    assert (known[0], unknown[0]) == (403, 403)
    assert WRONG in known[1]
    assert known[1].replace("maria", "") == unknown[1].replace("nobody", "")


async def test_whoever_is_disabled_or_of_the_demonstration_is_answered_alike(desk, browser):
    for login, change in (("gone", {"is_disabled": True}), ("demo", {"is_demo": True})):
        staff, _ = await hire(desk, login, "representative")
        async with desk.store.work() as work:
            await work.keep_staff(replace(staff, **change))
        status, text, _ = await _try(browser(), login, PASSWORD)
        assert (status, WRONG in text) == (403, True)


async def test_the_login_may_be_typed_in_any_case(desk, browser):
    await hire(desk, "maria", "representative")
    await _halfway(browser(), "  MARIA ")


@pytest.mark.parametrize("typed", ["", "000000", "abcdef", "12345", "１２３４５６", "0" * 30])
async def test_a_wrong_code_does_not_let_in(desk, browser, typed):
    _, secret = await hire(desk, "maria", "representative")
    if typed == factor.code_at(secret, desk.clock()):  # pragma: no cover — once in a million
        typed = "000001"
    sitting = browser()
    await _halfway(sitting, "maria")
    status, text, _ = await sitting.post("/desk/signin/code", code=typed)
    assert (status, "Код не подошёл" in words_of(text)) == (403, True)
    assert (await sitting.get("/desk"))[0] == 303


async def test_a_code_serves_once_even_for_the_same_person(desk, browser, clock):
    _, secret = await hire(desk, "maria", "representative")
    code = factor.code_at(secret, clock())
    await browser().sign_in("maria", secret)
    again = browser()
    await _halfway(again, "maria")
    assert (await again.post("/desk/signin/code", code=code))[0] == 403
    clock.wait(seconds=30)
    later = factor.code_at(secret, clock())
    assert (await again.post("/desk/signin/code", code=later))[0] == 303


async def test_a_code_of_the_step_before_still_serves(desk, browser, clock):
    _, secret = await hire(desk, "maria", "representative")
    sitting = browser()
    await _halfway(sitting, "maria")
    code = factor.code_at(secret, clock())
    clock.wait(seconds=30)
    assert (await sitting.post("/desk/signin/code", code=code))[0] == 303


async def test_every_stage_has_a_token_of_its_own_and_the_old_ones_are_dead(desk, browser):
    """A token that was planted before, or seen half-way, opens nothing afterwards."""
    _, secret = await hire(desk, "maria", "representative")
    sitting, thief = browser(), browser()
    await sitting.get("/desk/signin")
    planted = sitting.cookie.value
    await _halfway(sitting, "maria")
    halfway = sitting.cookie.value
    await sitting.post("/desk/signin/code", code=factor.code_at(secret, desk.clock()))
    inside = sitting.cookie.value
    assert len({planted, halfway, inside}) == 3
    for token, status in ((planted, 303), (halfway, 303), (inside, 200)):
        thief.client.session.cookie_jar.clear()
        cookies = {"Cookie": f"polis_desk={token}"}
        assert (await thief.get("/desk", headers=cookies))[0] == status


async def test_signing_out_ends_the_sign_in_on_the_server_too(desk, browser):
    _, secret = await hire(desk, "maria", "representative")
    sitting, thief = browser(), browser()
    await sitting.sign_in("maria", secret)
    stolen = {"Cookie": f"polis_desk={sitting.cookie.value}"}
    assert (await thief.get("/desk", headers=stolen))[0] == 200
    thief.client.session.cookie_jar.clear()
    await sitting.post("/desk/signout")
    assert (await sitting.get("/desk"))[0] == 303
    assert (await thief.get("/desk", headers=stolen))[0] == 303


async def test_whoever_rests_too_long_is_out(desk, browser, clock):
    _, secret = await hire(desk, "maria", "representative")
    sitting = browser()
    await sitting.sign_in("maria", secret)
    clock.now += IDLE * 0.9
    assert (await sitting.get("/desk"))[0] == 200
    clock.now += IDLE * 0.9
    assert (await sitting.get("/desk"))[0] == 200
    clock.now += IDLE
    assert (await sitting.get("/desk"))[0] == 303


async def test_a_working_day_later_one_is_out_however_busy(desk, browser, clock):
    _, secret = await hire(desk, "maria", "representative")
    sitting = browser()
    await sitting.sign_in("maria", secret)
    began = clock.now
    while clock.now + IDLE / 2 < began + WHOLE:
        clock.now += IDLE / 2
        assert (await sitting.get("/desk"))[0] == 200
    clock.now = began + WHOLE
    assert (await sitting.get("/desk"))[0] == 303


async def test_the_threshold_closes_soon(desk, browser, clock):
    _, secret = await hire(desk, "maria", "representative")
    sitting = browser()
    await _halfway(sitting, "maria")
    clock.now += THRESHOLD
    code = factor.code_at(secret, clock())
    assert (await sitting.post("/desk/signin/code", code=code))[0] == 401
    assert (await sitting.get("/desk/signin/code"))[2]["Location"] == "/desk/signin"


async def test_whoever_is_disabled_is_out_at_once(desk, browser):
    staff, secret = await hire(desk, "maria", "representative")
    sitting = browser()
    await sitting.sign_in("maria", secret)
    async with desk.store.work() as work:
        fresh = await work.staff_for_change(staff.id)
        await work.keep_staff(replace(fresh, is_disabled=True))
    assert (await sitting.get("/desk"))[0] == 303


async def test_a_body_that_is_too_large_or_no_form_is_refused(desk, browser):
    sitting = browser()
    await sitting.get("/desk/signin")
    assert (await sitting.post("/desk/signin", login="x" * 70_000))[0] == 413
    assert (await sitting.post("/desk/signin", **{f"f{n}": "x" for n in range(600)}))[0] == 400
    async with sitting.client.post("/desk/signin", data=b"\xff\xfe=1") as answer:
        assert answer.status == 400
