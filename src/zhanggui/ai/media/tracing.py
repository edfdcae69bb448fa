"""Whose a task in a server's list is: how the request of a process that died is found again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from zhanggui.ai.media import keeping, store
from zhanggui.ai.media.pacing import Pace, began
from zhanggui.ai.media.protocols import FilmRequest, MakeRequest, Making
from zhanggui.ai.media.rows import Rows
from zhanggui.ai.models import ModelTask
from zhanggui.ai.roster import Player
from zhanggui.base import clock
from zhanggui.base.blobs import Blobs
from zhanggui.base.errors import NotFound

_CUT = 490
"""A prompt that is told with fewer characters has not been cut: no model takes less than 500."""


@dataclass(slots=True)
class Near:
    """The server's tasks of the time of a request that nobody has claimed: those that are done and
    have our prompt, how many with it failed, how many have not ended, and how many are done and do
    not say whose they are."""

    ours: list[str] = field(default_factory=list)
    failed: int = 0
    waiting: int = 0
    unknown: int = 0

    @property
    def is_none(self) -> bool:
        """Whether nothing may be ours that cost something."""
        return not self.ours and not self.unknown

    @property
    def is_one(self) -> bool:
        """Whether ours can be told by its prompt."""
        return len(self.ours) == 1 and not self.failed and not self.unknown


class Tracing:
    """What looks for a lost request's task."""

    def __init__(self, rows: Rows, blobs: Blobs, pace: Pace) -> None:
        self._rows = rows
        self._blobs = blobs
        self._pace = pace

    async def near(
        self, task: ModelTask, player: Player, request: MakeRequest, latest: datetime
    ) -> Near:
        """What the server has that may be ours, each told apart by its prompt once it has ended;
        raises ModelFault."""
        engine: Making = player.engine
        skew = timedelta(seconds=self._pace.skew_s)
        async with player.door.through():
            found = await engine.listed(began(task) - skew, latest + skew)
        db, server = self._rows.db, player.server
        known = await store.claimed(db, server, [each.their_id for each in found])
        near = Near()
        for each in found:
            if each.their_id in known:
                continue
            async with player.door.through():
                seen = await engine.look(each.their_id)
            is_ours = seen.prompt is not None and _is_of(request, seen.prompt)
            if seen.state == "waiting":
                near.waiting += 1
            elif seen.state == "failed":  # It cost nothing, whosever it is.
                near.failed += is_ours
            elif seen.state == "done" and seen.prompt is None:
                near.unknown += 1
            elif is_ours:
                near.ours.append(each.their_id)
        return near

    async def twins(
        self, task: ModelTask, player: Player, request: MakeRequest, latest: datetime
    ) -> Literal["asked", "lost"] | None:
        """Whether another request of this house may have made the task that has our prompt: one
        that is being ``asked``, and will know its own in a moment, or one whose answer is lost too.
        """
        skew = timedelta(seconds=self._pace.skew_s)
        others = await store.others_untold(
            self._rows.db, player.server, player.name, task.id,
            began(task) - 2 * skew, latest + 2 * skew,
        )  # fmt: skip
        answers = timedelta(seconds=player.model.timeout_s + self._pace.settle_s)
        is_asked = False
        for other in others:
            if other.state in store.ENDED:  # What it asked for is forgotten.
                return "lost"
            try:
                its = await keeping.kept(self._blobs, other.shop_id, other.id)
            except NotFound:
                return "lost"
            if its.prompt.strip() != request.prompt.strip():
                continue
            if clock.now() >= began(other) + answers:
                return "lost"
            is_asked = True
        return "asked" if is_asked else None


def _is_of(request: MakeRequest, told: str) -> bool:
    """Whether a server's task has our prompt, which it may have cut short where it is long."""
    ours, told = request.prompt.strip(), told.strip()
    if len(told) < _CUT:
        return told == ours
    return ours.startswith(told)


def shows_pictures(request: MakeRequest) -> bool:
    """Whether pictures are asked with, which no list tells: a prompt alone does not say then which
    of two tasks is whose."""
    if isinstance(request, FilmRequest):
        return request.first is not None
    return bool(request.references)
