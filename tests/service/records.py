"""A shop's records, in the tests' own words."""

from datetime import datetime

from zhanggui.base.clock import SHANGHAI
from zhanggui.service import Context
from zhanggui.shop.models import Coupon, Order, OrderLine, Product, Refund, Sku

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=SHANGHAI)


def product(product_id, title):
    return Product(shop_id="s", id=product_id, title=title)


def sku(sku_id, price_yuan, stock, **attributes):
    return Sku(
        shop_id="s",
        id=sku_id,
        product_id=sku_id.split("-")[0],
        price_fen=price_yuan * 100,
        stock=stock,
        attributes=attributes,
    )


PRODUCTS = {"P1": product("P1", "山月饭碗"), "P2": product("P2", "小鱼面碗")}
SKUS = {
    "P1": [
        sku("P1-1", 26, 4, 颜色="米白", 口径="11.5cm", 夜光="无"),
        sku("P1-2", 29, 0, 颜色="豆青", 口径="11.5cm", 夜光="无"),
    ],
    "P2": [sku("P2-1", 45, 9, 颜色="蓝", 容量="850ml")],
}
COUPONS = [
    Coupon(
        shop_id="s", id="C1", name="六月满减券", rule="满199减20", discount_fen=2000,
        starts_at=NOW.replace(day=1), ends_at=NOW.replace(day=30), scope="全店",
    ),
    Coupon(
        shop_id="s", id="C2", name="双11大促券", rule="满299减50", discount_fen=5000,
        starts_at=NOW.replace(year=2025), ends_at=NOW.replace(year=2025), scope="全店",
    ),
]  # fmt: skip


def order(order_id, status="shipped", **values):
    return Order(shop_id="s", id=order_id, buyer_nick="小鱼", status=status, **values)


def line(order_id, product_id):
    return OrderLine(shop_id="s", order_id=order_id, position=0, product_id=product_id, quantity=1)


def refund(refund_id, order_id, status="done", **values):
    return Refund(
        shop_id="s", id=refund_id, order_id=order_id, kind="return", status=status, **values
    )


def context(**values):
    """A context with the goods above and whatever else is given."""
    found = Context(NOW, products=dict(PRODUCTS), skus=dict(SKUS), coupons=list(COUPONS))
    for name, value in values.items():
        setattr(found, name, value)
    return found
