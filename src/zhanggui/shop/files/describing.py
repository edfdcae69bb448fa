"""What kinds of files and their fields are called, for a person who checks a mapping."""

from __future__ import annotations

from zhanggui.base.words import Text
from zhanggui.shop.files.contract import Kind
from zhanggui.shop.files.headers import LAYOUTS

_NAMES = {
    Kind.PACK_SHOP: Text("店铺包：店铺", "Shop pack: the shop"),
    Kind.PACK_PRODUCTS: Text("店铺包：商品", "Shop pack: goods"),
    Kind.PACK_ORDERS: Text("店铺包：订单", "Shop pack: orders"),
    Kind.PACK_REFUNDS: Text("店铺包：售后", "Shop pack: after-sales"),
    Kind.PACK_COUPONS: Text("店铺包：优惠券", "Shop pack: coupons"),
    Kind.PACK_FAQ: Text("店铺包：问答", "Shop pack: answers"),
    Kind.PACK_POLICY: Text("店铺包：政策", "Shop pack: a policy"),
    Kind.ORDERS: Text("订单报表", "Orders"),
    Kind.ORDER_LINES: Text("宝贝（订单明细）报表", "Order lines"),
    Kind.REFUNDS: Text("售后报表", "After-sales"),
    Kind.GOODS: Text("商品表", "Goods"),
    Kind.ASSISTANT_ITEMS: Text("淘宝助理商品", "Taobao Assistant goods"),
    Kind.PRODUCT_DAYS: Text("生意参谋商品报表", "Goods traffic report"),
    Kind.PROMOTION: Text("推广报表", "Promotion report"),
    Kind.REVIEWS: Text("评价", "Reviews"),
    Kind.FAQ: Text("问答表", "Questions and answers"),
    Kind.PHRASES: Text("快捷短语", "Quick phrases"),
    Kind.CHAT_LOG: Text("聊天记录", "Chat log"),
    Kind.UNKNOWN: Text("未识别", "Not recognised"),
}


def describe_kind(kind: Kind | str) -> Text:
    """What a kind of file is called."""
    return _NAMES[Kind(kind)]


def fields_of(kind: Kind | str) -> list[tuple[str, Text, bool]]:
    """(name, label, whether a row needs it) of the fields a column of this kind may be read as."""
    layout = LAYOUTS.get(Kind(kind))
    if layout is None:
        return []
    return [
        (field.name, Text(field.aliases[0], field.name.replace("_", " ")), field.required)
        for field in layout.fields
    ]


def mappable_kinds() -> list[Kind]:
    """The kinds a table may be said to be."""
    return [kind for kind in LAYOUTS if not kind.startswith("pack_")]
