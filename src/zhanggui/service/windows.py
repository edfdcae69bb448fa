"""Until when something may be asked for: the clause that governs an order, and its last day.

Of several clauses the more particular governs: one about what was ordered before a general one, a
part for the day of payment before a part for any day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from zhanggui.ai import bigrams
from zhanggui.base import clock
from zhanggui.knowledge import Entry, clauses
from zhanggui.knowledge.clauses import Anchor, Period
from zhanggui.service import shipping
from zhanggui.service.context import Context
from zhanggui.service.evidence import Evidence
from zhanggui.shop.models import Order

_AFTER_IT = re.compile(r"(?:超过|满|超出|逾期|过了)\s*$")
"""A period after which something else holds (超过15天的按保修)."""
_IF = re.compile(r"过的|后[,，]|后不|的话|如果|若|除非|没有?拆|缺失")
"""A refusal that depends on what was done with the goods, which nobody knows beforehand."""


@dataclass(frozen=True, slots=True)
class Window:
    """The rest of a clause for one order: its last day (local), and whether that is over."""

    evidence: Evidence
    last: date
    is_over: bool


def say(day: date) -> str:
    """``2026年6月17日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def cited(entry: Entry) -> Evidence:
    """A clause as a reply rests on it."""
    return Evidence(entry.id, entry.text)


def about(rules: Iterable[Entry], *patterns: str) -> list[Entry]:
    """The clauses in which, with the title of their policy, each of the patterns is found."""
    wanted = [re.compile(pattern) for pattern in patterns]
    return [
        rule
        for rule in rules
        if all(pattern.search(f"{rule.words} {rule.text}") for pattern in wanted)
    ]


def stating(rules: Iterable[Entry], *patterns: str) -> list[Entry]:
    """The clauses whose own words have each of the patterns."""
    wanted = [re.compile(pattern) for pattern in patterns]
    return [rule for rule in rules if all(pattern.search(rule.text) for pattern in wanted)]


def nearest(rules: Sequence[Entry], words: str) -> list[Entry]:
    """Clauses by how many neighbouring letters they share with some words, else as they stand."""
    asked = set(bigrams(words))
    return sorted(rules, key=lambda rule: -len(asked & set(bigrams(rule.text))))


def window(rules: Sequence[Entry], anchor: Anchor, order: Order, context: Context) -> Window | None:
    """Until when the first of the governing clauses lets an order be; None where none says or the
    day from which it runs is not known."""
    start = _start(order, anchor)
    if start is None:
        return None
    found = []
    for rule in rules:
        held = _period(rule, anchor, order)
        if held is not None:
            period, is_dated = held
            found.append((shipping.is_about(rule.text, context, order), is_dated, rule, period))
    if not found:
        return None
    # `sorted` is stable, so of equals the first as given.
    *_, rule, period = sorted(found, key=lambda each: (not each[0], not each[1]))[0]
    last = period.until(start).date()
    # Whoever asks on the last day asks in time, at whatever hour the parcel came.
    end = datetime.combine(last, time(23, 59, 59), start.tzinfo)
    return Window(cited(rule), last, clock.local(context.now) > end)


def _period(rule: Entry, anchor: Anchor, order: Order) -> tuple[Period, bool] | None:
    """The period of a clause that runs from `anchor` for this order, and whether it is of a part
    that holds for its day of payment."""
    paid = order.paid_at or order.created_at
    day = clock.local(paid).date() if paid else None
    dated = clauses.branches(rule.text, day.year) if day else []
    part, is_dated = rule.text, False
    if dated:
        holding = [branch for branch in dated if day is not None and branch.holds(day)]
        if len(holding) > 1:
            return None
        rest = [s for s in clauses.sentences(rule.text) if all(s != b.text for b in dated)]
        if holding:
            part, is_dated = holding[0].text, True
        elif rest:
            part = rest[0]
        else:
            return None
    usual = next((p.anchor for p in clauses.periods(rule.text) if p.anchor), None)
    for period in clauses.periods(part):
        place = part.find(period.raw)
        if _AFTER_IT.search(part[: max(place, 0)]):
            continue
        runs_from = period.anchor or usual
        if runs_from == anchor or (runs_from is None and is_dated):
            whole = period.whole_days or "零点" in rule.text or "次日" in rule.text
            return Period(period.amount, period.unit, anchor, whole, period.raw), is_dated
    return None


def _start(order: Order, anchor: Anchor) -> datetime | None:
    times = {
        "paid": order.paid_at, "created": order.created_at, "shipped": order.shipped_at,
        "delivered": order.delivered_at,
    }  # fmt: skip
    found = times.get(anchor)
    return clock.local(found) if found is not None else None


def excludes(rules: Iterable[Entry], context: Context, order: Order, no: str) -> Entry | None:
    """The clause by which what was ordered is excepted whatever was done with it; `no` is how such
    a clause says so."""
    ordered = context.products_of(order.id)
    names = {name for product in ordered for name in (product.id, product.title) if name}
    refusing = re.compile(no)
    for rule in rules:
        if _IF.search(rule.text) or not refusing.search(rule.text):
            continue
        if any(name in rule.text for name in names):
            return rule
    return None
