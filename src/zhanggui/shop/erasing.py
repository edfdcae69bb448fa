"""Forgetting a buyer: what names, locates or quotes them leaves every table; the figures stay.

Each room forgets what it keeps itself: it registers an eraser, which is called with the buyer and
their orders. An import of a file that still has the buyer brings them back, and so does a backup
that was made before.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.blobs import Blobs
from zhanggui.base.crypto import Cipher
from zhanggui.base.db import hold, holds
from zhanggui.base.mentions import Mentions
from zhanggui.shop.importing.models import ImportUndoRow
from zhanggui.shop.importing.shapes import encode_key, shape_of
from zhanggui.shop.importing.undoing import lock_of
from zhanggui.shop.models import Buyer, Order, OrderLine, Refund, Review

_AT_ONCE = 500

_BLANK: Mapping[type[Any], Mapping[str, Any]] = {
    Order: {
        "buyer_id": None,
        "buyer_nick": None,
        "receiver_sealed": None,
        "phone_index": None,
        "receiver_city": None,
        "tracking_no": None,
        "buyer_message": None,
        "note": None,
        "close_reason": None,
        "payment_no": None,
    },
    OrderLine: {"note": None},
    Refund: {"reason": None, "tracking_no": None},
    Review: {"buyer_nick": None, "content": "", "reply": None, "follow_up": None},
}
"""What each table has of a buyer, and what stands there afterwards."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """A buyer who is to be forgotten, and the ids of their orders. A room adds to `also` the ids of
    what it keeps about them, by which calls that were kept are found."""

    session: AsyncSession
    shop_id: str
    cipher: Cipher
    blobs: Blobs
    buyer_id: str
    nick: str
    order_ids: Sequence[str]
    also: set[str] = field(default_factory=set)

    @property
    def mentions(self) -> Mentions:
        """By what a kept call tells that it is about them."""
        return Mentions(self.nick, frozenset({self.buyer_id, *self.order_ids, *self.also}))

    def batches(self) -> Iterator[list[str]]:
        """The orders, a few hundred at a time."""
        for start in range(0, len(self.order_ids), _AT_ONCE):
            yield list(self.order_ids[start : start + _AT_ONCE])


Eraser = Callable[[Erasure], Awaitable[None]]

_erasers: list[Eraser] = []


def register(eraser: Eraser) -> None:
    """Add what a room forgets. Called when the room is imported."""
    if eraser not in _erasers:
        _erasers.append(eraser)


async def erase(session: AsyncSession, cipher: Cipher, blobs: Blobs, buyer: Buyer) -> Erasure:
    """Forget a buyer in every room; returns what was theirs."""
    shop_id = buyer.shop_id
    await hold(session, lock_of(shop_id))
    theirs = or_(Order.buyer_id == buyer.id, Order.buyer_nick == buyer.nick)
    order_ids = list(
        await session.scalars(
            select(Order.id).where(Order.shop_id == shop_id, theirs).order_by(Order.id)
        )
    )
    erasure = Erasure(session, shop_id, cipher, blobs, buyer.id, buyer.nick, order_ids)
    await _records(erasure)
    await _remembered(erasure)
    for eraser in _erasers:
        await eraser(erasure)
    await session.delete(buyer)
    await session.flush()
    return erasure


async def _records(erasure: Erasure) -> None:
    session, shop_id = erasure.session, erasure.shop_id
    for ids in erasure.batches():
        for model, blank in _BLANK.items():
            keys = await _keys(session, shop_id, model, ids)
            await _blank_former(
                session,
                shop_id,
                (ImportUndoRow.table_name == model.__tablename__) & ImportUndoRow.key.in_(keys),
            )
            mine = _order_id(model).in_(ids)
            await session.execute(update(model).where(model.shop_id == shop_id, mine).values(blank))
    await session.execute(
        update(Review)
        .where(Review.shop_id == shop_id, Review.buyer_nick == erasure.nick)
        .values(_BLANK[Review])
    )


def _order_id(model: type[Any]) -> Any:
    return model.id if model is Order else model.order_id


async def _keys(
    session: AsyncSession, shop_id: str, model: type[Any], order_ids: list[str]
) -> list[str]:
    """The keys, as imports remember them, of the rows about some orders."""
    shape = shape_of(model)
    columns = [shape.table.c[name] for name in shape.key]
    query = select(*columns).where(model.shop_id == shop_id, _order_id(model).in_(order_ids))
    return [
        encode_key(shape.key_of(dict(row))) for row in (await session.execute(query)).mappings()
    ]


async def _remembered(erasure: Erasure) -> None:
    """What imports remember of the buyer, and of orders that were theirs once."""
    session, shop_id = erasure.session, erasure.shop_id
    await session.execute(
        delete(ImportUndoRow).where(
            ImportUndoRow.shop_id == shop_id,
            ImportUndoRow.table_name == Buyer.__tablename__,
            ImportUndoRow.key == erasure.buyer_id,
        )
    )
    await _blank_former(session, shop_id, holds(ImportUndoRow.before, erasure.nick))


async def _blank_former(session: AsyncSession, shop_id: str, which: ColumnElement[bool]) -> None:
    blanks = {model.__tablename__: blank for model, blank in _BLANK.items()}
    query = select(ImportUndoRow).where(ImportUndoRow.shop_id == shop_id, which)
    for row in await session.scalars(query):
        blank = blanks.get(row.table_name, {})
        row.before = {name: blank.get(name, value) for name, value in row.before.items()}
    await session.flush()
