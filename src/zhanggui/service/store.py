"""Every query of the service; each takes the shop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.events import EventRow
from zhanggui.base.likedays import Window, number_in
from zhanggui.base.listing import Slice, records_of
from zhanggui.service.events import Answered
from zhanggui.service.models import (
    ServiceCase,
    ServiceEvaluation,
    ServiceOutcome,
    WorkItem,
)
from zhanggui.shop.models import Buyer


async def open_item(
    session: AsyncSession, shop_id: str, *, kind: str, order_id: str, sku_id: str | None
) -> WorkItem | None:
    """The open item of a kind for an order, of one SKU of it where that is named."""
    query = select(WorkItem).where(
        WorkItem.shop_id == shop_id,
        WorkItem.order_id == order_id,
        WorkItem.kind == kind,
        WorkItem.status == "open",
        WorkItem.sku_id.is_(None) if sku_id is None else WorkItem.sku_id == sku_id,
    )
    return await session.scalar(query.order_by(WorkItem.made_at, WorkItem.id).limit(1))


async def item(
    session: AsyncSession, shop_id: str, item_id: str, *, held: bool = False
) -> WorkItem | None:
    """One work item; `held` until the transaction ends, so that two people do not decide it."""
    return await session.get(WorkItem, (shop_id, item_id), with_for_update=held or None)


async def items_of(session: AsyncSession, shop_id: str, order_ids: Sequence[str]) -> list[WorkItem]:
    """The work items of some orders, oldest first."""
    query = (
        select(WorkItem)
        .where(WorkItem.shop_id == shop_id, WorkItem.order_id.in_(list(order_ids)))
        .order_by(WorkItem.made_at, WorkItem.id)
    )
    return list(await session.scalars(query))


def items_query(shop_id: str, *, status: str | None, kind: str | None) -> Select[WorkItem]:
    """Work items: what is urgent first, then the oldest of the open, else the newest."""
    query = select(WorkItem).where(WorkItem.shop_id == shop_id)
    if kind is not None:
        query = query.where(WorkItem.kind == kind)
    if status is not None:
        query = query.where(WorkItem.status == status)
    if status == "open":
        return query.order_by(WorkItem.is_urgent.desc(), WorkItem.made_at, WorkItem.id)
    return query.order_by(WorkItem.made_at.desc(), WorkItem.id.desc())


async def items_page(
    session: AsyncSession,
    shop_id: str,
    *,
    status: str | None,
    kind: str | None,
    page: int,
    size: int,
) -> Slice[WorkItem]:
    """Work items of a page of :func:`items_query`."""
    query = items_query(shop_id, status=status, kind=kind)
    return await records_of(session, query, page, size)


async def open_counts(session: AsyncSession, shop_id: str) -> tuple[int, int]:
    """How many work items are open, and how many of those are urgent."""
    query = (
        select(WorkItem.is_urgent, func.count())
        .where(WorkItem.shop_id == shop_id, WorkItem.status == "open")
        .group_by(WorkItem.is_urgent)
    )
    counts = {bool(row[0]): int(row[1]) for row in (await session.execute(query)).all()}
    return sum(counts.values()), counts.get(True, 0)


def _asked(shop_id: str) -> list[ColumnElement[bool]]:
    """The events of questions that staff did not merely try."""
    tried = func.coalesce(EventRow.data["is_trial"].as_boolean(), False)
    return [EventRow.shop_id == shop_id, EventRow.type == Answered.type, tried.is_(False)]


async def has_questions(session: AsyncSession, shop_id: str) -> bool:
    """Whether any question was ever decided on, tried ones too."""
    asked = exists().where(EventRow.shop_id == shop_id, EventRow.type == Answered.type)
    return bool(await session.scalar(select(asked)))


async def first_question(session: AsyncSession, shop_id: str) -> datetime | None:
    """When the first question was asked."""
    return await session.scalar(select(func.min(EventRow.at)).where(*_asked(shop_id)))


async def questions_in(
    session: AsyncSession, shop_id: str, days: Sequence[Window]
) -> dict[tuple[int, str], int]:
    """How many questions there were in each of some days, by the day's place and the decision."""
    place = number_in(EventRow.at, days).label("place")
    decision = EventRow.data["decision"].as_string().label("decision")
    query = (
        select(place, decision, func.count())
        .where(*_asked(shop_id), EventRow.at >= days[0].start, place.is_not(None))
        .group_by(place, decision)
    )
    return {(row[0], row[1]): int(row[2]) for row in (await session.execute(query)).all()}


class Happened(NamedTuple):
    """An event of the shop as it was written."""

    at: datetime
    type: str
    data: dict[str, Any]


PAGE = 2_000
"""Events that are read at a time: a year of a busy shop does not fit into memory."""


async def happened(
    session: AsyncSession, shop_id: str, types: Sequence[str], since: datetime, until: datetime
) -> AsyncIterator[list[Happened]]:
    """The service's events of some types from a moment on until before another, in the order they
    happened, those of one moment as they were written; no more than :data:`PAGE` at a time."""
    query = (
        select(EventRow.at, EventRow.type, EventRow.data, EventRow.seq)
        .where(
            EventRow.shop_id == shop_id,
            # As the index by time says it: with values in its place it would not be used.
            EventRow.type >= literal_column("'service.'"),
            EventRow.type < literal_column("'service/'"),
            EventRow.type.in_(types),
            EventRow.at < until,
        )
        .order_by(EventRow.at, EventRow.seq)
        .limit(PAGE)
    )
    last, seq = since, -1
    while True:
        after = or_(EventRow.at > last, and_(EventRow.at == last, EventRow.seq > seq))
        rows = (await session.execute(query.where(EventRow.at >= last, after))).all()
        if rows:
            yield [Happened(at, type_, data) for at, type_, data, _ in rows]
            last, seq = rows[-1].at, rows[-1].seq
        if len(rows) < PAGE:
            return


