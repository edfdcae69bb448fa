"""What can happen in the shop."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from zhanggui.base.events import Event


class ShopCreated(Event):
    """A shop was opened in this house."""

    type: ClassVar[str] = "shop.created"


class ImportStarted(Event):
    """A person let a staged import go."""

    type: ClassVar[str] = "shop.import_started"
    import_id: str


class ImportFinished(Event):
    """An import has gone through; refused rows are in its report."""

    type: ClassVar[str] = "shop.import_finished"
    import_id: str
    accepted: int
    rejected: int


class ImportUndone(Event):
    """An import was taken back."""

    type: ClassVar[str] = "shop.import_undone"
    import_id: str


class BuyerErased(Event):
    """A buyer was forgotten, at their wish: who they were left every record of some orders."""

    type: ClassVar[str] = "shop.buyer_erased"
    orders: int


class RecordWritten(Event):
    """A product, SKU, buyer, refund, coupon, review or report line was made or changed."""

    type: ClassVar[str] = "shop.record_written"
    table: str
    id: str
    made: bool


class RecordRemoved(Event):
    """A record was taken away, or put back to what it was, by the undoing of an import."""

    type: ClassVar[str] = "shop.record_removed"
    table: str
    id: str


class OrderWritten(Event):
    """An order was made or changed: its state and what had been paid at that moment."""

    type: ClassVar[str] = "shop.order_written"
    id: str
    made: bool
    status: str
    paid_fen: int | None = None
    created_at: datetime | None = None
