"""What a session may do, whatever its connection was used for before."""

from __future__ import annotations

from typing import ClassVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from zhanggui.base import events
from zhanggui.base.events import Event, EventRow

pytestmark = pytest.mark.db


class Written(Event):
    """Something was written by a test."""

    type: ClassVar[str] = "test.db_written"


async def test_who_reads_cannot_write_and_who_writes_can(database, shop_id):
    for before in range(3):
        async with database.reading(shop_id) as session:
            with pytest.raises(DBAPIError):
                await events.append(session, Written())
            await session.rollback()
        async with database.transaction(shop_id) as session:
            await events.append(session, Written())
        async with database.reading(shop_id) as session:
            query = select(func.count()).where(EventRow.shop_id == shop_id)
            assert await session.scalar(query.select_from(EventRow)) == before + 1


async def test_connections_are_told_anew_what_they_may(database, shop_id):
    async with database.transaction(shop_id) as writing, database.reading(shop_id) as reading:
        await events.append(writing, Written())
        with pytest.raises(DBAPIError):
            await events.append(reading, Written())
        await reading.rollback()
    async with database.transaction(shop_id) as one:
        await events.append(one, Written())
