"""What a shop may spend and let leave, and what it has spent, as it was read a moment ago.

Every call to a model is held against this, so it is read once a second at most, however many ask at
once. What this process spends meanwhile is added; what others do is seen a second later.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai import store
from zhanggui.ai.media import store as tasks
from zhanggui.ai.models import ModelBudget, ModelSharing
from zhanggui.base import clock
from zhanggui.base.db import Database

FRESH_S = 1.0


@dataclass(slots=True)
class Limits:
    """Of a shop, on a day of its zone. `day` and `month` are what each room spent, in millionths of
    a yuan, with what its tasks under way will cost; nothing is read where there is no budget."""

    sharing: ModelSharing | None
    budgets: Sequence[ModelBudget]
    day: Counter[str]
    month: Counter[str]
    today: date


async def read(session: AsyncSession, shop_id: str) -> Limits:
    """A shop's limits as they stand in a transaction."""
    today = clock.local(clock.now()).date()
    sharing = await store.sharing(session, shop_id)
    budgets = [
        each
        for each in await store.budgets(session, shop_id)
        if each.daily_fen is not None or each.monthly_fen is not None
    ]
    day, month = Counter[str](), Counter[str]()
    if budgets:
        first = today.replace(day=1)
        month.update(await store.spent_by_room(session, shop_id, first, today))
        day.update(await store.spent_by_room(session, shop_id, today, today))
        made = await tasks.expected_by_room(session, shop_id)
        for each in (month, day):  # What is being made will be spent.
            each.update(made)
    return Limits(sharing, budgets, day, month, today)


class Remembered:
    """The limits of the shops that ask."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._read: dict[str, tuple[float, Limits]] = {}
        """With the moment of the loop's clock until which they are fresh."""
        self._reading: dict[str, asyncio.Task[Limits]] = {}

    async def of(self, shop_id: str) -> Limits:
        """A shop's limits; those who ask at once wait for one reading."""
        until, found = self._read.get(shop_id, (0.0, None))
        today = clock.local(clock.now()).date()
        if found and found.today == today and asyncio.get_running_loop().time() < until:
            return found
        reading = self._reading.get(shop_id)
        if reading is None:
            reading = self._reading[shop_id] = asyncio.create_task(self._look(shop_id))
        # Who gives up waiting would end it for all.
        return await asyncio.shield(reading)

    def forget(self, shop_id: str) -> None:
        """Read anew at the next call: somebody set a limit."""
        self._read.pop(shop_id, None)
        self._reading.pop(shop_id, None)

    def spent(self, shop_id: str, day: date, room: str, cost_micro: int) -> None:
        """Add what was written down since."""
        self._reading.pop(shop_id, None)  # Nobody knows whether it was seen.
        _, found = self._read.get(shop_id, (0.0, None))
        if found is None or (day.year, day.month) != (found.today.year, found.today.month):
            return
        found.month[room] += cost_micro
        if day == found.today:
            found.day[room] += cost_micro

    async def _look(self, shop_id: str) -> Limits:
        me = asyncio.current_task()
        try:
            async with self._db.reading(shop_id) as session:
                found = await read(session, shop_id)
            if self._reading.get(shop_id) is me:
                self._read[shop_id] = asyncio.get_running_loop().time() + FRESH_S, found
            return found
        finally:
            if self._reading.get(shop_id) is me:
                del self._reading[shop_id]
