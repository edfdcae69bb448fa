"""What a shop's files say, as typed records: one dataclass per noun.

Every record carries `row`, the 1-based row of the file it was read from. Money is integer fen,
times are timezone-aware (a naive platform time is Asia/Shanghai). ``None`` means that the file
does not say, so an importer keeps what it knows; an empty tuple or dict likewise. What a platform
has masked (张**, 138****5678) is kept as it stands: ask :func:`~zhanggui.shop.files.is_masked`
before matching on a nick, a name, a phone or an address.

Plain slotted dataclasses rather than validated models: a file may have millions of rows, and the
reader has checked every cell by the time a record is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias


class OrderStatus(StrEnum):
    """Where an order stands, whatever the platform calls it."""

    UNPAID = "unpaid"
    PAID = "paid"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CLOSED = "closed"
    REFUNDING = "refunding"
    UNKNOWN = "unknown"


class RefundStatus(StrEnum):
    """Where an after-sales case stands."""

    PENDING = "pending"
    APPROVED = "approved"
    RETURNING = "returning"
    RECEIVED = "received"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class RefundType(StrEnum):
    """What the buyer asks for after the sale."""

    REFUND_ONLY = "refund_only"
    RETURN = "return"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    PRICE_PROTECTION = "price_protection"
    OTHER = "other"


class PromotionLevel(StrEnum):
    """What one row of a promotion report is about."""

    SUBJECT = "subject"
    PLAN = "plan"
    SCENE = "scene"


class Speaker(StrEnum):
    """Who wrote a chat message."""

    BUYER = "buyer"
    AGENT = "agent"
    ROBOT = "robot"
    SYSTEM = "system"


@dataclass(slots=True)
class ShopRecord:
    """The shop itself (``shop.json``)."""

    row: int
    shop_id: str
    name: str
    category: str | None = None
    opened: date | None = None
    service_hours: str | None = None
    tone: str | None = None
    promises: tuple[str, ...] = ()


@dataclass(slots=True)
class ProductRecord:
    """A product; comes before the :class:`SkuRecord` of the same row, once per run of rows."""

    row: int
    product_id: str
    title: str | None = None
    category: str | None = None
    category_id: str | None = None
    price_fen: int | None = None
    stock: int | None = None
    outer_id: str | None = None
    brand: str | None = None
    status: str | None = None
    description: str | None = None
    picture_urls: tuple[str, ...] = ()


@dataclass(slots=True)
class SkuRecord:
    """A SKU of a product; `sku_id` is unique in the shop. A product sold in one form only has a
    SKU whose id is the product's."""

    row: int
    sku_id: str
    product_id: str
    title: str | None = None
    price_fen: int | None = None
    stock: int | None = None
    outer_id: str | None = None
    attributes: dict[str, str] | None = None


@dataclass(slots=True)
class OrderRecord:
    """An order. `status_at` is the latest time the file knows for its status: of two versions
    the one with the later `status_at` wins, else the one exported later.

    `due_fen` is the goods' amount due, `postage_fen` the postage due, `total_fen` both,
    `paid_fen` what the buyer has paid. In a shop pack `paid_fen` is None and each
    :class:`OrderLineRecord` of the order says what was paid for it. `changed_sku` and
    `receiver_address` already hold what 修改后的… columns say; `titles` are the goods' titles as
    listed, without quantities.
    """

    row: int
    order_no: str
    buyer_nick: str | None = None
    status: OrderStatus = OrderStatus.UNKNOWN
    status_raw: str | None = None
    status_at: datetime | None = None
    paid_fen: int | None = None
    total_fen: int | None = None
    due_fen: int | None = None
    postage_fen: int | None = None
    refund_fen: int | None = None
    created_at: datetime | None = None
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    carrier: str | None = None
    tracking_no: str | None = None
    receiver_name: str | None = None
    receiver_phone: str | None = None
    receiver_address: str | None = None
    receiver_city: str | None = None
    buyer_message: str | None = None
    note: str | None = None
    close_reason: str | None = None
    titles: tuple[str, ...] = ()
    quantity: int | None = None
    changed_sku: str | None = None
    address_changed: bool = False
    payment_no: str | None = None
    shop_name: str | None = None


