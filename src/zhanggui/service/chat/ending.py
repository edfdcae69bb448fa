"""How conversations end by themselves, and what of them is erased, each in the transaction it is
given; the caller holds the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.ids import new_id
from zhanggui.service.chat import store
from zhanggui.service.chat.conversations import close
from zhanggui.service.chat.models import Conversation


async def close_idle(session: AsyncSession, row: Conversation, *, since: datetime) -> bool:
    """End a conversation in which nothing was said since a moment, unless somebody is owed an
    answer; whether it was."""
    is_owed = row.due_at is not None or row.shopper_seq > row.answered_seq
    if row.state in ("closed", "waiting") or is_owed or row.last_at >= since:
        return False
    await close(session, row)
    return True


async def empty(session: AsyncSession, row: Conversation, *, since: datetime) -> bool:
    """Erase what was said with somebody unknown, where nothing was since a moment: the conversation
    is closed, its token reads nothing any more, and how it was decided stays. Whether it was."""
    if row.buyer_id is not None or row.emptied_at is not None or row.last_at >= since:
        return False
    await close(session, row)
    row.visitor_id, row.rating_sealed, row.emptied_at = new_id("visit"), None, clock.now()
    row.tags = []
    row.version += 1
    await session.flush()
    await store.empty_messages(session, row.shop_id, [row.id])
    return True


async def remove(session: AsyncSession, row: Conversation) -> bool:
    """Take away a conversation in which nothing was said; whether it was."""
    if row.last_seq > 0:
        return False
    await store.end_turn(session, row.shop_id, row.id)
    await store.remove_looks(session, row.shop_id, clock.now(), row.id)
    await session.delete(row)
    return True


async def forget(
    session: AsyncSession, shop_id: str, *, buyer_id: str, order_ids: Sequence[str]
) -> list[str]:
    """Empty the conversations of a buyer or about some orders, close them, and let their tokens
    read nothing any more; gives their ids."""
    rows = await store.held_conversations(session, shop_id, buyer_id, order_ids)
    for row in rows:
        row.promised_at = None  # Nobody is left who was told.
        await close(session, row)
        row.visitor_id = new_id("visit")
        row.buyer_id = row.order_id = row.rating_sealed = None
    ids = [row.id for row in rows]
    await session.flush()
    await store.empty_messages(session, shop_id, ids)
    return ids
