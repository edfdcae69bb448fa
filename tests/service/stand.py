"""A shop to be served at: its records, and who may call."""

from datetime import timedelta

from tests.service.records import NOW
from zhanggui.base.principals import Principal
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.files import (
    CouponRecord,
    OrderLineRecord,
    OrderRecord,
    OrderStatus,
    PolicyRecord,
    ProductRecord,
    RefundRecord,
    RefundStatus,
    SkuRecord,
)

MINE, YOURS = "小鱼爱吃草", "糖糖麻麻"
ADDRESS = "浙江省杭州市西湖区文三路100号"
PHONE = "13812345678"
AGENT = Principal("u1", "agent")
VIEWER = Principal("u2", "viewer")


def shopper(shop, nick=MINE):
    """A shopper who is bound to a buyer of the shop."""
    return Principal("b1", "shopper", buyer_id=buyer_id(shop, nick))


def _order(row, order_no, nick, status, **values):
    days = values.pop("days", 1)
    paid = None if status is OrderStatus.UNPAID else NOW - timedelta(days=days)
    return OrderRecord(
        row, order_no, nick, status, created_at=paid or NOW, paid_at=paid,
        paid_fen=0 if paid is None else 5000, **values,
    )  # fmt: skip


RECORDS = [
    PolicyRecord(1, "orders", "订单", (
        "待发货的订单改地址，由人工客服修改。",
        "已经发货的订单不能改地址，可以自己联系快递转寄。",
        "下单后24小时没付款，订单自动关闭。",
    )),
    PolicyRecord(2, "shipping", "发货", ("现货订单付款后48小时内发货。",)),
    PolicyRecord(3, "returns", "无理由退货", ("签收次日零点起7天内可以无理由退货。",)),
    PolicyRecord(4, "prices", "价格保护", ("付款后15天内降价的，可以申请补差价。",)),
    ProductRecord(1, "P1", "山月饭碗", category="饭碗"),
    SkuRecord(1, "P1-1", "P1", price_fen=2600, stock=3, attributes={"颜色": "米白"}),
    SkuRecord(2, "P1-2", "P1", price_fen=2900, stock=0, attributes={"颜色": "豆青"}),
    ProductRecord(3, "P2", "厚釉砂锅", category="锅具"),
    SkuRecord(3, "P2-1", "P2", price_fen=9900, stock=5, attributes={"适合": "1到2人"}),
    SkuRecord(4, "P2-2", "P2", price_fen=12900, attributes={"适合": "3到4人"}),
    ProductRecord(5, "P3", "棉麻长裙", category="裙子"),
    SkuRecord(5, "P3-1", "P3", price_fen=19900, stock=5,
              attributes={"尺码": "S", "建议体重": "85到98斤"}),
    SkuRecord(6, "P3-2", "P3", price_fen=19900, stock=5,
              attributes={"尺码": "M", "建议体重": "98到112斤"}),
    CouponRecord(1, "C1", "满减券", "满50减5", 5000, 500, scope="全店"),
    CouponRecord(2, "C2", "锅具券", "满99减20", 9900, 2000, scope="锅具"),
    CouponRecord(3, "C3", "九折券", "打9折", None, None, scope="全店"),
    _order(1, "A20260601001", MINE, OrderStatus.PAID),
    OrderLineRecord(1, "A20260601001", sku_id="P1-1", product_id="P1"),
    _order(2, "A20260601002", YOURS, OrderStatus.PAID),
    OrderLineRecord(2, "A20260601002", sku_id="P1-1", product_id="P1"),
    _order(3, "A20260601003", MINE, OrderStatus.SHIPPED, carrier="中通",
           tracking_no="ZT75312345678", shipped_at=NOW),
    OrderLineRecord(3, "A20260601003", sku_id="P2-1", product_id="P2"),
    _order(4, "A20260601004", MINE, OrderStatus.DELIVERED, days=5,
           delivered_at=NOW - timedelta(days=2)),
    OrderLineRecord(4, "A20260601004", sku_id="P1-1", product_id="P1", paid_fen=5000),
    _order(5, "A20260601005", MINE, OrderStatus.UNPAID),
    OrderLineRecord(5, "A20260601005", sku_id="P1-1", product_id="P1"),
    _order(6, "A20260601006", MINE, OrderStatus.DELIVERED, days=5,
           delivered_at=NOW - timedelta(days=2)),
    RefundRecord(6, "R1", "A20260601006", status=RefundStatus.PENDING, status_raw="待审核",
                 created_at=NOW - timedelta(days=1)),
]  # fmt: skip
PAID, FOREIGN, SENT, CAME, UNPAID, IN_CASE = (f"A2026060100{n}" for n in range(1, 7))
