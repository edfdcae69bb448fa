"""What the shops have chosen, known to a process without a query for every turn."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.errors import Invalid
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.service.answering import CEILING, CEILINGS
from zhanggui.service.models import ServiceSettings

FRESH = timedelta(seconds=5)
"""How long what was read is taken to hold: a choice reaches the other processes that late."""


class Preferences:
    """The ceilings of the shops of a process: a service of the runtime."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, datetime]] = {}

    async def ceiling(self, session: AsyncSession, shop_id: str) -> float:
        """The share of wrong answers that the shop allows."""
        now = clock.now()
        known = self._known.get(shop_id)
        if known is None or now - known[1] >= FRESH:
            row = await session.get(ServiceSettings, (shop_id,))
            known = (CEILING if row is None else row.ceiling), now
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
