"""What may be asked of the shop's coupons and promotions (优惠券)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from zhanggui.base import clock
from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Output, tool
from zhanggui.base.words import Text
from zhanggui.shop import store
from zhanggui.shop.models import Coupon
from zhanggui.shop.views import PageInput

CouponState = Literal["running", "coming", "over"]


class CouponsInput(PageInput):
    """Which coupons."""

    state: CouponState | None = None


class CouponItem(BaseModel):
    """A coupon or promotion in a list; `state` says how it stands now."""

    id: str
    name: str
    rule: str | None
    threshold_fen: int | None
    discount_fen: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    scope: str | None
    state: CouponState


class CouponPage(Output):
    """Coupons of a page."""

    items: list[CouponItem]
    total: int
    page: int
    size: int


@tool("shop.list_coupons", purpose=Text("列出优惠券", "List coupons"), risk="read", roles=STAFF)
async def list_coupons(call: Call, given: CouponsInput) -> CouponPage:
    """Coupons and promotions, those that end last first."""
    now = clock.now()
    found = await store.coupons_page(
        call.session,
        call.shop_id,
        at=now,
        q=given.q,
        state=given.state,
        page=given.page,
        size=given.size,
    )
    items = [_item(row[0], now) for row in found.rows]
    return CouponPage(items=items, total=found.total, page=given.page, size=given.size)


def state_of(coupon: Coupon, now: datetime) -> CouponState:
    """How a coupon stands: over after its end, coming before its beginning, else running."""
    if coupon.ends_at is not None and coupon.ends_at < now:
        return "over"
    if coupon.starts_at is not None and coupon.starts_at > now:
        return "coming"
    return "running"


def _item(coupon: Coupon, now: datetime) -> CouponItem:
    return CouponItem(
        id=coupon.id,
        name=coupon.name,
        rule=coupon.rule,
        threshold_fen=coupon.threshold_fen,
        discount_fen=coupon.discount_fen,
        starts_at=coupon.starts_at,
        ends_at=coupon.ends_at,
        scope=coupon.scope,
        state=state_of(coupon, now),
    )
