"""询单转化率: of the buyers who asked before they ordered, how many paid that day or the next.

It is the share that 生意参谋 and the usual service reports call 询单→次日付款. Who asked is known
of conversations whose shopper the page signed for; what was ordered is what the shop's records say
now. A conversation goes on for years and names the order it was last about, so each session is
judged by when that was placed: before it, the session asks after the sale; after it, that is what
the session led to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhanggui.base import clock
from zhanggui.insight.figures import Measure, share
from zhanggui.service.quality.sampling import end_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A known buyer who began a session at a moment, and the order that the conversation names,
    placed at `order_made_at`, null where the records do not say."""

    buyer_id: str
    at: datetime
    order_id: str | None = None
    order_made_at: datetime | None = None

    @property
    def is_about_order(self) -> bool:
        """Whether it was about an order there was; one of an unknown time is taken for such."""
        if self.order_id is None:
            return False
        return self.order_made_at is None or self.order_made_at < self.at


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order of a buyer."""

    buyer_id: str
    made_at: datetime
    paid_at: datetime | None


def conversion(asked: Iterable[Asked], orders: Iterable[Ordered], now: datetime) -> Measure:
    """Of the buyers of each local day, counted once a day from the first session that is not about
    an order there was. Who had ordered before on that day asks after the sale. A day is counted
    when the next one is over."""
    first: dict[tuple[str, date], datetime] = {}
    for each in asked:
        day = clock.local(each.at).date()
        key = (each.buyer_id, day)
        if not each.is_about_order and now >= _limit(day):
            first[key] = min(first.get(key, each.at), each.at)
    of: dict[str, list[Ordered]] = defaultdict(list)
    for order in orders:
        of[order.buyer_id].append(order)
    inquiries = paid = 0
    for (buyer_id, day), at in first.items():
        if any(_is_before(order, day, at) for order in of[buyer_id]):
            continue
        inquiries += 1
        paid += any(_is_paid(order, day, at) for order in of[buyer_id])
    return share(paid, inquiries)


def _limit(day: date) -> datetime:
    return end_of(day + timedelta(days=1))


def _is_before(order: Ordered, day: date, at: datetime) -> bool:
    return clock.local(order.made_at).date() == day and order.made_at < at


def _is_paid(order: Ordered, day: date, at: datetime) -> bool:
    return order.made_at >= at and order.paid_at is not None and order.paid_at < _limit(day)
