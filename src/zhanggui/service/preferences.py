"""What the shops have chosen, known to a process without a query for every turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.errors import Invalid
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.service import hours
from zhanggui.service.answering import CEILING, CEILINGS
from zhanggui.service.hours import Hours
from zhanggui.service.models import ServiceSettings

ANSWER_MINUTES = 3
"""Within which a person ought to have answered where the shop says nothing: what Taobao measures
as 3分钟回复率."""
IDLE_HOURS = 24
"""After which a conversation is closed in which nobody is owed an answer."""
RETENTION_DAYS = 180
"""For which what anonymous shoppers wrote is kept."""
FRESH = timedelta(seconds=5)
"""How long what was read is taken to hold: a choice reaches the other processes that late."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a shop has chosen, or what holds without a choice."""

    ceiling: float = CEILING
    hours: Hours | None = None
    answer_minutes: int = ANSWER_MINUTES
    idle_hours: int = IDLE_HOURS
    retention_days: int = RETENTION_DAYS


def of_row(row: ServiceSettings | None) -> Choice:
    """What a row says, or what holds without one."""
    if row is None:
        return Choice()
    return Choice(
        row.ceiling,
        hours.parse(row.opens, row.closes),
        row.answer_minutes or ANSWER_MINUTES,
        row.idle_hours or IDLE_HOURS,
        row.retention_days or RETENTION_DAYS,
    )


class Preferences:
    """What the shops of a process have chosen: a service of the runtime."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Choice, datetime]] = {}

    async def ceiling(self, session: AsyncSession, shop_id: str) -> float:
        """The share of wrong answers that the shop allows."""
        return (await self._choice(session, shop_id)).ceiling

    async def hours(self, session: AsyncSession, shop_id: str) -> Hours | None:
        """When people answer; None where the shop has not said."""
        return (await self._choice(session, shop_id)).hours

    async def _choice(self, session: AsyncSession, shop_id: str) -> Choice:
        now = clock.now()
        known = self._known.get(shop_id)
        if known is None or now - known[1] >= FRESH:
            known = of_row(await session.get(ServiceSettings, (shop_id,))), now
            self._known[shop_id] = known
        return known[0]

    def forget(self, shop_id: str) -> None:
        """Read the shop's choice again at the next turn."""
        self._known.pop(shop_id, None)


def preferences(runtime: Runtime) -> Preferences:
    """The runtime's, made at the first call."""
    found: Preferences = runtime.services.setdefault(Preferences, Preferences())
    return found


def check(ceiling: float) -> None:
    """Raise Invalid for a share of wrong answers that is none to choose from."""
    if ceiling not in CEILINGS:
        choices = [f"{choice:g} ({choice:.0%})" for choice in CEILINGS]
        raise Invalid(
            Text(f"不能选这个答错比例：{ceiling:g}", f"Not a share to choose: {ceiling:g}"),
            hint=Text(f"可以选：{'、'.join(choices)}。", f"Choose one of {', '.join(choices)}."),
            where="ceiling",
        )
