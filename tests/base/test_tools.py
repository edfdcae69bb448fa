"""Every door's one way in: who may, what is right, what waits, what runs once, what is recorded."""

from __future__ import annotations

import asyncio
import base64
import dataclasses

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from zhanggui.base import audit, tools
from zhanggui.base.approvals import ApprovalRow
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.crypto import Cipher
from zhanggui.base.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from zhanggui.base.principals import SYSTEM, Principal

pytestmark = pytest.mark.usefixtures("samples")

OWNER = Principal("usr_owner", "owner")
AGENT = Principal("usr_agent", "agent")
VIEWER = Principal("usr_viewer", "viewer")
ASSISTANT = Principal("usr_owner", "owner", "assistant")
KEY = Principal("key_1", "owner", "key")
SHOPPER = Principal("buyer_1", "shopper", buyer_id="b1")


@pytest.fixture
def call(runtime, shop_id):
    async def calling(name, given=None, principal=OWNER, shop=shop_id, **options):
        return await tools.call(
            runtime, name, given or {}, shop_id=shop, principal=principal, **options
        )

    return calling


@pytest.fixture
def count(call):
    async def counting(shop="test-shop"):
        return (await call("sample.count", shop=shop)).output.count

    return counting


async def recorded(runtime, shop_id):
    async with runtime.db.reading(shop_id) as session:
        return await audit.recent(session, shop_id)


async def test_an_unknown_tool_is_not_found(call):
    with pytest.raises(NotFound):
        await call("sample.nothing")


@pytest.mark.db
async def test_a_role_that_may_not_changes_nothing(call, count, engine):
    with pytest.raises(Forbidden):
        await call("sample.put", principal=VIEWER)
    assert await count() == 0


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"text": "x" * 21}, "text"),
        ({"number": "many"}, "number"),
        ({"unknown": 1}, "unknown"),
        ({"text": "a\x00b"}, "text"),
        ({"number": 2**63}, "number"),
    ],
)
async def test_input_that_is_not_right_names_its_field(call, count, given, where):
    with pytest.raises(Invalid) as refused:
        await call("sample.put", given)
    assert refused.value.where == where
    assert refused.value.what.zh != refused.value.what.en
    assert await count() == 0


@pytest.mark.db
async def test_a_tool_that_only_reads_cannot_write(call, count, engine):
    with pytest.raises(DBAPIError, match=r"read-?only"):
        await call("sample.sneak")
    assert await count() == 0


@pytest.mark.db
async def test_what_fails_leaves_nothing_behind(call, count, runtime, shop_id, engine):
    with pytest.raises(Conflict):
        await call("sample.put", {"fail": True})
    assert await count() == 0
    assert await recorded(runtime, shop_id) == []


@pytest.mark.db
async def test_a_change_is_recorded_with_who_did_it(call, runtime, shop_id, engine):
    await call("sample.put", {"text": "13812345678"}, principal=AGENT)
    await call("sample.count")
    await call("sample.look", principal=VIEWER)
    rows = await recorded(runtime, shop_id)
    by_tool = {row.tool: row for row in rows}
    assert set(by_tool) == {"sample.put", "sample.look"}
    assert by_tool["sample.put"].principal_id == AGENT.id
    assert by_tool["sample.look"].role == "viewer"
    assert "13812345678" not in str([vars(row) for row in rows])


async def test_what_is_prepared_reaches_the_tool(call):
    told = await call("sample.tell", {"number": 7})
    assert told.output.secret == "thought of 7"


async def test_what_cannot_be_prepared_is_not_done(call, runtime, shop_id):
    with pytest.raises(Conflict):
        await call("sample.tell", {"fail": True})
    assert await recorded(runtime, shop_id) == []


async def test_nothing_is_prepared_for_who_may_not_call(call):
    with pytest.raises(Forbidden):
        await call("sample.tell", {"fail": True}, principal=VIEWER)


