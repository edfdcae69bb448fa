"""Every query of insight; each takes the shop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.insight.inquiries import Asked, Ordered
from zhanggui.insight.sessions import TYPES, Session, read
from zhanggui.service import store
from zhanggui.service.chat.models import Conversation
from zhanggui.service.store import Happened
from zhanggui.shop.models import Order

_AT_ONCE = 500


def sessions(
    session: AsyncSession, shop_id: str, since: datetime, until: datetime, now: datetime
) -> AsyncIterator[list[Session]]:
    """The sessions that began from a moment on until before another, each read to its end, some at
    a time."""

    def happened(start: datetime, end: datetime) -> AsyncIterator[list[Happened]]:
        return store.happened(session, shop_id, TYPES, start, end)

    return read(happened, since, until, now)


async def asked(session: AsyncSession, shop_id: str, sessions: Sequence[Session]) -> list[Asked]:
    """Which known buyers began those sessions, and the orders that their conversations name."""
    ids = list({each.conversation_id for each in sessions})
    known: dict[str, tuple[str, str | None, datetime | None]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        query = (
            select(Conversation.id, Conversation.buyer_id, Conversation.order_id, Order.created_at)
            .outerjoin(
                Order,
                and_(Order.shop_id == Conversation.shop_id, Order.id == Conversation.order_id),
            )
            .where(
                Conversation.shop_id == shop_id,
                Conversation.id.in_(ids[start : start + _AT_ONCE]),
            )
        )
        for id_, buyer_id, order_id, made_at in await session.execute(query):
            if buyer_id is not None:
                known[id_] = (buyer_id, order_id, made_at)
    found = []
    for each in sessions:
        if each.conversation_id in known:
            buyer_id, order_id, made_at = known[each.conversation_id]
            found.append(Asked(buyer_id, each.began, order_id, made_at))
    return found


async def ordered(
    session: AsyncSession, shop_id: str, asked: Sequence[Asked], since: datetime, until: datetime
) -> list[Ordered]:
    """What those who asked ordered from a moment on until before another: the orders that are
    theirs, and those that their conversations name."""
    by_buyer = {each.buyer_id: {each.buyer_id} for each in asked}
    by_order: dict[str, set[str]] = {}
    for each in asked:
        if each.order_id is not None:
            by_order.setdefault(each.order_id, set()).add(each.buyer_id)
    found: list[Ordered] = []
    columns: tuple[Any, Any] = (Order.buyer_id, Order.id)
    for column, whose in zip(columns, (by_buyer, by_order), strict=True):
        keys = list(whose)
        for start in range(0, len(keys), _AT_ONCE):
            query = select(column, Order.created_at, Order.paid_at).where(
                Order.shop_id == shop_id,
                column.in_(keys[start : start + _AT_ONCE]),
                Order.created_at >= since,
                Order.created_at < until,
            )
            found += [
                Ordered(buyer_id, made_at, paid_at)
                for key, made_at, paid_at in await session.execute(query)
                for buyer_id in sorted(whose[key])
            ]
    return found
