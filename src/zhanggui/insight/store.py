"""Every query of insight; each takes the shop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.insight.inquiries import Asked, Ordered
from zhanggui.insight.sessions import TYPES, Session, read
from zhanggui.service import store
from zhanggui.service.chat.models import Conversation
from zhanggui.service.store import Happened
from zhanggui.shop.models import Order

_AT_ONCE = 500


async def sessions(
    session: AsyncSession, shop_id: str, since: datetime, until: datetime, now: datetime
) -> list[Session]:
    """The sessions that began from a moment on until before another, each read to its end."""

    async def happened(start: datetime, end: datetime) -> list[Happened]:
        return await store.happened(session, shop_id, TYPES, start, end)

    return await read(happened, since, until, now)


async def asked(session: AsyncSession, shop_id: str, sessions: Sequence[Session]) -> list[Asked]:
    """Which known buyers began those sessions."""
    ids = list({each.conversation_id for each in sessions})
    known: dict[str, tuple[str, bool]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        query = select(Conversation.id, Conversation.buyer_id, Conversation.order_id).where(
            Conversation.shop_id == shop_id,
            Conversation.id.in_(ids[start : start + _AT_ONCE]),
        )
        for id_, buyer_id, order_id in await session.execute(query):
            if buyer_id is not None:
                known[id_] = (buyer_id, order_id is not None)
    return [
        Asked(known[each.conversation_id][0], each.began, known[each.conversation_id][1])
        for each in sessions
        if each.conversation_id in known
    ]


async def ordered(
    session: AsyncSession,
    shop_id: str,
    buyer_ids: Sequence[str],
    since: datetime,
    until: datetime,
) -> list[Ordered]:
    """What some buyers ordered from a moment on until before another."""
    found: list[Ordered] = []
    for start in range(0, len(buyer_ids), _AT_ONCE):
        query = select(Order.buyer_id, Order.created_at, Order.paid_at).where(
            Order.shop_id == shop_id,
            Order.buyer_id.in_(buyer_ids[start : start + _AT_ONCE]),
            Order.created_at >= since,
            Order.created_at < until,
        )
        found += [
            Ordered(buyer_id, made_at, paid_at)
            for buyer_id, made_at, paid_at in await session.execute(query)
            if buyer_id is not None and made_at is not None
        ]
    return found
