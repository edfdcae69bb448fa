"""Why a person sends a work back, and what the next take does otherwise for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from zhanggui.base.words import Text
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.models import Work

Reason = Literal[
    "too_dark", "too_bright", "too_small", "wrong_style", "looks_fake", "bad_cutout",
    "wrong_text", "crowded", "other",
]  # fmt: skip

REASONS: dict[Reason, Text] = {
    "too_dark": Text("太暗", "too dark"),
    "too_bright": Text("太亮", "too bright"),
    "too_small": Text("商品太小", "the product is too small"),
    "wrong_style": Text("风格不对", "the wrong style"),
    "looks_fake": Text("不真实", "it looks fake"),
    "bad_cutout": Text("抠图有问题", "the cut-out is bad"),
    "wrong_text": Text("文字有误", "the text is wrong"),
    "crowded": Text("版面太挤", "it is crowded"),
    "other": Text("其他", "something else"),
}
"""Every reason as it is shown."""

_OTHER_STYLE = frozenset(("wrong_style",))
_SAME_STAGE = frozenset(("bad_cutout", "wrong_text"))
"""Reasons for which the stage and layout are not to blame."""


def plan_again(work: Work, plan: Plan, former: Iterable[Work]) -> Plan:
    """The plan for the next version of a work, made before by `plan`.

    A scene or poster is made alone, in its style unless that was what was wrong; the stages and
    layouts of `former` versions that were sent back for these are not used again. Whatever the
    reason, chance falls otherwise, but for a cut-out that was drawn or a text that was mended
    meanwhile: then all else stays as it was.
    """
    sent_back = [each for each in former if each.state == "rejected"]
    without = dict.fromkeys(plan.without)
    for each in sent_back:
        without.update(dict.fromkeys(_to_blame(each)))
    stays = bool(sent_back) and all(each.reason in _SAME_STAGE for each in sent_back)
    changes: dict[str, Any] = {
        "kinds": (work.kind,),
        "without": tuple(without),
        "seed": plan.seed if stays else plan.seed_for("again", work.slot, str(work.version)),
    }
    if work.kind == "scene":
        style = work.style if work.style not in without else None
        changes |= {"styles": (style,) if style else (), "scenes": 1, "per_style": 1}
    elif work.kind == "poster":
        layout = _named(work, "layout")
        layouts = tuple(each for each in plan.layouts if each not in without)
        changes |= {"posters": 1, "layouts": (layout,) if stays and layout else layouts}
    return Plan.model_validate({**plan.model_dump(), **changes})


def _to_blame(work: Work) -> list[str]:
    """What is not to be used again: the stage and layout, and the style where that was wrong."""
    if work.reason in _SAME_STAGE:
        return []
    style = work.style if work.reason in _OTHER_STYLE else None
    return [each for each in (_named(work, "plate"), _named(work, "layout"), style) if each]


def _named(work: Work, what: str) -> str | None:
    named = work.deliverable.get(what)
    return named if isinstance(named, str) else None
