"""What comes in through a channel, kept as the chat's own messages are.

Pictures are put where their conversation keeps them before anything is held (:func:`place`), since
a store may be slow. Whoever keeps the message then looks whether it is still that conversation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.db import hold
from zhanggui.base.errors import Conflict, not_found
from zhanggui.base.runtime import Runtime
from zhanggui.base.waking import Waking
from zhanggui.base.words import Text
from zhanggui.service.channels import keys, store
from zhanggui.service.channels.models import Channel, ChannelThread
from zhanggui.service.chat import conversations, images
from zhanggui.service.chat import store as chat_store
from zhanggui.service.chat.answerer import Answering
from zhanggui.service.chat.images import Attached, Picture
from zhanggui.service.chat.models import Conversation, Message
from zhanggui.service.chat.streaming import desk_topic

CHANNEL = Text("渠道", "channel")


class Moved(Exception):
    """The sender has another conversation than the one their pictures were put into: they were
    forgotten meanwhile. It is begun anew."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Pictures that lie in the conversation they are to be in."""

    conversation_id: str
    attached: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message of a shopper. `sender` and `message_id` are the channel's own; `buyer_id` is whom
    the channel vouches for, and only who is known so may speak of `order_id`. It was written at
    `at`, and is answered from `due_at` on; null for now."""

    sender: str
    message_id: str
    text: str
    placed: Placed | None = None
    product_id: str | None = None
    order_id: str | None = None
    buyer_id: str | None = None
    at: datetime | None = None
    due_at: datetime | None = None


def client_id(message_id: str) -> str:
    """What a message of a channel is called in its conversation: the channel's own id may be of any
    length."""
    return "in_" + hashlib.sha256(message_id.encode()).hexdigest()[:40]


async def place(
    runtime: Runtime, channel: Channel, sender: str, pictures: Sequence[Picture]
) -> Placed | None:
    """Put pictures into the conversation of a sender; nothing is held meanwhile."""
    if not pictures:
        return None
    async with runtime.db.transaction(channel.shop_id) as session:
        row = await conversation(session, runtime, channel, sender)
        await _came(session, channel)
    attached = [await images.keep(runtime.blobs, row.shop_id, row.id, each) for each in pictures]
    return Placed(row.id, tuple(attached))


async def take_back(runtime: Runtime, channel: Channel, placed: Placed | None) -> None:
    """Remove pictures from a conversation that is not their sender's any more, but for those that
    a message of it shows."""
    if placed is None:
        return
    at = (channel.shop_id, placed.conversation_id)
    for each in placed.attached:
        async with runtime.db.reading(channel.shop_id) as session:
            is_shown = await chat_store.shows(session, *at, each.name)
        if not is_shown:
            await images.remove(runtime.blobs, *at, each.name)


def attached_to(row: Conversation, placed: Placed | None) -> tuple[Attached, ...]:
    """The pictures of a message of the conversation, which is held; raises Moved where they lie in
    another one."""
    if placed is None:
        return ()
    if placed.conversation_id != row.id:
        raise Moved
    return placed.attached


async def enter(session: AsyncSession, channel: Channel, indexes: Iterable[str]) -> None:
    """Hold what some senders, told by their indexes, may have written into, in the order in which
    everybody holds it; for whoever keeps messages of several in one transaction."""
    shop_id, who = channel.shop_id, sorted(set(indexes))
    for index in who:
        await hold(session, _writing(channel, index))
    ids = await store.conversations_of(session, shop_id, channel.id, who)
    await chat_store.held_by_id(session, shop_id, ids)
    theirs = (ChannelThread.channel_id == channel.id) & ChannelThread.sender_index.in_(who)
    await store.hold_threads(session, shop_id, theirs)


def _writing(channel: Channel, index: str) -> str:
    return f"thread of {channel.id} {index}"


async def receive(
    runtime: Runtime, channel: Channel, arrival: Arrival, pictures: Sequence[Picture]
) -> Message:
    """Keep one message with its pictures. Raises Conflict as :func:`keep` does, and NotFound where
    the channel was removed meanwhile."""
    while True:
        placed = await place(runtime, channel, arrival.sender, pictures)
        try:
            async with runtime.db.transaction(channel.shop_id) as session:
                message = await keep(session, runtime, channel, replace(arrival, placed=placed))
                await _came(session, channel)
                return message
        except Moved:
            await take_back(runtime, channel, placed)


async def _came(session: AsyncSession, channel: Channel) -> None:
    """Something came; raises NotFound where the channel was removed meanwhile."""
    if not await store.note(session, channel.shop_id, channel.id, last_in_at=clock.now()):
        raise not_found(CHANNEL, channel.id)


async def keep(
    session: AsyncSession, runtime: Runtime, channel: Channel, arrival: Arrival
) -> Message:
    """Keep what a shopper wrote, in the conversation they have or a new one; what came before under
    this id is given back as it is. Raises Conflict for a sender who was vouched for as another
    buyer, and Moved where its pictures lie elsewhere."""
    row = await conversation(session, runtime, channel, arrival.sender)
    known = await chat_store.sent(session, row.shop_id, row.id, client_id(arrival.message_id))
    if known is not None:
        return known
    _vouched(row, arrival)
    return await conversations.receive(
        session, runtime.cipher, row, client_id=client_id(arrival.message_id), text=arrival.text,
        attached=attached_to(row, arrival.placed), at=arrival.at, due_at=arrival.due_at,
    )  # fmt: skip


async def conversation(
    session: AsyncSession, runtime: Runtime, channel: Channel, sender: str
) -> Conversation:
    """The conversation of a sender, held until the transaction ends; begun where there is none."""
    shop_id, cipher = channel.shop_id, runtime.cipher
    index = keys.index_of(cipher, channel, sender)
    # Two first messages that come at once begin one conversation.
    await hold(session, _writing(channel, index))
    thread = await store.thread(session, shop_id, channel.id, index)
    if thread is not None:
        ids = [thread.conversation_id]
        found = await chat_store.held_by_id(session, shop_id, ids)
        # Looked at again: who was forgotten while this waited has no thread any more.
        session.expunge(thread)
        still = await store.hold_threads(session, shop_id, _thread_of(channel, index))
        if found and still:
            return found[0]
        await store.forget_conversations(session, shop_id, ids)
    row = await conversations.start(session, shop_id, channel=channel.kind)
    now = clock.now()
    session.add(
        ChannelThread(
            shop_id=shop_id,
            channel_id=channel.id,
            sender_index=index,
            conversation_id=row.id,
            sender_sealed=keys.seal_sender(cipher, shop_id, sender),
            sent_seq=0,
            sent_parts=0,
            attempts=0,
            made_at=now,
        )
    )
    await session.flush()
    return row


def _thread_of(channel: Channel, index: str) -> ColumnElement[bool]:
    return (ChannelThread.channel_id == channel.id) & (ChannelThread.sender_index == index)


def tell(runtime: Runtime, shop_id: str, *conversation_ids: str) -> None:
    """Wake whoever waits for what was kept, once it is committed."""
    waking = runtime.service(Waking)
    for conversation_id in conversation_ids:
        waking.wake(conversation_id)
    waking.wake(desk_topic(shop_id))
    answerer = runtime.services.get(Answering)
    if answerer is not None:
        answerer.wake()


def _vouched(row: Conversation, arrival: Arrival) -> None:
    """Take up who the sender is and what they write of."""
    if arrival.buyer_id is not None:
        if row.buyer_id not in (None, arrival.buyer_id):
            raise Conflict(
                Text("这个发送者之前是另一位买家", "This sender was vouched for as another buyer"),
                hint=Text(
                    "一个发送者编号只能对应一位买家。", "One sender's id stands for one buyer."
                ),
                where="buyer",
            )
        row.buyer_id = arrival.buyer_id
    if arrival.product_id is not None:
        row.product_id = arrival.product_id
    if arrival.order_id is not None and row.buyer_id is not None:
        row.order_id = arrival.order_id
