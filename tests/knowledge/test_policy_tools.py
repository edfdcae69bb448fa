"""Policies and their versions, through the one call."""

from datetime import date

import pytest

from tests.loading import load, undo
from zhanggui.base.errors import Forbidden, Invalid, NotFound
from zhanggui.base.principals import Principal
from zhanggui.shop.files import PolicyRecord

pytestmark = pytest.mark.db


async def test_policies_are_listed_as_they_apply_on_a_day(call, runtime, shop, clock):
    await load(
        runtime,
        shop,
        [
            PolicyRecord(1, "returns", "退货", ("七天",), date(2026, 1, 1)),
            PolicyRecord(1, "returns", "退货", ("十五天", "运费您出"), date(2026, 6, 2)),
        ],
    )
    today = await call("list_policies")
    assert [clause.text for clause in today.items[0].clauses] == ["七天"]
    later = await call("list_policies", on="2026-06-02")
    assert [c.id for c in later.items[0].clauses] == ["policy:returns#1", "policy:returns#2"]


async def test_starters_are_adopted_once_and_never_over_ones_own(call, runtime, shop):
    starters = await call("list_policies", starters=True)
    ids = [policy.id for policy in starters.items]
    assert "returns" in ids
    await load(runtime, shop, [PolicyRecord(1, "returns", "退货", ("我家十五天",))])
    adopted = await call("adopt_starter_policies")
    assert adopted.kept == ["returns"]
    assert sorted([*adopted.adopted, "returns"]) == sorted(ids)
    applying = {policy.id: policy for policy in (await call("list_policies")).items}
    assert [clause.text for clause in applying["returns"].clauses] == ["我家十五天"]
    assert applying["invoice"].is_starter
    assert (await call("adopt_starter_policies")).adopted == []
    with pytest.raises(NotFound):
        await call("adopt_starter_policies", ids=["nothing"])


def seen(policy):
    return [(v.effective and v.effective.isoformat(), v.standing) for v in policy.versions]


async def test_versions_are_shown_as_past_in_force_and_coming(call, clock):
    async def save(effective, text):
        given = {"id": "returns", "effective": effective, "title": "退货", "clauses": [text]}
        return await call("save_policy", **given)

    await save(None, "七天")
    await save("2026-06-01", "十天")
    saved = await save("2026-06-05", "十五天")
    assert saved.standing == "coming"
    assert [clause.text for clause in saved.clauses] == ["十五天"]
    listed = (await call("list_policies")).items[0]
    assert (listed.standing, listed.clauses[0].text) == ("in_force", "十天")
    assert seen(listed) == [(None, "past"), ("2026-06-01", "in_force"), ("2026-06-05", "coming")]
    clock.move(days=4)
    listed = (await call("list_policies")).items[0]
    assert seen(listed)[1:] == [("2026-06-01", "past"), ("2026-06-05", "in_force")]


async def test_a_policy_that_has_not_begun_is_shown(call, clock):
    await call("save_policy", id="gifts", effective="2026-07-01", title="赠品", clauses=["送"])
    listed = (await call("list_policies")).items[0]
    assert (listed.standing, listed.effective) == ("coming", date(2026, 7, 1))


async def test_the_same_day_replaces_and_an_own_version_is_no_starter(call):
    await call("adopt_starter_policies", ids=["returns"])
    starter = (await call("list_policies")).items[0]
    await call(
        "save_policy",
        id="returns",
        effective=starter.effective and starter.effective.isoformat(),
        title="退货",
        clauses=["我家十五天"],
    )
    mine = (await call("list_policies")).items[0]
    assert len(mine.versions) == 1
    assert (mine.is_starter, [clause.text for clause in mine.clauses]) == (False, ["我家十五天"])


async def test_a_policy_without_an_id_is_a_new_one(call):
    first = await call("save_policy", title="退货", clauses=["七天"])
    other = await call("save_policy", title="退货", clauses=["十天"])
    assert first.id != other.id
    assert first.clauses[0].id == f"policy:{first.id}#1"
    assert len((await call("list_policies")).items) == 2


async def test_what_a_person_wrote_outlives_the_import_it_replaced(call, runtime, shop):
    await load(runtime, shop, [PolicyRecord(1, "returns", "退货", ("七天",))])
    await call("save_policy", id="returns", title="退货", clauses=["十天"])
    await undo(runtime, shop)
    assert (await call("list_policies")).items[0].clauses[0].text == "十天"


async def test_a_version_is_removed_and_with_the_last_the_policy(call, clock):
    for effective in (None, "2026-06-01"):
        await call("save_policy", id="r", effective=effective, title="退货", clauses=["甲"])
    await call("remove_policy_version", id="r", effective="2026-06-01")
    assert seen((await call("list_policies")).items[0]) == [(None, "in_force")]
    with pytest.raises(NotFound):
        await call("remove_policy_version", id="r", effective="2026-06-01")
    await call("remove_policy_version", id="r")
    assert (await call("list_policies")).items == []


@pytest.mark.parametrize(
    "wrong", [{"id": "a#b"}, {"id": "a b"}, {"clauses": []}, {"clauses": ["甲"] * 201}]
)
async def test_what_cannot_be_cited_or_is_empty_is_refused(call, wrong):
    with pytest.raises(Invalid):
        await call("save_policy", **{"id": "r", "title": "退货", "clauses": ["甲"], **wrong})


async def test_only_an_owner_writes_policies(call):
    with pytest.raises(Forbidden):
        await call("save_policy", Principal("a", "agent"), id="r", title="退货", clauses=["甲"])
    with pytest.raises(Forbidden):
        await call("remove_policy_version", Principal("a", "agent"), id="r")
