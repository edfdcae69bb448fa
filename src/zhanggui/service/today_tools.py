"""What may be asked of the day: how shoppers were served so far, and what waits for a person."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from zhanggui.base import approvals, clock, likedays
from zhanggui.base.likedays import Compared
from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import store as knowledge_store
from zhanggui.service import store


class WaitingCounts(BaseModel):
    """What a person has to look at; `urgent` are some of the work items."""

    work_items: int
    urgent: int
    proposals: int
    approvals: int


class ServiceToday(Output):
    """Today's questions up to `until`, beside like days; what staff tried is not among them."""

    date: date
    until: datetime
    first_at: datetime | None = Field(description="When the first question ever was asked.")
    questions: Compared
    answered: Compared
    answered_share: Compared = Field(description="Answered of all; null on a day without any.")
    handed_over: Compared
    waiting: WaitingCounts


@tool(
    "service.today",
    purpose=Text("今日客服", "The service so far today"),
    risk="read",
    roles=STAFF,
)
async def today(call: Call, given: Nothing) -> ServiceToday:
    """Questions, what became of them, and what waits."""
    session, shop_id, now = call.session, call.shop_id, clock.now()
    days = likedays.windows(now)
    first = await store.first_question(session, shop_id)
    decided = await store.questions_in(session, shop_id, days)
    questions: dict[int, int] = {}
    for (place, _), count in decided.items():
        questions[place] = questions.get(place, 0) + count

    def of(decision: str) -> list[int | None]:
        counts = {place: count for (place, said), count in decided.items() if said == decision}
        return likedays.from_first(days, counts, first)

    asked, answered = likedays.from_first(days, questions, first), of("answer")
    shares = [
        round(part / whole, 4) if whole and part is not None else None
        for part, whole in zip(answered, asked, strict=True)
    ]
    return ServiceToday(
        date=days[-1].date,
        until=now,
        first_at=first,
        questions=likedays.compare(days, asked),
        answered=likedays.compare(days, answered),
        answered_share=likedays.compare(days, shares),
        handed_over=likedays.compare(days, of("handoff")),
        waiting=await _waiting(call),
    )


async def _waiting(call: Call) -> WaitingCounts:
    items, urgent = await store.open_counts(call.session, call.shop_id)
    proposed = await knowledge_store.proposals_page(
        call.session, call.shop_id, status="waiting", page=1, size=1
    )
    return WaitingCounts(
        work_items=items,
        urgent=urgent,
        proposals=proposed.total,
        approvals=len(await approvals.waiting(call.session, call.shop_id)),
    )
