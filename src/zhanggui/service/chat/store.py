"""Every query of conversations; each takes the shop, but for the turns that are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.db import EVERY_SHOP, Database
from zhanggui.base.listing import Slice, records_of
from zhanggui.service.chat.models import Conversation, DueTurn, Message, Widget

_LATELY = 1000
"""Answers that are counted to know what is asked most."""


async def conversation(
    session: AsyncSession, shop_id: str, conversation_id: str, *, held: bool = False
) -> Conversation | None:
    """One conversation; `held` until the transaction ends, so that all that is written into it is
    written one after another."""
    key = (shop_id, conversation_id)
    return await session.get(Conversation, key, with_for_update=held or None)


async def held_conversations(
    session: AsyncSession, shop_id: str, buyer_id: str, order_ids: Sequence[str]
) -> list[Conversation]:
    """The conversations of a buyer or about some orders, held until the transaction ends."""
    theirs = or_(Conversation.buyer_id == buyer_id, Conversation.order_id.in_(order_ids))
    query = (
        select(Conversation)
        .where(Conversation.shop_id == shop_id, theirs)
        .order_by(Conversation.id)
        .with_for_update()
    )
    return list(await session.scalars(query))


async def empty_messages(
    session: AsyncSession, shop_id: str, conversation_ids: Sequence[str]
) -> None:
    """Take what was said out of conversations; how it was decided stays."""
    await session.execute(
        update(Message)
        .where(Message.shop_id == shop_id, Message.conversation_id.in_(conversation_ids))
        .values(text_sealed=None, attachments=[], sources=[], client_id=None)
    )


def conversations_query(shop_id: str, state: str | None) -> Select[Conversation]:
    """Conversations, the one last written in first."""
    query = select(Conversation).where(Conversation.shop_id == shop_id)
    if state is not None:
        query = query.where(Conversation.state == state)
    return query.order_by(Conversation.last_at.desc(), Conversation.id.desc())


async def conversations_page(
    session: AsyncSession, shop_id: str, *, state: str | None, page: int, size: int
) -> Slice[Conversation]:
    """Conversations of a page of :func:`conversations_query`."""
    return await records_of(session, conversations_query(shop_id, state), page, size)


async def messages(
    session: AsyncSession, shop_id: str, conversation_id: str, *, after: int = 0, limit: int
) -> list[Message]:
    """The first messages after a place."""
    query = (
        select(Message)
        .where(
            Message.shop_id == shop_id,
            Message.conversation_id == conversation_id,
            Message.seq > after,
        )
        .order_by(Message.seq)
        .limit(limit)
    )
    return list(await session.scalars(query))


async def last_messages(
    session: AsyncSession, shop_id: str, conversation_id: str, limit: int
) -> list[Message]:
    """The last messages that the shopper sees, oldest first."""
    query = (
        select(Message)
        .where(
            Message.shop_id == shop_id,
            Message.conversation_id == conversation_id,
            Message.author != "note",
        )
        .order_by(Message.seq.desc())
        .limit(limit)
    )
    return list(await session.scalars(query))[::-1]


async def sent(
    session: AsyncSession, shop_id: str, conversation_id: str, client_id: str
) -> Message | None:
    """The message its sender calls this."""
    query = select(Message).where(
        Message.shop_id == shop_id,
        Message.conversation_id == conversation_id,
        Message.client_id == client_id,
    )
    return await session.scalar(query)


async def sources_of_answers(session: AsyncSession, shop_id: str) -> list[list[str]]:
    """What the program's last answers rest on, of no more than :data:`_LATELY`."""
    query = (
        select(Message.sources)
        .where(Message.shop_id == shop_id, Message.decision == "answer")
        .order_by(Message.at.desc())
        .limit(_LATELY)
    )
    return list(await session.scalars(query))


async def turn(session: AsyncSession, shop_id: str, conversation_id: str) -> DueTurn | None:
    """The program's turn in a conversation."""
    return await session.get(DueTurn, (shop_id, conversation_id))


async def end_turn(session: AsyncSession, shop_id: str, conversation_id: str) -> None:
    """It is no longer the program's turn."""
    await session.execute(
        delete(DueTurn).where(
            DueTurn.shop_id == shop_id, DueTurn.conversation_id == conversation_id
        )
    )


async def due(db: Database, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """Shop and conversation of the turns that are due and held by nobody, the longest due first."""
    query = (
        select(DueTurn.shop_id, DueTurn.conversation_id)
        .where(
            DueTurn.due_at <= now,
            or_(DueTurn.leased_until.is_(None), DueTurn.leased_until <= now),
        )
        .order_by(DueTurn.due_at, DueTurn.conversation_id)
        .limit(limit)
    )
    async with db.reading(EVERY_SHOP) as session:
        return [(row.shop_id, row.conversation_id) for row in await session.execute(query)]


async def widget(session: AsyncSession, shop_id: str, *, held: bool = False) -> Widget | None:
    """What the shop has chosen for the chat on its pages."""
    return await session.get(Widget, (shop_id,), with_for_update=held or None)
