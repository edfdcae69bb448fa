"""What can happen in the shop."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from zhanggui.base.events import Event


class ShopCreated(Event):
    """A shop was opened in this house."""

    type: ClassVar[str] = "shop.created"
    zh: ClassVar[str] = "开了一家店"


class ImportStarted(Event):
    """A person let a staged import go."""

    type: ClassVar[str] = "shop.import_started"
    zh: ClassVar[str] = "开始导入"
    import_id: str


class ImportFinished(Event):
    """An import has gone through; refused rows are in its report."""

    type: ClassVar[str] = "shop.import_finished"
    zh: ClassVar[str] = "导入完成：收下几行、退回几行"
    import_id: str
    accepted: int
    rejected: int


class ImportUndone(Event):
    """An import was taken back."""

    type: ClassVar[str] = "shop.import_undone"
    zh: ClassVar[str] = "导入被撤销"
    import_id: str


class BuyerErased(Event):
    """A buyer was forgotten, at their wish: who they were left every record of some orders."""

    type: ClassVar[str] = "shop.buyer_erased"
    zh: ClassVar[str] = "应买家要求，抹去了其身份"
    orders: int


class RecordWritten(Event):
    """A product, SKU, buyer, refund, coupon, review or report line was made or changed."""

    type: ClassVar[str] = "shop.record_written"
    zh: ClassVar[str] = "商品、买家、售后等记录新增或变化；导入时每行一条"
    table: str
    id: str
    made: bool


class RecordRemoved(Event):
    """A record was taken away, or put back to what it was, by the undoing of an import."""

    type: ClassVar[str] = "shop.record_removed"
    zh: ClassVar[str] = "撤销导入时，记录被去掉或恢复"
    table: str
    id: str


class OrderWritten(Event):
    """An order was made or changed: its state and what had been paid at that moment."""

    type: ClassVar[str] = "shop.order_written"
    zh: ClassVar[str] = "订单新增或变化：状态和已付金额；导入时每单一条"
    id: str
    made: bool
    status: str
    paid_fen: int | None = None
    created_at: datetime | None = None
