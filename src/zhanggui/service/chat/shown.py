"""A conversation as its shopper sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.auth import accounts
from zhanggui.base.crypto import Cipher
from zhanggui.service.chat import cards, conversations
from zhanggui.service.chat.cards import Action, Card, Pages
from zhanggui.service.chat.images import Attached
from zhanggui.service.chat.models import Conversation, Message


class ImageView(BaseModel):
    """A picture of a message; `url` is read with the conversation's token."""

    url: str
    width: int
    height: int


class CardView(BaseModel):
    """A product or an order beside a reply; `image` is a public picture of the shop."""

    kind: str
    id: str
    title: str
    image: str | None
    price: str | None
    status: str | None
    lines: list[str]
    url: str | None
    actions: list[Action]


class MessageView(BaseModel):
    """A message. `text` is null once it was removed; `name` is of the person who wrote."""

    seq: int
    client_id: str | None
    author: Literal["shopper", "ai", "person", "system"]
    name: str | None
    text: str | None
    images: list[ImageView]
    cards: list[CardView]
    at: datetime


class StateView(BaseModel):
    """Who has the word, and what they are about. By `promised_at` a person will have answered who
    is not there now."""

    state: Literal["ai", "waiting", "person", "closed"]
    is_thinking: bool
    is_typing: bool
    rating: int | None
    promised_at: datetime | None


def state(row: Conversation, *, is_typing: bool) -> StateView:
    """Where the conversation stands. The program thinks while it owes an answer."""
    return StateView.model_validate(
        {
            "state": row.state,
            "is_thinking": row.state == "ai" and row.shopper_seq > row.answered_seq,
            "is_typing": is_typing,
            "rating": row.rating,
            "promised_at": row.promised_at,
        }
    )


async def messages(
    session: AsyncSession, cipher: Cipher, rows: Sequence[Message], *, at: str, pages: Pages
) -> list[MessageView]:
    """Messages as the shopper sees them, without the notes of staff; `at` is the path below which
    their pictures are read."""
    seen = [row for row in rows if row.author != "note"]
    spoke = {row.author_id for row in seen if row.author == "person" and row.author_id}
    names = await accounts.names(session, spoke) if spoke else {}
    return [await _message(session, cipher, row, names, at, pages) for row in seen]


async def _message(
    session: AsyncSession,
    cipher: Cipher,
    row: Message,
    names: Mapping[str, str],
    at: str,
    pages: Pages,
) -> MessageView:
    attached = [Attached.model_validate(each) for each in row.attachments]
    beside = await cards.of(session, row.shop_id, row.sources, pages) if row.sources else []
    return MessageView.model_validate(
        {
            "seq": row.seq,
            "client_id": row.client_id if row.author == "shopper" else None,
            "author": row.author,
            "name": names.get(row.author_id or ""),
            "text": conversations.text_of(cipher, row),
            "images": [
                ImageView(url=f"{at}/images/{each.name}", width=each.width, height=each.height)
                for each in attached
            ],
            "cards": [_card(each, at) for each in beside],
            "at": row.at,
        }
    )


def _card(card: Card, at: str) -> CardView:
    image = f"{at}/pictures/{card.picture}" if card.picture else None
    return CardView(image=image, **card.model_dump(exclude={"picture"}))
