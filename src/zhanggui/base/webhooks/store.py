"""Every query of webhooks; each takes the shop, but for the list that the loop follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.db import EVERY_SHOP, Database
from zhanggui.base.events import CursorRow, EventRow
from zhanggui.base.listing import Slice, records_of
from zhanggui.base.webhooks.models import DeliveryRow, WebhookRow

CURSOR = "webhook:"
"""What the cursor of a webhook is called, with the webhook's id after it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A webhook as the loop knows it: the types of events it listens to (None: all), and whether
    there is anything to do for it."""

    shop_id: str
    id: str
    kinds: list[str] | None
    is_on: bool
    has_work: bool


async def targets(db: Database, now: datetime) -> list[Target]:
    """The webhooks of all shops: one query a second, however many there are."""
    last = (
        select(EventRow.seq)
        .where(EventRow.shop_id == WebhookRow.shop_id)
        .order_by(EventRow.xid.desc(), EventRow.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    waiting = (
        select(DeliveryRow.id)
        .where(
            DeliveryRow.shop_id == WebhookRow.shop_id,
            DeliveryRow.webhook_id == WebhookRow.id,
            DeliveryRow.status == "pending",
            DeliveryRow.due_at <= now,
        )
        .exists()
    )
    # A cursor stands at the last event, whatever its type, once all is read.
    has_work = WebhookRow.is_on & (waiting | (func.coalesce(CursorRow.seq, 0) != last))
    query = (
        select(
            WebhookRow.shop_id, WebhookRow.id, WebhookRow.kinds, WebhookRow.is_on,
            func.coalesce(has_work, False),
        )
        .outerjoin(CursorRow, CursorRow.consumer == CURSOR + WebhookRow.id)
        .order_by(WebhookRow.id)
    )  # fmt: skip
    async with db.reading(EVERY_SHOP) as session:
        return [Target(*row) for row in await session.execute(query)]


async def webhook(
    session: AsyncSession, shop_id: str, webhook_id: str, *, held: bool = False
) -> WebhookRow | None:
    """One webhook; `held` until the transaction ends."""
    return await session.get(WebhookRow, (shop_id, webhook_id), with_for_update=held or None)


async def webhooks(session: AsyncSession, shop_id: str) -> list[WebhookRow]:
    """The shop's webhooks, the oldest first."""
    query = (
        select(WebhookRow)
        .where(WebhookRow.shop_id == shop_id)
        .order_by(WebhookRow.made_at, WebhookRow.id)
    )
    return list(await session.scalars(query))


async def counts(session: AsyncSession, shop_id: str) -> dict[tuple[str, str], int]:
    """How many deliveries there are, by webhook and status."""
    query = (
        select(DeliveryRow.webhook_id, DeliveryRow.status, func.count())
        .where(DeliveryRow.shop_id == shop_id)
        .group_by(DeliveryRow.webhook_id, DeliveryRow.status)
    )
    return {(webhook_id, status): n for webhook_id, status, n in await session.execute(query)}


async def last_tried(session: AsyncSession, shop_id: str, webhook_id: str) -> DeliveryRow | None:
    """The delivery of a webhook that was tried last."""
    query = (
        select(DeliveryRow)
        .where(
            DeliveryRow.shop_id == shop_id,
            DeliveryRow.webhook_id == webhook_id,
            DeliveryRow.tried_at.is_not(None),
        )
        .order_by(DeliveryRow.tried_at.desc(), DeliveryRow.id.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def delivery(session: AsyncSession, shop_id: str, delivery_id: str) -> DeliveryRow | None:
    """One delivery."""
    return await session.get(DeliveryRow, (shop_id, delivery_id))


async def deliveries(
    session: AsyncSession,
    shop_id: str,
    webhook_id: str,
    *,
    status: str | None,
    page: int,
    size: int,
) -> Slice[DeliveryRow]:
    """A page of a webhook's deliveries, the newest first."""
    query = select(DeliveryRow).where(
        DeliveryRow.shop_id == shop_id, DeliveryRow.webhook_id == webhook_id
    )
    if status is not None:
        query = query.where(DeliveryRow.status == status)
    query = query.order_by(DeliveryRow.made_at.desc(), DeliveryRow.id.desc())
    return await records_of(session, query, page, size)


async def of_events(
    session: AsyncSession, shop_id: str, webhook_id: str, seqs: Sequence[int]
) -> list[DeliveryRow]:
    """The deliveries of some events to a webhook."""
    query = select(DeliveryRow).where(
        DeliveryRow.shop_id == shop_id,
        DeliveryRow.webhook_id == webhook_id,
        DeliveryRow.event_seq.in_(seqs),
    )
    return list(await session.scalars(query))


async def due(
    session: AsyncSession, shop_id: str, webhook_id: str, now: datetime, limit: int
) -> list[tuple[DeliveryRow, EventRow]]:
    """Deliveries to a webhook whose time has come, with their events, the longest due first."""
    query = (
        select(DeliveryRow, EventRow)
        .join(
            EventRow,
            (EventRow.shop_id == DeliveryRow.shop_id) & (EventRow.seq == DeliveryRow.event_seq),
        )
        .where(
            DeliveryRow.shop_id == shop_id,
            DeliveryRow.webhook_id == webhook_id,
            DeliveryRow.status == "pending",
            DeliveryRow.due_at <= now,
        )
        .order_by(DeliveryRow.due_at, DeliveryRow.event_seq)
        .limit(limit)
    )
    return [(row, event) for row, event in await session.execute(query)]


async def hold_back(session: AsyncSession, shop_id: str, webhook_id: str, until: datetime) -> None:
    """Send nothing to a webhook before a moment."""
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.shop_id == shop_id,
            DeliveryRow.webhook_id == webhook_id,
            DeliveryRow.status == "pending",
            DeliveryRow.due_at < until,
        )
        .values(due_at=until)
    )


async def forget(
    session: AsyncSession, shop_id: str, webhook_id: str, *, before: datetime | None = None
) -> None:
    """Remove a webhook's deliveries, or those that were made before a moment."""
    query = delete(DeliveryRow).where(
        DeliveryRow.shop_id == shop_id, DeliveryRow.webhook_id == webhook_id
    )
    if before is not None:
        query = query.where(DeliveryRow.made_at < before)
    await session.execute(query)


async def happened(
    session: AsyncSession, shop_id: str, types: frozenset[str], since: datetime
) -> int:
    """How many events of some types there were since a moment."""
    query = select(func.count()).where(
        EventRow.shop_id == shop_id, EventRow.type.in_(types), EventRow.at >= since
    )
    return await session.scalar(query) or 0
