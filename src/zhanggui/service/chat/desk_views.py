"""A conversation as staff see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.auth import accounts
from zhanggui.base.crypto import Cipher
from zhanggui.base.masking import mask_name, scrub
from zhanggui.base.tools import Call, Output
from zhanggui.service.channels import failing, reaching
from zhanggui.service.channels.reaching import Reach
from zhanggui.service.chat import conversations, desk_store
from zhanggui.service.chat.desk import Skill
from zhanggui.service.chat.images import Attached
from zhanggui.service.chat.models import Conversation, DeskLook, Message
from zhanggui.service.guards import Cause
from zhanggui.shop.models import Buyer

LOOKS_FOR = timedelta(seconds=40)
"""How long somebody who was seen with a conversation open is taken to be there."""
_TYPES_FOR = timedelta(seconds=6)
_EXCERPT = 40


class PersonView(BaseModel):
    """Somebody of the shop."""

    id: str
    name: str


class LookerView(PersonView):
    """Somebody who has the conversation open."""

    is_typing: bool


class ConversationView(BaseModel):
    """A conversation in a list. `who` is the shopper, masked, or null for a visitor; `due_at` is by
    when a person ought to have answered, null where nobody waits for one, and `promised_at` what
    the shopper was told of it, null where they were told nothing. `reach` is whether they are
    reached in the channel they write from, null for the shop's own pages."""

    id: str
    channel: str
    reach: Reach | None
    state: Literal["ai", "waiting", "person", "closed"]
    who: str | None
    assignee: PersonView | None
    cause: Cause | None
    skill: Skill | None
    is_urgent: bool
    due_at: datetime | None
    promised_at: datetime | None
    tags: list[str]
    product_id: str | None
    order_id: str | None
    asked: str | None = Field(
        description="How the shopper's last message begins, where a person owes them an answer."
    )
    last: str = Field(description="How the last message begins.")
    last_author: str
    last_at: datetime
    messages: int
    is_answered: bool
    rating: int | None
    lookers: list[LookerView]


class StaffMessage(BaseModel):
    """A message as staff see it, with how it was decided, and why a person was asked. `images` are
    names of pictures; `undelivered` is why it never reached the shopper's channel."""

    seq: int
    author: Literal["shopper", "ai", "person", "system", "note"]
    by: PersonView | None
    text: str | None
    images: list[Attached]
    decision: str | None
    cause: Cause | None
    confidence: float | None
    sources: list[str]
    work_item_id: str | None
    mentions: list[PersonView]
    undelivered: str | None
    at: datetime


class WholeConversation(ConversationView, Output):
    """A conversation with its messages, oldest first; `rating_words` are the shopper's own."""

    items: list[StaffMessage]
    rating_words: str | None
    version: int


async def listed(call: Call, rows: Sequence[Conversation]) -> list[ConversationView]:
    """Conversations as a list shows them."""
    session, shop_id = call.session, call.shop_id
    last = await desk_store.last_of_each(session, shop_id, rows)
    asked = await desk_store.last_asked(session, shop_id, rows)
    since = clock.now() - LOOKS_FOR
    looks = await desk_store.looks(session, shop_id, [row.id for row in rows], since)
    people = {row.assignee for row in rows if row.assignee} | {look.user_id for look in looks}
    names = await accounts.names(session, people)
    nicks = await _nicks(session, rows)
    reach = await reaching.reach(session, shop_id, rows)
    return [
        ConversationView.model_validate(
            {
                **_fields(
                    call.runtime.cipher,
                    row,
                    last.get(row.id),
                    asked.get(row.id),
                    looks,
                    names,
                    nicks,
                ),
                "reach": reach.get(row.id),
            }
        )
        for row in rows
    ]


async def whole(call: Call, row: Conversation, messages: Sequence[Message]) -> WholeConversation:
    """A conversation with its messages. Viewers see no phone numbers and the like."""
    session, cipher = call.session, call.runtime.cipher
    (view,) = await listed(call, [row])
    people = {who for message in messages for who in (message.author_id, *message.mentions) if who}
    names = await accounts.names(session, people)
    is_masked = call.principal.role == "viewer"
    words = conversations.rating_words(cipher, row)
    return WholeConversation(
        **view.model_dump(),
        items=[_message(cipher, message, names, is_masked=is_masked) for message in messages],
        rating_words=scrub(words) if words is not None and is_masked else words,
        version=row.version,
    )


def _message(
    cipher: Cipher, row: Message, names: Mapping[str, str], *, is_masked: bool
) -> StaffMessage:
    text = conversations.text_of(cipher, row)
    return StaffMessage.model_validate(
        {
            "seq": row.seq,
            "author": row.author,
            "by": _person(row.author_id, names),
            "text": scrub(text) if text is not None and is_masked else text,
            "images": row.attachments,
            "decision": row.decision,
            "cause": row.cause,
            "confidence": row.confidence,
            "sources": row.sources,
            "work_item_id": row.work_item_id,
            "mentions": [_person(who, names) for who in row.mentions],
            "undelivered": _why(row),
            "at": row.at,
        }
    )


def _why(row: Message) -> str | None:
    return None if row.failure is None else str(failing.told(row.failure, row.failed_code))


def _fields(
    cipher: Cipher,
    row: Conversation,
    last: Message | None,
    asked: Message | None,
    looks: Sequence[DeskLook],
    names: Mapping[str, str],
    nicks: Mapping[str, str],
) -> dict[str, object]:
    nick = nicks.get(row.buyer_id or "")
    now = clock.now()
    return {
        "id": row.id,
        "channel": row.channel,
        "state": row.state,
        "who": mask_name(nick) if nick else None,
        "assignee": _person(row.assignee, names),
        "cause": row.cause,
        "skill": row.skill,
        "is_urgent": row.is_urgent,
        "due_at": row.due_at,
        "promised_at": row.promised_at,
        "tags": row.tags,
        "product_id": row.product_id,
        "order_id": row.order_id,
        "asked": None if asked is None else _excerpt(cipher, asked),
        "last": _excerpt(cipher, last),
        "last_author": last.author if last is not None else "shopper",
        "last_at": row.last_at,
        "messages": row.last_seq,
        "is_answered": row.answered_seq >= row.shopper_seq and row.due_at is None,
        "rating": row.rating,
        "lookers": [
            {
                "id": look.user_id,
                "name": names.get(look.user_id, ""),
                "is_typing": look.typed_at is not None and now - look.typed_at < _TYPES_FOR,
            }
            for look in looks
            if look.conversation_id == row.id
        ],
    }


def _excerpt(cipher: Cipher, message: Message | None) -> str:
    said = (conversations.text_of(cipher, message) if message is not None else None) or ""
    return scrub(" ".join(said.split()))[:_EXCERPT]


def _person(user_id: str | None, names: Mapping[str, str]) -> PersonView | None:
    return PersonView(id=user_id, name=names.get(user_id, "")) if user_id else None


async def _nicks(session: AsyncSession, rows: Sequence[Conversation]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        if row.buyer_id is not None and row.buyer_id not in found:
            buyer = await session.get(Buyer, (row.shop_id, row.buyer_id))
            if buyer is not None:
                found[row.buyer_id] = buyer.nick
    return found
