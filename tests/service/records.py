"""A shop's records, in the tests' own words, and a shopper's message among them."""

from datetime import datetime

from zhanggui.base.clock import SHANGHAI
from zhanggui.knowledge import Entry, Retriever, ShopIndex, corpus
from zhanggui.service import Asked, Context, Turn
from zhanggui.service.reading import Reading
from zhanggui.shop.models import Coupon, Order, OrderLine, Product, Refund, Sku

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=SHANGHAI)
"""A Wednesday."""


def at(text):
    """``2026-06-09 17:00`` in the shop's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def product(product_id, title, category=None):
    return Product(shop_id="s", id=product_id, title=title, category=category)


def sku(sku_id, price_yuan, stock, **attributes):
    return Sku(
        shop_id="s",
        id=sku_id,
        product_id=sku_id.split("-")[0],
        price_fen=None if price_yuan is None else price_yuan * 100,
        stock=stock,
        attributes=attributes,
    )


PRODUCTS = {
    "P1": product("P1", "山月饭碗"),
    "P2": product("P2", "小鱼面碗"),
    "P3": product("P3", "厚釉砂锅", "锅具"),
}
SKUS = {
    "P1": [
        sku("P1-1", 26, 4, 颜色="米白", 口径="11.5cm", 夜光="无"),
        sku("P1-2", 29, 0, 颜色="豆青", 口径="11.5cm", 夜光="无"),
    ],
    "P2": [sku("P2-1", 45, 9, 颜色="蓝", 容量="850ml", 耐温="0-120℃")],
    "P3": [
        sku("P3-1", 99, 3, 颜色="米白", 容量="1.2L", 适合="1-2人"),
        sku("P3-2", 129, 5, 颜色="米白", 容量="1.7L", 适合="3-4人"),
        sku("P3-3", 139, 0, 颜色="墨绿", 容量="1.7L", 适合="3-4人"),
        sku("P3-4", 189, 2, 颜色="墨绿", 容量="2.5L", 适合="5人以上"),
    ],
}


def coupon(coupon_id, name, threshold_yuan, discount_yuan, *, scope="全店", **values):
    """A coupon of June 2026, unless it is told otherwise."""
    given = {
        "rule": f"满{threshold_yuan}减{discount_yuan}",
        "starts_at": at("2026-06-01 00:00"),
        "ends_at": at("2026-06-30 23:59"),
        **values,
    }
    return Coupon(
        shop_id="s", id=coupon_id, name=name, scope=scope, threshold_fen=threshold_yuan * 100,
        discount_fen=discount_yuan * 100, **given,
    )  # fmt: skip


COUPONS = [
    coupon("C1", "六月满减券", 199, 20, rule="满199减20，不可与其他券叠加"),
    coupon(
        "C2", "双11大促券", 299, 50,
        starts_at=at("2025-11-01 00:00"), ends_at=at("2025-11-12 23:59"),
    ),
    coupon("C3", "面碗专享券", 40, 5, scope="面碗"),
]  # fmt: skip


def order(order_id, status="shipped", **values):
    return Order(shop_id="s", id=order_id, buyer_nick="小鱼", status=status, **values)


def line(order_id, product_id, **values):
    return OrderLine(
        shop_id="s", order_id=order_id, position=0, product_id=product_id, quantity=1, **values
    )


def refund(refund_id, order_id, status="done", **values):
    return Refund(
        shop_id="s", id=refund_id, order_id=order_id, kind="return", status=status, **values
    )


def context(page=None, **values):
    """A context with the goods above, the page of one of them and whatever else is given."""
    found = Context(NOW, products=dict(PRODUCTS), skus=dict(SKUS), coupons=list(COUPONS))
    for name, value in values.items():
        setattr(found, name, value)
    found.product = found.products[page] if page else None
    return found


def read(text, *before, buyer="小鱼", now=NOW):
    """A message; `before` are the turns before it, the shopper's and the shop's by turns."""
    turns = [Turn("shop" if n % 2 else "shopper", said) for n, said in enumerate(before)]
    return Reading(Asked(text, buyer, turns=turns), now)


def faq(faq_id, answer, *questions):
    return Entry(f"faq:{faq_id}", "faq", answer, questions)


def clause(clause_id, text, title="发货"):
    """A clause, as `policy#number`."""
    return Entry(f"policy:{clause_id}", "policy", text, words=title)


GOODS = [corpus.product_entry(each, SKUS[each.id]) for each in PRODUCTS.values()]


def index(*entries):
    """An index of the goods above and of `entries`, by letters alone."""
    return ShopIndex((0, ""), Retriever([*entries, *GOODS], None), True)


def search(reading, *entries):
    """What is found for a message among the goods above and `entries`."""
    return index(*entries).retriever.search(reading.text, reading.earlier)