async def test_a_call_that_ran_is_not_prepared_again(call, monkeypatch):
    first = await call("sample.tell", {"number": 7}, idempotency_key="k")

    async def refuse(call, given):
        raise AssertionError

    spoilt = dataclasses.replace(tools.REGISTRY["sample.tell"], prepare=refuse)
    monkeypatch.setitem(tools.REGISTRY, "sample.tell", spoilt)
    again = await call("sample.tell", {"number": 7}, idempotency_key="k")
    assert again.replayed
    assert again.output == first.output


async def test_an_approved_call_is_prepared_too(call):
    waiting = await call("sample.tell", {"number": 7}, principal=ASSISTANT)
    given = {"approval_id": waiting.approval.id, "approve": True}
    decided = await call("base.decide_approval", given)
    assert decided.output.output == {"secret": "thought of 7"}


@pytest.mark.db
async def test_the_same_key_and_input_run_once(call, count, engine):
    first = await call("sample.put", {"number": 1}, idempotency_key="k")
    again = await call("sample.put", {"number": 1}, idempotency_key="k")
    assert (first.replayed, again.replayed) == (False, True)
    assert again.output == first.output
    assert await count() == 1


@pytest.mark.db
async def test_a_key_is_for_one_input_and_one_caller(call, count, engine):
    await call("sample.put", {"number": 1}, idempotency_key="k")
    with pytest.raises(Conflict):
        await call("sample.put", {"number": 2}, idempotency_key="k")
    with pytest.raises(Conflict):
        await call("sample.put", {"number": 1}, principal=AGENT, idempotency_key="k")
    await call("sample.put", {"number": 2}, shop="other-shop", idempotency_key="k")
    assert await count() == 1


@pytest.mark.db
async def test_the_same_key_at_the_same_time_runs_once(call, count, engine):
    outcomes = await asyncio.gather(
        *(call("sample.put", {"number": 1}, idempotency_key="k") for _ in range(6))
    )
    assert sum(not outcome.replayed for outcome in outcomes) == 1
    assert await count() == 1


@pytest.mark.db
async def test_a_key_on_a_read_is_ignored_and_its_output_not_kept(call, runtime, shop_id, engine):
    for _ in range(2):
        await call("sample.look", idempotency_key="k")
    rows = await recorded(runtime, shop_id)
    assert [(row.idempotency_key, row.output) for row in rows] == [(None, None)] * 2


@pytest.mark.db
async def test_words_that_are_not_kept_are_made_again_of_what_is_there(
    call, count, runtime, shop_id, engine
):
    first = await call("sample.say", {"text": "王小明"}, idempotency_key="k")
    await call("sample.put")
    again = await call("sample.say", {"text": "王小明"}, idempotency_key="k")
    assert (first.output.secret, again.output.secret) == ("王小明", "now there are 2")
    assert (again.call_id, again.replayed, await count()) == (first.call_id, True, 2)
    with pytest.raises(Conflict):
        await call("sample.say", {"text": "别的"}, idempotency_key="k")
    assert [row.output for row in await recorded(runtime, shop_id) if row.tool == "sample.say"] == [
        None
    ]


async def test_a_secret_output_is_not_kept(call, runtime, shop_id):
    first = await call("sample.shout", idempotency_key="k")
    assert "shown once" in first.output.secret
    with pytest.raises(Conflict):
        await call("sample.shout", idempotency_key="k")
    (row,) = await recorded(runtime, shop_id)
    assert row.output is None


@pytest.mark.parametrize("principal", [ASSISTANT, KEY])
async def test_what_takes_a_person_takes_a_person(call, principal):
    with pytest.raises(Forbidden):
        await call("sample.by_hand", principal=principal)
    await call("sample.by_hand", principal=OWNER)


async def test_a_shopper_says_yes_before_anything_happens(call, count):
    with pytest.raises(Conflict):
        await call("sample.put", principal=SHOPPER)
    assert await count() == 0
    await call("sample.put", principal=SHOPPER, confirmed=True)
    assert await count() == 1


