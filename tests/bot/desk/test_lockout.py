"""Guessing gets slower, whoever is guessed at, and no restart forgives it."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher, Type

from bot.desk import factor
from bot.desk.lockout import LAWS, Law
from bot.desk.passwords import HASHER, Passwords
from dialogs.attempts import Attempts
from tests.bot.desk.sitting import PASSWORD, desk_of, hire, served, words_of


async def _guess(sitting, login, password="not it at all"):
    await sitting.get("/desk/signin")
    status, text, headers = await sitting.post("/desk/signin", login=login, password=password)
    return status, words_of(text), headers


@pytest.mark.parametrize("login", ["maria", "nobody"])
async def test_the_sixth_guess_waits_and_each_later_one_longer(desk, browser, clock, login):
    """Alike for a login that there is and for one that there is not."""
    await hire(desk, "maria", "representative")
    sitting = browser()
    for _ in range(5):
        assert (await _guess(sitting, login))[0] == 403
    for minutes in (1, 2, 5, 15, 15):
        status, text, headers = await _guess(sitting, login)
        assert (status, f"через {minutes} мин" in text) == (429, True)
        assert int(headers["Retry-After"]) == minutes * 60
        clock.wait(seconds=minutes * 60 - 1)
        assert (await _guess(sitting, login))[0] == 429
        clock.wait(seconds=1)
        assert (await _guess(sitting, login))[0] == 403


async def test_the_right_password_waits_too_and_a_restart_forgives_nothing(desk, store, clock):
    _, _secret = await hire(desk, "maria", "representative")
    async with served(desk) as browser:
        for _ in range(5):
            await _guess(browser(), "maria")
    again = await desk_of(store, clock)
    async with served(again) as browser:
        assert (await _guess(browser(), "maria", PASSWORD))[0] == 429
        clock.wait(minutes=1)
        assert (await _guess(browser(), "maria", PASSWORD))[0] == 303


async def test_a_right_password_forgives_its_login(desk, browser, clock):
    await hire(desk, "maria", "representative")
    for _ in range(3):
        for _ in range(4):
            assert (await _guess(browser(), "maria"))[0] == 403
        assert (await _guess(browser(), "maria", PASSWORD))[0] == 303


async def test_one_address_cannot_go_through_many_logins(desk, browser, clock):
    sitting = browser()
    sitting.client.session.headers["X-Forwarded-For"] = "203.0.113.7"
    found = [(await _guess(sitting, f"login{number}"))[0] for number in range(32)]
    assert found == [403] * 30 + [429] * 2
    sitting.client.session.headers["X-Forwarded-For"] = "203.0.113.8"
    assert (await _guess(sitting, "login99"))[0] == 403


async def test_codes_are_guessed_no_faster(desk, browser, clock):
    _, secret = await hire(desk, "maria", "representative")
    sitting = browser()
    await _guess(sitting, "maria", PASSWORD)
    await sitting.get("/desk/signin/code")
    wrong = "000000" if factor.code_at(secret, clock()) != "000000" else "000001"
    for _ in range(5):
        assert (await sitting.post("/desk/signin/code", code=wrong))[0] == 403
    code = factor.code_at(secret, clock())
    assert (await sitting.post("/desk/signin/code", code=code))[0] == 429


async def test_many_guesses_at_once_gain_nothing(desk, browser, clock):
    await hire(desk, "maria", "representative")
    sitting = browser()
    await sitting.get("/desk/signin")
    fields = {"login": "maria", "password": "not it at all"}
    guesses = [sitting.post("/desk/signin", csrf=sitting.csrf, **fields) for _ in range(20)]
    found = [status for status, _, _ in await asyncio.gather(*guesses)]
    assert sorted(found) == [403] * 5 + [429] * 15


def test_pauses_only_grow_and_strangers_lock_nobody_out_for_long(clock):
    for law in LAWS.values():
        assert list(law.pauses) == sorted(law.pauses)
        waits = [law.free_at(Attempts(count, clock())) - clock() for count in range(200)]
        assert waits == sorted(waits)
        assert waits[law.free - 1] == timedelta()
    assert LAWS["login"].pauses[-1] <= timedelta(minutes=15)
    assert Law(1, (timedelta(minutes=1),)).free_at(Attempts(9, clock())) > clock()


async def test_nobodys_password_takes_as_long_as_somebodys():
    """The same digest is computed; measured with a cost that shows."""
    passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=16384, parallelism=1))
    kept = await passwords.digest(PASSWORD)
    took = {"known": [], "unknown": []}
    for _ in range(9):
        for name, digest in (("known", kept), ("unknown", None)):
            began = time.perf_counter()
            assert not await passwords.fits(digest, "not it at all")
            took[name].append(time.perf_counter() - began)
    known, unknown = (sorted(took[name])[4] for name in ("known", "unknown"))
    assert 0.5 < known / unknown < 2


async def test_the_right_digest_of_nobody_is_still_nobody():
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    assert not await passwords.fits(None, PASSWORD)


async def test_a_digest_keeps_the_loop_free():
    """While real passwords are digested, the event loop goes on counting."""
    passwords, beats = Passwords(), 0

    async def beat():
        nonlocal beats
        while True:
            await asyncio.sleep(0)
            beats += 1

    beating = asyncio.ensure_future(beat())
    await passwords.digest(PASSWORD)
    beating.cancel()
    assert beats > 100


def test_the_cost_is_the_one_that_is_documented():
    assert HASHER.type is Type.ID
    assert (HASHER.memory_cost, HASHER.time_cost, HASHER.parallelism) == (65536, 3, 4)


async def test_a_digest_of_other_parameters_is_made_anew_at_sign_in(desk, browser):
    staff, _ = await hire(desk, "maria", "representative")
    dated = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    async with desk.store.work() as work:
        await work.keep_staff(replace(staff, password=dated))
    assert (await _guess(browser(), "maria", PASSWORD))[0] == 303
    async with desk.store.look() as look:
        fresh = await look.staff_by_login("maria")
    assert fresh.password != dated
    assert not desk.passwords.is_dated(fresh.password)
