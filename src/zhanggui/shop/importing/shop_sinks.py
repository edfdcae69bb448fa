"""What the shop keeps of its files: goods, orders, after-sales, coupons, reports, reviews."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from sqlalchemy import func, select

from zhanggui.base import masking
from zhanggui.shop import models, pictures, receivers
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.events import OrderWritten
from zhanggui.shop.files import (
    CouponRecord,
    OrderLineRecord,
    OrderRecord,
    OrderStatus,
    ProductDayRecord,
    ProductRecord,
    PromotionDayRecord,
    RefundRecord,
    RefundStatus,
    RefundType,
    ReviewRecord,
    ShopRecord,
    SkuRecord,
)
from zhanggui.shop.importing import lines
from zhanggui.shop.importing.shapes import Row
from zhanggui.shop.importing.sinks import Loading, Sink, register
from zhanggui.shop.importing.writing import Announcement
from zhanggui.shop.receivers import Receiver

_DERIVED = {"row", "receiver_name", "receiver_phone", "receiver_address", "shop_name"}


def _digest(*parts: object) -> str:
    text = "\x00".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _rows(record: type, records: Sequence[Any], **renamed: str) -> list[Row]:
    """Records as rows: the same names but for `renamed`, without what is derived."""
    names = [f.name for f in fields(record) if f.name not in _DERIVED]
    columns = [renamed.get(name, name) for name in names]
    return [dict(zip(columns, values, strict=True)) for values in map(attrgetter(*names), records)]


async def _shop(loading: Loading, records: Sequence[ShopRecord]) -> None:
    shop = await loading.session.get(models.Shop, (loading.shop_id,))
    if shop is None:
        return
    record = records[-1]
    said = {
        "category": record.category,
        "opened": record.opened.isoformat() if record.opened else None,
        "service_hours": record.service_hours,
        "tone": record.tone,
        "promises": list(record.promises),
    }
    shop.name = record.name[:200]
    shop.profile = {**shop.profile, **{name: value for name, value in said.items() if value}}


async def _products(loading: Loading, records: Sequence[ProductRecord]) -> None:
    rows = _rows(ProductRecord, records, product_id="id", picture_urls="pictures")
    for row in rows:
        row["pictures"] = [
            url for each in row["pictures"] if (url := await _picture(loading, each)) is not None
        ]
    await loading.writer.write(models.Product, rows)


async def _picture(loading: Loading, said: str) -> str | None:
    """Where a picture can be seen: its address on the web, or our own copy of a pack's file."""
    if said.startswith(("https://", "http://", "//")):
        return said
    if loading.folder is None:
        return None
    return await pictures.keep(loading.blobs, loading.shop_id, loading.folder, said)


async def _skus(loading: Loading, records: Sequence[SkuRecord]) -> None:
    await loading.writer.write(models.Sku, _rows(SkuRecord, records, sku_id="id"))


async def _orders(loading: Loading, records: Sequence[OrderRecord]) -> None:
    nicks = {r.buyer_nick for r in records if r.buyer_nick and not masking.is_masked(r.buyer_nick)}
    ids = {nick: buyer_id(loading.shop_id, nick) for nick in nicks}
    buyers = [{"id": ids[nick], "nick": nick} for nick in sorted(nicks)]
    # A buyer is told of by the orders; an event for each would say nothing more.
    await loading.writer.write(models.Buyer, buyers, announce=None)
    rows = _rows(OrderRecord, records, order_no="id", status_at="version_at")
    cipher, shop_id = loading.cipher, loading.shop_id
    for row, record in zip(rows, records, strict=True):
        row["status"] = _said(record.status)
        row["titles"] = list(record.titles)
        row["exported_at"] = loading.exported_at
        row["buyer_id"] = ids.get(record.buyer_nick or "")
        row["address_changed"] = record.address_changed or None
        # An order's own figure ends the reckoning by its lines.
        row["paid_by_line"] = None if record.paid_fen is None else False
        whom = Receiver(record.receiver_name, record.receiver_phone, record.receiver_address)
        row["receiver_sealed"] = receivers.seal(cipher, shop_id, whom)
        row["phone_index"] = receivers.phone_index(cipher, shop_id, record.receiver_phone)

    def settle(old: Row, new: Row, new_wins: bool) -> None:
        if old["receiver_sealed"] and new["receiver_sealed"]:
            _settle_receiver(loading, old, new, new_wins)
        nick = _whole(old["buyer_nick"], new["buyer_nick"], new_wins)
        old["buyer_nick"], new["buyer_nick"] = nick, None

    await loading.writer.write(
        models.Order, rows, wins=_newer("version_at"), settle=settle, announce=_ORDER_WRITTEN
    )
    await _pay_by_line(loading, {r.order_no for r in records if r.paid_fen is None})


def _settle_receiver(loading: Loading, old: Row, new: Row, new_wins: bool) -> None:
    """Sealed values differ each time, so compare what they hold."""
    cipher, shop_id = loading.cipher, loading.shop_id
    known = receivers.unseal(cipher, shop_id, old["receiver_sealed"])
    said = receivers.unseal(cipher, shop_id, new["receiver_sealed"])
    new["receiver_sealed"] = new["phone_index"] = None
    whom = Receiver(
        _whole(known.name, said.name, new_wins),
        _whole(known.phone, said.phone, new_wins),
        _whole(known.address, said.address, new_wins),
    )
    if whom != known:
        old["receiver_sealed"] = receivers.seal(cipher, shop_id, whom)
    if whom.phone != known.phone:
        old["phone_index"] = receivers.phone_index(cipher, shop_id, whom.phone)


