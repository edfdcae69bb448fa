"""What can be done with a conversation, each in the transaction it is given.

Whatever is written holds the conversation's row first, so a message has its number, and the program
or a person the word, one after another. The program's right to speak is looked at again when it has
thought (:func:`standing`): nothing that was decided before a person spoke, or without the shopper's
last message, is ever written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.crypto import Cipher
from zhanggui.base.errors import Conflict, NotFound, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.words import Text
from zhanggui.service.chat import desk, promising, store, writing
from zhanggui.service.chat.images import Attached
from zhanggui.service.chat.models import Conversation, Message
from zhanggui.service.chat.writing import TEXT, Reply
from zhanggui.service.events import (
    ConversationRated,
    ConversationStarted,
    MessageReceived,
)

Standing = Literal["ours", "newer", "over"]

CONVERSATION = Text("会话", "conversation")
LEASE = timedelta(seconds=60)
"""How long a turn is held; a process that ends while it thinks leaves it to the others then."""
_RATING = "conversation.rating"
_AWAY = "现在没有同事在线，{}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn the program has taken up: to answer the shopper's messages up to `until`. `tries`
    counts this one."""

    shop_id: str
    conversation_id: str
    by: str
    until: int
    tries: int


def text_of(cipher: Cipher, message: Message) -> str | None:
    """What was written; None where the buyer was erased."""
    if message.text_sealed is None:
        return None
    return cipher.decrypt(message.text_sealed, shop_id=message.shop_id, field=TEXT)


def rating_words(cipher: Cipher, row: Conversation) -> str | None:
    """What the shopper wrote about the service."""
    if row.rating_sealed is None:
        return None
    return cipher.decrypt(row.rating_sealed, shop_id=row.shop_id, field=_RATING)


async def held(session: AsyncSession, shop_id: str, conversation_id: str) -> Conversation:
    """The conversation, held until the transaction ends; raises NotFound."""
    row = await store.conversation(session, shop_id, conversation_id, held=True)
    if row is None:
        raise unknown(conversation_id)
    return row


def unknown(conversation_id: str) -> NotFound:
    """What is raised for a conversation that is not there."""
    return not_found(CONVERSATION, conversation_id)


async def start(
    session: AsyncSession,
    shop_id: str,
    *,
    channel: str,
    buyer_id: str | None = None,
    product_id: str | None = None,
    order_id: str | None = None,
) -> Conversation:
    """A new conversation, in which the program has the word."""
    now = clock.now()
    row = Conversation(
        shop_id=shop_id,
        id=new_id("conv"),
        channel=channel,
        visitor_id=new_id("visit"),
        buyer_id=buyer_id,
        product_id=product_id,
        order_id=order_id,
        state="ai",
        last_seq=0,
        shopper_seq=0,
        answered_seq=0,
        is_urgent=False,
        tags=[],
        version=1,
        started_at=now,
        last_at=now,
    )
    session.add(row)
    await session.flush()
    await events.append(session, ConversationStarted(id=row.id, channel=channel))
    return row


async def receive(
    session: AsyncSession,
    cipher: Cipher,
    row: Conversation,
    *,
    client_id: str,
    text: str,
    attached: Sequence[Attached] = (),
    at: datetime | None = None,
    due_at: datetime | None = None,
) -> Message:
    """Keep what the shopper wrote or showed; what was sent before under this id is given back as it
    is. Who writes into a closed conversation opens it again; who writes to a person while nobody is
    there hears when they will answer. `at` is when it was written, where it comes later; the
    program answers from `due_at` on, null for now."""
    known = await store.sent(session, row.shop_id, row.id, client_id)
    if known is not None:
        return known
    message = await writing.write(
        session, cipher, row, "shopper", text, client_id=client_id, attached=attached, at=at
    )
    received = MessageReceived(id=row.id, seq=message.seq, state=_whose(row, clock.now()))
    await events.append(session, received, at=message.at)
    if row.state == "closed":
        await writing.turn_to(session, row, "ai")
    if row.state == "ai":
        await store.begin_turn(session, row.shop_id, row.id, due_at or clock.now())
    else:
        if row.due_at is None:
            given = await promising.wait(session, row.shop_id)
            promising.promise(row, given)
            if given.is_promised:
                await writing.write(session, cipher, row, "system", _AWAY.format(given.when))
        if row.resumes_at is not None:
            await store.begin_turn(session, row.shop_id, row.id, row.resumes_at)
    return message


