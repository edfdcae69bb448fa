"""A shop's people and keys: what each role may do, and that no shop is another's."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from tests.app.conftest import OWNER, PASSWORD, ok, refused, tool
from zhanggui.base.auth.models import ApiKeyRow, InvitationRow
from zhanggui.shop.opening import open_shop

ADA = "ada@example.com"
PROTECTED = ("base.invite_member", "base.change_role", "base.remove_member", "base.create_key")


async def invite(owner, shop, email=ADA, role="agent"):
    given = {"email": email, "role": role}
    invited = await ok(owner.post(tool(shop, "base.invite_member"), json=given))
    return invited["link"].partition("token=")[2]


def accept(client, token, password=PASSWORD, **more):
    given = {"token": token, "password": password, **more}
    return client.post("/api/auth/accept-invitation", json=given)


async def members(owner, shop):
    items = (await ok(owner.get(tool(shop, "base.list_members"))))["items"]
    return {item["email"]: item for item in items}


async def new_key(owner, shop, role="viewer"):
    given = {"name": "a program", "role": role}
    return await ok(owner.post(tool(shop, "base.create_key"), json=given))


@pytest.mark.db
async def test_an_invited_person_makes_an_account_and_is_in(owner, client, shop, engine):
    token = await invite(owner, shop)
    begun = await ok(accept(client, token, name="Ada"))
    assert begun["user"]["email"] == ADA
    assert begun["shops"] == [{"id": shop, "name": "檐下碗铺", "role": "agent"}]
    assert (await members(owner, shop))[ADA]["role"] == "agent"


@pytest.mark.db
async def test_the_guide_counts_who_was_asked_to_come(owner, client, shop, engine, clock):
    async def is_done():
        told = await ok(owner.get(tool(shop, "base.guide")))
        return {step["name"]: step["is_done"] for step in told["steps"]}["people"]

    assert not await is_done()
    token = await invite(owner, shop)
    assert await is_done()
    await ok(accept(client, token))
    assert await is_done()


@pytest.mark.db
async def test_an_invitation_works_once_even_at_the_same_time(owner, new_client, shop, engine):
    token = await invite(owner, shop)
    answers = await asyncio.gather(*(accept(new_client(), token) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401]
    await refused(accept(new_client(), token), 401, "unauthenticated")


async def test_an_invitation_ends_and_a_newer_one_replaces_it(clock, owner, client, shop):
    first = await invite(owner, shop)
    second = await invite(owner, shop)
    await refused(accept(client, first), 401, "unauthenticated")
    clock.move(days=6)
    await ok(owner.get("/api/auth/session"))
    clock.move(days=2)
    await refused(accept(client, second), 401, "unauthenticated")


@pytest.mark.parametrize("change", ["shop", "id", "secret"])
async def test_a_forged_invitation_is_refused(owner, client, runtime, shop, change):
    await open_shop(runtime, "other-shop", "别家")
    parts = (await invite(owner, shop)).split(".")
    at = ["shop", "id", "secret"].index(change)
    parts[at] = "other-shop" if change == "shop" else parts[at][:-1] + "?"
    await refused(accept(client, ".".join(parts)), 401, "unauthenticated")


async def test_an_invitation_does_not_take_over_an_account(owner, client, shop):
    token = await invite(owner, shop, OWNER, "viewer")
    await refused(accept(client, token, "a password of my own"), 401, "unauthenticated")
    await ok(accept(client, token))
    assert (await members(owner, shop))[OWNER]["role"] == "owner"


async def test_a_weak_password_keeps_the_invitation(owner, client, shop):
    token = await invite(owner, shop)
    await refused(accept(client, token, "short"), 422, "invalid")
    await ok(accept(client, token))


async def test_tokens_of_invitations_and_keys_are_stored_as_digests(owner, runtime, shop):
    token, key = await invite(owner, shop), await new_key(owner, shop)
    async with runtime.db.reading(shop) as session:
        for row, secret in (
            (InvitationRow, token.split(".")[2]),
            (ApiKeyRow, key["key"].split("_")[-1]),
        ):
            (stored,) = await session.scalars(select(row.digest).where(row.shop_id == shop))
            assert secret not in stored


@pytest.mark.parametrize("role", ["viewer", "agent"])
@pytest.mark.parametrize("name", [*PROTECTED, "base.revoke_key", "base.decide_approval"])
async def test_who_is_no_owner_manages_nobody(join, shop, role, name):
    member = await join("member@example.com", role)
    given = {
        "base.invite_member": {"email": ADA, "role": "owner"},
        "base.change_role": {"user_id": "usr_operator", "role": "viewer"},
        "base.remove_member": {"user_id": "usr_operator"},
        "base.create_key": {"name": "mine", "role": "owner"},
        "base.revoke_key": {"key_id": "key_1"},
        "base.decide_approval": {"approval_id": "apr_1", "approve": True},
    }[name]
    await refused(member.post(tool(shop, name), json=given), 403, "forbidden")


async def test_a_viewer_reads_and_changes_nothing(join, owner, shop):
    viewer = await join("viewer@example.com", "viewer")
    before = await ok(viewer.get(tool(shop, "sample.count")))
    await refused(viewer.post(tool(shop, "sample.put"), json={}), 403, "forbidden")
    assert await ok(viewer.get(tool(shop, "sample.count"))) == before


async def test_a_role_changes_at_once(join, owner, shop):
    agent = await join(ADA, "agent")
    await ok(agent.post(tool(shop, "sample.put"), json={}))
    user_id = (await members(owner, shop))[ADA]["user_id"]
    given = {"user_id": user_id, "role": "viewer"}
    await ok(owner.post(tool(shop, "base.change_role"), json=given))
    await refused(agent.post(tool(shop, "sample.put"), json={}), 403, "forbidden")
    await ok(owner.post(tool(shop, "base.remove_member"), json={"user_id": user_id}))
    await refused(agent.get(tool(shop, "sample.count")), 404, "not_found")
    assert (await ok(agent.get("/api/auth/session")))["shops"] == []


async def test_who_leaves_takes_their_keys_and_invitations_along(join, owner, client, shop):
    partner = await join("partner@example.com", "owner")
    made = await ok(
        partner.post(tool(shop, "base.create_key"), json={"name": "mine", "role": "owner"})
    )
    token = await invite(partner, shop)
    await ok(partner.get(tool(shop, "sample.count")))
    found = await ok(owner.get(tool(shop, "base.list_members")))
    gone = next(m["user_id"] for m in found["items"] if m["email"] == "partner@example.com")
    await ok(owner.post(tool(shop, "base.remove_member"), json={"user_id": gone}))
    assert (await ok(owner.get(tool(shop, "base.list_keys"))))["items"] == []
    headers = {"Authorization": f"Bearer {made['key']}"}
    await refused(client.get(tool(shop, "sample.count"), headers=headers), 401, "unauthenticated")
    assert (await accept(client, token)).status_code == 401


@pytest.mark.db
async def test_who_may_do_less_keeps_no_key_that_may_do_more(join, owner, client, shop, engine):
    partner = await join(ADA, "owner")
    made = {role: await new_key(partner, shop, role) for role in ("owner", "agent", "viewer")}
    token = await invite(partner, shop, "friend@example.com", "owner")
    user_id = (await members(owner, shop))[ADA]["user_id"]
    given = {"user_id": user_id, "role": "agent"}
    await ok(owner.post(tool(shop, "base.change_role"), json=given))
    kept = (await ok(owner.get(tool(shop, "base.list_keys"))))["items"]
    assert {key["id"] for key in kept} == {made["agent"]["id"], made["viewer"]["id"]}
    headers = {"Authorization": f"Bearer {made['owner']['key']}"}
    await refused(client.get(tool(shop, "sample.count"), headers=headers), 401, "unauthenticated")
    await refused(accept(client, token), 401, "unauthenticated")


async def test_a_shop_keeps_an_owner(owner, shop):
    for name, given in (
        ("base.remove_member", {"user_id": "usr_operator"}),
        ("base.change_role", {"user_id": "usr_operator", "role": "viewer"}),
    ):
        await refused(owner.post(tool(shop, name), json=given), 409, "conflict")


@pytest.mark.db
async def test_two_owners_cannot_remove_each_other_at_once(owner, join, shop, engine):
    other = await join(ADA, "owner")
    ids = {email: row["user_id"] for email, row in (await members(owner, shop)).items()}
    answers = await asyncio.gather(
        owner.post(tool(shop, "base.remove_member"), json={"user_id": ids[ADA]}),
        other.post(tool(shop, "base.remove_member"), json={"user_id": ids[OWNER]}),
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses[0] == 200
    assert statuses[1] in (403, 404, 409)


@pytest.mark.db
async def test_nobody_reaches_a_shop_that_is_not_theirs(owner, join, runtime, shop, engine):
    await open_shop(runtime, "other-shop", "别家")
    viewer = await join("viewer@example.com", "viewer")
    for name in ("sample.count", "shop.overview", "base.list_members", "base.audit_log"):
        theirs = await refused(viewer.get(tool("other-shop", name)), 404, "not_found")
        absent = await refused(viewer.get(tool("no-such-shop", name)), 404, "not_found")
        assert theirs["message"].replace("other-shop", "") == absent["message"].replace(
            "no-such-shop", ""
        )
    await refused(viewer.post(tool("other-shop", "sample.put"), json={}), 404, "not_found")
    await ok(owner.get(tool("other-shop", "sample.count")))


@pytest.mark.parametrize("wanted", ["*", "..", "Test-Shop", "a b", "é", "%00", "x" * 48])
async def test_a_shop_that_cannot_be_is_not_found(owner, wanted):
    answer = await owner.get(tool(wanted, "sample.count"))
    assert answer.status_code == 404


class TestKeys:
    """A program's way in."""

    @pytest.fixture
    def program(self, new_client):
        def make(key):
            client = new_client(Authorization=f"Bearer {key}")
            del client.headers["X-Zhanggui"]
            return client

        return make

    @pytest.mark.db
    async def test_a_key_opens_its_shop_with_its_role(self, owner, program, shop, engine):
        viewer = program((await new_key(owner, shop))["key"])
        await ok(viewer.get(tool(shop, "sample.count")))
        await refused(viewer.post(tool(shop, "sample.put"), json={}), 403, "forbidden")
        agent = program((await new_key(owner, shop, "agent"))["key"])
        await ok(agent.post(tool(shop, "sample.put"), json={}))
        log = (await ok(owner.get(tool(shop, "base.audit_log"))))["items"]
        assert log[0]["principal_kind"] == "key"

    async def test_a_key_opens_no_other_shop(self, owner, program, runtime, shop):
        await open_shop(runtime, "other-shop", "别家")
        key = (await new_key(owner, shop, "owner"))["key"]
        await refused(program(key).get(tool("other-shop", "sample.count")), 404, "not_found")
        forged = key.replace(f"zg_{shop}_", "zg_other-shop_")
        await refused(
            program(forged).get(tool("other-shop", "sample.count")), 401, "unauthenticated"
        )

    async def test_a_revoked_key_ends_at_once(self, owner, program, shop):
        made = await new_key(owner, shop)
        client = program(made["key"])
        await ok(client.get(tool(shop, "sample.count")))
        (listed,) = (await ok(owner.get(tool(shop, "base.list_keys"))))["items"]
        assert listed["used_at"] is not None
        assert "key" not in listed
        await ok(owner.post(tool(shop, "base.revoke_key"), json={"key_id": made["id"]}))
        await refused(client.get(tool(shop, "sample.count")), 401, "unauthenticated")

    @pytest.mark.parametrize("key", ["", "zg_", "zg_a_b_c", "sk-123", "zg_test-shop_" + "0" * 91])
    async def test_what_is_no_key_is_refused(self, owner, program, shop, key):
        answer = await program(key).get(tool(shop, "sample.count"))
        assert answer.status_code == 401

    @pytest.mark.parametrize("name", PROTECTED)
    async def test_an_owners_key_manages_nobody(self, owner, program, shop, name):
        client = program((await new_key(owner, shop, "owner"))["key"])
        given = {
            "base.invite_member": {"email": ADA, "role": "owner"},
            "base.change_role": {"user_id": "usr_operator", "role": "viewer"},
            "base.remove_member": {"user_id": "usr_operator"},
            "base.create_key": {"name": "another", "role": "owner"},
        }[name]
        await refused(client.post(tool(shop, name), json=given), 403, "forbidden")

    async def test_a_key_does_not_sign_in(self, owner, program, shop):
        client = program((await new_key(owner, shop, "owner"))["key"])
        assert (await ok(client.get("/api/auth/session")))["user"] is None
        await refused(client.get("/api/auth/sessions"), 401, "unauthenticated")

    async def test_a_new_key_is_not_replayed(self, owner, shop):
        asked = {"json": {"name": "once"}, "headers": {"Idempotency-Key": "k"}}
        await ok(owner.post(tool(shop, "base.create_key"), **asked))
        await refused(owner.post(tool(shop, "base.create_key"), **asked), 409, "conflict")
