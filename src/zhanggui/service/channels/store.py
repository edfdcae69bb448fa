"""Every query of channels; each takes the shop, but for those by which a channel is found.

In which order channels, threads and conversations are held: :mod:`zhanggui.service.chat.store`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.db import EVERY_SHOP, Database
from zhanggui.base.events import EventRow
from zhanggui.service.channels.models import Channel, ChannelAlert, ChannelThread
from zhanggui.service.chat.models import Conversation, DeskAgent, Message

OUTSIDE = "wecom:"
"""How the id of a person begins who answers in WeCom's own client, not at the desk."""
REMOVED = "removed"
"""The failure of a message that nobody can be sent any more: the channel is gone, or its sender."""
_SAID = ("ai", "person", "system")
"""Whose words are the shop's."""
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


async def note(session: AsyncSession, shop_id: str, channel_id: str, **values: object) -> bool:
    """Write down how a channel is doing; whether it is still there. It is held from then on, so
    this comes last."""
    written = await session.execute(
        update(Channel)
        .where(Channel.shop_id == shop_id, Channel.id == channel_id)
        .values(**values)
        .returning(Channel.id)
    )
    return written.first() is not None


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
    first. It is asked every second: the index of what is due holds nothing of the others."""
    query = (
        select(ChannelThread.sender_index)
        .where(
            ChannelThread.shop_id == shop_id,
            ChannelThread.channel_id == channel_id,
            ChannelThread.due_at <= now,
            or_(ChannelThread.leased_until.is_(None), ChannelThread.leased_until <= now),
        )
        .order_by(ChannelThread.due_at, ChannelThread.sender_index)
        .limit(limit)
    )
    return list(await session.scalars(query))


async def said(session: AsyncSession, message: Message) -> None:
    """Have a message sent that was just written, if it is one of the shop's; one that waits already
    is looked at when its time comes. It is marked where there is nobody to send it to any more."""
    if message.author not in _SAID or (message.author_id or "").startswith(OUTSIDE):
        return
    thread = (ChannelThread.shop_id == message.shop_id) & (
        ChannelThread.conversation_id == message.conversation_id
    )
    # Held whatever it says: who is just sending may be about to write that nothing is left, and an
    # UPDATE of only those that say so would pass it by without waiting.
    held = select(ChannelThread).where(thread).with_for_update()
    row = await session.scalar(held.execution_options(populate_existing=True))
    if row is None:
        message.failure = REMOVED
    elif row.due_at is None:
        row.due_at = clock.now()


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
            _of_ours(),
        )
        .order_by(Message.seq)
        .limit(1)
    )
    return await session.scalar(query)


def _of_ours() -> ColumnElement[bool]:
    """What the shop said, but not in the channel's own client."""
    is_here = or_(Message.author_id.is_(None), Message.author_id.not_like(f"{OUTSIDE}%"))
    return Message.author.in_(_SAID) & is_here


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


async def hold_threads(
    session: AsyncSession, shop_id: str, which: ColumnElement[bool]
) -> Sequence[str]:
    """Hold some threads until the transaction ends; gives their conversations."""
    query = (
        select(ChannelThread.conversation_id)
        .where(ChannelThread.shop_id == shop_id, which)
        .order_by(ChannelThread.channel_id, ChannelThread.sender_index)
        .with_for_update()
    )
    return (await session.scalars(query)).all()


async def conversations_of(
    session: AsyncSession, shop_id: str, channel_id: str, indexes: Sequence[str]
) -> Sequence[str]:
    """The conversations of some senders."""
    query = select(ChannelThread.conversation_id).where(
        ChannelThread.shop_id == shop_id,
        ChannelThread.channel_id == channel_id,
        ChannelThread.sender_index.in_(indexes),
    )
    return (await session.scalars(query)).all()


async def due_conversations(session: AsyncSession, shop_id: str, channel_id: str) -> Sequence[str]:
    """The conversations of a channel of which something is to be sent."""
    query = select(ChannelThread.conversation_id).where(
        ChannelThread.shop_id == shop_id,
        ChannelThread.channel_id == channel_id,
        ChannelThread.due_at.is_not(None),
    )
    return (await session.scalars(query)).all()


async def give_up(
    session: AsyncSession,
    shop_id: str,
    channel_id: str,
    conversation_ids: Sequence[str],
) -> None:
    """Mark what was not sent yet in some conversations as what never will be; the caller holds
    them."""
    unsent = (
        select(ChannelThread.sender_index)
        .where(
            ChannelThread.shop_id == shop_id,
            ChannelThread.channel_id == channel_id,
            Message.shop_id == shop_id,
            ChannelThread.conversation_id == Message.conversation_id,
            ChannelThread.sent_seq < Message.seq,
        )
        .correlate(Message)
        .exists()
    )
    await session.execute(
        update(Message)
        .where(
            Message.shop_id == shop_id,
            Message.conversation_id.in_(conversation_ids),
            Message.text_sealed.is_not(None),
            _of_ours(),
            unsent,
        )
        .values(failure=REMOVED)
        .execution_options(synchronize_session=False)
    )


async def forget_threads(session: AsyncSession, shop_id: str, channel_id: str) -> None:
    """Remove who wrote through a channel."""
    which = ChannelThread.channel_id == channel_id
    await hold_threads(session, shop_id, which)
    await session.execute(delete(ChannelThread).where(ChannelThread.shop_id == shop_id, which))


async def forget_channel_alerts(session: AsyncSession, shop_id: str, channel_id: str) -> None:
    """Remove what a robot has told; the caller holds the channel."""
    await session.execute(
        delete(ChannelAlert).where(
            ChannelAlert.shop_id == shop_id, ChannelAlert.channel_id == channel_id
        )
    )


async def reached(
    session: AsyncSession, shop_id: str, conversation_ids: Sequence[str]
) -> dict[str, bool]:
    """Of the conversations that a channel leads to, whether it is on."""
    query = (
        select(ChannelThread.conversation_id, Channel.is_on)
        .join(
            Channel,
            (Channel.shop_id == ChannelThread.shop_id) & (Channel.id == ChannelThread.channel_id),
        )
        .where(
            ChannelThread.shop_id == shop_id,
            Channel.shop_id == shop_id,
            ChannelThread.conversation_id.in_(conversation_ids),
        )
    )
    return {str(each): bool(is_on) for each, is_on in await session.execute(query)}


async def failures(
    session: AsyncSession, shop_id: str, channel_id: str, types: Sequence[str], limit: int
) -> list[EventRow]:
    """What the events say that failed in a channel, the last first."""
    query = (
        select(EventRow)
        .where(
            EventRow.shop_id == shop_id,
            EventRow.type.in_(types),
            EventRow.data["channel"].as_string() == channel_id,
        )
        .order_by(EventRow.seq.desc())
        .limit(limit)
    )
    return list(await session.scalars(query))


async def forget_conversations(
    session: AsyncSession, shop_id: str, conversation_ids: Sequence[str]
) -> None:
    """Remove who has written in some conversations: nothing more is sent to them."""
    which = ChannelThread.conversation_id.in_(conversation_ids)
    await hold_threads(session, shop_id, which)
    await session.execute(delete(ChannelThread).where(ChannelThread.shop_id == shop_id, which))


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
