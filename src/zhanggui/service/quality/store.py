"""Every query of quality reviews; each takes the shop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.service import store
from zhanggui.service.chat.models import Message
from zhanggui.service.events import MessageAnswered, ReviewsSaved
from zhanggui.service.quality.models import ServiceReview
from zhanggui.service.quality.sampling import DECISIONS, Choice, Replied
from zhanggui.service.store import Happened

_AT_ONCE = 400
Key = tuple[str, int]


async def days_of_replies(
    session: AsyncSession, shop_id: str, since: datetime, until: datetime
) -> AsyncIterator[list[Replied]]:
    """What the program said by itself from a moment on until before another: that of each local day
    there was any on, the first day first."""
    pages = store.happened(session, shop_id, [MessageAnswered.type], since, until)
    async for day in by_day(pages):
        yield day


async def by_day(pages: AsyncIterator[Sequence[Happened]]) -> AsyncIterator[list[Replied]]:
    """The replies among events that come in their order, day by day."""
    day: list[Replied] = []
    async for page in pages:
        for reply in _replies_in(page):
            if day and reply.day != day[0].day:
                yield day
                day = []
            day.append(reply)
    if day:
        yield day


def _replies_in(found: Sequence[Happened]) -> list[Replied]:
    """The replies of the program among events."""
    return [
        Replied(
            each.data["id"],
            each.data["seq"],
            each.data["decision"],
            each.data["confidence"] or 0.0,
            each.at,
        )
        for each in found
        if each.type == MessageAnswered.type
        and each.data["by"] == "ai"
        and each.data.get("decision") in DECISIONS
    ]


async def choices(session: AsyncSession, shop_id: str) -> list[Choice]:
    """What the shop chose to sample a day, the first choice first."""
    found = await store.happened_ever(session, shop_id, ReviewsSaved.type)
    return [Choice(each.at, each.data["daily"]) for each in found]


async def reviews(
    session: AsyncSession, shop_id: str, keys: Sequence[Key]
) -> dict[Key, ServiceReview]:
    """What was said of some replies."""
    found: dict[Key, ServiceReview] = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = select(ServiceReview).where(
            ServiceReview.shop_id == shop_id,
            tuple_(ServiceReview.conversation_id, ServiceReview.seq).in_(
                keys[start : start + _AT_ONCE]
            ),
        )
        found |= {(row.conversation_id, row.seq): row for row in await session.scalars(query)}
    return found


async def review(session: AsyncSession, shop_id: str, key: Key) -> ServiceReview | None:
    """What was said of one reply, held until the transaction ends."""
    return await session.get(ServiceReview, (shop_id, *key), with_for_update=True)


async def said(session: AsyncSession, shop_id: str, keys: Sequence[Key]) -> dict[Key, Message]:
    """Some messages."""
    found: dict[Key, Message] = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = select(Message).where(
            Message.shop_id == shop_id,
            tuple_(Message.conversation_id, Message.seq).in_(keys[start : start + _AT_ONCE]),
        )
        found |= {(row.conversation_id, row.seq): row for row in await session.scalars(query)}
    return found


async def empty_reviews(
    session: AsyncSession, shop_id: str, conversation_ids: Sequence[str]
) -> None:
    """Take people's words out of the reviews of conversations; how they judged stays."""
    await session.execute(
        update(ServiceReview)
        .where(
            ServiceReview.shop_id == shop_id,
            ServiceReview.conversation_id.in_(conversation_ids),
        )
        .values(reason="")
    )
