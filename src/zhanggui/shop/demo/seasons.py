"""How a shop's days differ: weeks, seasons, festivals and the platform's big promotions.

Every figure is a factor on an ordinary day; the lunar dates are the calendar's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_NEW_YEAR = {
    2024: date(2024, 2, 10), 2025: date(2025, 1, 29), 2026: date(2026, 2, 17),
    2027: date(2027, 2, 6), 2028: date(2028, 1, 26), 2029: date(2029, 2, 13),
    2030: date(2030, 2, 3), 2031: date(2031, 1, 23), 2032: date(2032, 2, 11),
    2033: date(2033, 1, 31), 2034: date(2034, 2, 19), 2035: date(2035, 2, 8),
}  # fmt: skip
_MID_AUTUMN = {
    2024: date(2024, 9, 17), 2025: date(2025, 10, 6), 2026: date(2026, 9, 25),
    2027: date(2027, 9, 15), 2028: date(2028, 10, 3), 2029: date(2029, 9, 22),
    2030: date(2030, 9, 12), 2031: date(2031, 10, 1), 2032: date(2032, 9, 19),
    2033: date(2033, 9, 8), 2034: date(2034, 9, 27), 2035: date(2035, 9, 16),
}  # fmt: skip

_WEEK = (1.03, 1.0, 0.98, 0.97, 0.93, 0.98, 1.11)
_MONTH = (1.02, 0.86, 0.95, 0.94, 1.0, 1.0, 0.88, 0.9, 1.04, 1.06, 1.1, 1.08)


@dataclass(frozen=True, slots=True)
class Promotion:
    """A platform promotion as one day sees it: a factor on demand and the coupon it brings."""

    name: str
    factor: float
    threshold_fen: int
    discount_fen: int


def new_year(year: int) -> date:
    """春节 of a year (the fifth of February where the table ends)."""
    return _NEW_YEAR.get(year, date(year, 2, 5))


def mid_autumn(year: int) -> date:
    """中秋 of a year (the twentieth of September where the table ends)."""
    return _MID_AUTUMN.get(year, date(year, 9, 20))


def promotion(day: date) -> Promotion | None:
    """The promotion running on `day`."""
    month_day = (day.month, day.day)
    to_new_year = (new_year(day.year) - day).days
    found: Promotion | None = None
    if 9 <= to_new_year <= 27:
        found = Promotion("年货节", 1.9 if to_new_year > 13 else 1.55, 29900, 4000)
    elif (3, 4) <= month_day <= (3, 8):
        found = Promotion("38焕新周", 1.7 if month_day == (3, 8) else 1.35, 19900, 2500)
    elif (5, 31) <= month_day <= (6, 3):
        found = Promotion("618", 2.3, 29900, 5000)
    elif (6, 15) <= month_day <= (6, 20):
        found = Promotion("618", {18: 3.6, 17: 2.4}.get(day.day, 1.7), 29900, 5000)
    elif (9, 7) <= month_day <= (9, 9):
        found = Promotion("99大促", 1.5, 19900, 2500)
    elif (10, 20) <= month_day <= (10, 24):
        found = Promotion("双11", 2.6 if day.day == 20 else 1.7, 29900, 5000)
    elif (10, 31) <= month_day <= (11, 11):
        peak = {(10, 31): 2.8, (11, 1): 2.2, (11, 10): 2.9, (11, 11): 4.8}
        found = Promotion("双11", peak.get(month_day, 1.4), 29900, 5000)
    elif (12, 8) <= month_day <= (12, 12):
        found = Promotion("双12", 2.7 if day.day == 12 else 1.5, 25900, 4000)
    return found


def closed(day: date) -> bool:
    """Whether the warehouse rests: Sundays, and the days around 春节."""
    return day.weekday() == 6 or -6 <= (new_year(day.year) - day).days <= 5


def demand(day: date) -> float:
    """The factor of a day on the shop as a whole."""
    factor = _WEEK[day.weekday()] * _MONTH[day.month - 1]
    running = promotion(day)
    if running:
        factor *= running.factor
    elif promotion(day + timedelta(days=2)):
        factor *= 0.72  # People wait for the coupon.
    elif promotion(day - timedelta(days=2)):
        factor *= 0.7
    if -6 <= (new_year(day.year) - day).days <= 5:
        factor *= 0.38
    return factor


def gift_season(day: date) -> float:
    """The factor on what people give: before 春节, on 520, for teachers, at 中秋, at the end."""
    before_new_year = (new_year(day.year) - day).days
    before_moon = (mid_autumn(day.year) - day).days
    if 6 <= before_new_year <= 30:
        return 2.1
    if 3 <= before_moon <= 18:
        return 1.9
    if (5, 12) <= (day.month, day.day) <= (5, 19):
        return 1.8
    if (9, 3) <= (day.month, day.day) <= (9, 9):
        return 1.4
    return 1.15 if day.month in (11, 12) else 0.9


_WARMTH = (1.9, 1.5, 1.0, 0.7, 0.5, 0.4, 0.35, 0.4, 0.8, 1.25, 1.7, 1.95)
_TEA = (0.9, 0.8, 1.2, 1.35, 1.1, 0.8, 0.7, 0.75, 1.05, 1.3, 1.25, 1.1)
_FLOWERS = (0.8, 1.0, 1.3, 1.35, 1.4, 1.1, 0.9, 0.8, 0.9, 1.0, 0.8, 0.8)
_TABLE = (1.7, 1.1, 0.9, 0.95, 1.0, 0.9, 0.8, 0.8, 1.1, 1.1, 1.05, 1.35)

_SEASONAL = {
    "砂锅": _WARMTH,
    "烤碗": _WARMTH,
    "汤碗": _WARMTH,
    "茶具": _TEA,
    "花器": _FLOWERS,
}
_SEASONAL_GOODS = {"YX20": _TABLE, "YX21": _WARMTH, "YX07": _TEA, "YX04": _TABLE}
_GIFTS = {"YX22": 1.0, "YX11": 0.7, "YX12": 0.4, "YX24": 0.4}


def taste(product_id: str, category: str, day: date) -> float:
    """The factor of a day on one product."""
    table = _SEASONAL_GOODS.get(product_id) or _SEASONAL.get(category)
    factor = table[day.month - 1] if table else 1.0
    share = _GIFTS.get(product_id, 0.0)
    return factor * (1 - share + share * gift_season(day))
