"""From the event log to deliveries: each webhook is a consumer with a cursor of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.bulk import insert_many
from zhanggui.base.events import Consumer, CursorRow, Recorded
from zhanggui.base.ids import new_id
from zhanggui.base.webhooks import store
from zhanggui.base.webhooks.models import DeliveryRow, WebhookRow
from zhanggui.base.webhooks.store import Target

_deliveries = cast("Table", DeliveryRow.__table__)


class Changed(Exception):
    """The webhook is no longer what it was when its events were read."""


def published() -> frozenset[str]:
    """The types of events a webhook may listen to: all there are."""
    return frozenset(events.REGISTRY)


def consumer(target: Target) -> Consumer:
    """The reader of the log that makes deliveries for a webhook. It raises Changed when the
    webhook has been changed: the cursor would move over what it listens to now."""

    async def handle(session: AsyncSession, batch: Sequence[Recorded]) -> None:
        row = await store.webhook(session, target.shop_id, target.id)
        if row is None or (row.kinds, row.is_on) != (target.kinds, target.is_on):
            raise Changed
        await _deliver(session, row, [each for each in batch if each.at >= row.begins_at])

    types = published() if target.kinds is None else published() & set(target.kinds)
    return Consumer(cursor(target.id), types, handle, target.shop_id)


async def begin_here(session: AsyncSession, row: WebhookRow) -> None:
    """Let a webhook be told of what happens from now on."""
    row.begins_at = clock.now()
    await events.start_here(session, row.shop_id, cursor(row.id))


async def begin_again(session: AsyncSession, row: WebhookRow, since: datetime) -> None:
    """Let a webhook be told once more of all that happened since a moment."""
    row.begins_at = since
    await events.start_again(session, row.shop_id, cursor(row.id), since)


async def end(session: AsyncSession, row: WebhookRow) -> None:
    """Forget how far a webhook had read."""
    place = await session.get(CursorRow, cursor(row.id))
    if place is not None:
        await session.delete(place)


def cursor(webhook_id: str) -> str:
    """What a webhook's cursor is called."""
    return store.CURSOR + webhook_id


def queue(row: DeliveryRow) -> None:
    """Have a delivery sent now, whatever became of it before, under the id it had."""
    row.status, row.attempts, row.due_at = "pending", 0, clock.now()


async def _deliver(session: AsyncSession, row: WebhookRow, batch: Sequence[Recorded]) -> None:
    # Some are there already when a person had them all sent again.
    known = await store.of_events(session, row.shop_id, row.id, [each.seq for each in batch])
    for delivery in known:
        queue(delivery)
    there, now = {delivery.event_seq for delivery in known}, clock.now()
    made = [
        {
            "shop_id": row.shop_id,
            "id": new_id("msg"),
            "webhook_id": row.id,
            "event_seq": each.seq,
            "type": each.event.type,
            "status": "pending",
            "attempts": 0,
            "due_at": now,
            "made_at": now,
        }
        for each in batch
        if each.seq not in there
    ]
    await insert_many(session, _deliveries, made)
