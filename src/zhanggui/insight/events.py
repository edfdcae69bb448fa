"""What can happen to how figures are priced."""

from __future__ import annotations

from typing import ClassVar

from zhanggui.base.events import Event


class CostsSaved(Event):
    """A person said how many minutes a conversation takes and what an hour of service costs, in
    fen; null for what the shop leaves open."""

    type: ClassVar[str] = "insight.costs_saved"
    zh: ClassVar[str] = "改了每段会话的分钟数或每小时工资"
    minutes_per_conversation: float | None
    wage_fen_per_hour: int | None
