"""What the next take does otherwise."""

from __future__ import annotations

import pytest

from zhanggui.studio.making.plan import Plan
from zhanggui.studio.models import Work
from zhanggui.studio.redoing import REASONS, plan_again

PLAN = Plan(seed=7, styles=("wood", "marble"), layouts=("price", "new"), posters=4)


def work(kind="scene", *, version=1, reason=None, **made):
    return Work(
        id=f"w{version}", kind=kind, slot=f"{kind}s/01", version=version, style=made.get("style"),
        deliverable=made, state="rejected" if reason else "fresh", reason=reason,
    )  # fmt: skip


def test_a_scene_sent_back_stands_on_another_stage_of_its_style():
    back = work(style="wood", plate="wood-2", reason="too_small")
    plan = plan_again(back, PLAN, [back])
    assert (plan.kinds, plan.scenes, plan.per_style, plan.styles) == (("scene",), 1, 1, ("wood",))
    assert plan.without == ("wood-2",)
    assert plan.seed != PLAN.seed


def test_a_style_that_was_wrong_is_not_used_again_whatever_is_wrong_later():
    first = work(style="wood", plate="wood-2", reason="wrong_style")
    second = work(version=2, style="neon", plate="neon-1", reason="too_dark")
    plan = plan_again(second, PLAN, [second, first])
    assert set(plan.without) == {"wood-2", "wood", "neon-1"}
    assert plan.styles == ("neon",)
    assert plan_again(first, PLAN, [first]).styles == ()


def test_a_text_that_was_mended_changes_nothing_else():
    back = work("poster", layout="price", reason="wrong_text")
    plan = plan_again(back, PLAN, [back])
    assert (plan.seed, plan.layouts, plan.without, plan.posters) == (7, ("price",), (), 1)


def test_a_crowded_poster_gets_another_layout():
    back = work("poster", layout="price", reason="crowded")
    plan = plan_again(back, PLAN, [back])
    assert (plan.layouts, plan.without) == (("new",), ("price",))


def test_each_take_falls_otherwise_and_the_same_take_the_same():
    one, two = work(style="wood"), work(version=2, style="wood")
    assert plan_again(one, PLAN, [one]) == plan_again(one, PLAN, [one])
    assert plan_again(one, PLAN, [one]).seed != plan_again(two, PLAN, [two, one]).seed


@pytest.mark.parametrize("kind", ["grid", "video", "white", "detail", "copy"])
@pytest.mark.parametrize("reason", REASONS)
def test_whatever_is_sent_back_can_be_made_again(kind, reason):
    back = work(kind, reason=reason)
    assert plan_again(back, PLAN, [back]).kinds == (kind,)
