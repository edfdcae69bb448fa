"""The queries of conversations and of whose turn it is (the desk's are in `desk_store`); each takes
the shop, but for the turns that are due.

What is held until a transaction ends is held in one order, everywhere, or two who wait for each
other would wait for ever: the desk (:func:`desk.enter`), who writes through a channel, by the index
of the sender (``arrivals.enter``), conversations by their ids, with what belongs to one (turns,
messages) after it, threads of channels by channel and sender, and the channel itself, last, for as
short as can be. Who needs fewer leaves some out. `tests/service/channels/test_holding.py` lets them
meet.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.db import EVERY_SHOP, Database, holds, inserting
from zhanggui.service.chat.models import (
    Conversation,
    DueTurn,
    Message,
    Widget,
)

_WITH_PEOPLE = ("waiting", "person")
_QUEUE = 500
"""Of what waits, as much is looked at when somebody comes."""
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
    return await _held(session, shop_id, theirs)


async def held_by_id(
    session: AsyncSession, shop_id: str, conversation_ids: Sequence[str]
) -> list[Conversation]:
    """Some conversations, held until the transaction ends."""
    return await _held(session, shop_id, Conversation.id.in_(conversation_ids))


async def _held(
    session: AsyncSession, shop_id: str, which: ColumnElement[bool]
) -> list[Conversation]:
    query = (
        select(Conversation)
        .where(Conversation.shop_id == shop_id, which)
        .order_by(Conversation.id)
        .with_for_update()
        .execution_options(populate_existing=True)
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


def conversations_query(
    shop_id: str,
    *,
    states: Sequence[str],
    assignee: str | None = None,
    nobodys: bool = False,
    tag: str = "",
) -> Select[Conversation]:
    """Conversations in some states in which something was said: what waits for people by urgency
    and when it is due, then the ones last written in."""
    query = select(Conversation).where(
        Conversation.shop_id == shop_id,
        Conversation.state.in_(states),
        Conversation.last_seq > 0,
    )
    if assignee is not None:
        query = query.where(Conversation.assignee == assignee)
    if nobodys:
        query = query.where(Conversation.assignee.is_(None))
    if tag:
        query = query.where(holds(Conversation.tags, tag))
    return query.order_by(
        (Conversation.is_urgent & Conversation.due_at.is_not(None)).desc(),
        Conversation.due_at.asc().nulls_last(),
        Conversation.last_at.desc(),
        Conversation.id.desc(),
    )


async def said_at(session: AsyncSession, shop_id: str, conversation_id: str, seq: int) -> datetime:
    """When a message was said; it must be there."""
    query = select(Message.at).where(
        Message.shop_id == shop_id, Message.conversation_id == conversation_id, Message.seq == seq
    )
    return (await session.scalars(query)).one()


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


def messages_query(shop_id: str, of: Select[Conversation]) -> Select[Message]:
    """Every message of some conversations, by conversation and number."""
    ids = of.with_only_columns(Conversation.id).order_by(None)
    return (
        select(Message)
        .where(Message.shop_id == shop_id, Message.conversation_id.in_(ids))
        .order_by(Message.conversation_id, Message.seq)
    )


async def last_messages(
    session: AsyncSession, shop_id: str, conversation_id: str, limit: int, *, notes: bool = False
) -> list[Message]:
    """The last messages, oldest first; without the notes that the shopper does not see, unless
    they are asked for."""
    query = select(Message).where(
        Message.shop_id == shop_id, Message.conversation_id == conversation_id
    )
    if not notes:
        query = query.where(Message.author != "note")
    query = query.order_by(Message.seq.desc()).limit(limit)
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


async def shows(session: AsyncSession, shop_id: str, conversation_id: str, name: str) -> bool:
    """Whether a message of the conversation shows a picture."""
    query = select(Message.seq).where(
        Message.shop_id == shop_id,
        Message.conversation_id == conversation_id,
        holds(Message.attachments, name),
    )
    return await session.scalar(query.limit(1)) is not None


async def message(
    session: AsyncSession, shop_id: str, conversation_id: str, seq: int
) -> Message | None:
    """One message."""
    return await session.get(Message, (shop_id, conversation_id, seq))


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


async def begin_turn(
    session: AsyncSession, shop_id: str, conversation_id: str, at: datetime
) -> None:
    """It is the program's turn from then on, or from when it was; who thinks already will see that
    there is more."""
    turn = {"shop_id": shop_id, "conversation_id": conversation_id, "due_at": at, "tries": 0}
    insert = inserting(session, DueTurn).values(turn)
    given, known = insert.excluded.due_at, DueTurn.due_at
    await session.execute(
        insert.on_conflict_do_update(
            index_elements=["shop_id", "conversation_id"],
            set_={"due_at": case((given < known, given), else_=known)},
        )
    )


async def end_turn(session: AsyncSession, shop_id: str, conversation_id: str) -> None:
    """It is no longer the program's turn."""
    await session.execute(
        delete(DueTurn).where(
            DueTurn.shop_id == shop_id, DueTurn.conversation_id == conversation_id
        )
    )


async def idle(session: AsyncSession, shop_id: str, since: datetime) -> Sequence[str]:
    """The open conversations in which nothing was said since a moment and nobody is owed an
    answer."""
    c = Conversation
    is_done = (c.state == "person") & c.due_at.is_(None)
    is_done |= (c.state == "ai") & (c.shopper_seq <= c.answered_seq)
    query = select(c.id).where(c.shop_id == shop_id, c.last_seq > 0, c.last_at < since, is_done)
    return (await session.scalars(query.order_by(c.last_at, c.id).limit(_QUEUE))).all()


async def anonymous(session: AsyncSession, shop_id: str, since: datetime) -> Sequence[str]:
    """The conversations of nobody in particular in which nothing was said since a moment, and whose
    words are still there."""
    c = Conversation
    query = select(c.id).where(
        c.shop_id == shop_id,
        c.last_at < since,
        c.buyer_id.is_(None),
        c.emptied_at.is_(None),
        c.last_seq > 0,
    )
    return (await session.scalars(query.order_by(c.last_at, c.id).limit(_QUEUE))).all()


async def unsaid(session: AsyncSession, shop_id: str, since: datetime) -> Sequence[str]:
    """The conversations that were begun before a moment and in which nothing was said."""
    c = Conversation
    query = select(c.id).where(c.shop_id == shop_id, c.last_at < since, c.last_seq == 0)
    return (await session.scalars(query.order_by(c.last_at, c.id).limit(_QUEUE))).all()


async def due(
    db: Database,
    now: datetime,
    limit: int,
    *,
    later: Collection[str] = (),
    before: datetime | None = None,
) -> Sequence[tuple[str, str]]:
    """Shop and conversation of the turns that are due and held by nobody, the longest due first; of
    the shops `later` only those that have been due since `before`."""
    query = (
        select(DueTurn.shop_id, DueTurn.conversation_id)
        .where(
            DueTurn.due_at <= now,
            or_(DueTurn.leased_until.is_(None), DueTurn.leased_until <= now),
        )
        .order_by(DueTurn.due_at, DueTurn.conversation_id)
        .limit(limit)
    )
    if later:
        query = query.where(or_(DueTurn.shop_id.not_in(later), DueTurn.due_at <= before))
    async with db.reading(EVERY_SHOP) as session:
        return [(row.shop_id, row.conversation_id) for row in await session.execute(query)]


async def widget(session: AsyncSession, shop_id: str, *, held: bool = False) -> Widget | None:
    """What the shop has chosen for the chat on its pages."""
    return await session.get(Widget, (shop_id,), with_for_update=held or None)
