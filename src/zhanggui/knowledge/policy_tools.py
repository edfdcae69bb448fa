"""What may be asked of, and done with, the shop's policies and their versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from zhanggui.base import events
from zhanggui.base.errors import not_found
from zhanggui.base.ids import new_id
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import store, versions
from zhanggui.knowledge.events import PoliciesAdopted, PolicySaved, PolicyVersionRemoved
from zhanggui.knowledge.models import ALWAYS, Policy
from zhanggui.knowledge.starter import starter_policies
from zhanggui.knowledge.versions import Standing, VersionView

STARTER = Text("规则模板", "starter policy")
VERSION = Text("规则的版本", "version of a policy")


class PolicyInput(Input):
    """Which policies."""

    on: date | None = Field(None, description="The day they apply on; today when left out.")
    starters: bool = Field(False, description="Whether to show the starter policies instead.")


class ClauseView(BaseModel):
    """A clause and how it is cited."""

    id: str
    text: str


class PolicyView(BaseModel):
    """A version of a policy with its clauses, and all its versions; `effective` is None where it
    always has applied."""

    id: str
    title: str
    effective: date | None
    standing: Standing
    is_starter: bool
    clauses: list[ClauseView]
    versions: list[VersionView]


class PolicyList(Output):
    """Policies by id."""

    items: list[PolicyView]


@tool(
    "knowledge.list_policies",
    purpose=Text("列出规则条款", "List policies"),
    risk="read",
    roles=STAFF,
)
async def list_policies(call: Call, given: PolicyInput) -> PolicyList:
    """The version of each policy that applies on a day, of one that has not begun the next to
    come; or the starters one may adopt."""
    if given.starters:
        starters = [
            Policy(
                id=record.policy_id,
                title=record.title,
                effective=record.effective or ALWAYS,
                clauses=list(record.clauses),
                is_starter=True,
            )
            for record in starter_policies()
        ]
        return PolicyList(items=[_policy_view([policy], versions.today()) for policy in starters])
    day = given.on or versions.today()
    found = versions.by_id(await store.policies(call.session, call.shop_id))
    return PolicyList(items=[_policy_view(each, day) for each in found.values()])


def _policy_view(every: Sequence[Policy], day: date, which: Policy | None = None) -> PolicyView:
    policy = which or versions.shown(every, day)
    clauses = [
        ClauseView(id=f"policy:{policy.id}#{number}", text=clause)
        for number, clause in enumerate(policy.clauses, 1)
    ]
    return PolicyView(
        id=policy.id,
        title=policy.title,
        effective=versions.day_shown(policy.effective),
        standing=versions.standing(policy, every, day),
        is_starter=policy.is_starter,
        clauses=clauses,
        versions=versions.views([(each, len(each.clauses)) for each in every], day),
    )


class SavePolicyInput(Input):
    """A version of a policy: a policy with this id and day is changed, else one is made; without
    an id a new policy."""

    id: str | None = Field(None, min_length=1, max_length=64, pattern=r"^[^\s#]+$")
    effective: date | None = Field(
        None, description="The day from which it applies; left out, it always has."
    )
    title: str = Field(min_length=1, max_length=200)
    clauses: list[Annotated[str, Field(min_length=1, max_length=1000)]] = Field(
        min_length=1, max_length=200
    )


@tool("knowledge.save_policy", purpose=Text("保存规则", "Save a policy"), risk="act", roles=OWNERS)
async def save_policy(call: Call, given: SavePolicyInput) -> PolicyView:
    """Write a policy, a new version of one, or a version anew."""
    policy_id = given.id or new_id("pol")
    effective = given.effective or ALWAYS
    row = await store.policy(call.session, call.shop_id, policy_id, effective)
    made = row is None
    if row is None:
        row = Policy(shop_id=call.shop_id, id=policy_id, effective=effective)
        call.session.add(row)
    row.title, row.clauses = given.title, given.clauses
    row.is_starter = False
    row.written_by = None
    await call.session.flush()
    await events.append(call.session, PolicySaved(id=policy_id, effective=effective, made=made))
    every = [
        each for each in await store.policies(call.session, call.shop_id) if each.id == policy_id
    ]
    return _policy_view(every, versions.today(), row)


class PolicyVersion(Input):
    """Which version of a policy; without a day the one that always has applied."""

    id: str = Field(min_length=1, max_length=64)
    effective: date | None = None


class PolicyVersionGone(Output):
    """What was taken away."""

    id: str
    effective: date | None


@tool(
    "knowledge.remove_policy_version",
    purpose=Text("删除规则的一个版本", "Remove a version of a policy"),
    risk="act",
    roles=OWNERS,
)
async def remove_policy_version(call: Call, given: PolicyVersion) -> PolicyVersionGone:
    """Take a version away; with the last one the policy is gone. Raises NotFound."""
    effective = given.effective or ALWAYS
    row = await store.policy(call.session, call.shop_id, given.id, effective)
    if row is None:
        raise not_found(VERSION, f"{given.id} {effective}")
    await call.session.delete(row)
    await events.append(call.session, PolicyVersionRemoved(id=given.id, effective=effective))
    return PolicyVersionGone(id=given.id, effective=versions.day_shown(effective))


class StarterInput(Input):
    """Which starter policies to take over; all of them when none is named."""

    ids: list[str] = Field(default_factory=list, max_length=50)


class Adopted(Output):
    """What was taken over, and what the shop had already and so keeps."""

    adopted: list[str]
    kept: list[str]


@tool(
    "knowledge.adopt_starter_policies",
    purpose=Text("采用规则模板", "Adopt starter policies"),
    risk="act",
    roles=OWNERS,
)
async def adopt_starter_policies(call: Call, given: StarterInput) -> Adopted:
    """Take starter policies over as the shop's own; one the shop has under that id stays."""
    starters = {record.policy_id: record for record in starter_policies()}
    wanted = list(dict.fromkeys(given.ids)) or list(starters)
    for policy_id in wanted:
        if policy_id not in starters:
            raise not_found(STARTER, policy_id)
    there = {policy.id for policy in await store.policies(call.session, call.shop_id)}
    adopted = [policy_id for policy_id in wanted if policy_id not in there]
    for policy_id in adopted:
        record = starters[policy_id]
        call.session.add(
            Policy(
                shop_id=call.shop_id,
                id=policy_id,
                effective=record.effective or ALWAYS,
                title=record.title,
                clauses=list(record.clauses),
                is_starter=True,
            )
        )
    if adopted:
        await events.append(call.session, PoliciesAdopted(ids=adopted))
    return Adopted(adopted=adopted, kept=[each for each in wanted if each in there])
