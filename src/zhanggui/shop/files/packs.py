"""The files of a shop pack: shop.json, the csv files with English headers, policies."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

from zhanggui.base.words import Text
from zhanggui.shop.files.cells import (
    CellError,
    count,
    day,
    identifier,
    moment,
    money,
    order_number,
    words,
)
from zhanggui.shop.files.contract import Kind
from zhanggui.shop.files.goods import attributes, product_records
from zhanggui.shop.files.layouts import Carry, Field, Layout, Values
from zhanggui.shop.files.orders import line_position, order_status, refund_status, refund_type
from zhanggui.shop.files.records import (
    CouponRecord,
    FaqRecord,
    OrderLineRecord,
    OrderRecord,
    PolicyRecord,
    Record,
    RefundRecord,
    ShopRecord,
)
from zhanggui.shop.files.talk import variants


def picture(cell: str) -> tuple[str, ...] | None:
    """A picture's address on the web or its path in the pack."""
    return (cell.strip(),) if cell.strip() else None


PRODUCTS = Layout(
    Kind.PACK_PRODUCTS,
    (
        Field("product_id", identifier, ("product_id",), required=True),
        Field("sku_id", identifier, ("sku_id",), required=True),
        Field("title", words, ("title",), required=True),
        Field("category", words, ("category",)),
        Field("price_fen", money, ("price",), required=True),
        Field("stock", count, ("stock",)),
        Field("attributes", attributes, ("attributes",)),
        Field("picture_urls", picture, ("picture",)),
    ),
    product_records,
    frozenset(["sku_id", "price_fen", "stock", "attributes"]),
    needs=3,
    exact=True,
)


