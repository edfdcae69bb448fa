"""What brings people in: each product's own pull, and the promotion plans that add to it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from zhanggui.shop.demo import seasons
from zhanggui.shop.demo.catalogue import Product, products
from zhanggui.shop.demo.dice import poisson
from zhanggui.shop.files.records import PromotionDayRecord, PromotionLevel

PULL = {
    "YX01": 14.0, "YX02": 9.0, "YX03": 8.0, "YX04": 2.5, "YX05": 4.0, "YX06": 8.0,
    "YX07": 4.0, "YX08": 5.0, "YX09": 6.0, "YX10": 6.0, "YX11": 2.2, "YX12": 2.0,
    "YX13": 5.5, "YX14": 3.5, "YX15": 3.5, "YX16": 3.5, "YX17": 7.0, "YX18": 4.0,
    "YX19": 3.0, "YX20": 3.0, "YX21": 4.0, "YX22": 2.2, "YX23": 2.5, "YX24": 5.0,
}  # fmt: skip
"""How strongly each product draws buyers by itself, relative to the others."""

_ORDERS_A_DAY = 15.2
_YEARLY_GROWTH = 0.3
_CLAIMED = 1.25
"""A platform's report also claims orders that would have come anyway."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A promotion plan: `strength` × yuan ** 0.7 orders a day, paused between the two ages."""

    plan_id: str
    name: str
    scene_id: str
    scene: str
    product_ids: tuple[str, ...]
    budget_yuan: float
    strength: float
    click_yuan: float
    click_rate: float
    started_age: int = 10_000
    paused_ages: tuple[int, int] = (-1, -1)

    def runs(self, age: int) -> bool:
        """Whether it spends `age` days before today."""
        last, first = self.paused_ages
        return age <= self.started_age and not last <= age <= first


PLANS = (
    Plan("7310046021", "关键词-饭碗面碗常青", "372", "关键词推广",
         ("YX01", "YX02", "YX03"), 88, 0.135, 0.92, 0.046),
    Plan("7310046022", "关键词-砂锅炖汤季", "372", "关键词推广",
         ("YX10", "YX09", "YX21"), 76, 0.1, 1.18, 0.041, paused_ages=(150, 178)),
    Plan("7310051187", "人群-新客拉新", "436", "人群推广",
         ("YX06", "YX08", "YX17", "YX15"), 64, 0.098, 0.58, 0.023, paused_ages=(64, 77)),
    Plan("7310059340", "货品-礼盒茶具", "398", "货品运营",
         ("YX22", "YX11", "YX12", "YX24"), 42, 0.04, 1.36, 0.031),
    Plan("7310068815", "货品-新品助推", "398", "货品运营",
         ("YX13", "YX16", "YX19", "YX23"), 38, 0.105, 0.81, 0.028, started_age=214),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MarketDay:
    """What a day promises: expected orders led by each product, and what the plans reported."""

    day: date
    expected: dict[str, float]
    reports: tuple[PromotionDayRecord, ...]


def days(rng: Random, today: date, count: int) -> Iterator[MarketDay]:
    """The last `count` days up to `today`, oldest first."""
    for age in range(count - 1, -1, -1):
        day = today - timedelta(days=age)
        growth = 1 + _YEARLY_GROWTH * (0.5 - age / 365)
        weather = rng.lognormvariate(0, 0.1)
        shop = _ORDERS_A_DAY * growth * seasons.demand(day) * weather / sum(PULL.values())
        appeal = {
            p.product_id: _appeal(p, day, today) * seasons.taste(p.product_id, p.category, day)
            for p in products()
        }
        expected = {pid: shop * PULL[pid] * factor for pid, factor in appeal.items()}
        reports = []
        for plan in PLANS:
            if not plan.runs(age):
                continue
            report, orders = _spend(rng, plan, day, appeal)
            reports.append(report)
            pull = {pid: PULL[pid] * appeal[pid] for pid in plan.product_ids}
            whole = sum(pull.values()) or 1.0
            for pid, own in pull.items():
                expected[pid] += orders * own / whole
        yield MarketDay(day, expected, tuple(reports))


def _appeal(product: Product, day: date, today: date) -> float:
    """0 before the launch, then a ramp of three weeks with the shine of the new on it."""
    launched = product.launched(today)
    if launched is None:
        return 1.0
    age = (day - launched).days
    if age < 0:
        return 0.0
    return min(1.0, 0.35 + age / 21) * (1 + 0.5 * math.exp(-age / 30))


def _spend(
    rng: Random, plan: Plan, day: date, appeal: dict[str, float]
) -> tuple[PromotionDayRecord, float]:
    """A plan's day and the orders that it really added."""
    running = seasons.promotion(day)
    heat = running.factor if running else 1.0
    budget = plan.budget_yuan * (1 + 0.75 * (heat - 1)) * rng.lognormvariate(0, 0.12)
    interest = sum(appeal[p] for p in plan.product_ids) / len(plan.product_ids)
    budget *= min(1.0, 0.4 + 0.6 * interest)
    # Bids rise when every shop bids: the click gets dearer, the buyer readier.
    click_yuan = plan.click_yuan * heat**0.35 * rng.lognormvariate(0, 0.06)
    clicks = max(1, round(budget / click_yuan))
    spend_fen = round(clicks * click_yuan * 100)
    impressions = round(clicks / (plan.click_rate * rng.lognormvariate(0, 0.1)))
    added = plan.strength * budget**0.7 * interest * heat**0.5 * rng.lognormvariate(0, 0.15)
    orders = min(clicks, poisson(rng, added * _CLAIMED))
    gmv_fen = sum(_basket(rng, plan) for _ in range(orders))
    carts = min(clicks, orders + poisson(rng, clicks * 0.055))
    report = PromotionDayRecord(
        row=0,
        day=day,
        level=PromotionLevel.PLAN,
        plan_id=plan.plan_id,
        plan_name=plan.name,
        scene_id=plan.scene_id,
        scene_name=plan.scene,
        spend_fen=spend_fen,
        gmv_fen=gmv_fen,
        impressions=impressions,
        clicks=clicks,
        orders=orders,
        carts=carts,
    )
    return report, added


def _basket(rng: Random, plan: Plan) -> int:
    """What one order through a plan is worth: one of its goods and perhaps something beside it."""
    chosen = rng.choice(plan.product_ids)
    lead = next(p for p in products() if p.product_id == chosen)
    return round(rng.choice(lead.skus).price_fen * rng.uniform(0.9, 1.9))
