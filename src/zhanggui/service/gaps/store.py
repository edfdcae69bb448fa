"""Every query of gaps; each takes the shop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.events import EventRow
from zhanggui.service.chat.models import Conversation, Message
from zhanggui.service.gaps.models import GapDecision

_AT_ONCE = 50
"""Conversations that are read at a time: what others ask waits while the rows of one read are made
into objects."""


async def unanswered(session: AsyncSession, shop_id: str, since: datetime, limit: int) -> list[str]:
    """The conversations in which the program last left something to people, or asked back, since a
    moment; the latest first."""
    last = func.max(Message.at)
    query = (
        select(Message.conversation_id)
        .where(
            Message.shop_id == shop_id,
            Message.decision.in_(("handoff", "clarify")),
            Message.at >= since,
        )
        .group_by(Message.conversation_id)
        .order_by(last.desc(), Message.conversation_id)
        .limit(limit)
    )
    return list(await session.scalars(query))


async def with_people(session: AsyncSession, shop_id: str, ids: Sequence[str]) -> list[str]:
    """Those of some conversations in which a person spoke, by id."""
    query = (
        select(Message.conversation_id)
        .where(
            Message.shop_id == shop_id,
            Message.conversation_id.in_(ids),
            Message.author == "person",
        )
        .distinct()
        .order_by(Message.conversation_id)
    )
    return list(await session.scalars(query))


async def whole(
    session: AsyncSession, shop_id: str, ids: Sequence[str]
) -> list[tuple[Conversation, list[Message]]]:
    """Some conversations with all their messages, by id."""
    found: list[tuple[Conversation, list[Message]]] = []
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        rows = await session.scalars(
            select(Conversation)
            .where(Conversation.shop_id == shop_id, Conversation.id.in_(part))
            .order_by(Conversation.id)
        )
        by_id: dict[str, list[Message]] = {}
        for message in await session.scalars(
            select(Message)
            .where(Message.shop_id == shop_id, Message.conversation_id.in_(part))
            .order_by(Message.conversation_id, Message.seq)
        ):
            by_id.setdefault(message.conversation_id, []).append(message)
        found += [(row, by_id.get(row.id, [])) for row in rows]
    return found


async def decisions(session: AsyncSession, shop_id: str) -> list[GapDecision]:
    """What was decided on gaps, the latest first."""
    query = select(GapDecision).where(GapDecision.shop_id == shop_id)
    return list(
        await session.scalars(query.order_by(GapDecision.decided_at.desc(), GapDecision.id))
    )


async def decision(session: AsyncSession, shop_id: str, gap_id: str) -> GapDecision | None:
    """What was decided on one."""
    return await session.get(GapDecision, (shop_id, gap_id))


async def forget(session: AsyncSession, shop_id: str, conversation_ids: Sequence[str]) -> None:
    """Take the words out that somebody wrote in some conversations."""
    await session.execute(
        update(GapDecision)
        .where(GapDecision.shop_id == shop_id, GapDecision.conversation_id.in_(conversation_ids))
        .values(wording_sealed=None)
    )


async def last_event(session: AsyncSession, shop_id: str, types: Sequence[str]) -> int:
    """The number of the last event of some types."""
    query = select(func.max(EventRow.seq)).where(
        EventRow.shop_id == shop_id, EventRow.type.in_(types)
    )
    return int(await session.scalar(query) or 0)