@pytest.mark.parametrize(
    ("tool", "principal", "waits"),
    [
        ("sample.put", OWNER, False),
        ("sample.put", ASSISTANT, True),
        ("sample.spend", OWNER, False),
        ("sample.spend", AGENT, True),
        ("sample.spend", ASSISTANT, True),
        ("sample.spend", SYSTEM, False),
        ("sample.count", ASSISTANT, False),
    ],
)
async def test_what_waits_for_an_owner(call, count, tool, principal, waits):
    outcome = await call(tool, principal=principal)
    assert (outcome.approval is not None) is waits
    assert (outcome.output is None) is waits
    if waits:
        assert await count() == 0


@pytest.fixture
async def proposed(call):
    outcome = await call("sample.spend", {"number": 7}, principal=AGENT, idempotency_key="k")
    return outcome.approval


def _approvals(shop_id):
    return select(ApprovalRow).where(ApprovalRow.shop_id == shop_id)


async def decide(call, proposal, approve=True, principal=OWNER):
    given = {"approval_id": proposal.id, "approve": approve}
    return await call("base.decide_approval", given, principal=principal)


@pytest.mark.db
async def test_an_approved_call_runs_as_it_was_shown(
    call, count, proposed, runtime, shop_id, engine
):
    (listed,) = (await call("base.list_approvals")).output.items
    assert listed.id == proposed.id
    assert listed.given["number"] == 7
    decided = (await decide(call, proposed)).output
    assert decided.approval.status == "approved"
    assert decided.output == {"count": 1}
    assert await count() == 1
    ran = next(row for row in await recorded(runtime, shop_id) if row.tool == "sample.spend")
    assert (ran.approval_id, ran.principal_id) == (proposed.id, OWNER.id)
    assert (await call("base.list_approvals")).output.items == []


async def test_what_was_proposed_is_sealed_at_rest(call, runtime, shop_id):
    await call("sample.spend", {"text": "13812345678"}, principal=AGENT)
    async with runtime.db.reading(shop_id) as session:
        (row,) = (await session.scalars(_approvals(shop_id))).all()
    assert "13812345678" not in str(row.given)
    (listed,) = (await call("base.list_approvals")).output.items
    assert listed.given["text"] == "13812345678"


async def test_a_viewer_sees_that_something_waits_and_not_for_whom(call, runtime, shop_id):
    await call("sample.spend", {"text": "13812345678", "number": 7}, principal=AGENT)
    for principal, text in ((VIEWER, "…"), (AGENT, "13812345678")):
        (listed,) = (await call("base.list_approvals", principal=principal)).output.items
        assert listed.given == {"text": text, "number": 7, "fail": False}
    looked = [row for row in await recorded(runtime, shop_id) if row.tool == "base.list_approvals"]
    assert {row.principal_id for row in looked} == {VIEWER.id, AGENT.id}


async def test_what_an_earlier_release_proposed_can_still_be_decided(call, runtime, shop_id):
    await call("sample.spend", {"number": 3}, principal=AGENT)
    async with runtime.db.transaction(shop_id) as session:
        (row,) = (await session.scalars(_approvals(shop_id))).all()
        row.given = {"text": "", "number": 3, "fail": False}
    (listed,) = (await call("base.list_approvals")).output.items
    assert listed.given["number"] == 3


async def test_one_that_cannot_be_read_hides_no_other_and_can_be_rejected(call, runtime, shop_id):
    lost = (await call("sample.spend", {"number": 3}, principal=AGENT)).approval
    await call("sample.spend", {"number": 4}, principal=AGENT)
    async with runtime.db.transaction(shop_id) as session:
        row = await session.get(ApprovalRow, (shop_id, lost.id))
        sealed = Cipher(bytes(32)).encrypt("{}", shop_id=shop_id, field="approval.given")
        row.given = {"sealed": base64.b64encode(sealed).decode()}
    listed = {item.id: item for item in (await call("base.list_approvals")).output.items}
    assert len(listed) == 2
    assert list(listed[lost.id].given) == ["unreadable"]
    with pytest.raises(Unavailable):
        await decide(call, lost)
    assert (await decide(call, lost, approve=False)).output.approval.status == "rejected"


