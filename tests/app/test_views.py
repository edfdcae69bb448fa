"""Saved views: whose they are, who may change what is shared, and what is refused."""

from __future__ import annotations

import asyncio

import pytest

from tests.app.conftest import ok, refused, tool
from zhanggui.base.saved_views import MOST
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db

PAID = {"status": "paid", "q": "碗"}


async def change(client, shop, name, /, **given):
    return (await ok(client.post(tool(shop, f"base.{name}"), json=given)))["items"]


async def save(client, shop, name="待发", shows=PAID, list_name="orders"):
    return await change(client, shop, "save_view", list_name=list_name, name=name, shows=shows)


async def views(client, shop, list_name="orders"):
    params = {"list_name": list_name}
    return (await ok(client.get(tool(shop, "base.list_views"), params=params)))["items"]


async def names(client, shop, list_name="orders"):
    return [each["name"] for each in await views(client, shop, list_name)]


async def test_a_view_is_its_persons_and_its_lists(owner, join, shop, engine):
    saved = await save(owner, shop)
    assert await views(owner, shop) == saved
    assert saved == [
        {
            "id": saved[0]["id"],
            "name": "待发",
            "shows": PAID,
            "is_shared": False,
            "is_default": False,
        }
    ]
    viewer = await join("viewer@example.com", "viewer")
    assert await views(viewer, shop) == []
    await save(viewer, shop)
    assert (await views(owner, shop), await views(owner, shop, "goods")) == (saved, [])


async def test_one_of_the_same_name_is_changed_where_it_stands(owner, shop, engine, clock):
    first = await save(owner, shop)
    clock.move(minutes=1)
    await save(owner, shop, "大单")
    (changed, other) = await save(owner, shop, shows={"status": ["paid", "shipped"]})
    assert (changed["id"], changed["shows"]) == (first[0]["id"], {"status": ["paid", "shipped"]})
    assert other["name"] == "大单"
    given = {"view_id": other["id"], "name": "待发"}
    await refused(owner.post(tool(shop, "base.rename_view"), json=given), 409, "conflict")
    renamed = await change(owner, shop, "rename_view", view_id=other["id"], name=" 大单子 ")
    assert [each["name"] for each in renamed] == ["待发", "大单子"]
    assert await change(owner, shop, "rename_view", view_id=other["id"], name="大单子") == renamed
    assert [
        x["name"] for x in await change(owner, shop, "remove_view", view_id=first[0]["id"])
    ] == ["大单子"]


async def test_what_is_shared_is_seen_by_all_and_changed_by_owners(owner, join, shop, engine):
    (view,) = await save(owner, shop)
    agent = await join("agent@example.com", "agent")
    given = {"view_id": view["id"], "is_shared": True}
    await refused(agent.post(tool(shop, "base.share_view"), json=given), 403, "forbidden")
    await change(owner, shop, "share_view", **given)
    (seen,) = await views(agent, shop)
    assert (seen["id"], seen["is_shared"]) == (view["id"], True)
    for name, more in (("rename_view", {"name": "我的"}), ("remove_view", {})):
        given = {"view_id": view["id"], **more}
        await refused(agent.post(tool(shop, f"base.{name}"), json=given), 403, "forbidden")
    assert [each["is_shared"] for each in await save(agent, shop)] == [False, True]
    await save(owner, shop)
    (mine, shared) = await views(owner, shop)
    given = {"view_id": mine["id"], "is_shared": True}
    await refused(owner.post(tool(shop, "base.share_view"), json=given), 409, "conflict")
    await change(owner, shop, "remove_view", view_id=mine["id"])
    (back,) = await change(owner, shop, "share_view", view_id=shared["id"], is_shared=False)
    assert (back["id"], back["is_shared"]) == (view["id"], False)
    assert [each["is_shared"] for each in await views(agent, shop)] == [False]


