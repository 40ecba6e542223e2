"""The first sign-in, one's own account, and an administrator's care for others."""

import re
from dataclasses import replace

import pytest

from bot.desk import factor
from bot.desk.first import FIRST, demo_codes, first_people
from bot.desk.permissions import ROLES
from tests.bot.desk.sitting import PASSWORD, desk_of, hire, served, words_of

OWN = "my own words of today"


def _secret(text):
    return re.search(r'id="secret">([A-Z2-7 ]+)<', text)[1].replace(" ", "")


def _codes(text):
    return re.findall(r"<li>([a-z2-7-]{19})</li>", text)


async def _enrol(browser, login, password=PASSWORD):
    """Walk through the first sign-in; returns the secret and the recovery codes."""
    await browser.get("/desk/signin")
    _, _, headers = await browser.post("/desk/signin", login=login, password=password)
    assert headers["Location"] == "/desk/enrol/password"
    await browser.get("/desk/enrol/password")
    _, _, headers = await browser.post("/desk/enrol/password", password=OWN, again=OWN)
    assert headers["Location"] == "/desk/enrol/factor"
    _, text, _ = await browser.get("/desk/enrol/factor")
    secret = _secret(text)
    code = factor.code_at(secret, browser.desk.clock())
    status, text, _ = await browser.post("/desk/enrol/factor", code=code)
    assert status == 200, words_of(text)
    await browser.get("/desk")
    return secret, _codes(text)


async def test_the_first_administrator_is_made_once_and_told_once(desk, browser, clock):
    told = " ".join(await first_people(desk, "https://polis.example"))
    password = re.search(r"one-time password (\S+)", told)[1]
    assert "https://polis.example/desk" in told
    assert await first_people(desk, "https://polis.example") == ()
    sitting = browser()
    await _enrol(sitting, FIRST, password)
    assert (await sitting.get("/desk/staff"))[0] == 200
    again = browser()
    await again.get("/desk/signin")
    assert (await again.post("/desk/signin", login=FIRST, password=password))[0] == 403


async def test_enrolling_asks_for_a_password_of_ones_own_first(desk, browser):
    await hire(desk, "maria", "representative", enrolled=False)
    sitting = browser()
    await sitting.get("/desk/signin")
    await sitting.post("/desk/signin", login="maria", password=PASSWORD)
    _, _, headers = await sitting.get("/desk/enrol/factor")
    assert headers["Location"] == "/desk/enrol/password"
    assert (await sitting.get("/desk"))[2]["Location"] == "/desk/enrol/password"


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        ("short", "short", "Слишком короткий"),
        ("x" * 300, "x" * 300, "Слишком длинный"),
        ("ababababababab", "ababababababab", "мало разных символов"),
        ("Maria is at work", "Maria is at work", "не должно быть логина"),
        (OWN, OWN + "!", "не совпали"),
        (PASSWORD, PASSWORD, "прежний пароль"),
    ],
)
async def test_a_new_password_that_is_no_good_is_told_why(desk, browser, password, again, told):
    await hire(desk, "maria", "representative", enrolled=False)
    sitting = browser()
    await sitting.get("/desk/signin")
    await sitting.post("/desk/signin", login="maria", password=PASSWORD)
    await sitting.get("/desk/enrol/password")
    status, text, _ = await sitting.post("/desk/enrol/password", password=password, again=again)
    assert (status, told in words_of(text)) == (400, True)
    assert password not in text or password == "short"


async def test_the_offered_secret_stays_until_a_code_of_it_is_brought(desk, browser):
    await hire(desk, "maria", "representative", enrolled=False)
    sitting = browser()
    await sitting.get("/desk/signin")
    await sitting.post("/desk/signin", login="maria", password=PASSWORD)
    await sitting.get("/desk/enrol/password")
    await sitting.post("/desk/enrol/password", password=OWN, again=OWN)
    first = _secret((await sitting.get("/desk/enrol/factor"))[1])
    status, text, _ = await sitting.post("/desk/enrol/factor", code="000000")
    assert (status, _secret(text)) == (400, first)
    assert (await sitting.get("/desk"))[0] == 303


async def test_recovery_codes_let_in_once_each_however_they_are_typed(desk, browser, clock):
    await hire(desk, "maria", "representative", enrolled=False)
    _, codes = await _enrol(browser(), "maria")
    assert len(set(codes)) == 10
    for typed, status in ((codes[0].upper().replace("-", " "), 303), (codes[0], 403)):
        sitting = browser()
        await sitting.get("/desk/signin")
        await sitting.post("/desk/signin", login="maria", password=OWN)
        await sitting.get("/desk/signin/code")
        assert (await sitting.post("/desk/signin/code", code=typed))[0] == status
    async with desk.store.look() as look:
        assert await look.recovery_left(1) == 9