@pytest.mark.db
async def test_an_approval_runs_once_even_when_two_decide(call, count, proposed, engine):
    results = await asyncio.gather(
        *(decide(call, proposed) for _ in range(4)), return_exceptions=True
    )
    assert sum(isinstance(result, Conflict) for result in results) == 3
    assert await count() == 1


async def test_what_was_proposed_without_a_key_is_recorded_with_its_hash(call, runtime, shop_id):
    outcome = await call("sample.spend", {"number": 7}, principal=AGENT)
    await decide(call, outcome.approval)
    ran = next(row for row in await recorded(runtime, shop_id) if row.tool == "sample.spend")
    assert len(ran.fingerprint) == 64


async def test_a_rejected_call_never_runs(call, count, proposed):
    decided = (await decide(call, proposed, approve=False)).output
    assert (decided.approval.status, decided.output) == ("rejected", None)
    with pytest.raises(Conflict):
        await decide(call, proposed)
    assert await count() == 0


@pytest.mark.db
async def test_a_call_that_fails_when_approved_still_waits(call, count, engine):
    outcome = await call("sample.spend", {"fail": True}, principal=AGENT)
    with pytest.raises(Conflict):
        await decide(call, outcome.approval)
    (listed,) = (await call("base.list_approvals")).output.items
    assert listed.status == "waiting"
    assert await count() == 0


@pytest.mark.parametrize("principal", [AGENT, VIEWER, ASSISTANT, KEY])
async def test_only_an_owner_in_person_approves(call, count, proposed, principal):
    with pytest.raises(Forbidden):
        await decide(call, proposed, principal=principal)
    assert await count() == 0


async def test_a_proposal_of_another_shop_is_not_found(call, proposed):
    given = {"approval_id": proposed.id, "approve": True}
    with pytest.raises(NotFound):
        await call("base.decide_approval", given, shop="other-shop")


async def test_a_proposal_expires(clock, call, count):
    outcome = await call("sample.spend", principal=AGENT)
    clock.move(days=8)
    assert (await call("base.list_approvals")).output.items == []
    with pytest.raises(Conflict):
        await decide(call, outcome.approval)
    assert await count() == 0


async def test_asking_again_finds_the_proposal_and_then_its_result(call, proposed):
    asked = {"number": 7}
    again = await call("sample.spend", asked, principal=AGENT, idempotency_key="k")
    assert (again.replayed, again.approval.id) == (True, proposed.id)
    await decide(call, proposed)
    after = await call("sample.spend", asked, principal=AGENT, idempotency_key="k")
    assert (after.replayed, after.output.count) == (True, 1)


async def test_what_follows_a_commit_does_not_follow_a_failure(call, runtime, shop_id, monkeypatch):
    followed = []

    async def follow():
        followed.append(True)

    original = tools.REGISTRY["sample.put"].run

    async def run(context, given):
        context.after_commit(follow)
        return await original(context, given)

    changed = {**tools.REGISTRY, "sample.put": _with_run(tools.REGISTRY["sample.put"], run)}
    monkeypatch.setattr(tools, "REGISTRY", changed)
    with pytest.raises(Conflict):
        await call("sample.put", {"fail": True})
    assert followed == []
    await call("sample.put")
    assert followed == [True]
    async with runtime.db.reading(shop_id) as session:
        assert await session.scalar(select(ToolCallRow.tool).where(ToolCallRow.shop_id == shop_id))


def _with_run(found, run):
    from dataclasses import replace

    return replace(found, run=run)
