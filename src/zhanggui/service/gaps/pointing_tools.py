"""What leads to gaps from elsewhere: how many are open, and the one that a message belongs to."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from zhanggui.base import clock
from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.service.chat import conversations
from zhanggui.service.gaps import anybody, store
from zhanggui.service.gaps.counting import DAYS, Count, counter
from zhanggui.service.gaps.episodes import Episode, episodes
from zhanggui.service.gaps.finding import finder
from zhanggui.service.gaps.gap import Gap
from zhanggui.service.gaps.gap_tools import GapView, view


async def _count(call: Call, given: Nothing) -> Count:
    return await counter(call.runtime).current(call.shop_id)


class GapCount(Output):
    """Gaps that are open, how often they were asked in the last 30 days, and the minutes people
    have spent on them. Up to ten minutes old."""

    open: int
    asked: int
    minutes: float


@tool(
    "service.count_gaps",
    purpose=Text("数一数答不上的问题", "Count questions that could not be answered"),
    risk="read",
    roles=STAFF,
    prepare=_count,
)
async def count_gaps(call: Call, given: Nothing) -> GapCount:
    """How many there are, for who does not need to know which."""
    count: Count = call.prepared
    return GapCount(open=count.open, asked=count.asked, minutes=count.minutes)


class HandedOver(Input):
    """A message by which the program left a question to people."""

    id: str = Field(min_length=1, max_length=40, description="The conversation.")
    seq: int = Field(ge=1)


class GapOfMessage(Output):
    """The gap a message belongs to, as found in the last `days`. Where it is in none `why` says:
    `answered`, since an answer was given to it; `leaning`, since the question cannot be understood
    by itself; `none`, since it is older, was answered after all or was erased."""

    gap: GapView | None
    days: int
    why: Literal["answered", "leaning", "none"] | None


_Pointed = tuple[Gap | None, Literal["answered", "leaning", "none"] | None]


async def _point(call: Call, given: HandedOver) -> _Pointed:
    runtime, shop_id, now = call.runtime, call.shop_id, clock.now()
    async with runtime.db.reading(shop_id) as session:
        rows = await store.whole(session, shop_id, [given.id])
        decided = await store.decisions(session, shop_id)
    if not rows:
        raise conversations.unknown(given.id)
    ((row, messages),) = rows
    said = [(message, conversations.text_of(runtime.cipher, message)) for message in messages]
    before = [each for each in episodes(row, said, now) if each.seq <= given.seq]
    if not before or before[-1].at < now - timedelta(days=DAYS):
        return None, "none"
    episode = before[-1]
    if anybody.leans(episode.text, episode.earlier, now):
        return None, "leaning"
    if any(row.status == "answered" and episode.key in row.members for row in decided):
        return None, "answered"
    gap = await _gap_of(call, episode)
    return gap, None if gap is not None else "none"


async def _gap_of(call: Call, episode: Episode) -> Gap | None:
    # What was found a little ago may not have it yet.
    for is_exact in (False, True):
        found = await finder(call.runtime).current(call.shop_id, DAYS, exact=is_exact)
        for gap in found.gaps:
            if any(each.key == episode.key for each in gap.episodes):
                return gap
    return None


@tool(
    "service.gap_of",
    purpose=Text("查看一条转人工的消息属于哪组问题", "Find the gap that a message belongs to"),
    risk="read",
    roles=STAFF,
    rate="60 per minute",
    prepare=_point,
)
async def gap_of(call: Call, given: HandedOver) -> GapOfMessage:
    """The questions that mean the same as the one that was left to people. Raises NotFound."""
    pointed: _Pointed = call.prepared
    gap, why = pointed
    return GapOfMessage(gap=None if gap is None else view(gap), days=DAYS, why=why)
