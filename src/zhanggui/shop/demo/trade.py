"""Who buys what and when: wishes forward in time, and the stock they meet backward.

Stock is walked from today's figure into the past: a day's sales are put back, and when the shelf
would be fuller than it ever gets, a delivery came that morning. So stock is never negative and
ends exactly at what the goods file says, whatever was sold.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import accumulate
from random import Random

from zhanggui.shop.demo import seasons
from zhanggui.shop.demo.catalogue import Product, Sku, products
from zhanggui.shop.demo.dice import poisson, time_of_day
from zhanggui.shop.demo.market import PULL, MarketDay
from zhanggui.shop.demo.people import Buyer

_BESIDE = {
    "饭碗": ("YX03", "YX24", "YX08", "YX17"), "面碗": ("YX01", "YX24", "YX08", "YX18"),
    "餐盘": ("YX01", "YX08", "YX05"), "汤碗": ("YX01", "YX04", "YX24"),
    "杯子": ("YX17", "YX23", "YX15"), "碟子": ("YX01", "YX13", "YX24"),
    "烤碗": ("YX21", "YX08", "YX10"), "砂锅": ("YX21", "YX05", "YX24"),
    "茶具": ("YX23", "YX12", "YX17", "YX07"), "厨房收纳": ("YX13", "YX14", "YX17"),
    "花器": ("YX20", "YX18", "YX06"), "儿童餐具": ("YX01", "YX18"),
    "布艺": ("YX17", "YX18", "YX21", "YX19"), "礼盒": ("YX20", "YX24"),
    "木器": ("YX18", "YX06", "YX01"),
}  # fmt: skip
_QUANTITIES = {
    "饭碗": ((1, 2, 4, 6), (3, 4, 3, 1)), "面碗": ((1, 2, 4), (4, 5, 1)),
    "餐盘": ((1, 2, 4), (4, 4, 2)), "杯子": ((1, 2, 3), (6, 4, 0.4)),
    "布艺": ((1, 2, 3), (6, 3, 0.6)), "烤碗": ((1, 2, 4), (3, 5, 1)),
}  # fmt: skip
_SKU_PULL = (1.0, 0.8, 0.55, 0.5, 0.25)
_KNOWN_BEFORE = 0.3
"""The share of buyers who had bought before the year began."""
_NEW_SHARE = 0.24


class Outcome(Enum):
    """How an order leaves the counter."""

    SHIPPED = "shipped"
    UNPAID = "unpaid"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class Wish:
    """An order somebody wants to place."""

    created_at: datetime
    buyer: Buyer
    first: bool
    outcome: Outcome
    lines: list[tuple[Sku, int]]


@dataclass(frozen=True, slots=True)
class StockReceipt:
    """Units that came in on the morning of `day` (the opening stock on the year's first day)."""

    day: date
    sku_id: str
    units: int


class Crowd:
    """The buyers, of whom more become known to the shop as the year goes on."""

    def __init__(self, buyers: list[Buyer]) -> None:
        self._buyers = buyers
        self._known = max(1, int(len(buyers) * _KNOWN_BEFORE))
        self._appetites = list(accumulate(buyer.appetite for buyer in buyers))

    def next_buyer(self, rng: Random) -> tuple[Buyer, bool]:
        """Somebody who buys now, and whether for the first time."""
        if self._known < len(self._buyers) and rng.random() < _NEW_SHARE:
            self._known += 1
            return self._buyers[self._known - 1], True
        point = rng.random() * self._appetites[self._known - 1]
        return self._buyers[bisect(self._appetites, point, 0, self._known - 1)], False


def wishes(rng: Random, days: list[MarketDay], crowd: Crowd, moment: datetime) -> list[Wish]:
    """What people set out to order on each day before `moment`, in the order they came."""
    by_id = {product.product_id: product for product in products()}
    found = []
    for market in days:
        promoted = seasons.promotion(market.day) is not None
        ids, rates = list(market.expected), list(market.expected.values())
        times = sorted(
            time_of_day(rng, market.day, promoted) for _ in range(poisson(rng, sum(rates)))
        )
        for created_at in times:
            lead = by_id[rng.choices(ids, rates)[0]]
            buyer, first = crowd.next_buyer(rng)
            lines = _basket(rng, lead, by_id, market)
            fate = rng.random()
            outcome = (
                Outcome.UNPAID
                if fate < 0.04
                else Outcome.CANCELLED
                if fate < 0.062
                else Outcome.SHIPPED
            )
            if created_at < moment:
                found.append(Wish(created_at, buyer, first, outcome, lines))
    return found


def _basket(
    rng: Random, lead: Product, by_id: dict[str, Product], market: MarketDay
) -> list[tuple[Sku, int]]:
    chosen = [lead]
    beside = [p for p in _BESIDE[lead.category] if p != lead.product_id and market.expected[p]]
    for _ in range(rng.choices((0, 1, 2), (58, 29, 13))[0]):
        if beside:
            pick = rng.choices(beside, [PULL[p] for p in beside])[0]
            beside.remove(pick)
            chosen.append(by_id[pick])
    lines = []
    for product in chosen:
        sku = rng.choices(product.skus, _SKU_PULL[: len(product.skus)])[0]
        amounts, weights = _QUANTITIES.get(product.category, ((1, 2), (9, 1)))
        lines.append((sku, rng.choices(amounts, weights)[0] if _single(sku) else 1))
    return lines


@dataclass(slots=True)
class _Shelf:
    """One SKU's stock, walked backward; `gap` is how many more days it stood empty."""

    sku: Sku
    level: int
    ceiling: int
    first_day: date
    gap: int


def meet_stock(
    rng: Random, placed: list[Wish], today: date, count: int
) -> tuple[list[Wish], list[StockReceipt]]:
    """The wishes that could be fulfilled, oldest first, and every delivery of the year."""
    shelves = _shelves(rng, placed, today, count)
    by_day: dict[date, list[Wish]] = {}
    for wish in placed:
        by_day.setdefault(wish.created_at.date(), []).append(wish)
    kept: list[Wish] = []
    receipts: list[StockReceipt] = []
    for age in range(count):
        day = today - timedelta(days=age)
        for wish in reversed(by_day.get(day, ())):
            wish.lines = _available(rng, wish.lines, shelves, day)
            if wish.lines:
                kept.append(wish)
                if wish.outcome is Outcome.SHIPPED:
                    for sku, quantity in wish.lines:
                        shelves[sku.sku_id].level += quantity
        receipts.extend(r for s in shelves.values() if (r := _delivered(rng, s, day)))
    kept.reverse()
    receipts.reverse()
    return kept, receipts


def _shelves(rng: Random, placed: list[Wish], today: date, count: int) -> dict[str, _Shelf]:
    sold: dict[str, int] = {}
    for wish in placed:
        for sku, quantity in wish.lines:
            sold[sku.sku_id] = sold.get(sku.sku_id, 0) + quantity
    opening = today - timedelta(days=count - 1)
    shelves = {}
    for product in products():
        first_day = max(opening, product.launched(today) or opening)
        on_sale = max(1, (today - first_day).days)
        for sku in product.skus:
            six_weeks = 42 * sold.get(sku.sku_id, 0) // on_sale
            shelves[sku.sku_id] = _Shelf(
                sku=sku,
                level=sku.stock,
                ceiling=max(24, six_weeks, round(sku.stock * 1.2)),
                first_day=first_day,
                gap=rng.randint(6, 18) if sku.stock == 0 else 0,
            )
    return shelves


def _available(
    rng: Random, lines: list[tuple[Sku, int]], shelves: dict[str, _Shelf], day: date
) -> list[tuple[Sku, int]]:
    """The lines that the shelves could serve; some people take a sibling of what is out."""

    def on_shelf(sku: Sku) -> bool:
        shelf = shelves[sku.sku_id]
        return shelf.gap == 0 and day >= shelf.first_day

    siblings = {product.product_id: product.skus for product in products()}
    served: list[tuple[Sku, int]] = []
    for sku, quantity in lines:
        if on_shelf(sku):
            served.append((sku, quantity))
            continue
        others = [s for s in siblings[sku.product_id] if on_shelf(s)]
        if others and rng.random() < 0.55:
            other = rng.choice(others)
            served.append((other, quantity if _single(other) else 1))
    return served


def _single(sku: Sku) -> bool:
    """Whether people buy several of it: not a set, nothing made to order."""
    return "装" not in sku.attributes.get("规格", "") and "刻字" not in sku.attributes


def _delivered(rng: Random, shelf: _Shelf, day: date) -> StockReceipt | None:
    """Walk a shelf back over the morning of `day`."""
    if day == shelf.first_day:
        units, shelf.level = shelf.level, 0
        return StockReceipt(day, shelf.sku.sku_id, units) if units else None
    if shelf.gap:
        shelf.gap -= 1
        return None
    if shelf.level < shelf.ceiling or day < shelf.first_day:
        return None
    ran_out = rng.random() < 0.14
    left = 0 if ran_out else rng.randint(1, max(1, shelf.ceiling // 5))
    shelf.gap = rng.randint(2, 8) if ran_out else 0
    units, shelf.level = shelf.level - left, left
    return StockReceipt(day, shelf.sku.sku_id, units)
