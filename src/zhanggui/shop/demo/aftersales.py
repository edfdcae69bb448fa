"""What goes wrong with which goods, and how each case ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from zhanggui.shop.demo import seasons
from zhanggui.shop.demo.dice import later
from zhanggui.shop.demo.orders import Placed, settle
from zhanggui.shop.demo.trade import Outcome
from zhanggui.shop.files.records import (
    OrderLineRecord,
    OrderStatus,
    RefundRecord,
    RefundStatus,
    RefundType,
)

BAD_BATCH = ("YX13", 122, 84)
"""The 油醋壶 of one kiln load drip: sold between these two ages in days, twelve times the cases."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a line comes back: the odds per line, and what the buyer asks for."""

    reason: str
    kind: RefundType
    odds: float


_BROKEN = "运输破损：收到时碎了"
_CAUSES: dict[str, tuple[Cause, ...]] = {
    "瓷": (
        Cause(_BROKEN, RefundType.REFUND_ONLY, 0.019),
        Cause("质量问题：釉面有大黑点、扎手", RefundType.EXCHANGE, 0.005),
        Cause("七天无理由：颜色和想的不一样，没用过", RefundType.RETURN, 0.008),
        Cause("七天无理由：比想象的小，没用过", RefundType.RETURN, 0.007),
        Cause("少发了一只", RefundType.REFUND_ONLY, 0.002),
    ),
    "YX10": (
        Cause(_BROKEN, RefundType.REFUND_ONLY, 0.028),
        Cause("质保：正常使用锅底开裂", RefundType.EXCHANGE, 0.022),
        Cause("七天无理由：家里是电磁炉用不了，没用过", RefundType.RETURN, 0.026),
    ),
    "YX13": (
        Cause("质量问题：壶嘴挂滴、漏油", RefundType.RETURN, 0.012),
        Cause(_BROKEN, RefundType.REFUND_ONLY, 0.016),
    ),
    "YX22": (
        Cause("运输破损：礼盒里碎了一件", RefundType.REFUND_ONLY, 0.042),
        Cause("七天无理由：送礼没送成，没拆封", RefundType.RETURN, 0.016),
    ),
    "YX20": (
        Cause("七天无理由：尺寸买小了，没下过水", RefundType.RETURN, 0.046),
        Cause("质量问题：缩水太多", RefundType.REFUND_ONLY, 0.012),
    ),
    "YX19": (
        Cause("七天无理由：颜色比想的深，没穿过", RefundType.RETURN, 0.04),
        Cause("七天无理由：系带短，绕不到前面", RefundType.RETURN, 0.018),
    ),
    "布": (
        Cause("七天无理由：颜色不搭，没下过水", RefundType.RETURN, 0.014),
        Cause("质量问题：缝线开了", RefundType.EXCHANGE, 0.004),
    ),
    "木": (
        Cause("质量问题：有裂纹", RefundType.EXCHANGE, 0.012),
        Cause("七天无理由：用不上，没用过", RefundType.RETURN, 0.01),
    ),
}
_STATUS_NAMES = {
    RefundStatus.PENDING: "待审核",
    RefundStatus.APPROVED: "待买家寄回",
    RefundStatus.RETURNING: "待商家收货",
    RefundStatus.RECEIVED: "商家已收货，退款处理中",
    RefundStatus.DONE: "退款成功",
    RefundStatus.REFUSED: "商家拒绝",
}


