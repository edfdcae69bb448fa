"""When a person will have answered: what is owed inside, and what the shopper is promised where
nobody is there to answer at once.

Within the hours people ought to have answered some minutes after they are asked; outside of them,
as many minutes after they come. A shopper who writes while nobody is there is told that moment. It
is the conversation's `promised_at` until it is kept, broken, or over, and the event says which; so
that it is not broken unseen, an event comes before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.service import hours
from zhanggui.service.chat import desk_store
from zhanggui.service.chat.models import Conversation
from zhanggui.service.events import PromiseKept, PromiseNear
from zhanggui.service.models import ServiceSettings
from zhanggui.service.preferences import Choice, of_row


@dataclass(frozen=True, slots=True)
class Wait:
    """By when a person ought to have answered who is asked at `since`, and whether the shopper is
    to be told, since nobody is there."""

    since: datetime
    due_at: datetime
    is_promised: bool

    @property
    def when(self) -> str:
        """What the shopper is told."""
        return f"{hours.by(self.due_at, self.since)} 前会回复您。"

    def told(self, reply: str) -> str:
        """The reply to who is handed over: as it is where somebody is there."""
        return hours.not_at_once(reply, self.when) if self.is_promised else reply


async def wait(session: AsyncSession, shop_id: str) -> Wait:
    """How long who writes now has to wait for a person. A shop that has not said when people answer
    promises nothing: it could not be kept."""
    choice, now = await _choice(session, shop_id), clock.now()
    begins = now if choice.hours is None else choice.hours.next_open(now)
    is_promised = choice.hours is not None and (
        begins > now or _nobody_is_on(await desk_store.duties(session, shop_id))
    )
    return Wait(now, begins + timedelta(minutes=choice.answer_minutes), is_promised)


def promise(row: Conversation, given: Wait) -> None:
    """Owe the shopper an answer, and keep what they are told."""
    row.due_at = given.due_at
    if given.is_promised:
        row.promised_at, row.reminded_at = given.due_at, None


async def settle(
    session: AsyncSession, row: Conversation, by: Literal["person", "ai"] | None
) -> None:
    """The promise is over: somebody has answered, or nobody is to any more."""
    if row.promised_at is None:
        return
    late = (clock.now() - row.promised_at).total_seconds()
    row.promised_at = row.reminded_at = None
    is_kept = by is not None and late <= 0
    event = PromiseKept(id=row.id, is_kept=is_kept, by=by, seconds=round(late, 1))
    await events.append(session, event)


async def near(session: AsyncSession, shop_id: str) -> Sequence[str]:
    """The conversations whose promises nobody was reminded of, though there is no more time left
    than an answer may take."""
    minutes = timedelta(minutes=(await _choice(session, shop_id)).answer_minutes)
    return await desk_store.unreminded(session, shop_id, clock.now() + minutes)


async def remind(session: AsyncSession, row: Conversation) -> bool:
    """Tell once that a promise is to be kept soon; the caller holds the conversation."""
    if row.promised_at is None or row.reminded_at is not None:
        return False
    row.reminded_at = clock.now()
    left = (row.promised_at - row.reminded_at).total_seconds()
    await events.append(session, PromiseNear(id=row.id, seconds=round(left, 1)))
    return True


def _nobody_is_on(duties: Sequence[bool]) -> bool:
    """A shop whose people never say that they are there may be there all the same."""
    return bool(duties) and not any(duties)


async def _choice(session: AsyncSession, shop_id: str) -> Choice:
    return of_row(await session.get(ServiceSettings, (shop_id,)))