@dataclass(slots=True)
class OrderLineRecord:
    """One line of an order. `position` counts the lines of an order in the file from 0, so that
    (order_no, position) names a line that carries no id of its own; `line_no` is the platform's
    子订单编号 where the file has one."""

    row: int
    order_no: str
    position: int = 0
    line_no: str | None = None
    product_id: str | None = None
    sku_id: str | None = None
    outer_id: str | None = None
    title: str | None = None
    attributes: str | None = None
    quantity: int = 1
    price_fen: int | None = None
    paid_fen: int | None = None
    status: OrderStatus = OrderStatus.UNKNOWN
    status_raw: str | None = None
    note: str | None = None


@dataclass(slots=True)
class RefundRecord:
    """An after-sales case."""

    row: int
    refund_id: str
    order_no: str
    kind: RefundType = RefundType.OTHER
    kind_raw: str | None = None
    status: RefundStatus = RefundStatus.UNKNOWN
    status_raw: str | None = None
    amount_fen: int | None = None
    reason: str | None = None
    buyer_nick: str | None = None
    product_title: str | None = None
    tracking_no: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(slots=True)
class CouponRecord:
    """A coupon or promotion."""

    row: int
    coupon_id: str
    name: str
    rule: str | None = None
    threshold_fen: int | None = None
    discount_fen: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    scope: str | None = None


@dataclass(slots=True)
class FaqRecord:
    """A question and its answer. `is_phrase` marks a 快捷短语, whose `question` is the phrase's
    code or group and may be empty."""

    row: int
    question: str
    answer: str
    faq_id: str | None = None
    similar: tuple[str, ...] = ()
    category: str | None = None
    is_phrase: bool = False


@dataclass(slots=True)
class PolicyRecord:
    """A policy in numbered clauses; `clauses[n - 1]` is cited as ``policy:<policy_id>#<n>``."""

    row: int
    policy_id: str
    title: str
    clauses: tuple[str, ...]
    effective: date | None = None


@dataclass(slots=True)
class ProductDayRecord:
    """What a product did on a day, or from `day` through `until` (生意参谋)."""

    row: int
    day: date
    until: date
    product_id: str
    title: str | None = None
    visitors: int | None = None
    views: int | None = None
    carts: int | None = None
    cart_buyers: int | None = None
    favourites: int | None = None
    buyers: int | None = None
    units: int | None = None
    gmv_fen: int | None = None
    refund_fen: int | None = None
    conversion: float | None = None


@dataclass(slots=True)
class PromotionDayRecord:
    """What a promotion did on a day (阿里妈妈): spend, and what came of it."""

    row: int
    day: date
    level: PromotionLevel
    subject_id: str | None = None
    subject_type: str | None = None
    subject_name: str | None = None
    plan_id: str | None = None
    plan_name: str | None = None
    scene_id: str | None = None
    scene_name: str | None = None
    spend_fen: int = 0
    gmv_fen: int | None = None
    impressions: int | None = None
    clicks: int | None = None
    orders: int | None = None
    carts: int | None = None


@dataclass(slots=True)
class ReviewRecord:
    """A buyer's review."""

    row: int
    content: str
    buyer_nick: str | None = None
    order_no: str | None = None
    product_id: str | None = None
    product_title: str | None = None
    rating: str | None = None
    reply: str | None = None
    follow_up: str | None = None
    created_at: datetime | None = None


@dataclass(slots=True)
class ChatMessage:
    """One message of a conversation; `sent_at` is None where the log gives no time."""

    speaker: Speaker
    name: str
    text: str
    sent_at: datetime | None = None


@dataclass(slots=True)
class ChatLogRecord:
    """A conversation between a buyer and the shop. `conversation_id` is derived from the buyer
    and the first message's time, so that reading the log again gives the same one."""

    row: int
    conversation_id: str
    buyer_nick: str
    agent: str | None
    messages: tuple[ChatMessage, ...]


Record: TypeAlias = (
    ShopRecord
    | ProductRecord
    | SkuRecord
    | OrderRecord
    | OrderLineRecord
    | RefundRecord
    | CouponRecord
    | FaqRecord
    | PolicyRecord
    | ProductDayRecord
    | PromotionDayRecord
    | ReviewRecord
    | ChatLogRecord
)