async def test_secrets_lie_in_the_database_neither_in_clear_nor_for_another_account(desk, browser):
    await hire(desk, "maria", "representative", enrolled=False)
    secret, codes = await _enrol(browser(), "maria")
    async with desk.store.look() as look:
        staff = await look.staff_by_login("maria")
    kept = f"{staff.second_factor} {staff.password}"
    assert secret not in kept
    assert OWN not in kept
    assert staff.password.startswith("$argon2id$")
    assert desk.seal.open(staff.second_factor, f"factor:{staff.id}").decode() == secret
    assert codes


async def test_changing_the_password_signs_out_everywhere_else(desk, browser, clock):
    _, secret = await hire(desk, "maria", "representative")
    here, there = browser(), browser()
    await here.sign_in("maria", secret)
    clock.wait(seconds=30)
    await there.sign_in("maria", secret)
    await here.get("/desk/account")
    before = here.cookie.value
    wrong = await here.post("/desk/account/password", now="not it", password=OWN, again=OWN)
    assert (wrong[0], "Нынешний пароль не подходит" in words_of(wrong[1])) == (400, True)
    done = await here.post("/desk/account/password", now=PASSWORD, password=OWN, again=OWN)
    assert done[2]["Location"] == "/desk/account?done=password"
    assert here.cookie.value != before
    assert (await here.get("/desk"))[0] == 200
    assert (await there.get("/desk"))[0] == 303


async def test_another_phone_takes_the_place_of_the_old_one(desk, browser, clock):
    _, secret = await hire(desk, "maria", "representative")
    sitting = browser()
    await sitting.sign_in("maria", secret)
    _, text, _ = await sitting.get("/desk/account/factor")
    fresh = _secret(text)
    code = factor.code_at(fresh, clock())
    assert (await sitting.post("/desk/account/factor", now="not it", code=code))[0] == 400
    assert (await sitting.post("/desk/account/factor", now=PASSWORD, code=code))[0] == 200
    clock.wait(seconds=30)
    again = browser()
    await again.get("/desk/signin")
    await again.post("/desk/signin", login="maria", password=PASSWORD)
    await again.get("/desk/signin/code")
    old, new = factor.code_at(secret, clock()), factor.code_at(fresh, clock())
    assert (await again.post("/desk/signin/code", code=old))[0] == 403
    assert (await again.post("/desk/signin/code", code=new))[0] == 303


async def test_one_ends_ones_own_sign_ins_and_nobody_elses(desk, browser, clock):
    _, secret = await hire(desk, "maria", "representative")
    _, other_secret = await hire(desk, "ivan", "representative")
    here, there, other = browser(), browser(), browser()
    await here.sign_in("maria", secret)
    await other.sign_in("ivan", other_secret)
    clock.wait(seconds=30)
    await there.sign_in("maria", secret)
    async with desk.store.look() as look:
        (theirs,) = await look.sessions_of(2, 9)
        mine = await look.sessions_of(1, 9)
    await here.get("/desk/account")
    assert (await here.post(f"/desk/account/sessions/{theirs.id}/end"))[0] == 404
    assert (await other.get("/desk"))[0] == 200
    assert (await here.post(f"/desk/account/sessions/{mine[0].id}/end"))[0] == 303
    assert (await there.get("/desk"))[0] == 303
    assert (await here.get("/desk"))[0] == 200


async def test_an_administrator_adds_somebody_who_then_enrols(desk, browser):
    _, secret = await hire(desk, "boss", "administrator")
    sitting = browser()
    await sitting.sign_in("boss", secret)
    await sitting.get("/desk/staff/new")
    fields = {"login": "Maria", "name": " Мария  Соколова ", "role": "representative"}
    status, text, _ = await sitting.post("/desk/staff", **fields, region="77")
    assert status == 200
    password = re.search(r'id="one-time">([a-z0-9-]+)<', text)[1]
    fresh = browser()
    await _enrol(fresh, "maria", password)
    async with desk.store.look() as look:
        maria = await look.staff_by_login("maria")
    assert (maria.name, maria.roles, maria.regions) == (
        "Мария Соколова",
        ("representative",),
        ("77",),
    )


