"""What the shop said, on its way to the channel it belongs to.

Each sender's thread has a place up to which all was sent, so a conversation is sent in its order,
message by message: the next one waits for the one before. A thread is held in the database while a
message is under way and its place moves afterwards; a process that ends in between leaves the
message to the next holder, who sends it again under the same id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.crypto import Cipher
from zhanggui.service.channels import failing, keys, store
from zhanggui.service.channels.events import MessageUndelivered
from zhanggui.service.channels.failing import Outcome
from zhanggui.service.channels.models import Channel
from zhanggui.service.chat import conversations
from zhanggui.service.chat import store as chat_store
from zhanggui.service.chat.images import Attached
from zhanggui.service.chat.models import Conversation

LEASE = timedelta(seconds=120)
"""Far longer than an attempt may take."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that the holder is to send now. `attempts` are those that failed before, of which
    `parts` parts arrived."""

    channel: Channel
    index: str
    sender: str
    conversation_id: str
    seq: int
    author: str
    text: str
    pictures: list[Attached]
    at: datetime
    attempts: int
    parts: int

    @property
    def id(self) -> str:
        """What the receiver knows the message by, at every attempt."""
        return f"{self.conversation_id}.{self.seq}"


async def take(
    session: AsyncSession, cipher: Cipher, channel: Channel, index: str, *, by: str
) -> Outgoing | None:
    """Hold a sender's thread to send the next message; None when there is none that is due, or
    somebody else holds it. Raises Unavailable where what was said cannot be unsealed."""
    now, shop_id = clock.now(), channel.shop_id
    thread = await store.thread(session, shop_id, channel.id, index, held=True)
    if thread is None or thread.due_at is None or thread.due_at > now:
        return None
    if thread.leased_by != by and thread.leased_until is not None and thread.leased_until > now:
        return None
    row = await chat_store.conversation(session, shop_id, thread.conversation_id)
    if row is None:
        thread.due_at = None
        return None
    # Read before the messages: what is written after it is seen the next time.
    last = row.last_seq
    message = await store.next_said(session, shop_id, row.id, thread.sent_seq)
    text = None
    while message is not None:
        text = conversations.text_of(cipher, message)
        if text is not None:
            break
        thread.sent_seq = message.seq  # It was erased.
        message = await store.next_said(session, shop_id, row.id, message.seq)
    if message is None or text is None:
        thread.sent_seq = max(thread.sent_seq, last)
        # Whoever says something next waits for this, and has it looked at again.
        thread.leased_by = thread.leased_until = thread.due_at = None
        return None
    thread.leased_by, thread.leased_until = by, now + LEASE
    return Outgoing(
        channel=channel,
        index=index,
        sender=keys.sender_of(cipher, shop_id, thread.sender_sealed),
        conversation_id=row.id,
        seq=message.seq,
        author=message.author,
        text=text,
        pictures=[Attached.model_validate(each) for each in message.attachments],
        at=message.at,
        attempts=thread.attempts,
        parts=thread.sent_parts,
    )


async def record(
    session: AsyncSession, cipher: Cipher, outgoing: Outgoing, outcome: Outcome, *, by: str
) -> None:
    """Write down what came of an attempt: the thread's place moves on, or the message is tried
    again later. One that is given up is told to staff in the conversation."""
    now, channel = clock.now(), outgoing.channel
    row = None
    if outcome.failure is not None and outcome.again is None:
        # Whoever writes into a conversation holds it before anything else.
        row = await conversations.held(session, channel.shop_id, outgoing.conversation_id)
    thread = await store.thread(session, channel.shop_id, channel.id, outgoing.index, held=True)
    if thread is None or thread.leased_by != by:
        return  # It was removed meanwhile, or has taken so long that it is another's.
    if outcome.again is not None:
        thread.attempts += 1
        thread.sent_parts = outcome.parts
        thread.due_at = now + outcome.again
        thread.leased_by = thread.leased_until = None
    else:
        thread.sent_seq = max(thread.sent_seq, outgoing.seq)
        thread.attempts = thread.sent_parts = 0
    if outcome.failure is None:
        done = {"last_out_at": now, "failure": None, "failed_code": None, "failed_at": None}
        await store.note(session, channel.shop_id, channel.id, **done)
        return
    if row is not None:
        await undelivered(session, cipher, channel, row, outgoing.seq, outcome)
    await failing.note(session, channel, outcome)


async def undelivered(
    session: AsyncSession,
    cipher: Cipher,
    channel: Channel,
    row: Conversation,
    seq: int,
    outcome: Outcome,
) -> None:
    """Tell staff, on the message and in a note, that it never reached the shopper."""
    message = await chat_store.message(session, row.shop_id, row.id, seq)
    if message is not None:
        message.failure, message.failed_code = outcome.failure, outcome.code
    await conversations.note(session, cipher, row, text=failing.note_of(seq, outcome), by="")
    told = MessageUndelivered(
        id=row.id, seq=seq, channel=channel.id, reason=outcome.failure or "", code=outcome.code
    )
    await events.append(session, told)