def _build_order(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    order_no = values["order_no"]
    status_raw = values.get("status_raw")
    status = order_status(status_raw)
    line = OrderLineRecord(
        row,
        order_no,
        line_position(carry, order_no),
        sku_id=values["sku_id"],
        quantity=values.get("quantity", 1),
        paid_fen=values.get("paid_fen"),
        status=status,
        status_raw=status_raw,
    )
    if line.position:
        return (line,)
    times = [
        values[n] for n in ("created_at", "paid_at", "shipped_at", "delivered_at") if n in values
    ]
    order = OrderRecord(
        row,
        order_no,
        values.get("buyer_nick"),
        status,
        status_raw,
        max(times, default=None),
        created_at=values.get("created_at"),
        paid_at=values.get("paid_at"),
        shipped_at=values.get("shipped_at"),
        delivered_at=values.get("delivered_at"),
        carrier=values.get("carrier"),
        tracking_no=values.get("tracking_no"),
        receiver_city=values.get("receiver_city"),
        note=values.get("note"),
    )
    return (order, line)


ORDERS = Layout(
    Kind.PACK_ORDERS,
    (
        Field("order_no", order_number, ("order_id",), required=True),
        Field("buyer_nick", words, ("buyer",), required=True),
        Field("sku_id", identifier, ("sku_id",), required=True),
        Field("quantity", count, ("quantity",), vital=True),
        Field("paid_fen", money, ("paid",), vital=True),
        Field("status_raw", words, ("status",), vital=True),
        Field("created_at", moment, ("created_at",), vital=True),
        Field("paid_at", moment, ("paid_at",)),
        Field("shipped_at", moment, ("shipped_at",)),
        Field("carrier", words, ("carrier",)),
        Field("tracking_no", words, ("tracking_no",)),
        Field("delivered_at", moment, ("delivered_at",)),
        Field("receiver_city", words, ("receiver_city",)),
        Field("note", words, ("note",)),
    ),
    _build_order,
    frozenset(["sku_id", "quantity", "paid_fen", "paid_at", "receiver_city", "tracking_no"]),
    needs=3,
    exact=True,
)


def _build_refund(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    values["kind"] = refund_type(values.get("kind_raw"))
    values["status"] = refund_status(values.get("status_raw"))
    return (RefundRecord(row, **values),)


REFUNDS = Layout(
    Kind.PACK_REFUNDS,
    (
        Field("refund_id", identifier, ("refund_id",), required=True),
        Field("order_no", order_number, ("order_id",), required=True),
        Field("kind_raw", words, ("type",)),
        Field("reason", words, ("reason",)),
        Field("status_raw", words, ("status",), vital=True),
        Field("amount_fen", money, ("amount",), vital=True),
        Field("created_at", moment, ("created_at",)),
        Field("updated_at", moment, ("updated_at",)),
    ),
    _build_refund,
    frozenset(["refund_id", "amount_fen", "reason", "updated_at", "kind_raw"]),
    needs=3,
    exact=True,
)


def _build_coupon(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    return (CouponRecord(row, **values),)


COUPONS = Layout(
    Kind.PACK_COUPONS,
    (
        Field("coupon_id", identifier, ("coupon_id",), required=True),
        Field("name", words, ("name",), required=True),
        Field("rule", words, ("rule",)),
        Field("threshold_fen", money, ("threshold",)),
        Field("discount_fen", money, ("discount",)),
        Field("starts_at", moment, ("starts_at",)),
        Field("ends_at", moment, ("ends_at",)),
        Field("scope", words, ("scope",)),
    ),
    _build_coupon,
    frozenset(["coupon_id", "rule", "threshold_fen", "discount_fen", "starts_at", "ends_at"]),
    needs=3,
    exact=True,
)


def _build_faq(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    return (FaqRecord(row, **values),)


FAQ = Layout(
    Kind.PACK_FAQ,
    (
        Field("faq_id", identifier, ("faq_id",), required=True),
        Field("question", words, ("question",), required=True),
        Field("similar", variants, ("similar",)),
        Field("answer", words, ("answer",), required=True),
    ),
    _build_faq,
    frozenset(["faq_id", "question", "answer"]),
    needs=3,
    exact=True,
)


def read_shop(text: str) -> ShopRecord:
    """The shop in a ``shop.json``. Raises CellError when it is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not all(_text(data.get(key)) for key in ("id", "name")):
        raise CellError(
            Text(
                "shop.json 读不出店铺：它应是一个 JSON 对象，至少有 id 和 name。",
                "This shop.json holds no shop: it must be a JSON object with at least id and name.",
            )
        )
    promises = data.get("promises")
    try:
        opened = date.fromisoformat(str(data.get("opened")))
    except ValueError:
        opened = None
    return ShopRecord(
        1,
        str(data["id"]),
        str(data["name"]),
        _text(data.get("category")),
        opened,
        _text(data.get("service_hours")),
        _text(data.get("tone")),
        tuple(str(p) for p in promises) if isinstance(promises, list) else (),
    )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


_CLAUSE = re.compile(r"(\d{1,3})[.、．]\s*(.*)")
_FRONT = re.compile(r"\s*---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)(.*)", re.S)


def is_policy(text: str) -> bool:
    """Whether `text` is a policy: front matter with an id, then numbered clauses."""
    front = _FRONT.match(text)
    return bool(front and re.search(r"^id\s*:", front[1], re.M))


def read_policy(text: str) -> PolicyRecord:
    """The policy in a Markdown file. Raises CellError when its clauses are not 1, 2, 3 …"""
    front = _FRONT.match(text)
    if not front:
        raise CellError(
            Text("没有找到规则的开头信息（--- … ---）。", "No front matter (--- … ---).")
        )
    head = {}
    for line in front[1].splitlines():
        key, colon, value = line.partition(":")
        if colon:
            head[key.strip()] = value.strip().strip("\"'")
    clauses: list[str] = []
    for line in front[2].splitlines():
        match = _CLAUSE.match(line.strip())
        if match and int(match[1]) == len(clauses) + 1:
            clauses.append(match[2].strip())
        elif line.strip() and clauses and not line.startswith("#"):
            clauses[-1] += "\n" + line.strip()
    if not head.get("id") or not clauses:
        raise CellError(
            Text(
                "规则需要 id 和从 1 开始编号的条款。请按“1. …”“2. …”逐条写。",
                "A policy needs an id and clauses numbered from 1: write “1. …”, “2. …”.",
            )
        )
    try:
        effective = day(head["effective"]) if head.get("effective") else None
    except CellError:
        effective = None
    return PolicyRecord(1, head["id"], head.get("title") or head["id"], tuple(clauses), effective)


LAYOUTS = (PRODUCTS, ORDERS, REFUNDS, COUPONS, FAQ)
