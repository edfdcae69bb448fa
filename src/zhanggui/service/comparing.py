"""Two evaluations side by side, case by case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

Change = Literal["worse", "better", "changed", "new", "same"]
"""`changed` is as right or as wrong as before in other words, or decided another way."""

CHANGES: tuple[Change, ...] = ("worse", "better", "changed", "new", "same")
"""In the order in which a person wants to see them."""


class Judged(Protocol):
    """An outcome of a case."""

    case_id: str
    decision: str
    reply: str
    is_right: bool


def change(now: Judged, before: Judged | None) -> Change:
    """What has become of a case since an earlier evaluation."""
    if before is None:
        return "new"
    if now.is_right != before.is_right:
        return "better" if now.is_right else "worse"
    is_same = (now.decision, now.reply) == (before.decision, before.reply)
    return "same" if is_same else "changed"


def changes(now: Iterable[Judged], before: Mapping[str, Judged]) -> dict[str, Change]:
    """The change of each case of an evaluation, by its id."""
    return {each.case_id: change(each, before.get(each.case_id)) for each in now}