async def test_a_list_opens_in_one_view_for_each_person(owner, join, shop, engine):
    (view,) = await save(owner, shop)
    await change(owner, shop, "share_view", view_id=view["id"], is_shared=True)
    agent = await join("agent@example.com", "agent")
    for client in (owner, agent):
        chosen = {"list_name": "orders", "view_id": view["id"]}
        (item,) = await change(client, shop, "set_default_view", **chosen)
        assert item["is_default"]
    (item,) = await change(owner, shop, "set_default_view", list_name="orders", view_id=None)
    assert not item["is_default"]
    assert [each["is_default"] for each in await views(agent, shop)] == [True]
    (mine, _) = await save(agent, shop, "我的")
    chosen = {"list_name": "orders", "view_id": mine["id"]}
    moved = await change(agent, shop, "set_default_view", **chosen)
    assert [each["is_default"] for each in moved] == [True, False]
    wrong = {"list_name": "goods", "view_id": mine["id"]}
    await refused(agent.post(tool(shop, "base.set_default_view"), json=wrong), 404, "not_found")
    await refused(owner.post(tool(shop, "base.set_default_view"), json=chosen), 404, "not_found")
    await change(agent, shop, "remove_view", view_id=mine["id"])
    assert [each["is_default"] for each in await views(agent, shop)] == [False]


@pytest.mark.parametrize(
    "given",
    [
        {"name": " "},
        {"name": "长" * 31},
        {"list_name": "Orders!"},
        {"shows": ["q"]},
        {"shows": {"q": 1}},
        {"shows": {"q": {"a": "b"}}},
        {"shows": {"": "a"}},
        {"shows": {"q": "a\x00"}},
        {"shows": {"q": "长" * 501}},
        {"shows": {chr(97 + n): "长" * 100 for n in range(20)}},
        {"shows": {"a" * (n + 1): "b" for n in range(21)}},
    ],
    ids=range(11),
)
async def test_what_is_no_view_is_refused(owner, shop, engine, given):
    usual = {"list_name": "orders", "name": "待发", "shows": PAID}
    await refused(owner.post(tool(shop, "base.save_view"), json={**usual, **given}), 422, "invalid")
    assert await views(owner, shop) == []


async def test_there_are_no_more_than_fifty(owner, shop, engine):
    for number in range(MOST):
        await save(owner, shop, f"视图{number}")
    given = {"list_name": "orders", "name": "还有", "shows": PAID}
    await refused(owner.post(tool(shop, "base.save_view"), json=given), 409, "conflict")
    assert len(await save(owner, shop, "视图7", {})) == MOST
    assert len(await save(owner, shop, list_name="goods")) == 1


async def test_saving_twice_at_once_makes_one(owner, shop, engine):
    await asyncio.gather(*(save(owner, shop) for _ in range(4)))
    assert await names(owner, shop) == ["待发"]


async def test_a_strangers_view_is_not_to_be_had(owner, join, shop, runtime, engine):
    (view,) = await save(owner, shop)
    await open_shop(runtime, "next-door", "隔壁")
    agent = await join("agent@example.com", "agent")
    for client, where in ((agent, shop), (owner, "next-door")):
        given = {"view_id": view["id"]}
        await refused(client.post(tool(where, "base.remove_view"), json=given), 404, "not_found")
    assert await views(owner, "next-door") == []
    assert await names(owner, shop) == ["待发"]


async def test_who_leaves_takes_their_own_views_along(owner, join, shop, engine):
    partner = await join("partner@example.com", "owner")
    await save(partner, shop, "自己的")
    mine, shared = await save(partner, shop, "大家的")
    await change(partner, shop, "share_view", view_id=shared["id"], is_shared=True)
    await change(partner, shop, "set_default_view", list_name="orders", view_id=mine["id"])
    found = await ok(owner.get(tool(shop, "base.list_members")))
    gone = next(m["user_id"] for m in found["items"] if m["email"] == "partner@example.com")
    await ok(owner.post(tool(shop, "base.remove_member"), json={"user_id": gone}))
    assert await names(owner, shop) == ["大家的"]
    again = await join("partner@example.com", "agent")
    assert [(each["name"], each["is_default"]) for each in await views(again, shop)] == [
        ("大家的", False)
    ]
