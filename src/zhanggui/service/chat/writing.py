"""How a message is written into a conversation that is held, and how the word passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.crypto import Cipher
from zhanggui.service.channels import store as channels
from zhanggui.service.chat import promising, store
from zhanggui.service.chat.images import Attached
from zhanggui.service.chat.models import Conversation, Message
from zhanggui.service.events import ConversationStateChanged, MessageAdded, MessageAnswered
from zhanggui.service.guards import Cause

State = Literal["ai", "waiting", "person", "closed"]
Author = Literal["shopper", "ai", "person", "system", "note"]

TEXT = "message.text"
"""What a message's text is sealed as."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the program says, how that was decided and by which records."""

    text: str
    decision: str
    confidence: float | None = None
    sources: tuple[str, ...] = ()
    work_item_id: str | None = None
    cause: Cause | None = None


async def write(
    session: AsyncSession,
    cipher: Cipher,
    row: Conversation,
    author: Author,
    text: str,
    *,
    by: str | None = None,
    client_id: str | None = None,
    answers: int | None = None,
    attached: Sequence[Attached] = (),
    mentions: Sequence[str] = (),
    decided: Reply | None = None,
    at: datetime | None = None,
) -> Message:
    """Write a message into the held conversation; it is on its way then to the channel that it
    belongs to. `at` is when it was written, where that was not now."""
    moment = _moment(row, at)
    message = Message(
        shop_id=row.shop_id,
        conversation_id=row.id,
        seq=row.last_seq + 1,
        client_id=client_id,
        author=author,
        author_id=by,
        text_sealed=cipher.encrypt(text, shop_id=row.shop_id, field=TEXT),
        attachments=[each.model_dump() for each in attached],
        sources=list(decided.sources) if decided else [],
        decision=decided.decision if decided else None,
        confidence=decided.confidence if decided else None,
        cause=decided.cause if decided else None,
        work_item_id=decided.work_item_id if decided else None,
        answers=answers,
        mentions=list(mentions),
        at=moment,
    )
    session.add(message)
    row.last_seq, row.last_at = message.seq, moment
    row.started_at = min(row.started_at, moment)
    if author == "shopper":
        row.shopper_seq = message.seq
    if answers is not None:
        row.answered_seq = answers
    row.version += 1
    await session.flush()
    if row.channel != "widget":
        await channels.said(session, message)
    return message


def _moment(row: Conversation, at: datetime | None) -> datetime:
    """When a message was written that says so itself: not after now, and not before the one before
    it, whatever another clock says."""
    now = clock.now()
    if at is None:
        return now
    return min(max(at, row.last_at) if row.last_seq else at, now)


async def answered(session: AsyncSession, row: Conversation, message: Message) -> None:
    """All that the shopper has written is answered by this."""
    if message.answers is not None:
        asked_at = await store.said_at(session, row.shop_id, row.id, message.answers)
        told = MessageAnswered(
            id=row.id,
            seq=message.seq,
            answers=message.answers,
            by=message.author,
            seconds=round((message.at - asked_at).total_seconds(), 1),
            decision=message.decision,
            confidence=message.confidence,
        )
        await events.append(session, told, at=message.at)
    else:
        await events.append(session, MessageAdded(id=row.id, seq=message.seq), at=message.at)
    await store.end_turn(session, row.shop_id, row.id)


async def turn_to(session: AsyncSession, row: Conversation, state: State) -> None:
    """Give the word to the program or to people, or end the conversation."""
    now, before = clock.now(), row.state
    row.state = state
    if state in ("ai", "closed"):
        await promising.settle(session, row, "ai" if state == "ai" else None)
        row.assignee = row.due_at = row.cause = row.skill = None
        row.is_urgent = False
    row.waiting_since = now if state == "waiting" else None
    row.closed_at = now if state == "closed" else None
    row.resumes_at = None
    if state in ("waiting", "person"):
        widget = await store.widget(session, row.shop_id)
        if widget is not None and widget.silence_minutes is not None:
            row.resumes_at = now + timedelta(minutes=widget.silence_minutes)
    row.version += 1
    if state != before:
        cause = row.cause if state == "waiting" else None
        changed = ConversationStateChanged(id=row.id, before=before, after=state, cause=cause)
        await events.append(session, changed)
