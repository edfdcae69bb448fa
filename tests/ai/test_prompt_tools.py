"""How a model does with a prompt, case by case."""

from __future__ import annotations

import json

import pytest

from tests.ai.language.server import Does
from zhanggui.ai import prompt_tools, prompts
from zhanggui.base.errors import Forbidden, Invalid, NotFound
from zhanggui.base.principals import Principal
from zhanggui.base.words import speaking
from zhanggui.service import wording

__all__ = ["prompt_tools", "wording"]

pytestmark = pytest.mark.usefixtures("configured")


async def test_prompts_are_listed_with_their_versions(call):
    found = (await call("ai.prompts")).items
    assert {"service.wording", "ai.read"} <= {each.name for each in found}
    assert all(each.version == each.changes[0].version for each in found)


async def test_a_model_is_tried_with_every_case(call, stub):
    cases = prompts.PROMPTS["service.wording"].cases
    stub.script.extend(
        Does(text=json.dumps({"reply": case.given["草稿"]}, ensure_ascii=False))
        for case in cases[:-2]
    )
    stub.script.extend([Does(text="{}"), Does(status=400)])
    with speaking("en"):
        trial = await call("ai.try_prompt", prompt="service.wording", model="small")
    assert (trial.good, len(trial.items)) == (len(cases) - 2, len(cases))
    assert [each.fault is None for each in trial.items] == [True] * (len(cases) - 2) + [False] * 2
    assert trial.items[-2].fault.startswith("lacks: ")
    assert "refused" in trial.items[-1].fault
    # 20 tokens at 0.3 yuan a million and 5 at 6, for each that answered.
    assert trial.cost_micro == 36 * (len(cases) - 1)


async def test_only_what_there_is_can_be_tried_and_only_by_an_owner(call):
    with pytest.raises(NotFound):
        await call("ai.try_prompt", prompt="service.other", model="small")
    with pytest.raises(NotFound):
        await call("ai.try_prompt", prompt="service.wording", model="other")
    with pytest.raises(Invalid, match="pictures"):
        await call("ai.try_prompt", prompt="ai.read", model="small")
    with pytest.raises(Forbidden):
        await call(
            "ai.try_prompt", Principal("a", "agent"), prompt="service.wording", model="small"
        )
