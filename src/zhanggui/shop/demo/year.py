"""A year of the demo shop, from one seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from random import Random

from zhanggui.base import clock
from zhanggui.shop.demo import market, people, trade
from zhanggui.shop.demo.aftersales import Desk
from zhanggui.shop.demo.catalogue import products
from zhanggui.shop.demo.dice import at, poisson
from zhanggui.shop.demo.orders import Placed, place
from zhanggui.shop.demo.talk import DemoConversation, conversations
from zhanggui.shop.demo.trade import StockReceipt
from zhanggui.shop.files.records import (
    OrderLineRecord,
    OrderRecord,
    ProductDayRecord,
    PromotionDayRecord,
    Record,
    RefundRecord,
    RefundStatus,
)

BUYERS = 3000

_CONVERSION = {
    "饭碗": 0.052, "面碗": 0.043, "餐盘": 0.041, "碟子": 0.047, "布艺": 0.038, "杯子": 0.036,
    "砂锅": 0.029, "礼盒": 0.018, "茶具": 0.022,
}  # fmt: skip
"""The share of a product's visitors who buy, on an ordinary day; 3.3 % for the rest."""


@dataclass(slots=True)
class DemoYear:
    """What happened in the demo shop up to `moment`, oldest first.

    A line's ``paid_fen`` is its share of the goods' amount; an order's ``paid_fen`` has the postage
    too. Opening stock and deliveries are `receipts`; less what was shipped or is about to be, they
    leave exactly the stock that ``products.csv`` names.
    """

    seed: int
    moment: datetime
    orders: list[OrderRecord] = field(default_factory=list)
    lines: list[OrderLineRecord] = field(default_factory=list)
    refunds: list[RefundRecord] = field(default_factory=list)
    promotions: list[PromotionDayRecord] = field(default_factory=list)
    product_days: list[ProductDayRecord] = field(default_factory=list)
    conversations: list[DemoConversation] = field(default_factory=list)
    receipts: list[StockReceipt] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """Everything an importer can load, numbered within each kind from row 1; each order's
        lines come right after it."""
        lines_of: dict[str, list[OrderLineRecord]] = {}
        for line in self.lines:
            lines_of.setdefault(line.order_no, []).append(line)
        for order in self.orders:
            yield order
            yield from lines_of[order.order_no]
        logs = (conversation.log for conversation in self.conversations)
        yield from chain(self.refunds, self.promotions, self.product_days, logs)


def last_day(now: datetime) -> date:
    """The latest day on which a year can end at `now` with nothing in it that is yet to come."""
    today = clock.local(now).date()
    return today if _end_of(today) <= now else today - timedelta(days=1)


def _end_of(day: date) -> datetime:
    return at(day, 15, 10)


def generate(seed: int, today: date, days: int = 365) -> DemoYear:
    """The `days` before ten past three in the afternoon of `today`, the same for the same seed.

    Raises ValueError for fewer than 30 days.
    """
    if days < 30:
        raise ValueError("a demo shop needs at least 30 days")
    rng = Random(seed)  # noqa: S311 - invented data, not a secret
    moment = _end_of(today)
    year = DemoYear(seed, moment)
    count = max(200, BUYERS * days // 365)
    buyers = people.make_buyers(rng, count)
    market_days = list(market.days(rng, today, days))
    wishes = trade.wishes(rng, market_days, trade.Crowd(buyers), moment)
    wishes, year.receipts = trade.meet_stock(rng, wishes, today, days)
    taken: set[str] = set()
    placed = [place(rng, wish, moment, taken) for wish in wishes]
    desk = Desk(moment)
    cases = {order.record.order_no: desk.cases(rng, order) for order in placed}
    year.orders = [order.record for order in placed]
    year.lines = [line for order in placed for line in order.lines]
    year.refunds = sorted(chain.from_iterable(cases.values()), key=_opened)
    # A platform reports a day when it is over.
    year.promotions = [r for day in market_days[:-1] for r in day.reports]
    year.product_days = _product_days(rng, placed, year.refunds, today, days)
    year.conversations = conversations(rng, placed, cases, buyers, moment, days)
    _number_rows(year)
    return year


def _opened(case: RefundRecord) -> tuple[str, str]:
    return (case.created_at.isoformat() if case.created_at else "", case.refund_id)


def _number_rows(year: DemoYear) -> None:
    logs = [conversation.log for conversation in year.conversations]
    kinds: tuple[Sequence[Record], ...] = (
        year.orders, year.lines, year.refunds, year.promotions, year.product_days, logs,
    )  # fmt: skip
    for kind in kinds:
        for row, record in enumerate(kind, 1):
            record.row = row


def _product_days(
    rng: Random, placed: list[Placed], refunds: list[RefundRecord], today: date, days: int
) -> list[ProductDayRecord]:
    """生意参谋's table up to yesterday: what was paid comes from the orders, and how many people
    looked from how many bought."""
    by_key: dict[tuple[date, str], ProductDayRecord] = {}
    by_title = {product.title: product.product_id for product in products()}
    for age in range(days - 1, 0, -1):
        day = date.fromordinal(today.toordinal() - age)
        for product in products():
            launched = product.launched(today)
            if launched is None or launched <= day:
                by_key[day, product.product_id] = ProductDayRecord(
                    row=0, day=day, until=day, product_id=product.product_id,
                    title=product.title, buyers=0, units=0, gmv_fen=0, refund_fen=0,
                )  # fmt: skip
    paying: set[tuple[date, str, int]] = set()
    for order in placed:
        if order.record.paid_at is None:
            continue
        day = order.record.paid_at.date()
        for line in order.lines:
            row = by_key.get((day, line.product_id or ""))
            if row is None:
                continue
            row.units = (row.units or 0) + line.quantity
            row.gmv_fen = (row.gmv_fen or 0) + (line.paid_fen or 0)
            key = (day, row.product_id, order.buyer.number)
            row.buyers = (row.buyers or 0) + (key not in paying)
            paying.add(key)
    for case in refunds:
        if case.status is RefundStatus.DONE and case.updated_at:
            found = by_key.get((case.updated_at.date(), by_title[case.product_title or ""]))
            if found:
                found.refund_fen = (found.refund_fen or 0) + (case.amount_fen or 0)
    for row in by_key.values():
        _draw_visits(rng, row)
    return list(by_key.values())


def _draw_visits(rng: Random, row: ProductDayRecord) -> None:
    """People who looked, looked twice, put it in the basket or kept it for later."""
    category = next(p.category for p in products() if p.product_id == row.product_id)
    buyers = row.buyers or 0
    rate = _CONVERSION.get(category, 0.033) * rng.lognormvariate(0, 0.12)
    base = market.PULL[row.product_id] * 1.6
    row.visitors = buyers + poisson(rng, base + buyers * (1 / rate - 1) * 0.82)
    row.views = row.visitors + poisson(rng, row.visitors * 0.9)
    row.cart_buyers = min(row.visitors, buyers + poisson(rng, row.visitors * 0.055))
    row.carts = row.cart_buyers + poisson(rng, row.cart_buyers * 0.35)
    row.favourites = min(row.visitors, poisson(rng, row.visitors * 0.035))
    row.conversion = round(buyers / row.visitors, 4) if row.visitors else 0.0
