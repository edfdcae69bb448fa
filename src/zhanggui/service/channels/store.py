"""Every query of channels; each takes the shop, but for those by which a channel is found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.db import EVERY_SHOP, Database
from zhanggui.service.channels.models import Channel, ChannelAlert, ChannelThread
from zhanggui.service.chat.models import Conversation, DeskAgent, Message

OUTSIDE = "wecom:"
"""How the id of a person begins who answers in WeCom's own client, not at the desk."""
_SAID = ("ai", "person", "system")
_WITH_PEOPLE = ("waiting", "person")


async def found(db: Database, channel_id: str) -> Channel | None:
    """The channel of this id, of whichever shop it is."""
    async with db.reading(EVERY_SHOP) as session:
        return await session.scalar(select(Channel).where(Channel.id == channel_id))


async def switched_on(db: Database) -> list[Channel]:
    """The channels of all shops that are on: one query a second, however many there are."""
    query = select(Channel).where(Channel.is_on).order_by(Channel.id)
    async with db.reading(EVERY_SHOP) as session:
        return list(await session.scalars(query))


async def channel(
    session: AsyncSession, shop_id: str, channel_id: str, *, held: bool = False
) -> Channel | None:
    """One channel; `held` until the transaction ends."""
    return await session.get(Channel, (shop_id, channel_id), with_for_update=held or None)


async def channels(session: AsyncSession, shop_id: str) -> list[Channel]:
    """The shop's channels, the oldest first."""
    query = select(Channel).where(Channel.shop_id == shop_id).order_by(Channel.made_at, Channel.id)
    return list(await session.scalars(query))


async def counts(session: AsyncSession, shop_id: str) -> dict[str, int]:
    """How many people have written through each channel."""
    query = (
        select(ChannelThread.channel_id, func.count())
        .where(ChannelThread.shop_id == shop_id)
        .group_by(ChannelThread.channel_id)
    )
    return {str(channel_id): int(n) for channel_id, n in await session.execute(query)}


async def note(session: AsyncSession, shop_id: str, channel_id: str, **values: object) -> None:
    """Write down how a channel is doing, without holding it."""
    await session.execute(
        update(Channel).where(Channel.shop_id == shop_id, Channel.id == channel_id).values(**values)
    )


async def thread(
    session: AsyncSession, shop_id: str, channel_id: str, sender_index: str, *, held: bool = False
) -> ChannelThread | None:
    """A sender's thread; `held` until the transaction ends."""
    key = (shop_id, channel_id, sender_index)
    return await session.get(ChannelThread, key, with_for_update=held or None)


async def due_threads(
    session: AsyncSession, shop_id: str, channel_id: str, now: datetime, limit: int
) -> list[str]:
    """Of whose conversations something may be to send now, those that were held back longest
    first."""
    query = (
        select(ChannelThread.sender_index)
        .join(
            Conversation,
            and_(
                Conversation.shop_id == ChannelThread.shop_id,
                Conversation.id == ChannelThread.conversation_id,
            ),
        )
        .where(
            ChannelThread.shop_id == shop_id,
            Conversation.shop_id == shop_id,
            ChannelThread.channel_id == channel_id,
            ChannelThread.due_at <= now,
            or_(ChannelThread.leased_until.is_(None), ChannelThread.leased_until <= now),
            Conversation.last_seq > ChannelThread.sent_seq,
        )
        .order_by(ChannelThread.due_at, ChannelThread.sender_index)
        .limit(limit)
    )
    return list(await session.scalars(query))


async def next_said(
    session: AsyncSession, shop_id: str, conversation_id: str, after: int
) -> Message | None:
    """The first message after a place that the shop said and that is not in the channel already."""
    query = (
        select(Message)
        .where(
            Message.shop_id == shop_id,
            Message.conversation_id == conversation_id,
            Message.seq > after,
            Message.author.in_(_SAID),
            or_(Message.author_id.is_(None), Message.author_id.not_like(f"{OUTSIDE}%")),
        )
        .order_by(Message.seq)
        .limit(1)
    )
    return await session.scalar(query)


async def said_since(
    session: AsyncSession, shop_id: str, channel_id: str, since: datetime
) -> list[tuple[ChannelThread, int, int]]:
    """The channel's threads in which the shop has said something since a moment, held, each with
    the first of these messages and how many there are."""
    query = (
        select(Message.conversation_id, func.min(Message.seq), func.count())
        .where(Message.shop_id == shop_id, Message.at >= since, Message.author.in_(_SAID))
        .group_by(Message.conversation_id)
    )
    first = {each: (seq, count) for each, seq, count in await session.execute(query)}
    threads = (
        select(ChannelThread)
        .where(ChannelThread.shop_id == shop_id, ChannelThread.channel_id == channel_id)
        .order_by(ChannelThread.sender_index)
        .with_for_update()
    )
    return [
        (row, *first[row.conversation_id])
        for row in await session.scalars(threads)
        if row.conversation_id in first
    ]


async def forget_channel(session: AsyncSession, shop_id: str, channel_id: str) -> None:
    """Remove what is kept of a channel beside itself."""
    for table in (ChannelThread, ChannelAlert):
        await session.execute(
            delete(table).where(table.shop_id == shop_id, table.channel_id == channel_id)
        )


async def forget_conversations(
    session: AsyncSession, shop_id: str, conversation_ids: Sequence[str]
) -> None:
    """Remove who has written in some conversations: nothing more is sent to them."""
    await session.execute(
        delete(ChannelThread).where(
            ChannelThread.shop_id == shop_id, ChannelThread.conversation_id.in_(conversation_ids)
        )
    )


async def waiting(session: AsyncSession, shop_id: str, limit: int) -> list[Conversation]:
    """The conversations that wait for a person, the earliest due first."""
    query = (
        select(Conversation)
        .where(
            Conversation.shop_id == shop_id,
            Conversation.state.in_(_WITH_PEOPLE),
            Conversation.due_at.is_not(None),
        )
        .order_by(Conversation.due_at, Conversation.id)
        .limit(limit)
    )
    return list(await session.scalars(query))


async def is_anybody_there(session: AsyncSession, shop_id: str) -> bool:
    """Whether somebody takes conversations at the desk."""
    query = select(DeskAgent.user_id).where(DeskAgent.shop_id == shop_id, DeskAgent.is_on).limit(1)
    return await session.scalar(query) is not None


async def alerts(
    session: AsyncSession, shop_id: str, channel_id: str, conversation_ids: Sequence[str]
) -> dict[tuple[str, str], ChannelAlert]:
    """What a robot has told of some conversations, by conversation and kind."""
    query = select(ChannelAlert).where(
        ChannelAlert.shop_id == shop_id,
        ChannelAlert.channel_id == channel_id,
        ChannelAlert.conversation_id.in_(conversation_ids),
    )
    return {(row.conversation_id, row.kind): row for row in await session.scalars(query)}


async def forget_alerts(session: AsyncSession, shop_id: str, before: datetime) -> None:
    """Remove what was told long ago."""
    await session.execute(
        delete(ChannelAlert).where(ChannelAlert.shop_id == shop_id, ChannelAlert.told_at < before)
    )
