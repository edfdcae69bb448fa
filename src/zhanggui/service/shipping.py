"""By when a paid order goes out: from the page of what was bought, else from the shop's shipping
clauses, the more particular first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zhanggui.base import clock
from zhanggui.knowledge import Entry, clauses
from zhanggui.knowledge.clauses import Period
from zhanggui.service import computing
from zhanggui.service.context import Context
from zhanggui.service.evidence import Evidence, sku_evidence
from zhanggui.shop.models import Order

_SPECIAL = re.compile(r"发货|预售|定制|大件|现做|送装|冷链")
_GENERAL = re.compile(r"现货|普通|默认|每天|一般|所有订单|订单付款|付款后")
_NOT_GENERAL = re.compile(r"预售|大件|定制|定做|冷链|送装|刻字")
_OFF = re.compile(
    r"((?:周|星期)(?:末|[一二三四五六日天、和及到至周星期]+))(?:仓库)?"
    r"(?:不发货?|休息|不上班|停发)"
)
_DAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Due:
    """By when something is due (local time), how that is said, and the records it rests on."""

    end: datetime
    text: str
    sources: list[Evidence]


def due(order: Order, context: Context, rules: Sequence[Entry]) -> Due | None:
    """When an order that was paid for has to go out; None where no rule tells."""
    if order.paid_at is None:
        return None
    paid = clock.local(order.paid_at)
    for sku in computing.skus_of(context, order):
        for name, value in sku.attributes.items():
            day = clauses.ships_on(f"{name}{value}", paid.year)
            if day is not None:
                product = context.products.get(sku.product_id)
                if product is None:
                    continue
                page = sku_evidence(product, sku, context.skus[sku.product_id])
                return _by_day(day, paid, f"按商品页，{_say(day)}前发出。", [page])
    for rule in rules:
        # A time that runs over New Year began in the year before.
        for year in (paid.year, paid.year - 1):
            window = clauses.span(rule.text, year)
            if window and window[0] <= paid.replace(tzinfo=None) <= window[1]:
                said = f"这段时间付款的从{_say(window[2])}起发出。"
                return _by_day(window[2], paid, said, [Evidence(rule.id, rule.text)])
    special = [rule for rule in rules if is_about(rule.text, context, order)]
    general = [rule for rule in rules if rule not in special and _is_general(rule.text)]
    for rule in (*special, *general):
        found = _by_rule(rule, rule in special, paid, clock.local(context.now).date())
        if found is not None:
            return found
    return None


def _by_rule(rule: Entry, is_special: bool, paid: datetime, today: date) -> Due | None:
    sources = [Evidence(rule.id, rule.text)]
    day = clauses.ships_on(rule.text, paid.year)
    if day is not None and is_special and "预售" in rule.text:
        return _by_day(day, paid, f"预计{_say(day)}前发出。", sources)
    within = clauses.ships_within(rule.text)
    if within is not None:
        end = within.until(paid)
        return Due(end, f"最晚{_moment(end, within)}前发出。", sources)
    hour = clauses.cutoff(rule.text)
    if hour is None:
        return None
    day = paid.date() if paid.time() < hour else paid.date() + timedelta(1)
    rests = rest_days(rule.text)
    why = ""
    while day.weekday() in rests and len(rests) < 7:
        why = f"（周{_DAYS[day.weekday()]}不发货）"
        day += timedelta(1)
    when = "（今天）" if day == today else ""
    at = f"{_say(paid.date())}{paid:%H:%M}"
    return _by_day(day, paid, f"{at}付款，应在{_say(day)}{when}发出{why}。", sources)


def _by_day(day: date, paid: datetime, text: str, sources: list[Evidence]) -> Due:
    return Due(datetime.combine(day, time(23, 59), paid.tzinfo), text, sources)


def _say(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _moment(end: datetime, period: Period) -> str:
    return f"{_say(end.date())}{end:%H:%M}" if period.unit == "hour" else _say(end.date())


def rest_days(text: str) -> set[int]:
    """The days of the week (0 is Monday) on which a clause says nothing is sent."""
    off = _OFF.search(text)
    if off is None:
        return set()
    told = off[1].replace("天", "日").replace("末", "六日")
    both = re.search(r"([一二三四五六日])[到至](?:周|星期)?([一二三四五六日])", told)
    if both:
        return set(range(_DAYS.index(both[1]), _DAYS.index(both[2]) + 1))
    return {_DAYS.index(each) for each in told if each in _DAYS}


def is_about(text: str, context: Context, order: Order) -> bool:
    """Whether a clause speaks of what was ordered: by id, by a mark of its page (大件, 预售), or by
    the tail of a title."""
    skus = computing.skus_of(context, order)
    ids = {line.product_id for line in context.lines.get(order.id, ())}
    ids |= {sku.product_id for sku in skus}
    if any(each and each in text for each in ids):
        return True
    marks = {
        mark
        for sku in skus
        for name, value in sku.attributes.items()
        for mark in _SPECIAL.findall(f"{name}{value}")
        if mark != "发货"
    }
    names = computing.titles(context, order)
    return any(mark in text for mark in marks) or any(name[-2:] in text for name in names)


def _is_general(text: str) -> bool:
    first = re.split("[；;]", text)[0]
    return _GENERAL.search(text) is not None and _NOT_GENERAL.search(first) is None
