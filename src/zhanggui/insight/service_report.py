"""The service report: how shoppers were served in a period, beside the like period before."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.insight import figures, store
from zhanggui.insight.counting import Counted, Reviews, estimated
from zhanggui.insight.figures import CONTENT, Measure, share
from zhanggui.insight.inquiries import Asked, conversion
from zhanggui.insight.periods import Period
from zhanggui.insight.sessions import Session
from zhanggui.insight.value import Ledger, Price, ledger
from zhanggui.service import store as service_store
from zhanggui.service.events import AnswerReviewed, ConversationRated
from zhanggui.service.quality import store as quality_store
from zhanggui.service.quality.estimating import Estimate
from zhanggui.service.quality.sampling import end_of


@dataclass(frozen=True, slots=True)
class Served:
    """A period's sessions and judgements, which is all that days and the value ledger need."""

    counted: Counted
    reviews: Reviews


@dataclass(frozen=True, slots=True)
class Read(Served):
    """What all of a period's figures are made of: beside the sessions the share of wrong replies,
    the last rating of each conversation rated in it, and who paid of those who asked."""

    wrong: Estimate
    ratings: Collection[int]
    conversion: Measure


async def served(
    session: AsyncSession,
    shop_id: str,
    period: Period,
    now: datetime,
    *,
    also: Callable[[Sequence[Session]], Awaitable[None]] | None = None,
) -> Served:
    """Count a period's sessions, as of `now`, as its events are read; `also` is given them too."""
    start, limit = period.start, now + timedelta(microseconds=1)
    reviews = Reviews(period)
    async for page in service_store.happened(session, shop_id, [AnswerReviewed.type], start, limit):
        reviews.take(page)
    counted = Counted(period, reviews.wrong, now)
    async for sessions in store.sessions(session, shop_id, start, period.end, now):
        await asyncio.to_thread(counted.take, sessions)
        if also is not None:
            await also(sessions)
    return Served(counted, reviews)


async def read(session: AsyncSession, shop_id: str, period: Period, now: datetime) -> Read:
    """Count all of a period, as of `now`, as its events are read."""
    start, end, asked = period.start, period.end, list[Asked]()

    async def asking(sessions: Sequence[Session]) -> None:
        asked.extend(await store.asked(session, shop_id, sessions))

    found = await served(session, shop_id, period, now, also=asking)
    ratings: dict[str, int] = {}
    async for page in service_store.happened(
        session, shop_id, [ConversationRated.type], start, end
    ):
        ratings |= {each.data["id"]: each.data["rating"] for each in page}
    return Read(
        counted=found.counted,
        reviews=found.reviews,
        wrong=await estimated(
            quality_store.days_of_replies(session, shop_id, start, end),
            shop_id=shop_id,
            choices=await quality_store.choices(session, shop_id),
            reviews=found.reviews,
            now=now,
        ),
        ratings=ratings.values(),
        conversion=conversion(
            asked,
            await store.ordered(session, shop_id, asked, start, _paid_by(period)),
            now,
        ),
    )


def _paid_by(period: Period) -> datetime:
    return end_of(period.until + timedelta(days=1))


def measures(read: Read, price: Price) -> dict[str, Measure]:
    """Every figure of a period, by its key in `definitions`."""
    counted, whole = read.counted, read.counted.whole
    responses = figures.responses(counted.waits)
    saved = ledger_of(read, price)
    return {
        "conversations": Measure(whole.conversations),
        "involvement": share(whole.involved, whole.conversations),
        "resolution": share(whole.resolved, whole.involved_ended),
        "automation": figures.automation(whole),
        "containment": share(whole.contained, whole.ended),
        "hand_overs": Measure(counted.causes.total()),
        "program_median": figures.quantile(counted.program, 0.5),
        "program_p90": figures.quantile(counted.program, 0.9),
        "people_median": figures.quantile(counted.people, 0.5),
        "people_p90": figures.quantile(counted.people, 0.9),
        "three_minutes": responses.within,
        "mean_response": responses.mean,
        "conversion": read.conversion,
        "wrong": _wrong(read.wrong),
        "csat": share(sum(each >= CONTENT for each in read.ratings), len(read.ratings)),
        "saved_minutes": Measure(None if saved.minutes is None else float(saved.minutes)),
        "saved_fen": Measure(saved.fen),
    }


def ledger_of(found: Served, price: Price) -> Ledger:
    """What the period's service was worth."""
    whole = found.counted.whole
    return ledger(
        resolved=whole.resolved,
        with_people=whole.with_people,
        reviewed=found.reviews.made,
        review_seconds=found.reviews.seconds,
        price=price,
    )


def _wrong(found: Estimate) -> Measure:
    return Measure(found.share, found.wrong, found.reviewed, found.low, found.high)
