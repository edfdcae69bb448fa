"""The guide: every room's steps, judged by what the shop has."""

from typing import Any

import pytest

from zhanggui.base import guide
from zhanggui.base.tools import Nothing


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(guide, "REGISTRY", {})
    return guide.REGISTRY


async def _yes(call):
    return True


async def _no(call):
    return False


async def test_a_step_is_told_as_its_room_judges_it(registry):
    guide.step("have")(_yes)
    guide.step("lack")(_no)
    call: Any = None  # Only the steps look at it.
    told = await guide.guide(call, Nothing())
    assert [(each.name, each.is_done) for each in told.steps] == [("have", True), ("lack", False)]


def test_a_name_is_taken_once(registry):
    async def other(call):
        return True

    other.__module__ = "elsewhere"
    guide.step("have")(_yes)
    guide.step("have")(_yes)
    with pytest.raises(TypeError, match="have"):
        guide.step("have")(other)
