"""Where records go: each room says what it does with the kinds of records it keeps.

A sink's `apply` runs inside the transaction of one batch, so it commits together with the file's
checkpoint, or not at all. It must be idempotent by the record's own key: importing twice changes
nothing. Rows written through :class:`~zhanggui.shop.importing.writing.Writer` are undone by the
import itself; a sink that writes elsewhere gives `undo`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.blobs import Blobs
from zhanggui.base.crypto import Cipher
from zhanggui.shop.importing.cleaning import clean
from zhanggui.shop.importing.writing import Writer

Apply = Callable[["Loading", Sequence[Any]], Awaitable[None]]
Finish = Callable[["Loading"], Awaitable[None]]


@dataclass(slots=True)
class Loading:
    """What a sink knows of the batch it is given."""

    session: AsyncSession
    shop_id: str
    import_id: str
    cipher: Cipher
    blobs: Blobs
    folder: Path | None
    """The staged pack the file belongs to, for what lies beside it."""
    path: str
    exported_at: datetime | None
    writer: Writer


@dataclass(frozen=True, slots=True)
class Sink:
    """One record type's destination. `order` sorts the sinks of a batch; `tables` are those it
    writes through the Writer, for undo and counts; `finish` runs once when every file is in."""

    record: type
    apply: Apply
    order: int = 50
    tables: tuple[type[Any], ...] = ()
    finish: Finish | None = None
    undo: Finish | None = None


_sinks: list[Sink] = []


def register(sink: Sink) -> None:
    """Add a sink; several may take the same record. Called when a room is imported."""
    if sink not in _sinks:
        _sinks.append(sink)
        _sinks.sort(key=lambda each: each.order)


def registered() -> tuple[Sink, ...]:
    """Every sink, in the order in which they are applied."""
    return tuple(_sinks)


async def apply(loading: Loading, records: Sequence[Any]) -> None:
    """Give each sink its records of a batch."""
    by_type: dict[type, list[Any]] = {}
    for record in records:
        by_type.setdefault(type(record), []).append(record)
    for mine in by_type.values():
        clean(mine)
    for sink in _sinks:
        if sink.record in by_type:
            await sink.apply(loading, by_type[sink.record])
