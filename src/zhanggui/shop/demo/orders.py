"""An order's money and its way to the door, as the platform's export would tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from zhanggui.shop.demo import seasons
from zhanggui.shop.demo.catalogue import Sku
from zhanggui.shop.demo.dice import at, later
from zhanggui.shop.demo.people import Buyer
from zhanggui.shop.demo.trade import Outcome, Wish
from zhanggui.shop.files.records import OrderLineRecord, OrderRecord, OrderStatus

SHOP_NAME = "檐下碗铺"

_EPOCH = date(2019, 4, 12)
_FREE_POSTAGE_FEN = 8800
_STATUS_NAMES = {
    OrderStatus.UNPAID: "等待买家付款",
    OrderStatus.PAID: "买家已付款,等待卖家发货",
    OrderStatus.SHIPPED: "卖家已发货,等待买家确认",
    OrderStatus.DELIVERED: "卖家已发货,等待买家确认",
    OrderStatus.COMPLETED: "交易成功",
    OrderStatus.CLOSED: "交易关闭",
}
_MESSAGES = (
    "麻烦包严实点，谢谢", "送礼的，别放价格单", "周末在家，工作日放驿站", "要好看一点的，谢谢老板",
    "第二次买了", "请帮忙写卡片：新家快乐", "能早点发吗，下周要用", "碗帮我挑没黑点的",
)  # fmt: skip
_HUBS = ("南昌转运中心", "杭州转运中心", "武汉转运中心", "郑州转运中心", "长沙转运中心")


@dataclass(slots=True)
class Placed:
    """An order as the generator follows it: the records, and what they do not say."""

    record: OrderRecord
    lines: list[OrderLineRecord]
    skus: list[Sku]
    buyer: Buyer
    outcome: Outcome

    @property
    def goods_fen(self) -> int:
        """What was paid for the goods, postage aside."""
        return sum(line.paid_fen or 0 for line in self.lines)


def place(rng: Random, wish: Wish, moment: datetime, taken: set[str]) -> Placed:
    """The order that `wish` had become by `moment`. `taken` holds the order numbers given out."""
    order_no = _number(rng, wish, taken)
    listed = [sku.price_fen * quantity for sku, quantity in wish.lines]
    name, discount = _coupon(rng, wish, sum(listed))
    due = sum(listed) - discount
    postage = 2000 if wish.buyer.remote else 0 if due >= _FREE_POSTAGE_FEN else 800
    record = OrderRecord(
        row=0,
        order_no=order_no,
        buyer_nick=wish.buyer.nick,
        total_fen=due + postage,
        due_fen=due,
        postage_fen=postage,
        paid_fen=0,
        refund_fen=0,
        created_at=wish.created_at,
        receiver_name=wish.buyer.name,
        receiver_phone=wish.buyer.phone,
        receiver_address=wish.buyer.address,
        receiver_city=wish.buyer.city,
        buyer_message=rng.choice(_MESSAGES) if rng.random() < 0.05 else None,
        titles=tuple(sku.title for sku, _ in wish.lines),
        quantity=sum(quantity for _, quantity in wish.lines),
        shop_name=SHOP_NAME,
    )
    notes = [f"已用{name}"] if name else []
    _live(rng, record, wish, moment, notes)
    record.note = "；".join(notes) or None
    shares = _shares(discount, listed)
    lines = [
        OrderLineRecord(
            row=0,
            order_no=order_no,
            position=position,
            line_no=f"{int(order_no) + position + 1}" if len(wish.lines) > 1 else order_no,
            product_id=sku.product_id,
            sku_id=sku.sku_id,
            outer_id=sku.sku_id,
            title=sku.title,
            attributes=sku.form,
            quantity=quantity,
            price_fen=sku.price_fen,
            paid_fen=listed[position] - shares[position] if record.paid_fen else 0,
            status=record.status,
            status_raw=record.status_raw,
        )
        for position, (sku, quantity) in enumerate(wish.lines)
    ]
    return Placed(record, lines, [sku for sku, _ in wish.lines], wish.buyer, wish.outcome)


def settle(record: OrderRecord, status: OrderStatus, when: datetime) -> None:
    """Say where an order stands since `when`."""
    record.status, record.status_raw, record.status_at = status, _STATUS_NAMES[status], when


def _number(rng: Random, wish: Wish, taken: set[str]) -> str:
    """Nineteen digits that grow with time and end with the buyer's four, as Taobao's do."""
    seconds = int((wish.created_at - at(_EPOCH, 0)).total_seconds())
    while True:
        number = f"4{seconds:010d}{rng.randrange(0, 10_000, 10):04d}{wish.buyer.number:04d}"
        if number not in taken:
            taken.add(number)
            return number


def _coupon(rng: Random, wish: Wish, listed: int) -> tuple[str | None, int]:
    """The coupon a buyer used, and what it took off: one an order, the better one as a rule."""
    offers = []
    running = seasons.promotion(wish.created_at.date())
    if running and listed >= running.threshold_fen:
        amount = running.discount_fen
        text = f"{running.name}满{running.threshold_fen // 100}减{amount // 100}"
        offers.append((amount, text, 0.88))
    if wish.first and listed >= 7900:
        offers.append((800, "新客见面满79减8", 0.8))
    if not running and wish.created_at.day >= 18 and listed >= 19900:
        offers.append((2500, "月末满减满199减25", 0.7))
    if not offers:
        return None, 0
    amount, text, habit = max(offers)
    return (text, amount) if rng.random() < habit else (None, 0)


def _shares(discount: int, listed: list[int]) -> list[int]:
    """A discount spread over lines by their price; the last line takes what rounding leaves."""
    shares = [discount * fen // sum(listed) for fen in listed]
    shares[-1] += discount - sum(shares)
    return shares


def _live(rng: Random, record: OrderRecord, wish: Wish, moment: datetime, notes: list[str]) -> None:
    """Walk an order from its making to where it stands at `moment`."""
    created = wish.created_at
    if wish.outcome is Outcome.UNPAID:
        closes = created + timedelta(days=1)
        if closes < moment:
            record.close_reason = "买家未付款，系统自动关闭"
            settle(record, OrderStatus.CLOSED, closes)
        else:
            settle(record, OrderStatus.UNPAID, created)
        return
    paid = later(rng, created, 0.005, 0.06)
    if paid >= moment:
        settle(record, OrderStatus.UNPAID, created)
        return
    record.paid_fen, record.paid_at = record.total_fen, paid
    settle(record, OrderStatus.PAID, paid)
    shipped = _ship_time(rng, paid, any("刻字" in s.attributes for s, _ in wish.lines))
    if wish.outcome is Outcome.CANCELLED:
        cancelled = min(later(rng, paid, 0.6, 6), shipped - timedelta(minutes=20))
        if cancelled < moment:
            record.refund_fen = record.paid_fen
            record.close_reason = rng.choice(("买家不想要了", "拍错了，重新拍", "地址写错了"))
            settle(record, OrderStatus.CLOSED, cancelled)
        return
    if shipped >= moment:
        return
    record.shipped_at = shipped
    record.carrier, record.tracking_no = _carrier(rng, wish.buyer)
    settle(record, OrderStatus.SHIPPED, shipped)
    delivered = _delivery_time(rng, shipped, wish.buyer)
    if delivered >= moment:
        notes.append(_scan(rng, wish.buyer, shipped, delivered, moment))
        return
    record.delivered_at = delivered
    settle(record, OrderStatus.DELIVERED, delivered)
    confirmed = delivered + timedelta(days=10)
    if rng.random() < 0.45:
        confirmed = later(rng, delivered, 5, 200)
    if confirmed < moment:
        settle(record, OrderStatus.COMPLETED, confirmed)


def _ship_time(rng: Random, paid: datetime, engraved: bool) -> datetime:
    """Paid before four goes today, later tomorrow; the warehouse rests on Sundays."""
    day = paid.date() if paid.hour < 16 else paid.date() + timedelta(days=1)
    if engraved:
        day += timedelta(days=rng.randint(3, 5))
    running = seasons.promotion(paid.date())
    if running and running.factor > 2 and rng.random() < 0.3:
        day += timedelta(days=1)
    elif rng.random() < 0.008:
        day += timedelta(days=2)
    while seasons.closed(day):
        day += timedelta(days=1)
    return at(day, rng.randint(17, 19), rng.randrange(60), rng.randrange(60))


def _carrier(rng: Random, buyer: Buyer) -> tuple[str, str]:
    if buyer.remote:
        return "邮政EMS", f"EM88{rng.randrange(10**10):010d}"
    name, prefix = ("中通快递", "ZT88") if rng.random() < 0.58 else ("圆通速递", "YT88")
    return name, f"{prefix}{rng.randrange(10**10):010d}"


def _delivery_time(rng: Random, shipped: datetime, buyer: Buyer) -> datetime:
    extra = rng.choices((0, 1, 2, 4), (60, 28, 9, 3))[0]
    running = seasons.promotion(shipped.date())
    if running and running.factor > 2:
        extra += 1
    day = shipped.date() + timedelta(days=buyer.days_on_road + extra)
    return at(day, rng.randint(9, 19), rng.randrange(60), rng.randrange(60))


def _scan(
    rng: Random, buyer: Buyer, shipped: datetime, delivered: datetime, moment: datetime
) -> str:
    """The courier's last scan before `moment`."""
    if delivered.date() == moment.date() and moment.hour >= 8:
        return f"物流最新：{moment:%m-%d} 08:{rng.randrange(60):02d} {buyer.city}网点已安排派送"
    share = (moment - shipped) / (delivered - shipped)
    if share < 0.25:
        return f"物流最新：{shipped:%m-%d %H:%M} 已从景德镇揽收"
    scanned = shipped + (moment - shipped) * rng.uniform(0.75, 0.98)
    place = rng.choice(_HUBS) if share < 0.6 else f"{buyer.city}转运中心"
    return f"物流最新：{scanned:%m-%d %H:%M} 到达{place}"
