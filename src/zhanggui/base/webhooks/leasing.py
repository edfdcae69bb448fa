"""Who sends to a webhook, and what is written down of it.

A webhook is held in the database while messages to it are under way, so no two processes send one
attempt at once. What was sent is recorded afterwards: a process that ends in between leaves its
messages to the next holder, who sends them again under the same ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Literal

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.crypto import Cipher
from zhanggui.base.errors import Unavailable
from zhanggui.base.webhooks import retrying, signing, store
from zhanggui.base.webhooks.events import WebhookStopped
from zhanggui.base.webhooks.models import DeliveryRow, WebhookRow
from zhanggui.base.webhooks.sending import Answer, Message

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
"""Far longer than an attempt may take."""
AT_ONCE = 4
"""Messages to one webhook that are under way at a time."""
_GONE = 410


@dataclass(frozen=True, slots=True)
class Taken:
    """Messages that the holder is to send now; no secrets where they cannot be unsealed."""

    shop_id: str
    webhook_id: str
    url: str
    secrets: list[str]
    messages: list[Message]


async def take(
    session: AsyncSession, cipher: Cipher, shop_id: str, webhook_id: str, *, by: str
) -> Taken | None:
    """Hold a webhook to send what is due; None when nothing is, or somebody else holds it."""
    now = clock.now()
    row = await store.webhook(session, shop_id, webhook_id, held=True)
    if row is None or not row.is_on:
        return None
    if row.leased_by != by and row.leased_until is not None and row.leased_until > now:
        return None
    due = await store.due(session, shop_id, webhook_id, now, AT_ONCE)
    if not due:
        return None
    row.leased_by, row.leased_until = by, now + LEASE
    try:
        secrets = signing.secrets_of(cipher, row, now)
    except Unavailable:
        secrets = []
    messages = [Message(each.id, event.type, event.at, event.data) for each, event in due]
    return Taken(shop_id, webhook_id, row.url, secrets, messages)


async def let_go(session: AsyncSession, shop_id: str, webhook_id: str, *, by: str) -> None:
    """Leave a webhook to whoever comes next."""
    row = await store.webhook(session, shop_id, webhook_id, held=True)
    if row is not None and row.leased_by == by:
        row.leased_by = row.leased_until = None


async def record(
    session: AsyncSession, taken: Taken, message: Message, answer: Answer, random: Random
) -> None:
    """Write down what came of an attempt, and when there is to be another."""
    row = await store.webhook(session, taken.shop_id, taken.webhook_id, held=True)
    delivery = await store.delivery(session, taken.shop_id, message.id)
    if row is None or delivery is None:
        return  # It was removed meanwhile.
    delivery.attempts += 1
    delivery.tried_at, delivery.code, delivery.failure = clock.now(), answer.code, answer.failure
    if answer.failure is None:
        delivery.status = "delivered"
        row.failing_since = None
    else:
        await _failed(session, row, delivery, answer, random)


async def _failed(
    session: AsyncSession, row: WebhookRow, delivery: DeliveryRow, answer: Answer, random: Random
) -> None:
    now = clock.now()
    row.failing_since = row.failing_since or now
    wait = retrying.wait(delivery.attempts, answer.held, random)
    if wait is None or answer.code == _GONE:
        delivery.status = "failed"
    else:
        delivery.status, delivery.due_at = "pending", now + wait
    if answer.held is not None:
        await session.flush()
        await store.hold_back(session, row.shop_id, row.id, now + answer.held)
    if answer.code == _GONE:
        await _stop(session, row, "gone")
    elif now - row.failing_since >= retrying.GIVE_UP:
        await _stop(session, row, "failing")


async def _stop(session: AsyncSession, row: WebhookRow, why: Literal["gone", "failing"]) -> None:
    if row.is_on:
        row.is_on, row.stopped = False, why
        await events.append(session, WebhookStopped(id=row.id, reason=why))
        log.warning("webhook_stopped", webhook=row.id, reason=why)
