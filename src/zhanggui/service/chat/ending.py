"""How conversations end by themselves, and what of them is erased, each in the transaction it is
given; the caller holds the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import audit, clock, events
from zhanggui.base.ids import new_id
from zhanggui.knowledge import learning
from zhanggui.service.channels import store as channels
from zhanggui.service.chat import desk_store, store
from zhanggui.service.chat.conversations import close
from zhanggui.service.chat.models import Conversation
from zhanggui.service.events import ConversationEmptied
from zhanggui.service.gaps import store as gap_store
from zhanggui.service.quality import store as quality

_QUOTING = (
    "service.review_answer",
    # What they gave is no longer kept; an earlier release kept it.
    "service.send_message",
    "service.add_note",
    "service.take_conversation",
    "service.transfer_conversation",
    "service.tag_conversation",
    "service.resume_conversation",
    "service.close_conversation",
)
"""The tools whose kept outputs quote a conversation."""


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
    await _forget_beside(session, row.shop_id, [row.id])
    await events.append(session, ConversationEmptied(id=row.id))
    return True


async def remove(session: AsyncSession, row: Conversation) -> bool:
    """Take away a conversation in which nothing was said; whether it was."""
    if row.last_seq > 0:
        return False
    await store.end_turn(session, row.shop_id, row.id)
    await desk_store.remove_looks(session, row.shop_id, clock.now(), row.id)
    # Who writes again through a channel begins another.
    await channels.forget_conversations(session, row.shop_id, [row.id])
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
        row.version += 1
    ids = [row.id for row in rows]
    await session.flush()
    await store.empty_messages(session, shop_id, ids)
    await _forget_beside(session, shop_id, ids)
    return ids


async def _forget_beside(session: AsyncSession, shop_id: str, ids: Sequence[str]) -> None:
    """Take away what is kept of conversations elsewhere: who wrote through a channel, and what was
    quoted of them."""
    await channels.forget_conversations(session, shop_id, ids)
    await quality.empty_reviews(session, shop_id, ids)
    await learning.withdraw(session, shop_id, ids)
    await gap_store.forget(session, shop_id, ids)
    await audit.forget_quoting(session, shop_id, _QUOTING, ids)