def _whole(old: str | None, new: str | None, new_wins: bool) -> str | None:
    """Of two versions of a value the one that no platform has masked, else the winner's."""
    if not old or not new:
        return old or new
    if masking.is_masked(old) != masking.is_masked(new):
        return new if masking.is_masked(old) else old
    return new if new_wins else old


def _said(value: StrEnum) -> str | None:
    """What a file says of a state; None where it says nothing that we know."""
    return None if value in (OrderStatus.UNKNOWN, RefundStatus.UNKNOWN) else value.value


def _newer(version: str) -> Any:
    """Whether a new version of a row wins: by the later time of its state, else by the later
    export, else by coming later."""

    def wins(old: Mapping[str, Any], new: Row) -> bool:
        for name in (version, "exported_at"):
            before: datetime | None = old.get(name)
            now: datetime | None = new.get(name)
            if before is not None and now is not None and before != now:
                return now > before
        return True

    return wins


_ORDER_WRITTEN = Announcement(
    OrderWritten,
    lambda shape, row, made: {
        "id": row["id"],
        "made": made,
        "status": row["status"],
        "paid_fen": row["paid_fen"],
        "created_at": row["created_at"],
    },
)


async def _lines(loading: Loading, records: Sequence[OrderLineRecord]) -> None:
    rows = _rows(OrderLineRecord, records, order_no="order_id")
    for row in rows:
        row.pop("status_raw")
        row["status"] = _said(row["status"])
        row["exported_at"] = loading.exported_at
    await lines.place(loading.session, loading.shop_id, rows)
    await loading.writer.write(models.OrderLine, rows, wins=_newer("exported_at"))
    await _pay_by_line(loading, {r.order_no for r in records if r.paid_fen is not None})


async def _pay_by_line(loading: Loading, orders: set[str]) -> None:
    """Where only lines say what was paid, the order's figure is their sum."""
    if not orders:
        return
    line, order = models.OrderLine, models.Order
    sums = await loading.session.execute(
        select(line.order_id, func.sum(line.paid_fen))
        .join(order, (order.shop_id == line.shop_id) & (order.id == line.order_id))
        .where(line.shop_id == loading.shop_id, line.order_id.in_(orders))
        .where(order.paid_fen.is_(None) | order.paid_by_line)
        .group_by(line.order_id)
    )
    rows = [
        {"id": number, "paid_fen": int(paid or 0), "paid_by_line": True} for number, paid in sums
    ]
    await loading.writer.write(models.Order, rows, only_existing=True, announce=_ORDER_WRITTEN)


async def _refunds(loading: Loading, records: Sequence[RefundRecord]) -> None:
    rows = _rows(RefundRecord, records, refund_id="id", order_no="order_id")
    for row in rows:
        for name in ("buyer_nick", "product_title"):
            row.pop(name)
        row["kind"] = None if row["kind"] is RefundType.OTHER else row["kind"].value
        row["status"] = _said(row["status"])
        row["exported_at"] = loading.exported_at
    await loading.writer.write(models.Refund, rows, wins=_newer("updated_at"))


async def _coupons(loading: Loading, records: Sequence[CouponRecord]) -> None:
    await loading.writer.write(models.Coupon, _rows(CouponRecord, records, coupon_id="id"))


async def _product_days(loading: Loading, records: Sequence[ProductDayRecord]) -> None:
    await loading.writer.write(models.ProductDay, _rows(ProductDayRecord, records))


async def _promotion_days(loading: Loading, records: Sequence[PromotionDayRecord]) -> None:
    rows = _rows(PromotionDayRecord, records)
    for row in rows:
        row["level"] = row["level"].value
        ids = (row[f"{what}_id"] or row[f"{what}_name"] for what in ("subject", "plan", "scene"))
        row["target"] = _digest(row["level"], row["subject_type"], *ids)
    await loading.writer.write(models.PromotionDay, rows)


async def _reviews(loading: Loading, records: Sequence[ReviewRecord]) -> None:
    rows = _rows(ReviewRecord, records, order_no="order_id")
    for row in rows:
        names = ("buyer_nick", "order_id", "product_id", "created_at", "content")
        row["id"] = "rev_" + _digest(*(row[name] for name in names))
    await loading.writer.write(models.Review, rows)


SINKS = (
    Sink(ShopRecord, _shop, order=0),
    Sink(ProductRecord, _products, order=10, tables=(models.Product,)),
    Sink(SkuRecord, _skus, order=11, tables=(models.Sku,)),
    Sink(OrderRecord, _orders, order=20, tables=(models.Order, models.Buyer)),
    Sink(OrderLineRecord, _lines, order=21, tables=(models.OrderLine,)),
    Sink(RefundRecord, _refunds, order=30, tables=(models.Refund,)),
    Sink(CouponRecord, _coupons, order=31, tables=(models.Coupon,)),
    Sink(ProductDayRecord, _product_days, order=40, tables=(models.ProductDay,)),
    Sink(PromotionDayRecord, _promotion_days, order=41, tables=(models.PromotionDay,)),
    Sink(ReviewRecord, _reviews, order=42, tables=(models.Review,)),
)
for _sink in SINKS:
    register(_sink)
