"""A model that is tried says what it did, or what to mend."""

from __future__ import annotations

import pytest

from tests.ai.language.conftest import PURPOSE, Kept
from tests.ai.language.server import ANSWER, Does
from zhanggui.ai.configuration import Configuration
from zhanggui.ai.making import MAKERS
from zhanggui.ai.roster import Roster
from zhanggui.ai.trying import tried
from zhanggui.base.words import speaking


@pytest.fixture
async def roster(stub):
    model = {"provider": "p", "model": "qwen-x", "price_read": "0.3", "price_written": "6"}
    told = {"providers": {"p": {"base_url": stub.url}}, "models": {"small": model}}
    roster = Roster(Configuration.model_validate(told), Kept(), MAKERS)
    yield roster
    await roster.close()


async def test_what_it_said_and_cost(roster):
    trial = await tried(roster, "small", PURPOSE)
    assert (trial.is_well, trial.said, trial.read, trial.written) == (True, ANSWER, 20, 5)
    assert (trial.cost_micro, trial.why, trial.hint) == (36, None, None)


@pytest.mark.parametrize(
    ("status", "why", "hint"),
    [
        (404, "refused", "no model called qwen-x"),
        (400, "refused", "qwen-x"),
        (401, "key", "key_env"),
        (402, "quota", "provider"),
        (429, "too many", "at_once"),
        (500, "HTTP 500", "/v1"),
        (504, "no answer", "timeout_s"),
    ],
)
async def test_why_it_did_not_and_what_to_do(roster, stub, status, why, hint):
    stub.script.append(Does(status=status))
    with speaking("en"):
        trial = await tried(roster, "small", PURPOSE)
    assert not trial.is_well
    assert why in str(trial.why)
    assert hint in str(trial.hint)
    assert len(stub.asked) == 1
