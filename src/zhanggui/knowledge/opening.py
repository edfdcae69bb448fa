"""What the room needs while the program runs: its indexes, kept true and whole, and no files that
nothing needs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from sqlalchemy import func, select

from zhanggui.base.db import EVERY_SHOP, Database
from zhanggui.base.events import EventRow
from zhanggui.base.looping import beside
from zhanggui.base.runtime import Runtime
from zhanggui.knowledge import originals, sinks
from zhanggui.knowledge.indexes import Indexes, open_indexes
from zhanggui.knowledge.store import CHANGES

__all__ = ["sinks", "started"]

log = structlog.get_logger(__name__)

PERIOD = 2.0
"""Seconds between two looks at the event log."""


@asynccontextmanager
async def started(runtime: Runtime) -> AsyncIterator[None]:
    """The room's part of a running program: its indexes, and no files that nothing needs."""
    async with indexing(runtime), beside(_sweep(runtime)):
        yield


@asynccontextmanager
async def indexing(runtime: Runtime) -> AsyncIterator[None]:
    """Open the indexes of this process, and bring a shop's up to date soon after its knowledge has
    changed, so that a shopper seldom has to wait for it."""
    indexes = open_indexes(runtime)
    try:
        async with beside(_follow(runtime.db, indexes)):
            yield
    finally:
        await indexes.close()


async def _sweep(runtime: Runtime) -> None:
    """A store of files that does not answer keeps nobody from starting."""
    try:
        await originals.sweep(runtime)
    except Exception:
        log.exception("files_not_swept")


async def _follow(db: Database, indexes: Indexes) -> None:
    """Every process keeps its own indexes, so this is no consumer with one shared cursor."""
    place = max((await _changed(db, 0)).values(), default=0)
    while True:
        await asyncio.sleep(PERIOD)
        try:
            changed = await _changed(db, place)
            for shop_id, seq in changed.items():
                await indexes.whole(shop_id)
                place = max(place, seq)
        except Exception:
            log.exception("index_not_refreshed")


async def _changed(db: Database, place: int) -> dict[str, int]:
    """The last change after `place` of each shop that has one."""
    query = (
        select(EventRow.shop_id, func.max(EventRow.seq))
        .where(EventRow.seq > place, EventRow.type.in_(CHANGES))
        .group_by(EventRow.shop_id)
    )
    async with db.reading(EVERY_SHOP) as session:
        return {row[0]: row[1] for row in await session.execute(query)}
