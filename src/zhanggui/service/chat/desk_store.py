"""Every query of the desk: who takes conversations and how many they have, what waits, who looks at
what, and the phrases they have at hand. Each takes the shop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    delete,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.service.chat import store
from zhanggui.service.chat.models import (
    Conversation,
    DeskAgent,
    DeskLook,
    Message,
    QuickPhrase,
)

_WITH_PEOPLE = ("waiting", "person")
_QUEUE = 500
"""Of what waits, as much is looked at when somebody comes."""


async def agents(session: AsyncSession, shop_id: str) -> list[DeskAgent]:
    """The people who answer shoppers."""
    query = select(DeskAgent).where(DeskAgent.shop_id == shop_id).order_by(DeskAgent.user_id)
    return list(await session.scalars(query))


async def agent(session: AsyncSession, shop_id: str, user_id: str) -> DeskAgent | None:
    """One of the people who answer shoppers."""
    return await session.get(DeskAgent, (shop_id, user_id))


async def duties(session: AsyncSession, shop_id: str) -> list[bool]:
    """Of each of the people who answer shoppers whether they take conversations now."""
    return list(await session.scalars(select(DeskAgent.is_on).where(DeskAgent.shop_id == shop_id)))


async def unreminded(session: AsyncSession, shop_id: str, until: datetime) -> Sequence[str]:
    """The conversations that were promised an answer by a moment up to `until`, of which nobody was
    reminded, the next to keep first."""
    query = (
        select(Conversation.id)
        .where(
            Conversation.shop_id == shop_id,
            Conversation.state.in_(_WITH_PEOPLE),
            Conversation.promised_at <= until,
            Conversation.reminded_at.is_(None),
        )
        .order_by(Conversation.promised_at, Conversation.id)
        .limit(_QUEUE)
    )
    return (await session.scalars(query)).all()


async def has_looks(session: AsyncSession, shop_id: str, before: datetime) -> bool:
    """Whether anything is kept of who had what open before a moment."""
    query = select(DeskLook.user_id).where(DeskLook.shop_id == shop_id, DeskLook.seen_at < before)
    return await session.scalar(query.limit(1)) is not None


async def remove_looks(
    session: AsyncSession, shop_id: str, before: datetime, conversation_id: str | None = None
) -> None:
    """Forget who had what open before a moment, of one conversation or all."""
    gone = delete(DeskLook).where(DeskLook.shop_id == shop_id, DeskLook.seen_at < before)
    if conversation_id is not None:
        gone = gone.where(DeskLook.conversation_id == conversation_id)
    await session.execute(gone)


async def loads(session: AsyncSession, shop_id: str) -> dict[str, int]:
    """How many conversations each person has that are not closed nor the program's."""
    query = (
        select(Conversation.assignee, func.count())
        .where(
            Conversation.shop_id == shop_id,
            Conversation.state.in_(_WITH_PEOPLE),
            Conversation.assignee.is_not(None),
        )
        .group_by(Conversation.assignee)
    )
    return {str(who): int(count) for who, count in (await session.execute(query)).all()}


async def queue(session: AsyncSession, shop_id: str) -> list[Conversation]:
    """What waits and is nobody's, held: urgent ones first, then by when they are due."""
    c = Conversation
    waits = (c.shop_id == shop_id) & c.state.in_(_WITH_PEOPLE) & c.assignee.is_(None)
    place = (c.is_urgent.desc(), c.due_at, c.id)
    ids = list(await session.scalars(select(c.id).where(waits).order_by(*place).limit(_QUEUE)))
    # Held by their ids, as everybody holds them; what was taken meanwhile waits no more.
    await store.held_by_id(session, shop_id, ids)
    query = select(c).where(waits, c.id.in_(ids)).order_by(*place)
    return list(await session.scalars(query))


async def unanswered_of(session: AsyncSession, shop_id: str, user_id: str) -> list[Conversation]:
    """What is somebody's and waits for their answer, held."""
    query = (
        select(Conversation)
        .where(
            Conversation.shop_id == shop_id,
            Conversation.assignee == user_id,
            Conversation.state.in_(_WITH_PEOPLE),
            Conversation.due_at.is_not(None),
        )
        .order_by(Conversation.id)
        .with_for_update()
    )
    return list(await session.scalars(query))


