"""What comes in through a channel, kept as the chat's own messages are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.db import hold
from zhanggui.base.errors import Conflict
from zhanggui.base.runtime import Runtime
from zhanggui.base.waking import Waking
from zhanggui.base.words import Text
from zhanggui.service.channels import keys, store
from zhanggui.service.channels.models import Channel, ChannelThread
from zhanggui.service.chat import conversations, images
from zhanggui.service.chat import store as chat_store
from zhanggui.service.chat.answerer import Answering
from zhanggui.service.chat.images import Picture
from zhanggui.service.chat.models import Conversation, Message
from zhanggui.service.chat.streaming import desk_topic


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message of a shopper. `sender` and `message_id` are the channel's own; `buyer_id` is whom
    the channel vouches for, and only who is known so may speak of `order_id`."""

    sender: str
    message_id: str
    text: str
    pictures: Sequence[Picture] = ()
    product_id: str | None = None
    order_id: str | None = None
    buyer_id: str | None = None


def client_id(message_id: str) -> str:
    """What a message of a channel is called in its conversation: the channel's own id may be of any
    length."""
    return "in_" + hashlib.sha256(message_id.encode()).hexdigest()[:40]


async def keep(
    session: AsyncSession, runtime: Runtime, channel: Channel, arrival: Arrival
) -> Message:
    """Keep what a shopper wrote, in the conversation they have or a new one; what came before under
    this id is given back as it is. Raises Conflict for a sender who was vouched for as another
    buyer."""
    row = await conversation(session, runtime, channel, arrival.sender)
    known = await _known(session, row, arrival.message_id)
    if known is not None:
        return known
    _vouched(row, arrival)
    attached = [
        await images.keep(runtime.blobs, row.shop_id, row.id, each) for each in arrival.pictures
    ]
    message = await conversations.receive(
        session, runtime.cipher, row, client_id=client_id(arrival.message_id), text=arrival.text,
        attached=attached,
    )  # fmt: skip
    await store.note(session, channel.shop_id, channel.id, last_in_at=message.at)
    return message


async def conversation(
    session: AsyncSession, runtime: Runtime, channel: Channel, sender: str
) -> Conversation:
    """The conversation of a sender, held until the transaction ends; begun where there is none."""
    shop_id, cipher = channel.shop_id, runtime.cipher
    index = keys.index_of(cipher, channel, sender)
    # Two first messages that come at once begin one conversation.
    await hold(session, f"thread of {channel.id} {index}")
    thread = await store.thread(session, shop_id, channel.id, index)
    if thread is not None:
        found = await chat_store.conversation(session, shop_id, thread.conversation_id, held=True)
        if found is not None:
            return found
        # It was removed while this waited for it; the thread goes with it.
        session.expunge(thread)
        await store.forget_conversations(session, shop_id, [thread.conversation_id])
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
            due_at=now,
            made_at=now,
        )
    )
    await session.flush()
    return row


async def _known(session: AsyncSession, row: Conversation, message_id: str) -> Message | None:
    """The message of the conversation that the channel calls by this id."""
    return await chat_store.sent(session, row.shop_id, row.id, client_id(message_id))


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
