"""What a person is given when they take a conversation over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.principals import WORKERS
from zhanggui.base.tools import Call, Output, tool
from zhanggui.base.words import Text
from zhanggui.service import views
from zhanggui.service.asking import Gathered
from zhanggui.service.chat import conversations, store
from zhanggui.service.chat.asked import Said, place_of_question
from zhanggui.service.chat.desk_tools import ConversationChoice
from zhanggui.service.chat.drafting import Draft, Mood, Summary, draft, summary
from zhanggui.service.chat.models import Conversation
from zhanggui.service.context import Asked, Turn
from zhanggui.service.replying import gathering
from zhanggui.service.views import SourceView
from zhanggui.shop.models import Buyer

_TURNS = 100


class TriedView(BaseModel):
    """Something the program said before."""

    seq: int
    decision: str
    text: str


class SummaryView(BaseModel):
    """What the conversation is about: what the shopper needs, what was tried, their mood, and what
    would be done next."""

    need: list[str]
    tried: list[TriedView]
    mood: Mood
    next: str | None
    waiting_since: datetime | None


class DraftView(BaseModel):
    """A reply that may be sent as it is or changed; `is_form` says that it is a usual phrase."""

    text: str
    confidence: float
    sources: list[SourceView]
    is_form: bool


class Briefing(Output):
    """What a person is given. `draft` is null where nothing is known that could be said."""

    summary: SummaryView
    draft: DraftView | None
    seq: int = Field(description="The last message it takes into account.")


@dataclass(frozen=True, slots=True)
class _Prepared:
    row: Conversation
    summary: Summary
    gathered: Gathered | None


async def _prepare(call: Call, given: ConversationChoice) -> _Prepared:
    """Think as the program would, with no transaction open meanwhile."""
    runtime, shop_id = call.runtime, call.shop_id
    async with runtime.db.reading(shop_id) as session:
        row = await store.conversation(session, shop_id, given.id)
        if row is None:
            raise conversations.unknown(given.id)
        messages = await store.last_messages(session, shop_id, row.id, _TURNS)
        said = [
            (message, text)
            for message in messages
            if (text := conversations.text_of(runtime.cipher, message)) is not None
        ]
        asked = await _asked(session, row, said)
    gathered = await gathering(runtime, shop_id, asked) if asked is not None else None
    return _Prepared(row, summary(row, said), gathered)


async def _asked(session: AsyncSession, row: Conversation, said: Said) -> Asked | None:
    """The shopper's last question with what came before; None where there is none."""
    place = place_of_question(said)
    if place is None:
        return None
    buyer = await session.get(Buyer, (row.shop_id, row.buyer_id)) if row.buyer_id else None
    turns = [
        Turn("shopper" if message.author == "shopper" else "shop", text)
        for message, text in said[:place]
        if text
    ]
    nick = buyer.nick if buyer is not None else ""
    return Asked(said[place][1], nick, row.order_id, row.product_id, turns)


@tool(
    "service.brief",
    purpose=Text("会话摘要和回复草稿", "A summary and a draft for a conversation"),
    risk="read",
    roles=WORKERS,
    rate="60 per minute",
    prepare=_prepare,
)
async def brief(call: Call, given: ConversationChoice) -> Briefing:
    """What the conversation is about, and a reply with its records that a person may send. Raises
    NotFound."""
    prepared: _Prepared = call.prepared
    said, row = prepared.summary, prepared.row
    made = draft(prepared.gathered) if prepared.gathered is not None else None
    return Briefing(
        summary=SummaryView(
            need=said.need,
            tried=[TriedView(seq=t.seq, decision=t.decision, text=t.text) for t in said.tried],
            mood=said.mood,
            next=str(said.next) if said.next is not None else None,
            waiting_since=row.waiting_since,
        ),
        draft=shown(made),
        seq=row.last_seq,
    )


def shown(made: Draft | None) -> DraftView | None:
    """A draft as it is given, without phone numbers and the like in its records."""
    if made is None:
        return None
    return DraftView(
        text=made.text,
        confidence=made.confidence,
        sources=views.sources(made.sources),
        is_form=made.is_form,
    )