async def recall(
    session: AsyncSession,
    cipher: Cipher,
    row: Conversation,
    author: Literal["shopper", "person"],
    *,
    client_id: str,
    text: str,
    at: datetime,
    by: str | None = None,
    attached: Sequence[Attached] = (),
) -> Message:
    """Keep what was said before the shop listened here, so that it can be read: nobody owes an
    answer to it, nobody has the word for it, and no figure counts it."""
    known = await store.sent(session, row.shop_id, row.id, client_id)
    if known is not None:
        return known
    is_owed = row.shopper_seq > row.answered_seq
    message = await writing.write(
        session, cipher, row, author, text, by=by, client_id=client_id, attached=attached, at=at
    )
    if author == "shopper" and not is_owed:
        row.answered_seq = message.seq
    return message


def _whose(row: Conversation, at: datetime) -> str:
    """Who has the word when a shopper writes: a closed conversation opens for the program, and so
    does one in which people were silent for long enough."""
    is_resumed = row.resumes_at is not None and row.resumes_at <= at
    return "ai" if row.state == "closed" or is_resumed else row.state


async def take(
    session: AsyncSession, shop_id: str, conversation_id: str, *, by: str
) -> Taken | None:
    """Take up the program's turn for as long as :data:`LEASE`; None where it is another's or there
    is nothing to say. Who holds it already may take it up again, with what has come since."""
    row = await store.conversation(session, shop_id, conversation_id, held=True)
    turn = await store.turn(session, shop_id, conversation_id)
    now = clock.now()
    if row is None or turn is None or turn.due_at > now:
        return None
    again = turn.leased_by == by
    if not again and turn.leased_until is not None and turn.leased_until > now:
        return None
    if row.state in ("waiting", "person") and row.resumes_at is not None and row.resumes_at <= now:
        await writing.turn_to(session, row, "ai")
    if row.state != "ai" or row.shopper_seq <= row.answered_seq:
        await session.delete(turn)
        return None
    turn.leased_by, turn.leased_until = by, now + LEASE
    turn.tries += 0 if again else 1
    return Taken(shop_id, conversation_id, by, row.shopper_seq, turn.tries)


def standing(row: Conversation, taken: Taken) -> Standing:
    """Whether what was thought may be said: it is still the program's turn (``ours``), the shopper
    has written more (``newer``), or somebody else has spoken or closed (``over``)."""
    if row.state != "ai" or row.answered_seq >= taken.until:
        return "over"
    return "ours" if row.shopper_seq == taken.until else "newer"


async def reply(
    session: AsyncSession, cipher: Cipher, row: Conversation, taken: Taken, said: Reply
) -> Message:
    """The program's answer to all that the shopper has written; one that hands over leaves the word
    to people. Raises Conflict unless :func:`standing` is ``ours``."""
    if standing(row, taken) != "ours":
        raise Conflict(
            Text("会话已经变了，这条回复没有写入", "The conversation has moved on; not written"),
            where=row.id,
        )
    is_handed_over = said.decision == "handoff"
    given = await promising.wait(session, row.shop_id) if is_handed_over else None
    text = said.text if given is None else given.told(said.text)
    message = await writing.write(
        session, cipher, row, "ai", text, answers=row.shopper_seq, decided=said
    )
    await writing.answered(session, row, message)
    if given is not None:
        desk.place(row, said.cause)
        promising.promise(row, given)
        await writing.turn_to(session, row, "waiting")
        await desk.give(session, row, by="ai")
    return message


