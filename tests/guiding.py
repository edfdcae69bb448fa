"""How far a shop has come by the guide."""

from __future__ import annotations

from zhanggui.base import guide, tools
from zhanggui.base.principals import Principal
from zhanggui.base.runtime import Runtime


async def done(runtime: Runtime, shop_id: str) -> set[str]:
    """The steps a shop has done, as anybody of its staff is told."""
    outcome = await tools.call(
        runtime, "base.guide", {}, shop_id=shop_id, principal=Principal("u2", "viewer")
    )
    assert isinstance(outcome.output, guide.Guide)
    return {step.name for step in outcome.output.steps if step.is_done}
