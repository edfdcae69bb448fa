"""Facts as text, each under the id of its record: what a reply may be made of.

Replies are put together from these texts, and :func:`unsupported` finds any figure in a reply that
no cited text has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from zhanggui.base import clock
from zhanggui.base.money import format_yuan
from zhanggui.shop.models import Coupon, Order, Product, Refund, Sku

LONGEST = 200
"""Characters of a reply; more is pasting, not answering."""
MOST_SOURCES = 3
MOST_NAMED = 3
"""Goods of an order that are named."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record that supports a reply: `id` as it is cited, `text` what it says."""

    id: str
    text: str


_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@lru_cache(maxsize=16_384)
def figures(text: str) -> frozenset[str]:
    """The numbers in a text, without the noughts that do not count (``07`` is 7, ``1.50`` 1.5)."""
    found = _FIGURE.findall(unicodedata.normalize("NFKC", text))
    return frozenset(_plain(number) for number in found)


def _plain(number: str) -> str:
    whole, _, rest = number.partition(".")
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")


def unsupported(reply: str, evidence: Sequence[Evidence]) -> frozenset[str]:
    """The figures of a reply that none of its sources has."""
    return figures(reply).difference(*(figures(each.text) for each in evidence))


def shorten(text: str, longest: int = LONGEST) -> str:
    """`text` cut after its last whole sentence within `longest` characters; empty when its first
    sentence is longer."""
    if len(text) <= longest:
        return text
    ends = [match.end() for match in re.finditer(r"[。！？；!?;\n]", text[:longest])]
    return text[: ends[-1]].strip() if ends else ""


def moment(at: datetime) -> str:
    """``1月20日15:30`` in the shop's zone."""
    local = clock.local(at)
    return f"{local.month}月{local.day}日{local:%H:%M}"


def day(at: datetime) -> str:
    """``2026年1月20日`` in the shop's zone."""
    local = clock.local(at)
    return f"{local.year}年{local.month}月{local.day}日"


_STATUS = {
    "unpaid": "待付款", "paid": "已付款，等待发货", "part_shipped": "部分发货", "shipped": "已发货",
    "delivered": "已签收", "completed": "交易完成", "closed": "已关闭", "refunding": "退款处理中",
}  # fmt: skip
_PUBLIC_NOTE = re.compile(
    r"应付|已用|物流|快递|派送|派件|到达|已到|下一站|分拣|中转|揽收|发往|离开|签收|驿站|自提|陆运"
    r"|缺货|补货|预售|售罄|发出|停滞|没有更新"
)


def note_of(order: Order) -> str:
    """Of an order's remark what its buyer may hear: the courier's scans, the amount due, stock.
    The rest is between the staff."""
    parts = re.split(r"[;；]", order.note or "")
    return "；".join(part.strip() for part in parts if _PUBLIC_NOTE.search(part))


def order_evidence(order: Order, goods: Sequence[str]) -> Evidence:
    """Where an order stands."""
    parts = [f"订单{order.id}", _goods(goods), order_status(order)]
    for what, at in (
        ("下单", order.created_at),
        ("付款", order.paid_at),
        ("发货", order.shipped_at),
        ("签收", order.delivered_at),
    ):
        if at is not None:
            parts.append(f"{moment(at)}{what}")
    if order.paid_fen:
        parts.append(f"实付{format_yuan(order.paid_fen)}元")
    if order.carrier or order.tracking_no:
        parts.append(f"{order.carrier or '快递'}{order.tracking_no or ''}")
    note = note_of(order)
    if note:
        parts.append(note)
    return Evidence(f"order:{order.id}", "，".join(part for part in parts if part))


def _goods(titles: Sequence[str]) -> str:
    """What was ordered; of much the first, so that there is room for the rest."""
    return "、".join(titles[:MOST_NAMED]) + ("等" if len(titles) > MOST_NAMED else "")


def order_status(order: Order) -> str:
    """Where an order stands, as a shopper is told."""
    status = _STATUS.get(order.status, "")
    if order.status == "closed" and order.close_reason:
        return f"{status}（{order.close_reason}）"
    return status


_REFUND_STATUS = {
    "pending": "待审核", "approved": "已同意", "returning": "等待寄回", "received": "仓库已收到",
    "done": "已完成", "refused": "未通过", "cancelled": "已撤销",
}  # fmt: skip
_REFUND_KIND = {
    "refund_only": "仅退款", "return": "退货退款", "exchange": "换货", "repair": "维修",
    "price_protection": "价保补差", "other": "售后",
}  # fmt: skip


def refund_evidence(refund: Refund, goods: Sequence[str]) -> Evidence:
    """Where an after-sales case stands."""
    kind = refund.kind_raw or _REFUND_KIND.get(refund.kind, "售后")
    status = refund.status_raw or _REFUND_STATUS.get(refund.status, "处理中")
    parts = [f"{_goods(goods)}的{kind}申请" if goods else f"{kind}申请", status]
    if refund.amount_fen:
        parts.append(f"金额{format_yuan(refund.amount_fen)}元")
    if refund.created_at is not None:
        parts.append(f"{moment(refund.created_at)}提交")
    if refund.updated_at is not None:
        parts.append(f"{moment(refund.updated_at)}更新")
    return Evidence(f"refund:{refund.id}", "，".join(parts))


def coupon_evidence(coupon: Coupon, now: datetime) -> Evidence:
    """What a coupon gives, on what, and whether it can be used now."""
    state = ""
    if coupon.ends_at is not None and now > coupon.ends_at:
        state = "，已过期"
    elif coupon.starts_at is not None and now < coupon.starts_at:
        state = "，还没开始"
    parts = [f"{coupon.name}：{coupon.rule or ''}".rstrip("：")]
    if coupon.scope:
        parts.append(f"适用：{coupon.scope}")
    if coupon.starts_at is not None and coupon.ends_at is not None:
        parts.append(f"有效期{day(coupon.starts_at)}到{day(coupon.ends_at)}{state}")
    return Evidence(f"coupon:{coupon.id}", "；".join(parts))


def sku_evidence(product: Product, sku: Sku, siblings: Sequence[Sku]) -> Evidence:
    """A SKU with its price, stock and attributes."""
    telling = variant(sku, siblings)
    parts = [f"{product.title}（{telling}）" if telling else product.title]
    if sku.price_fen is not None:
        parts.append(f"{format_yuan(sku.price_fen)}元")
    if sku.stock is not None:
        parts.append(f"库存{sku.stock}件" if sku.stock > 0 else "暂时没货（库存为0）")
    parts += [f"{name}：{value}" for name, value in sku.attributes.items()]
    return Evidence(f"sku:{sku.id}", "，".join(parts))


def product_evidence(product: Product, skus: Sequence[Sku]) -> Evidence:
    """A product with the prices, stocks and attributes of all its SKUs."""
    facts = dict.fromkeys(
        f"{name}：{value}" for sku in skus for name, value in sku.attributes.items()
    )
    prices = dict.fromkeys(
        f"{format_yuan(sku.price_fen)}元" for sku in skus if sku.price_fen is not None
    )
    stocks = dict.fromkeys(f"库存{sku.stock}件" for sku in skus if sku.stock is not None)
    told = [product.title, *prices, *stocks, *facts]
    return Evidence(f"product:{product.id}", "，".join(told))


def variant(sku: Sku, siblings: Sequence[Sku]) -> str:
    """What tells a SKU from the others of its product, in at most two values."""
    telling = [
        str(value)
        for name, value in sku.attributes.items()
        if len({str(each.attributes.get(name)) for each in siblings}) > 1
    ]
    return " ".join(telling[:2])