async def desk_counts(
    session: AsyncSession, shop_id: str, user_id: str, now: datetime
) -> dict[str, int]:
    """How many conversations are with the program, wait, are nobody's, are somebody's own, are
    their own and wait, and are late."""
    c = Conversation
    with_people = c.state.in_(_WITH_PEOPLE)
    query = select(
        func.count().filter(c.state == "ai"),
        func.count().filter(with_people & c.due_at.is_not(None)),
        func.count().filter(with_people & c.assignee.is_(None)),
        func.count().filter(with_people & (c.assignee == user_id)),
        func.count().filter(with_people & (c.assignee == user_id) & c.due_at.is_not(None)),
        func.count().filter(with_people & (c.due_at < now)),
    ).where(c.shop_id == shop_id, c.state != "closed", c.last_seq > 0)
    row = (await session.execute(query)).one()
    names = ("ai", "waiting", "unassigned", "mine", "mine_waiting", "late")
    return dict(zip(names, map(int, row), strict=True))


async def looks(
    session: AsyncSession, shop_id: str, conversation_ids: Sequence[str], since: datetime
) -> list[DeskLook]:
    """Who has which of some conversations open."""
    query = select(DeskLook).where(
        DeskLook.shop_id == shop_id,
        DeskLook.conversation_id.in_(conversation_ids),
        DeskLook.seen_at >= since,
    )
    return list(await session.scalars(query.order_by(DeskLook.user_id)))


async def last_of_each(
    session: AsyncSession, shop_id: str, rows: Sequence[Conversation]
) -> dict[str, Message]:
    """The last message of each conversation."""
    return await _by_conversation(session, shop_id, [(row.id, row.last_seq) for row in rows])


async def last_asked(
    session: AsyncSession, shop_id: str, rows: Sequence[Conversation]
) -> dict[str, Message]:
    """The shopper's last message of each conversation in which a person owes them an answer."""
    owed = [
        (row.id, row.shopper_seq)
        for row in rows
        if row.state in ("waiting", "person")
        and (row.due_at is not None or row.answered_seq < row.shopper_seq)
    ]
    return await _by_conversation(session, shop_id, owed)


async def _by_conversation(
    session: AsyncSession, shop_id: str, keys: Sequence[tuple[str, int]]
) -> dict[str, Message]:
    """A message of each conversation, by its number; 0 for none."""
    keys = [key for key in keys if key[1]]
    if not keys:
        return {}
    query = select(Message).where(
        Message.shop_id == shop_id, tuple_(Message.conversation_id, Message.seq).in_(keys)
    )
    return {message.conversation_id: message for message in await session.scalars(query)}


async def last_answer(session: AsyncSession, shop_id: str, conversation_id: str) -> int:
    """The last message the shop sent, 0 for none."""
    query = select(func.max(Message.seq)).where(
        Message.shop_id == shop_id,
        Message.conversation_id == conversation_id,
        Message.author.in_(("ai", "person")),
    )
    return int(await session.scalar(query) or 0)


async def phrases(session: AsyncSession, shop_id: str, user_id: str) -> list[QuickPhrase]:
    """The shop's phrases and a person's own."""
    theirs = or_(QuickPhrase.user_id.is_(None), QuickPhrase.user_id == user_id)
    query = select(QuickPhrase).where(QuickPhrase.shop_id == shop_id, theirs)
    return list(await session.scalars(query))


async def phrase(session: AsyncSession, shop_id: str, phrase_id: str) -> QuickPhrase | None:
    """One phrase."""
    return await session.get(QuickPhrase, (shop_id, phrase_id))


async def count_phrases(session: AsyncSession, shop_id: str, user_id: str | None) -> int:
    """How many phrases somebody has, or the shop."""
    query = select(func.count()).where(
        QuickPhrase.shop_id == shop_id, QuickPhrase.user_id.is_not_distinct_from(user_id)
    )
    return int(await session.scalar(query) or 0)