@pytest.mark.parametrize("login", ["", "m", "ma ria", "мария", "1maria", "x" * 40, "boss"])
async def test_a_login_that_cannot_be_is_told_why(desk, browser, login):
    _, secret = await hire(desk, "boss", "administrator")
    sitting = browser()
    await sitting.sign_in("boss", secret)
    status, text, _ = await sitting.post("/desk/staff", login=login, name="Мария")
    assert (status, "Логин" in words_of(text) or "логин" in words_of(text)) == (400, True)


async def test_unknown_roles_and_regions_give_nothing(desk, browser):
    _, secret = await hire(desk, "boss", "administrator")
    staff, _ = await hire(desk, "maria", "representative")
    sitting = browser()
    await sitting.sign_in("boss", secret)
    where = f"/desk/staff/{staff.id}"
    await sitting.post(where, name="Мария", role="king", region="99")
    async with desk.store.look() as look:
        maria = await look.staff(staff.id)
    assert (maria.roles, maria.regions) == ((), ())


async def test_a_reset_takes_everything_away_at_once(desk, browser):
    _, boss_secret = await hire(desk, "boss", "administrator")
    staff, secret = await hire(desk, "maria", "representative")
    boss, maria = browser(), browser()
    await boss.sign_in("boss", boss_secret)
    await maria.sign_in("maria", secret)
    _status, text, _ = await boss.post(f"/desk/staff/{staff.id}/reset")
    password = re.search(r'id="one-time">([a-z0-9-]+)<', text)[1]
    assert (await maria.get("/desk"))[0] == 303
    await _enrol(maria, "maria", password)


async def test_one_is_disabled_and_enabled_but_not_by_oneself(desk, browser):
    boss_account, boss_secret = await hire(desk, "boss", "administrator")
    staff, secret = await hire(desk, "maria", "representative")
    boss, maria = browser(), browser()
    await boss.sign_in("boss", boss_secret)
    await maria.sign_in("maria", secret)
    await boss.post(f"/desk/staff/{staff.id}/disable")
    assert (await maria.get("/desk"))[0] == 303
    await boss.post(f"/desk/staff/{staff.id}/enable")
    await maria.get("/desk/signin")
    assert (await maria.post("/desk/signin", login="maria", password=PASSWORD))[0] == 303
    for deed in ("disable", "reset"):
        assert (await boss.post(f"/desk/staff/{boss_account.id}/{deed}"))[0] == 400
    own = f"/desk/staff/{boss_account.id}"
    assert (await boss.post(own, name="Boss", role="operator"))[0] == 400
    assert (await boss.get("/desk/staff"))[0] == 200


async def test_staff_are_listed_in_pages(desk, browser):
    _, secret = await hire(desk, "boss", "administrator")
    async with desk.store.look() as look:
        boss = await look.staff_by_login("boss")
    async with desk.store.work() as work:
        for number in range(120):
            await work.keep_staff(replace(boss, id=0, login=f"p{number:03}", name=f"Имя {number}"))
    sitting = browser()
    await sitting.sign_in("boss", secret)
    seen, path = set(), "/desk/staff"
    while path:
        _, text, _ = await sitting.get(path)
        found = re.findall(r"<td>(boss|p\d{3})</td>", text)
        assert len(found) <= 50
        seen |= set(found)
        more = re.search(r'href="(/desk/staff\?after=[^"]+)"', text)
        path = more[1] if more else ""
    assert len(seen) == 121


async def test_a_demonstration_has_one_of_each_role_and_its_end_locks_them_out(store, clock):
    desk = await desk_of(store, clock, is_demo=True)
    told = " ".join(await first_people(desk, "http://localhost"))
    password = re.search(r"password (\S+) and", told)[1]
    assert "DEMONSTRATION" in told
    codes = dict(await demo_codes(desk))
    assert set(codes) == {f"demo-{role}" for role in ROLES}
    async with served(desk) as browser:
        sitting = browser()
        await sitting.get("/desk/signin")
        await sitting.post("/desk/signin", login="demo-representative", password=password)
        await sitting.get("/desk/signin/code")
        code = codes["demo-representative"]
        assert (await sitting.post("/desk/signin/code", code=code))[0] == 303
        cookie = sitting.cookie.value
    real = await desk_of(store, clock)
    async with served(real) as browser:
        stranger = browser()
        cookies = {"Cookie": f"polis_desk={cookie}"}
        assert (await stranger.get("/desk", headers=cookies))[0] == 303
        await stranger.get("/desk/signin")
        fields = {"login": "demo-representative", "password": password}
        assert (await stranger.post("/desk/signin", **fields))[0] == 403
    assert await first_people(real, "http://localhost") != ()
