"""The service report: how shoppers were served in a period, beside the like period before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.insight import figures, store
from zhanggui.insight.figures import CONTENT, Measure, Tally, share
from zhanggui.insight.inquiries import conversion
from zhanggui.insight.periods import Period
from zhanggui.insight.sessions import Key, Session
from zhanggui.insight.value import Ledger, Price, ledger
from zhanggui.service import store as service_store
from zhanggui.service.events import AnswerReviewed, ConversationRated
from zhanggui.service.quality import store as quality_store
from zhanggui.service.quality.estimating import estimate
from zhanggui.service.quality.sampling import Choice, Replied, end_of, is_ripe, samples
from zhanggui.service.store import Happened


@dataclass(frozen=True)
class Read:
    """What a period's figures are counted from, as of `now`. `ratings` and `replies` are of the
    period; `reviews` all since it began, as a reply is judged later."""

    shop_id: str
    period: Period
    now: datetime
    sessions: Sequence[Session]
    replies: Sequence[Replied]
    choices: Sequence[Choice]
    ratings: Sequence[Happened]
    reviews: Sequence[Happened]
    conversion: Measure

    @cached_property
    def verdicts(self) -> dict[Key, str]:
        """What was said last of each reply that was judged."""
        return {(each.data["id"], each.data["seq"]): each.data["verdict"] for each in self.reviews}

    @cached_property
    def wrong(self) -> set[Key]:
        """The replies that were judged wrong."""
        return {key for key, verdict in self.verdicts.items() if verdict == "wrong"}


async def read(session: AsyncSession, shop_id: str, period: Period, now: datetime) -> Read:
    """Read what a period's figures are counted from."""
    start, end, limit = period.start, period.end, now + timedelta(microseconds=1)
    found = await store.sessions(session, shop_id, start, end, now)
    asked = await store.asked(session, shop_id, found)
    buyers = list({each.buyer_id for each in asked})
    ordered = await store.ordered(
        session, shop_id, buyers, start, end_of(period.until + timedelta(days=1))
    )
    return Read(
        shop_id=shop_id,
        period=period,
        now=now,
        sessions=found,
        replies=await quality_store.replies(session, shop_id, start, end),
        choices=await quality_store.choices(session, shop_id),
        ratings=await service_store.happened(
            session, shop_id, [ConversationRated.type], start, end
        ),
        reviews=await service_store.happened(session, shop_id, [AnswerReviewed.type], start, limit),
        conversion=conversion(asked, ordered, now),
    )


def measures(read: Read, price: Price) -> dict[str, Measure]:
    """Every figure of a period, by its key in `definitions`."""
    sessions, now, wrong = read.sessions, read.now, read.wrong
    counted = figures.tally(sessions, wrong, now)
    program = [each.program_after for each in sessions if each.program_after is not None]
    people = [each.people_after for each in sessions if each.people_after is not None]
    responses = figures.responses(sessions, now)
    saved = ledger_of(read, counted, price)
    return {
        "conversations": Measure(counted.conversations),
        "involvement": share(counted.involved, counted.conversations),
        "resolution": share(counted.resolved, counted.involved_ended),
        "automation": figures.automation(counted),
        "containment": share(counted.contained, counted.ended),
        "hand_overs": Measure(reasons(read).total()),
        "program_median": figures.quantile(program, 0.5),
        "program_p90": figures.quantile(program, 0.9),
        "people_median": figures.quantile(people, 0.5),
        "people_p90": figures.quantile(people, 0.9),
        "three_minutes": responses.within,
        "mean_response": responses.mean,
        "conversion": read.conversion,
        "wrong": _wrong(read),
        "csat": _csat(read.ratings),
        "saved_minutes": Measure(None if saved.minutes is None else float(saved.minutes)),
        "saved_fen": Measure(saved.fen),
    }


def reasons(read: Read) -> Counter[str]:
    """Why sessions of the period were handed to people, and how often."""
    return figures.causes(read.sessions)


def by_day(read: Read) -> Mapping[date, Tally]:
    """The sessions that began on each day of the period, counted."""
    days: dict[date, list[Session]] = {day: [] for day in read.period.days}
    for session in read.sessions:
        days[clock.local(session.began).date()].append(session)
    return {day: figures.tally(days[day], read.wrong, read.now) for day in days}


def ledger_of(read: Read, counted: Tally, price: Price) -> Ledger:
    """What the period's service was worth."""
    judged = [each for each in read.reviews if each.at < read.period.end]
    return ledger(
        resolved=counted.resolved,
        with_people=counted.with_people,
        reviewed=len(judged),
        review_seconds=sum(each.data["seconds"] for each in judged),
        price=price,
    )


def _wrong(read: Read) -> Measure:
    ripe = [reply for reply in read.replies if is_ripe(reply.day, read.now)]
    sample = samples(read.shop_id, ripe, read.choices, read.now)
    reviewed = [reply for day in sample.values() for reply in day if reply.key in read.verdicts]
    found = estimate(ripe, reviewed, read.wrong)
    return Measure(found.share, found.wrong, found.reviewed, found.low, found.high)


def _csat(ratings: Sequence[Happened]) -> Measure:
    last = {each.data["id"]: each.data["rating"] for each in ratings}
    return share(sum(rating >= CONTENT for rating in last.values()), len(last))
