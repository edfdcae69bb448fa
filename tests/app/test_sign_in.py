"""Signing in, and what somebody who should not get in may try."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from tests.app.conftest import OWNER, PASSWORD, ok, refused, tool
from zhanggui.base.auth import accounts, links, passwords, sessions
from zhanggui.base.auth.models import SessionRow, UserRow
from zhanggui.base.db import NO_SHOP
from zhanggui.base.http.callers import COOKIE

CREDENTIALS = {"email": OWNER, "password": PASSWORD}
WRONG = "not the right password"


def sign_in(client, email=OWNER, password=PASSWORD, **more):
    given = {"email": email, "password": password, **more}
    return client.post("/api/auth/sign-in", json=given)


async def who(client):
    return (await ok(client.get("/api/auth/session")))["user"]


async def issue(runtime, purpose, email=OWNER):
    async with runtime.db.transaction(NO_SHOP) as session:
        user = await accounts.by_email(session, email) or await accounts.operator(session)
        return await links.issue(session, user, purpose)


@pytest.mark.db
async def test_the_owner_begins_with_a_link_and_chooses_a_password(
    client, runtime, shop, new_client, engine
):
    assert await ok(client.get("/api/auth/session")) == {
        "user": None,
        "shops": [],
        "setup_needed": True,
    }
    token = await issue(runtime, "sign_in")
    begun = await ok(client.post("/api/auth/link", json={"token": token}))
    assert begun["setup_needed"]
    assert begun["shops"] == [{"id": shop, "name": "檐下碗铺", "role": "owner"}]
    chosen = {"new": PASSWORD, "email": "Owner@Example.com", "name": "掌柜"}
    done = await ok(client.post("/api/auth/password", json=chosen))
    assert not done["setup_needed"]
    assert done["user"]["email"] == OWNER
    assert (await ok(sign_in(new_client())))["user"]["name"] == "掌柜"


async def test_a_second_factor_comes_after_a_password(client, runtime, shop):
    token = await issue(runtime, "sign_in")
    await ok(client.post("/api/auth/link", json={"token": token}))
    await refused(client.post("/api/auth/totp/start"), 409, "conflict")
    await ok(client.post("/api/auth/password", json={"new": PASSWORD, "email": OWNER}))
    await ok(client.post("/api/auth/totp/start"))


@pytest.mark.db
async def test_a_link_works_once_even_at_the_same_time(new_client, runtime, shop, engine):
    token = await issue(runtime, "sign_in")
    tries = [new_client().post("/api/auth/link", json={"token": token}) for _ in range(5)]
    statuses = [answer.status_code for answer in await asyncio.gather(*tries)]
    assert sorted(statuses) == [200, 401, 401, 401, 401]


async def test_a_link_ends(clock, client, runtime, shop):
    token = await issue(runtime, "sign_in")
    clock.move(minutes=16)
    await refused(client.post("/api/auth/link", json={"token": token}), 401, "unauthenticated")


async def test_a_reset_link_does_not_sign_in(owner, client, runtime):
    token = await issue(runtime, "reset")
    await refused(client.post("/api/auth/link", json={"token": token}), 401, "unauthenticated")
    await ok(client.post("/api/auth/reset", json={"token": token, "password": "another one 12"}))


@pytest.mark.db
async def test_signing_in_and_out(owner, client, engine):
    await ok(sign_in(client))
    assert (await who(client))["email"] == OWNER
    token = client.cookies[COOKIE]
    await ok(client.post("/api/auth/sign-out"))
    assert await who(client) is None
    client.cookies.set(COOKIE, token)
    assert await who(client) is None


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(owner, client):
    cookie = (await sign_in(client)).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


async def test_an_unknown_account_and_a_wrong_password_look_the_same(owner, client):
    wrong = await refused(sign_in(client, password=WRONG), 401, "unauthenticated")
    unknown = await refused(sign_in(client, "nobody@example.com"), 401, "unauthenticated")
    assert wrong == unknown


async def test_an_unknown_account_costs_the_same_work(owner, client, monkeypatch):
    worked = []
    verify = passwords._verify

    def working(password, stored):
        worked.append(stored)
        return verify(password, stored)

    monkeypatch.setattr(passwords, "_verify", working)
    await sign_in(client, "nobody@example.com")
    await sign_in(client, password=WRONG)
    assert len(worked) == 2
    assert all(stored.startswith("$argon2id$") for stored in worked)


@pytest.mark.usefixtures("uncounted_time")
async def test_guessing_a_password_ends(owner, new_client):
    for guess in range(10):
        await refused(
            sign_in(new_client(f"10.0.0.{guess}"), password=f"{WRONG} {guess}"),
            401,
            "unauthenticated",
        )
    answer = await sign_in(new_client("10.0.1.1"))
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["code"] == "too_many"


@pytest.mark.usefixtures("uncounted_time")
async def test_guessing_accounts_from_one_address_ends(owner, new_client, monkeypatch):
    monkeypatch.setattr(passwords, "_verify", lambda *a: False)
    client = new_client("10.0.0.1")
    for guess in range(60):
        assert (await sign_in(client, f"user{guess}@example.com")).status_code == 401
    assert (await sign_in(client, "another@example.com")).status_code == 429
    assert (await sign_in(new_client("10.0.0.2"), "another@example.com")).status_code == 401


async def test_a_success_does_not_count_against_the_account(owner, new_client):
    for _ in range(12):
        await ok(sign_in(new_client()))


def presenting(token):
    return {"Cookie": f"{COOKIE}={token}"}


async def test_a_session_that_was_planted_is_not_continued(owner, client, new_client):
    await ok(client.post("/api/auth/sign-in", json=CREDENTIALS, headers=presenting("planted")))
    assert client.cookies[COOKIE] != "planted"
    other = await ok(new_client().get("/api/auth/session", headers=presenting("planted")))
    assert other["user"] is None


async def test_signing_in_again_ends_the_browsers_older_session(owner, client, new_client):
    await ok(sign_in(client))
    older = client.cookies[COOKIE]
    await ok(sign_in(client))
    assert client.cookies[COOKIE] != older
    with_older = await ok(new_client().get("/api/auth/session", headers=presenting(older)))
    assert with_older["user"] is None


@pytest.mark.parametrize(
    ("moves", "lasts"),
    [
        ([timedelta(days=6)] * 4, True),
        ([timedelta(days=8)], False),
        ([timedelta(days=6)] * 6, False),
    ],
    ids=["used", "idle", "too old"],
)
async def test_a_session_ends_when_idle_and_in_any_case(clock, owner, moves, lasts):
    users = []
    for move in moves:
        clock.stand_at(clock.now + move)
        users.append(await who(owner))
    assert (users[-1] is not None) is lasts


async def test_only_digests_of_tokens_are_stored(owner, runtime):
    token = owner.cookies[COOKIE]
    async with runtime.db.reading(NO_SHOP) as session:
        (stored,) = await session.scalars(select(SessionRow.digest))
    assert token not in stored
    assert await sessions.find(runtime.db, stored) is None


async def test_sessions_are_listed_and_ended(owner, new_client):
    other = new_client(**{"User-Agent": "Other/1.0"})
    await ok(sign_in(other))
    items = (await ok(owner.get("/api/auth/sessions")))["items"]
    assert {item["client"] for item in items} >= {"Other/1.0"}
    (theirs,) = [item for item in items if item["client"] == "Other/1.0"]
    await ok(owner.delete(f"/api/auth/sessions/{theirs['id']}"))
    assert await who(other) is None
    await refused(owner.delete(f"/api/auth/sessions/{theirs['id']}"), 404, "not_found")


async def test_nobody_ends_another_persons_session(owner, join):
    viewer = await join("viewer@example.com", "viewer")
    (mine,) = (await ok(owner.get("/api/auth/sessions")))["items"]
    await refused(viewer.delete(f"/api/auth/sessions/{mine['id']}"), 404, "not_found")
    assert await who(owner) is not None


async def test_a_changed_password_ends_other_sessions(owner, client):
    await ok(sign_in(client))
    change = {"current": PASSWORD, "new": "a new one, long enough"}
    await refused(
        client.post("/api/auth/password", json={**change, "current": WRONG}), 401, "unauthenticated"
    )
    await refused(
        client.post("/api/auth/password", json={"new": change["new"]}), 401, "unauthenticated"
    )
    await ok(client.post("/api/auth/password", json=change))
    assert await who(client) is not None
    assert await who(owner) is None


@pytest.mark.parametrize(
    "password", ["short", "1234567890", "aaaaaaaaaaaa", OWNER, "Password123", "x" * 201]
)
async def test_a_weak_password_is_refused(owner, password):
    given = {"current": PASSWORD, "new": password}
    body = await refused(owner.post("/api/auth/password", json=given), 422, "invalid")
    assert body["where"] == "password"


async def test_a_hash_of_older_parameters_is_made_anew(owner, client, runtime):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    async with runtime.db.transaction(NO_SHOP) as session:
        user = await accounts.operator(session)
        user.password_hash = weak
    await ok(sign_in(client))
    async with runtime.db.reading(NO_SHOP) as session:
        stored = await session.scalar(select(UserRow.password_hash))
    assert stored != weak
    assert not passwords.outdated(stored)


@pytest.mark.usefixtures("uncounted_time")
async def test_asking_for_a_reset_tells_nothing(owner, client):
    known = await ok(client.post("/api/auth/request-reset", json={"email": OWNER}))
    unknown = await ok(client.post("/api/auth/request-reset", json={"email": "no@example.com"}))
    assert known == unknown
    for _ in range(2):
        await ok(client.post("/api/auth/request-reset", json={"email": OWNER}))
    answer = await client.post("/api/auth/request-reset", json={"email": OWNER})
    assert answer.status_code == 429


@pytest.mark.db
async def test_a_reset_works_once_and_ends_every_session(owner, client, runtime, engine):
    token = await issue(runtime, "reset")
    given = {"token": token, "password": "a new one, long enough"}
    await refused(
        client.post("/api/auth/reset", json={**given, "password": "short"}), 422, "invalid"
    )
    await ok(client.post("/api/auth/reset", json=given))
    assert await who(owner) is None
    again = await refused(client.post("/api/auth/reset", json=given), 401, "unauthenticated")
    assert "zhanggui reset-link" in again["hint"]
    await refused(sign_in(client), 401, "unauthenticated")
    await ok(sign_in(client, password=given["password"]))


class TestSecondFactor:
    """With the second factor on, the password alone lets nobody in."""

    @pytest.fixture
    async def factor(self, clock, owner):
        started = await ok(owner.post("/api/auth/totp/start"))
        assert started["svg"].startswith("<svg")
        assert started["secret"] in started["uri"]
        await refused(owner.post("/api/auth/totp/confirm", json={"code": "000000"}), 422, "invalid")
        totp = pyotp.TOTP(started["secret"])
        confirmed = {"code": totp.at(clock.now)}
        codes = await ok(owner.post("/api/auth/totp/confirm", json=confirmed))
        clock.move(seconds=60)
        return totp, codes["recovery_codes"]

    async def test_a_code_is_needed(self, clock, factor, client):
        totp, _ = factor
        await refused(sign_in(client), 401, "second_factor_needed")
        await refused(sign_in(client, password=WRONG), 401, "unauthenticated")
        await refused(sign_in(client, code="000000"), 401, "unauthenticated")
        await ok(sign_in(client, code=totp.at(clock.now)))

    async def test_a_code_works_once(self, clock, factor, client, new_client):
        totp, _ = factor
        code = totp.at(clock.now)
        await ok(sign_in(client, code=code))
        await refused(sign_in(new_client(), code=code), 401, "unauthenticated")
        clock.move(seconds=30)
        await ok(sign_in(new_client(), code=totp.at(clock.now)))

    async def test_an_old_code_is_refused(self, clock, factor, client):
        totp, _ = factor
        code = totp.at(clock.now)
        clock.move(seconds=90)
        await refused(sign_in(client, code=code), 401, "unauthenticated")

    async def test_a_recovery_code_works_once(self, factor, client, new_client):
        _, codes = factor
        assert len(set(codes)) == 10
        await ok(sign_in(client, code=codes[0].upper()))
        await refused(sign_in(new_client(), code=codes[0]), 401, "unauthenticated")
        await ok(sign_in(new_client(), code=codes[1]))

    @pytest.mark.usefixtures("uncounted_time")
    async def test_guessing_codes_ends(self, factor, new_client):
        statuses = [
            (await sign_in(new_client(f"10.0.0.{n}"), code=f"{n:06}")).status_code
            for n in range(11)
        ]
        assert statuses[-1] == 429

    async def test_a_new_secret_does_not_replace_one_in_force(self, factor, owner):
        await refused(owner.post("/api/auth/totp/start"), 409, "conflict")

    async def test_turning_it_off_takes_the_password(self, factor, owner, client):
        off = "/api/auth/totp/disable"
        await refused(owner.post(off, json={"password": WRONG}), 401, "unauthenticated")
        await ok(owner.post(off, json={"password": PASSWORD}))
        await ok(sign_in(client))

    async def test_the_secret_is_sealed(self, factor, runtime):
        totp, _ = factor
        async with runtime.db.reading(NO_SHOP) as session:
            sealed = await session.scalar(select(UserRow.totp_sealed))
        assert totp.secret.encode() not in sealed

    async def test_an_invitation_does_not_go_around_it(self, factor, owner, client, shop):
        given = {"email": OWNER, "role": "viewer"}
        invited = await ok(owner.post(tool(shop, "base.invite_member"), json=given))
        token = invited["link"].partition("token=")[2]
        accept = {"token": token, "password": PASSWORD}
        await refused(
            client.post("/api/auth/accept-invitation", json=accept), 401, "second_factor_needed"
        )
