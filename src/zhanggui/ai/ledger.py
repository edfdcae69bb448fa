"""What models cost a shop, and what it may spend.

A call is admitted while neither the room nor the shop has spent its day or month; what is under
way in this process counts as much as such a call cost last, and a picture or film that is being
made as much as it will cost, so that many at once do not pass a budget by much. It is entered when
it ends, however it ends, with what else ended in that moment, in a transaction that nobody waits
for: what was asked for may be rolled back, the provider's bill is not, and whoever asked may hold
SQLite's one place to write.
"""

from __future__ import annotations

import asyncio
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai import limits, sharing, store
from zhanggui.ai.limits import Limits, Remembered
from zhanggui.ai.models import ModelBudget, ModelCall, ModelDay
from zhanggui.ai.protocols import Used
from zhanggui.ai.roster import WELL, Asked, Purpose, Sent
from zhanggui.ai.store import WHOLE_SHOP
from zhanggui.base import clock
from zhanggui.base.db import Database
from zhanggui.base.errors import Invalid, Unavailable
from zhanggui.base.ids import new_id
from zhanggui.base.money import format_yuan
from zhanggui.base.words import Text

log = structlog.get_logger(__name__)

MICRO_OF_FEN = 10_000
TRIES = 3
"""How often what cannot be written down is tried, before it is only logged."""
AGAIN_S = 0.5
GATHER_S = 0.2
"""How long entries are gathered, to be written down in one transaction: what a process that is
killed loses of the record, though not of the provider's bill."""
_Place = tuple[str, str]
"""A shop and a room of it."""


_ROOMS = {
    WHOLE_SHOP: Text("整个店铺", "The whole shop"),
    "ai": Text("测试模型", "Trying models"),
    "service": Text("客服", "Service"),
    "studio": Text("创意工作室", "Studio"),
}
"""What people call those who spend; a room that begins to ask models is entered here."""


def room_words(room: str) -> Text:
    """A room in people's words, or with ``*`` the whole shop."""
    return _ROOMS.get(room) or Text(room, room)


def must_spend(room: str) -> None:
    """Raise Invalid for a room that asks no models."""
    if room not in _ROOMS:
        names = "、".join(_ROOMS)
        raise Invalid(
            Text(f"{room} 不花模型的钱", f"{room} spends nothing on models"),
            hint=Text(f"可以是：{names}（* 是全店）", f"One of: {names} (* is the shop)"),
            where="room",
        )


class BudgetSpent(Unavailable):
    """What may be spent on models is spent."""

    code = "budget_spent"


class DatabaseLedger:
    """The ledger in the records database."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._limits = Remembered(db)
        self._under_way: Counter[_Place] = Counter()
        self._last: dict[_Place, int] = {}
        """What a call of a shop's room cost last, in millionths of a yuan."""
        self._unwritten: dict[str, tuple[datetime, Asked]] = {}
        """By the id each will have, so that nothing is written twice."""
        self._writing: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()

    async def admit(self, purpose: Purpose, sent: Sent, *, is_near: bool) -> None:
        """Let a call through. Raises BudgetSpent where the shop or the room has spent what it may,
        and ModelFault ``kept`` where the shop does not let this leave."""
        self._hold(await self._limits.of(purpose.shop_id), purpose, sent, is_near=is_near)
        self._begin(purpose)

    def forget(self, shop_id: str) -> None:
        """Look again at what a shop may, at its next call."""
        self._limits.forget(shop_id)

    async def check(
        self, session: AsyncSession, purpose: Purpose, sent: Sent, *, is_near: bool
    ) -> None:
        """Raise what `admit` does, by what stands in the caller's transaction, and let nothing
        through."""
        found = await limits.read(session, purpose.shop_id)
        self._hold(found, purpose, sent, is_near=is_near)

    def _hold(self, found: Limits, purpose: Purpose, sent: Sent, *, is_near: bool) -> None:
        sharing.check(found.sharing, purpose, sent, is_near=is_near)
        for budget in found.budgets:
            if budget.room in (WHOLE_SHOP, purpose.room):
                pending = self._pending(purpose.shop_id, budget.room)
                check(
                    budget,
                    _of(found.day, budget.room) + pending,
                    _of(found.month, budget.room) + pending,
                )

    def enter(self, asked: Asked) -> None:
        """Keep what a call came to; it is written down soon."""
        place = (asked.purpose.shop_id, asked.purpose.room)
        if self._under_way[place] > 0:
            self._under_way[place] -= 1
        if asked.cost_micro:
            self._last[place] = asked.cost_micro
        self._unwritten[new_id("mc")] = clock.now(), asked
        self._begin_to_write()

    async def settle(self) -> None:
        """Wait until all that was entered is written down."""
        self._hurry.set()
        while self._unwritten or (self._writing is not None and not self._writing.done()):
            # Not awaited itself: who gives up waiting would end it for all.
            await asyncio.wait({self._begin_to_write()})
        self._hurry.clear()

    def _begin_to_write(self) -> asyncio.Task[None]:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return self._writing

    async def _write(self) -> None:
        failures = 0
        while self._unwritten:
            with suppress(TimeoutError):
                async with asyncio.timeout(GATHER_S):
                    await self._hurry.wait()
            shop_id = next(iter(self._unwritten.values()))[1].purpose.shop_id
            some = {
                key: each
                for key, each in self._unwritten.items()
                if each[1].purpose.shop_id == shop_id
            }
            try:
                await self._write_down(shop_id, some)
            except Exception:
                failures += 1
                if failures < TRIES:
                    await asyncio.sleep(AGAIN_S)
                    continue
                cost = sum(asked.cost_micro for _, asked in some.values())
                log.exception("model_calls_not_entered", calls=len(some), cost_micro=cost)
            failures = 0
            for key in some:  # Until now they count as what is not written yet.
                del self._unwritten[key]

    async def enter_with(self, session: AsyncSession, asked: Asked, call_id: str) -> None:
        """Keep what a call came to in a transaction of the caller's: with what says that it is
        kept, so that it is once."""
        at = clock.now()
        session.add(_call(at, asked, call_id))
        await session.flush()
        await store.add_to_day(session, _day(clock.local(at).date(), asked))

    async def _write_down(self, shop_id: str, some: dict[str, tuple[datetime, Asked]]) -> None:
        async with self._db.transaction(shop_id) as session:
            session.add_all(_call(at, asked, key) for key, (at, asked) in some.items())
            await session.flush()
            days = _days(some.values())
            for day in days:
                await store.add_to_day(session, day)
        for day in days:
            self._limits.spent(shop_id, day.day, day.room, day.cost_micro)

    def _begin(self, purpose: Purpose) -> None:
        self._under_way[purpose.shop_id, purpose.room] += 1

    def _pending(self, shop_id: str, room: str) -> int:
        """What was spent, or is being, and is not in the tables."""
        under_way = sum(
            count * self._last.get(place, 0)
            for place, count in self._under_way.items()
            if _is_of(place, shop_id, room)
        )
        return under_way + sum(
            asked.cost_micro
            for _, asked in self._unwritten.values()
            if _is_of((asked.purpose.shop_id, asked.purpose.room), shop_id, room)
        )


