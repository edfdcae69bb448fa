"""Daily figures: 生意参谋 goods reports and 阿里妈妈 promotion reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from zhanggui.base.words import Text
from zhanggui.shop.files.cells import (
    CellError,
    bare,
    count,
    day,
    identifier,
    money,
    rate,
    signed_money,
    words,
)
from zhanggui.shop.files.contract import Kind
from zhanggui.shop.files.layouts import Carry, Field, Layout, Values
from zhanggui.shop.files.records import (
    ProductDayRecord,
    PromotionDayRecord,
    PromotionLevel,
    Record,
)

_RANGE = re.compile(
    r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s*(?:~|～|至|到|—|--| - )\s*"
    r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
)


def days(cell: str) -> tuple[date, date] | None:
    """The first and the last day of ``2026-03-12`` or ``2026-03-01 ~ 2026-03-31``."""
    text = bare(cell)
    match = _RANGE.fullmatch(text)
    first = day(match[1]) if match else day(text)
    last = day(match[2]) if match else first
    if first is None or last is None:
        return None
    if last < first:
        raise CellError(
            Text(
                f"日期范围首尾颠倒（{text}）。请核对这一格。",
                f"The range of days ends before it begins ({text}). Check this cell.",
            )
        )
    return first, last


def _build_product_day(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    first, last = values.pop("days")
    return (ProductDayRecord(row, first, last, **values),)


PRODUCT_DAYS = Layout(
    Kind.PRODUCT_DAYS,
    (
        Field("days", days, ("统计日期", "日期", "统计时间", "时间"), required=True),
        Field("product_id", identifier, ("商品ID", "宝贝ID", "商品编号"), required=True),
        Field("title", words, ("商品名称", "商品标题", "宝贝名称")),
        Field("visitors", count, ("商品访客数", "访客数")),
        Field("views", count, ("商品浏览量", "浏览量")),
        Field("carts", count, ("商品加购件数", "加购件数")),
        Field("cart_buyers", count, ("商品加购人数", "加购人数")),
        Field("favourites", count, ("商品收藏人数", "收藏人数", "商品收藏次数")),
        Field("buyers", count, ("支付买家数", "支付人数")),
        Field("units", count, ("支付件数",)),
        Field("gmv_fen", money, ("支付金额",), vital=True),
        Field("refund_fen", signed_money, ("成功退款金额", "成功退货退款金额", "退款金额")),
        Field("conversion", rate, ("商品支付转化率", "支付转化率", "商品转化率")),
    ),
    _build_product_day,
    frozenset(
        [
            "visitors",
            "views",
            "carts",
            "cart_buyers",
            "favourites",
            "buyers",
            "units",
            "gmv_fen",
            "refund_fen",
            "conversion",
        ]
    ),
    needs=2,
    summed=("product_id", "title"),
)


def spend(cell: str) -> int | None:
    """Fen spent: none where a report has ``nan``, as it does for what was not even shown."""
    return money(cell) or 0


def _build_promotion(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    if values.get("subject_id") or values.get("subject_name"):
        level = PromotionLevel.SUBJECT
    elif values.get("plan_id") or values.get("plan_name"):
        level = PromotionLevel.PLAN
    else:
        level = PromotionLevel.SCENE
    return (PromotionDayRecord(row, values.pop("day"), level, **values),)


PROMOTION = Layout(
    Kind.PROMOTION,
    (
        Field("day", day, ("日期", "统计日期", "时间"), required=True),
        Field("subject_id", identifier, ("主体ID", "推广主体ID", "宝贝ID", "商品ID")),
        Field("subject_type", words, ("主体类型", "推广主体类型")),
        Field("subject_name", words, ("主体名称", "推广主体名称", "宝贝名称", "商品名称")),
        Field("plan_id", identifier, ("计划ID", "推广计划ID")),
        Field("plan_name", words, ("计划名称", "计划名字", "推广计划", "推广计划名称")),
        Field("scene_id", identifier, ("场景ID", "营销场景ID")),
        Field("scene_name", words, ("场景", "场景名字", "场景名称", "营销场景", "推广场景")),
        Field(
            "spend_fen", spend, ("花费", "消耗", "总花费", "推广花费"), required=True, vital=True
        ),
        Field("gmv_fen", money, ("总成交金额", "成交金额")),
        Field("impressions", count, ("展现量", "展现", "曝光量")),
        Field("clicks", count, ("点击量", "点击")),
        Field("orders", count, ("总成交笔数", "成交笔数")),
        Field("carts", count, ("总购物车数", "总加购数", "加购数", "购物车数")),
    ),
    _build_promotion,
    frozenset(
        [
            "spend_fen",
            "gmv_fen",
            "impressions",
            "clicks",
            "orders",
            "carts",
            "subject_id",
            "plan_id",
            "scene_id",
        ]
    ),
    needs=3,
    summed=("subject_id", "subject_name", "plan_id", "plan_name", "scene_id", "scene_name"),
)
