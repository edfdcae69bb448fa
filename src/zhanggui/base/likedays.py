"""A day's figures so far, beside those of like days: the same weekday of the four weeks before,
each up to the same time of day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case

from zhanggui.base import clock

WEEKS = 4

Number = int | float


@dataclass(frozen=True, slots=True)
class Window:
    """A local day from midnight up to a time of it; both ends belong to it."""

    date: date
    start: datetime
    end: datetime


def windows(until: datetime) -> list[Window]:
    """The like days, the oldest first, and last the local day of `until` up to that moment."""
    end = clock.local(until)
    start = end.replace(hour=0, minute=0, second=0, microsecond=0)
    back = [timedelta(weeks=n) for n in range(WEEKS, -1, -1)]
    return [Window((end - by).date(), start - by, end - by) for by in back]


def number_in(moment: SQLColumnExpression[Any], days: Sequence[Window]) -> ColumnElement[Any]:
    """In which of `days` a moment lies, by its place; null in none."""
    places = enumerate(days)
    return case(*((and_(moment >= day.start, moment <= day.end), n) for n, day in places))


class DayValue(BaseModel):
    """A figure of one local day; null where nothing is known of the day."""

    date: date
    value: Number | None


class Compared(BaseModel):
    """A figure of a day so far. `usual` is the median of the like days, null where none is known;
    `days` are those and the day itself, the oldest first."""

    value: Number | None
    usual: Number | None = Field(description="What like days had by this time of day.")
    days: list[DayValue]


def compare(days: Sequence[Window], values: Sequence[Number | None]) -> Compared:
    """A figure for each of `days`, the last of which is compared with the others."""
    known = [value for value in values[:-1] if value is not None]
    return Compared(
        value=values[-1],
        usual=median(known) if known else None,
        days=[
            DayValue(date=day.date, value=value) for day, value in zip(days, values, strict=True)
        ],
    )


def from_first(
    days: Sequence[Window], values: dict[int, int], first: datetime | None
) -> list[int | None]:
    """A count for each of `days`, by its place: 0 where `values` has none, None on the days before
    that of the `first` record there is."""
    begun = clock.local(first).date() if first is not None else date.max
    return [values.get(n, 0) if day.date >= begun else None for n, day in enumerate(days)]
