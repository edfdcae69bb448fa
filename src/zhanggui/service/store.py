"""Every query of the service; each takes the shop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.events import EventRow
from zhanggui.base.likedays import Window, number_in
from zhanggui.service.events import Answered
from zhanggui.service.models import WorkItem


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
) -> tuple[list[WorkItem], int]:
    """Work items of a page of :func:`items_query`, and how many there are."""
    query = items_query(shop_id, status=status, kind=kind)
    count = select(func.count()).select_from(query.order_by(None).subquery())
    total = await session.scalar(count)
    rows = await session.scalars(query.limit(size).offset((page - 1) * size))
    return list(rows), int(total or 0)


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