async def let_go(session: AsyncSession, taken: Taken, *, until: datetime | None = None) -> None:
    """Give up a turn that was taken: nobody takes it up before `until`."""
    await store.conversation(session, taken.shop_id, taken.conversation_id, held=True)
    turn = await store.turn(session, taken.shop_id, taken.conversation_id)
    if turn is not None and turn.leased_by == taken.by:
        turn.leased_by, turn.leased_until = None, until


async def speak(
    session: AsyncSession,
    cipher: Cipher,
    row: Conversation,
    *,
    text: str,
    by: str,
    client_id: str | None = None,
    attached: Sequence[Attached] = (),
    at: datetime | None = None,
) -> Message:
    """What a person says for the shop. The program is silent from here on. `at` is when they said
    it, where it comes later."""
    known = await store.sent(session, row.shop_id, row.id, client_id) if client_id else None
    if known is not None:
        return known
    unanswered = row.shopper_seq > row.answered_seq
    message = await writing.write(
        session, cipher, row, "person", text, by=by, client_id=client_id, attached=attached,
        answers=row.shopper_seq if unanswered else None, at=at,
    )  # fmt: skip
    row.due_at = None
    await promising.settle(session, row, "person")
    await writing.answered(session, row, message)
    await writing.turn_to(session, row, "person")
    await desk.assign(session, row, by, by=by)
    return message


async def take_over(session: AsyncSession, row: Conversation, *, by: str) -> None:
    """Make the conversation a person's own; the program is silent from here on. Raises Conflict for
    a closed one."""
    must_be_open(row)
    if row.state == "ai":
        if row.shopper_seq > row.answered_seq:
            row.due_at = (await promising.wait(session, row.shop_id)).due_at
        await writing.turn_to(session, row, "person")
        await store.end_turn(session, row.shop_id, row.id)
    await desk.assign(session, row, by, by=by)


def must_be_open(row: Conversation) -> None:
    """Raise Conflict for a conversation that is closed."""
    if row.state == "closed":
        raise Conflict(
            Text("这段会话已经结束", "The conversation is closed"),
            hint=Text("买家再说话时会重新打开。", "It opens again when the shopper writes."),
            where=row.id,
        )


async def note(
    session: AsyncSession,
    cipher: Cipher,
    row: Conversation,
    *,
    text: str,
    by: str,
    client_id: str | None = None,
    mentions: Sequence[str] = (),
) -> Message:
    """What a person writes down for the others, or for some of them; the shopper never sees it.
    What was sent before under this id is given back as it is."""
    known = await store.sent(session, row.shop_id, row.id, client_id) if client_id else None
    if known is not None:
        return known
    return await writing.write(
        session, cipher, row, "note", text, by=by, client_id=client_id, mentions=mentions
    )


async def resume(session: AsyncSession, row: Conversation) -> None:
    """Give the program the word again; what the shopper has asked meanwhile it answers now."""
    if row.state == "ai":
        return
    await writing.turn_to(session, row, "ai")
    if row.shopper_seq > row.answered_seq:
        await store.begin_turn(session, row.shop_id, row.id, clock.now())


async def close(session: AsyncSession, row: Conversation) -> None:
    """End the conversation."""
    if row.state == "closed":
        return
    await writing.turn_to(session, row, "closed")
    await store.end_turn(session, row.shop_id, row.id)


async def rate(
    session: AsyncSession, cipher: Cipher, row: Conversation, *, rating: int, words: str
) -> None:
    """Keep how content the shopper is, in place of what they said before."""
    row.rating, row.rated_at = rating, clock.now()
    row.rating_sealed = cipher.encrypt(words, shop_id=row.shop_id, field=_RATING) if words else None
    row.version += 1
    await events.append(session, ConversationRated(id=row.id, rating=rating))
