"""A shop to import into, records by the dozen, and what is then in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from zhanggui import rooms
from zhanggui.base import clock
from zhanggui.base.events import EventRow
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.shop import counting, models, receivers
from zhanggui.shop.files import OrderRecord, OrderStatus
from zhanggui.shop.importing import sinks, undoing
from zhanggui.shop.importing.models import ImportUndoRow
from zhanggui.shop.importing.writing import Writer
from zhanggui.shop.opening import open_shop

TABLES = (
    models.Product,
    models.Sku,
    models.Buyer,
    models.Order,
    models.OrderLine,
    models.Refund,
    models.Coupon,
    models.ProductDay,
    models.PromotionDay,
    models.Review,
)
CHAIN = ("created_by", "written_by")


def at(text: str) -> datetime:
    """A time as a platform writes it."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


def order(number: str = "4099120000000111111", **said: Any) -> OrderRecord:
    """An order paid for by a buyer whose nick and receiver are whole."""
    usual = {
        "buyer_nick": "小鱼爱吃草",
        "status": OrderStatus.PAID,
        "status_raw": "买家已付款，等待卖家发货",
        "status_at": at("2026-03-01 10:00:00"),
        "created_at": at("2026-03-01 09:58:00"),
        "paid_fen": 13_900,
        "receiver_name": "张小满",
        "receiver_phone": "19900001234",
        "receiver_address": "浙江省 杭州市 西湖区 示例路1号",
        "titles": ("暖屋恒温电热水壶",),
    }
    return OrderRecord(row=2, order_no=number, **{**usual, **said})


class Shop:
    """A shop that records are brought into."""

    def __init__(self, runtime: Runtime, shop_id: str) -> None:
        self.runtime = runtime
        self.id = shop_id

    async def bring(
        self, *records: Any, by: str = "imp_a", exported_at: datetime | None = None
    ) -> None:
        """Import records as one batch of the import `by`."""
        async with self.runtime.db.transaction(self.id) as session:
            loading = sinks.Loading(
                session=session,
                shop_id=self.id,
                import_id=by,
                cipher=self.runtime.cipher,
                blobs=self.runtime.blobs,
                folder=None,
                path="",
                exported_at=exported_at,
                writer=Writer(session, self.id, by),
            )
            await sinks.apply(loading, records)

    async def undo(self, import_id: str) -> None:
        """Take an import back."""
        tables = [table for sink in sinks.registered() for table in sink.tables]
        await undoing.undo(self.runtime.db, self.id, import_id, tables)

    async def rows(self, model: type[Any], *, chain: bool = False) -> list[dict[str, Any]]:
        """A table's rows, without who wrote them unless `chain`, and receivers in the clear."""
        table = model.__table__
        async with self.runtime.db.reading(self.id) as session:
            query = select(table).where(table.c.shop_id == self.id).order_by(*table.primary_key)
            found = [dict(row) for row in (await session.execute(query)).mappings()]
        for row in found:
            if row.get("receiver_sealed"):
                sealed = row["receiver_sealed"]
                row["receiver_sealed"] = receivers.unseal(self.runtime.cipher, self.id, sealed)
            for name in () if chain else CHAIN:
                del row[name]
        return found

    async def one(self, model: type[Any] = models.Order) -> dict[str, Any]:
        """The only row of a table."""
        (row,) = await self.rows(model, chain=True)
        return row

    async def contents(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table."""
        return {model.__tablename__: await self.rows(model) for model in TABLES}

    async def events(self) -> int:
        """How many events the shop has."""
        async with self.runtime.db.reading(self.id) as session:
            query = select(func.count()).where(EventRow.shop_id == self.id)
            return await session.scalar(query) or 0

    async def remembered(self) -> int:
        """How many former rows are kept for undoing."""
        async with self.runtime.db.reading(self.id) as session:
            query = select(func.count()).where(ImportUndoRow.shop_id == self.id)
            return await session.scalar(query) or 0

    async def counts(self) -> counting.Counts:
        """The shop's counts."""
        async with self.runtime.db.reading(self.id) as session:
            return await counting.count(session, self.id)


@pytest.fixture
async def runtime(settings: Settings) -> AsyncIterator[Runtime]:
    rooms.load_tools()
    async with opened(settings) as runtime:
        yield runtime


@pytest.fixture
async def shop(runtime: Runtime, shop_id: str) -> Shop:
    await open_shop(runtime, shop_id, "暖屋小电")
    return Shop(runtime, shop_id)
