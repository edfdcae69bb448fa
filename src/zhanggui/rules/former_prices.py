"""Former prices, held against what was charged.

By article 16 of 《明码标价和禁止价格欺诈规定》 (SAMR order 56, since 2022-07-01) a compared price
must not exceed the lowest one dealt at in the seven days before the comparison; where nothing was
dealt in them, the last one before. A price that was set earlier and not changed still counts in
those days.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import chain
from pathlib import Path

from zhanggui.base.chinese import numerals
from zhanggui.rules.findings import Price

WINDOW = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Compared:
    """A former price in a text: its span and what it says was charged."""

    start: int
    end: int
    fen: int


def compared(text: str) -> list[Compared]:
    """The former prices that a text states, or that follow from what is taken off."""
    plain = _with_digits(text)
    matches = chain(_says("named").finditer(plain), _says("lowered").finditer(plain))
    found = [Compared(each.start(), each.end(), _fen(each[1])) for each in matches]
    if not found:
        found = list(_implied(plain))
    return [_back(text, plain, each) for each in found]


def _with_digits(text: str) -> str:
    return text if re.search(r"\d", text) else numerals.arabic(text)


def _back(text: str, plain: str, found: Compared) -> Compared:
    """The span in `text` where numerals were written out."""
    if text == plain:
        return found
    before = plain[: found.start]
    start = len(before) if text.startswith(before) else 0
    after = plain[found.end :]
    end = len(text) - len(after) if after and text.endswith(after) else len(text)
    return Compared(start, max(end, start + 1), found.fen)


def _implied(text: str) -> Iterator[Compared]:
    """What was charged before, from a price of now and what is taken off."""
    now = now_price(text)
    if now is None:
        return
    for off in _says("off").finditer(text):
        yield Compared(off.start(), off.end(), now + _fen(off[1]))
    for fold in _says("fold").finditer(text):
        tenths = float(fold[1])
        if 0 < tenths < 10:
            yield Compared(fold.start(), fold.end(), round(now / tenths * 10))


def now_price(text: str) -> int | None:
    """The price of now that a text states, in fen."""
    match = _says("now").search(_with_digits(text))
    lowered = _says("lowered").search(_with_digits(text))
    if lowered:
        return _fen(lowered[2])
    return _fen(match[1]) if match else None


def _fen(amount: str) -> int:
    return round(float(amount.replace(",", "")) * 100)


def lowest_before(prices: Sequence[Price], now: datetime, promoted: int | None) -> int | None:
    """The highest former price that may be named, in fen: the lowest in force in the seven days
    before the promotion. None where nothing was ever charged before it.

    The promotion began today, or with the price `promoted` where that has been charged without a
    break for no longer than those seven days.
    """
    days = sorted((_day(each.date), each.fen) for each in prices)
    today = now.date()
    began = today
    for day, fen in reversed(days):
        if day > today:
            continue
        if promoted is None or fen > promoted or today - day > WINDOW:
            break
        began = min(began, day)
    earlier = [(day, fen) for day, fen in days if day < began]
    if not earlier:
        return None
    since = began - WINDOW
    within = [fen for day, fen in earlier if day >= since]
    carried = [fen for day, fen in earlier if day < since]
    return min(within + carried[-1:]) if within else carried[-1]


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@cache
def _says(name: str) -> re.Pattern[str]:
    told = tomllib.loads(Path(__file__).with_name("former_prices.toml").read_text("utf-8"))
    return re.compile(told[name].replace("{amount}", told["amount"]))