async def happened_ever(session: AsyncSession, shop_id: str, type_: str) -> list[Happened]:
    """All events of a type that is rare, of whatever room, in the order they were written."""
    query = (
        select(EventRow.at, EventRow.type, EventRow.data)
        .where(EventRow.shop_id == shop_id, EventRow.type == type_)
        .order_by(EventRow.seq)
    )
    return [Happened(*row) for row in await session.execute(query)]


async def case_count(session: AsyncSession, shop_id: str) -> int:
    """How many cases are kept."""
    query = select(func.count()).select_from(ServiceCase).where(ServiceCase.shop_id == shop_id)
    return int(await session.scalar(query) or 0)


async def cases_page(
    session: AsyncSession, shop_id: str, *, page: int, size: int
) -> Slice[ServiceCase]:
    """Cases of a page, the newest first."""
    query = (
        select(ServiceCase)
        .where(ServiceCase.shop_id == shop_id)
        .order_by(ServiceCase.made_at.desc(), ServiceCase.id)
    )
    return await records_of(session, query, page, size)


async def unplayed_cases(
    session: AsyncSession, shop_id: str, evaluation_id: str, until: datetime, limit: int
) -> list[ServiceCase]:
    """The next cases kept by `until` that have no outcome in an evaluation, by id."""
    played = select(ServiceOutcome.case_id).where(
        ServiceOutcome.shop_id == shop_id, ServiceOutcome.evaluation_id == evaluation_id
    )
    query = (
        select(ServiceCase)
        .where(
            ServiceCase.shop_id == shop_id,
            ServiceCase.made_at <= until,
            ServiceCase.id.not_in(played),
        )
        .order_by(ServiceCase.id)
        .limit(limit)
    )
    return list(await session.scalars(query))


async def held_cases(session: AsyncSession, shop_id: str, ids: Sequence[str]) -> set[str]:
    """Which of some cases are still kept; they stay until the transaction ends."""
    query = (
        select(ServiceCase.id)
        .where(ServiceCase.shop_id == shop_id, ServiceCase.id.in_(ids))
        .order_by(ServiceCase.id)
        .with_for_update(read=True)
    )
    return set(await session.scalars(query))


async def empty_outcomes(session: AsyncSession, shop_id: str, which: ColumnElement[bool]) -> None:
    """Take what was said out of outcomes; how they were judged stays."""
    await session.execute(
        update(ServiceOutcome)
        .where(ServiceOutcome.shop_id == shop_id, which)
        .values(question="", reply="", sources=[])
    )


async def nicks(session: AsyncSession, shop_id: str, buyer_ids: Sequence[str]) -> dict[str, str]:
    """The nicks of some buyers, by id."""
    query = select(Buyer.id, Buyer.nick).where(
        Buyer.shop_id == shop_id, Buyer.id.in_(list(buyer_ids))
    )
    return {row.id: row.nick for row in await session.execute(query)}


async def unfinished_evaluation(session: AsyncSession, shop_id: str) -> ServiceEvaluation | None:
    """The evaluation that is queued or running."""
    query = select(ServiceEvaluation).where(
        ServiceEvaluation.shop_id == shop_id, ServiceEvaluation.state.in_(("queued", "running"))
    )
    return await session.scalar(query.order_by(ServiceEvaluation.made_at).limit(1))


async def evaluations(
    session: AsyncSession, shop_id: str, limit: int
) -> list[tuple[ServiceEvaluation, int, int]]:
    """The newest evaluations first, each with how many cases were right and how many wrong."""
    rows = list(
        await session.scalars(
            select(ServiceEvaluation)
            .where(ServiceEvaluation.shop_id == shop_id)
            .order_by(ServiceEvaluation.made_at.desc(), ServiceEvaluation.id.desc())
            .limit(limit)
        )
    )
    outcome = ServiceOutcome
    judged = (
        select(outcome.evaluation_id, outcome.is_right, outcome.is_wrong, func.count())
        .where(outcome.shop_id == shop_id, outcome.evaluation_id.in_([row.id for row in rows]))
        .group_by(outcome.evaluation_id, outcome.is_right, outcome.is_wrong)
    )
    right: dict[str, int] = {}
    wrong: dict[str, int] = {}
    for evaluation_id, is_right, is_wrong, count in (await session.execute(judged)).all():
        right[evaluation_id] = right.get(evaluation_id, 0) + count * is_right
        wrong[evaluation_id] = wrong.get(evaluation_id, 0) + count * is_wrong
    return [(row, right.get(row.id, 0), wrong.get(row.id, 0)) for row in rows]


async def evaluation_before(
    session: AsyncSession, shop_id: str, row: ServiceEvaluation
) -> ServiceEvaluation | None:
    """The newest evaluation that had ended well when `row` was let go."""
    query = (
        select(ServiceEvaluation)
        .where(
            ServiceEvaluation.shop_id == shop_id,
            ServiceEvaluation.state == "done",
            ServiceEvaluation.made_at < row.made_at,
        )
        .order_by(ServiceEvaluation.made_at.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def outcomes(session: AsyncSession, shop_id: str, evaluation_id: str) -> list[ServiceOutcome]:
    """What became of the cases of an evaluation, by case."""
    query = (
        select(ServiceOutcome)
        .where(ServiceOutcome.shop_id == shop_id, ServiceOutcome.evaluation_id == evaluation_id)
        .order_by(ServiceOutcome.case_id)
    )
    return list(await session.scalars(query))
