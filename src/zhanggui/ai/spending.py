"""What stands on a bill for models: by day, room and model, and against what may be spent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai import store
from zhanggui.ai.ledger import MICRO_OF_FEN, forecast_micro, room_words
from zhanggui.ai.models import ModelBudget, ModelDay
from zhanggui.ai.store import WHOLE_SHOP
from zhanggui.base import clock
from zhanggui.base.errors import Invalid
from zhanggui.base.tools import Output
from zhanggui.base.words import Text

_LONGEST = timedelta(days=366)
_USUAL = "service"
"""A room that a budget can be set for before it has spent anything."""


class UsageView(BaseModel):
    """What a room's calls to a model came to on a day: `failed` of the calls were not answered;
    tokens `read` and `written`, `pictures` made, `seconds` of film, `characters` spoken;
    `cost_micro` is in millionths of a yuan, and `ms` their mean."""

    day: date
    room: str
    room_name: str
    model: str
    calls: int
    failed: int
    read: int
    written: int
    pictures: int
    seconds: float
    characters: int
    cost_micro: int
    ms: int


class BudgetView(BaseModel):
    """What a room, or with ``*`` the whole shop, may spend, in fen, and has spent, in millionths of
    a yuan; null is as much as it likes. `spent` says that the day's or the month's is used up."""

    room: str
    name: str
    daily_fen: int | None
    monthly_fen: int | None
    today_micro: int
    month_micro: int
    spent: Literal["day", "month"] | None


class Usage(Output):
    """What models cost by day, room and model, and what this month will have cost at its end if it
    goes on as in its last week, in millionths of a yuan. The budgets are the whole shop's, then
    those of each room that has one or spent this month."""

    since: date
    until: date
    items: list[UsageView]
    cost_micro: int
    month_micro: int
    forecast_micro: int
    budgets: list[BudgetView]


async def usage(
    session: AsyncSession, shop_id: str, since: date | None, until: date | None
) -> Usage:
    """What was spent on days of the shop's zone, both included, this month where none is said.
    Raises Invalid for days the wrong way round, or of more than a year."""
    today = clock.local(clock.now()).date()
    first = since or (until or today).replace(day=1)
    last = until or max(today, first)
    if not first <= last <= first + _LONGEST:
        raise Invalid(
            Text("日期顺序不对，或超过一年", "The days are the wrong way round, or over a year"),
            hint=Text("请选不超过 366 天的一段。", "Choose at most 366 days."),
            where="since",
        )
    rows = await store.days(session, shop_id, first, last)
    month = await store.days(session, shop_id, today.replace(day=1), today)
    return Usage(
        since=first,
        until=last,
        items=[_view(row) for row in rows],
        cost_micro=sum(row.cost_micro for row in rows),
        month_micro=sum(row.cost_micro for row in month),
        forecast_micro=forecast_micro(month, today),
        budgets=_budgets(await store.budgets(session, shop_id), month, today),
    )


def _budgets(
    found: Sequence[ModelBudget], month: Sequence[ModelDay], today: date
) -> list[BudgetView]:
    of = {each.room: each for each in found}
    rooms = sorted({_USUAL, *of, *(row.room for row in month)} - {WHOLE_SHOP})
    days = [row for row in month if row.day == today]
    return [
        _budget(room, of.get(room), _spent(days, room), _spent(month, room))
        for room in (WHOLE_SHOP, *rooms)
    ]


def _budget(room: str, row: ModelBudget | None, today_micro: int, month_micro: int) -> BudgetView:
    daily = row.daily_fen if row is not None else None
    monthly = row.monthly_fen if row is not None else None
    # The month is told first: it stays spent for longer.
    is_month_spent = monthly is not None and month_micro >= monthly * MICRO_OF_FEN
    is_day_spent = daily is not None and today_micro >= daily * MICRO_OF_FEN
    return BudgetView(
        room=room,
        name=str(room_words(room)),
        daily_fen=daily,
        monthly_fen=monthly,
        today_micro=today_micro,
        month_micro=month_micro,
        spent="month" if is_month_spent else "day" if is_day_spent else None,
    )


def _spent(rows: Iterable[ModelDay], room: str) -> int:
    return sum(row.cost_micro for row in rows if room in (WHOLE_SHOP, row.room))


def _view(row: ModelDay) -> UsageView:
    return UsageView(
        day=row.day,
        room=row.room,
        room_name=str(room_words(row.room)),
        model=row.model,
        calls=row.calls,
        failed=row.failed,
        read=row.read,
        written=row.written,
        pictures=row.pictures,
        seconds=row.seconds,
        characters=row.characters,
        cost_micro=row.cost_micro,
        ms=round(row.ms / row.calls),
    )