class Desk:
    """Gives out case numbers, and opens the cases of one order after another."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment
        self._opened = 0

    def cases(self, rng: Random, placed: Placed) -> list[RefundRecord]:
        """The cases an order led to by now; the order's refund and status follow them."""
        record = placed.record
        if placed.outcome is Outcome.CANCELLED and record.refund_fen and record.status_at:
            return [self._cancelled(placed, record.status_at)]
        if record.delivered_at is None:
            return []
        found = []
        for line in placed.lines:
            cause = self._what_went_wrong(rng, placed, line)
            if cause:
                opened = later(rng, record.delivered_at, 0.5, _patience(cause))
                if opened < self._moment:
                    found.append(self._open(rng, placed, line, cause, opened))
        if not found and (made_cheaper := self._price_protection(rng, placed)):
            found.append(made_cheaper)
        self._pay_back(placed, found)
        return found

    def _what_went_wrong(self, rng: Random, placed: Placed, line: OrderLineRecord) -> Cause | None:
        sku = placed.skus[line.position]
        if "刻字" in sku.attributes:
            return None
        category = next(c for c in (sku.product_id, self._family(placed, line)) if c in _CAUSES)
        created = placed.record.created_at or self._moment
        product_id, oldest, newest = BAD_BATCH
        age = (self._moment - created).days
        for cause in _CAUSES[category]:
            odds = cause.odds
            if "破损" in cause.reason:
                odds *= 1.5 if placed.record.carrier == "圆通速递" else 0.75
                odds *= 1 + 0.12 * (line.quantity - 1)
            if sku.product_id == product_id and newest <= age <= oldest and "挂滴" in cause.reason:
                odds *= 12
            if rng.random() < odds:
                return cause
        return None

    @staticmethod
    def _family(placed: Placed, line: OrderLineRecord) -> str:
        material = placed.skus[line.position].attributes["材质"]
        if any(word in material for word in "瓷陶"):
            return "瓷"
        return "木" if "木" in material else "布"

    def _open(
        self, rng: Random, placed: Placed, line: OrderLineRecord, cause: Cause, opened: datetime
    ) -> RefundRecord:
        paid = line.paid_fen or 0
        amount = paid
        if cause.kind is RefundType.EXCHANGE:
            amount = 0
        elif cause.kind is RefundType.REFUND_ONLY:
            pieces = 9 if line.product_id == "YX22" else line.quantity
            amount = paid // pieces if "缩水" not in cause.reason else paid // 3
        steps = _steps(rng, cause.kind, opened, placed.buyer.days_on_road)
        status, updated = [s for s in steps if s[1] < self._moment][-1]
        return self._case(placed, cause.kind, cause.reason, amount, status, opened, updated, line)

    def _cancelled(self, placed: Placed, when: datetime) -> RefundRecord:
        record = placed.record
        return self._case(
            placed, RefundType.REFUND_ONLY, record.close_reason or "", record.paid_fen or 0,
            RefundStatus.DONE, when - timedelta(minutes=15), when, placed.lines[0],
        )  # fmt: skip

    def _price_protection(self, rng: Random, placed: Placed) -> RefundRecord | None:
        """Some who bought days before a promotion ask for the difference."""
        paid_at = placed.record.paid_at
        if paid_at is None or placed.goods_fen < 5000 or rng.random() > 0.12:
            return None
        asked = later(rng, paid_at, 72, 14 * 24)
        running = seasons.promotion(asked.date())
        before = seasons.promotion(paid_at.date())
        if running is None or before is not None or asked >= self._moment:
            return None
        amount = round(placed.goods_fen * rng.uniform(0.04, 0.1) / 100) * 100
        done = later(rng, asked, 0.5, 23)
        over = done < self._moment
        return self._case(
            placed, RefundType.PRICE_PROTECTION, "付款后降价", amount,
            RefundStatus.DONE if over else RefundStatus.PENDING, asked, done if over else asked,
            placed.lines[0],
        )  # fmt: skip

    def _case(
        self, placed: Placed, kind: RefundType, reason: str, amount: int, status: RefundStatus,
        opened: datetime, updated: datetime, line: OrderLineRecord,
    ) -> RefundRecord:  # fmt: skip
        self._opened += 1
        return RefundRecord(
            row=0,
            refund_id=f"{placed.record.order_no[:11]}{self._opened:06d}",
            order_no=placed.record.order_no,
            kind=kind,
            kind_raw=_KIND_NAMES[kind],
            status=status,
            status_raw="换货完成" if kind is RefundType.EXCHANGE and status is RefundStatus.DONE
            else _STATUS_NAMES[status],
            amount_fen=amount,
            reason=reason,
            buyer_nick=placed.buyer.nick,
            product_title=line.title,
            created_at=opened,
            updated_at=updated,
        )  # fmt: skip

    @staticmethod
    def _pay_back(placed: Placed, cases: list[RefundRecord]) -> None:
        record = placed.record
        done = [case for case in cases if case.status is RefundStatus.DONE]
        record.refund_fen = sum(case.amount_fen or 0 for case in done)
        ended = max((case.updated_at for case in done if case.updated_at), default=None)
        if record.refund_fen and record.refund_fen >= placed.goods_fen and ended:
            record.close_reason = "退款成功"
            settle(record, OrderStatus.CLOSED, ended)
            for line in placed.lines:
                line.status, line.status_raw = record.status, record.status_raw


_KIND_NAMES = {
    RefundType.REFUND_ONLY: "仅退款",
    RefundType.RETURN: "退货退款",
    RefundType.EXCHANGE: "换货",
    RefundType.PRICE_PROTECTION: "价保补差",
}


def _patience(cause: Cause) -> float:
    """Hours from the door to the complaint, at most: what is broken is seen at once."""
    if "破损" in cause.reason or "少发" in cause.reason:
        return 30
    if "质保" in cause.reason:
        return 90 * 24
    return 150


def _steps(
    rng: Random, kind: RefundType, opened: datetime, days_on_road: int
) -> list[tuple[RefundStatus, datetime]]:
    """A case's stations with their times."""
    steps = [(RefundStatus.PENDING, opened)]
    reviewed = later(rng, opened, 0.2, 20)
    if kind is RefundType.REFUND_ONLY:
        verdict = RefundStatus.REFUSED if rng.random() < 0.04 else RefundStatus.DONE
        return [*steps, (verdict, reviewed)]
    steps.append((RefundStatus.APPROVED, reviewed))
    sent = later(rng, reviewed, 4, 96)
    received = later(rng, sent, 24 * days_on_road, 24 * (days_on_road + 3))
    done = later(rng, received, 3, 46)
    return [
        *steps,
        (RefundStatus.RETURNING, sent),
        (RefundStatus.RECEIVED, received),
        (RefundStatus.DONE, done),
    ]