def _is_of(place: _Place, shop_id: str, room: str) -> bool:
    return place[0] == shop_id and room in (WHOLE_SHOP, place[1])


def check(budget: ModelBudget, day_micro: int, month_micro: int) -> None:
    """Raise BudgetSpent where a budget is used up by what was spent."""
    whose = room_words(budget.room)
    for most, spent, span in (
        (budget.daily_fen, day_micro, Text("今天", "today")),
        (budget.monthly_fen, month_micro, Text("本月", "this month")),
    ):
        if most is not None and spent >= most * MICRO_OF_FEN:
            yuan = format_yuan(most)
            raise BudgetSpent(
                Text(
                    f"{whose.zh}：{span.zh}的模型预算（{yuan} 元）用完了",
                    f"{whose.en}: the models' budget for {span.en} ({yuan} yuan) is spent",
                ),
                hint=Text(
                    "在“模型”页或用 zhanggui models budget 调高，或等下一天、下个月；在此之前照不用"
                    "模型的方式工作。",
                    "Raise it on the page Models or with zhanggui models budget, or wait for the"
                    " next day or month; until then all works as it does without a model.",
                ),
                where=budget.room,
            )


def forecast_micro(days: Sequence[ModelDay], today: date) -> int:
    """What the month will have cost at its end, in millionths of a yuan, if each day that is left
    costs as much as the mean of the month's last seven whole days did; on its first day, as much as
    today. Today counts as a whole day at least."""
    length = monthrange(today.year, today.month)[1]
    by_day: Counter[int] = Counter()
    for each in days:
        if (each.day.year, each.day.month) == (today.year, today.month):
            by_day[each.day.day] += each.cost_micro
    spent = sum(by_day.values())
    whole = [by_day[day] for day in range(max(1, today.day - 7), today.day)]
    a_day = sum(whole) / len(whole) if whole else by_day[today.day]
    missing_today = max(0.0, a_day - by_day[today.day])
    return round(spent + missing_today + (length - today.day) * a_day)


def _of(spent: dict[str, int], room: str) -> int:
    return sum(spent.values()) if room == WHOLE_SHOP else spent.get(room, 0)


def _call(at: datetime, asked: Asked, call_id: str) -> ModelCall:
    purpose = asked.purpose
    return ModelCall(
        shop_id=purpose.shop_id,
        id=call_id,
        at=at,
        room=purpose.room,
        what=purpose.what,
        who=purpose.who,
        role=asked.role,
        model=asked.model,
        server=asked.server,
        is_near=asked.is_near,
        outcome=asked.outcome,
        sent_characters=asked.sent.characters,
        sent_pictures=asked.sent.pictures,
        masked=dict(asked.sent.masked),
        **_used(asked.used),
        cost_micro=asked.cost_micro,
        ms=asked.ms,
    )


def _days(entries: Iterable[tuple[datetime, Asked]]) -> list[ModelDay]:
    """What entries add to each day, room and model; in one order, or two processes would wait for
    each other."""
    found: dict[tuple[date, str, str], ModelDay] = {}
    for at, asked in entries:
        one = _day(clock.local(at).date(), asked)
        whole = found.setdefault((one.day, one.room, one.model), one)
        if whole is not one:
            for name in ("calls", "failed", "cost_micro", "ms", *_used(asked.used)):
                setattr(whole, name, getattr(whole, name) + getattr(one, name))
    return [found[key] for key in sorted(found)]


def _day(day: date, asked: Asked) -> ModelDay:
    return ModelDay(
        shop_id=asked.purpose.shop_id,
        day=day,
        room=asked.purpose.room,
        model=asked.model,
        calls=1,
        failed=int(asked.outcome not in WELL),
        **_used(asked.used),
        cost_micro=asked.cost_micro,
        ms=asked.ms,
    )


def _used(used: Used) -> dict[str, Any]:
    return {
        "read": used.read,
        "written": used.written,
        "pictures": used.pictures,
        "seconds": used.seconds,
        "characters": used.characters,
    }
