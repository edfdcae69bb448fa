"""What happened is read once, in order, and late commits are not passed over."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
from sqlalchemy import select

from tests.base.sample_tools import SamplePut
from zhanggui.base import events
from zhanggui.base.db import NO_SHOP
from zhanggui.base.events import Consumer, CursorRow, Dispatcher, OutdatedError


class Reader:
    """A consumer that keeps what it was given."""

    def __init__(self, name="reader"):
        self.seen: list[tuple[str, int]] = []
        self.fail = False
        self.tried, self.read = asyncio.Event(), asyncio.Event()
        self.consumer = Consumer(name, frozenset({"sample.put"}), self.handle)

    async def handle(self, session, batch):
        self.tried.set()
        if self.fail:
            raise RuntimeError("not now")
        self.seen += [(each.shop_id, each.event.number) for each in batch]
        self.read.set()


@pytest.fixture
def reader():
    return Reader()


async def put(database, shop_id, *numbers):
    async with database.transaction(shop_id) as session:
        await events.append(session, *(SamplePut(number=number) for number in numbers))


@pytest.mark.db
async def test_a_consumer_reads_each_event_once_and_in_order(
    database, reader, shop_id, other_shop_id, engine
):
    await put(database, shop_id, 1, 2)
    await put(database, other_shop_id, 3)
    await put(database, shop_id, 4)
    dispatcher = Dispatcher(database, [reader.consumer], batch=2)
    await dispatcher.drain()
    await dispatcher.drain()
    expected = [(shop_id, 1), (shop_id, 2), (other_shop_id, 3), (shop_id, 4)]
    assert reader.seen == expected


@pytest.mark.db
async def test_what_was_rolled_back_did_not_happen(database, reader, shop_id, engine):
    with contextlib.suppress(RuntimeError):
        async with database.transaction(shop_id) as session:
            await events.append(session, SamplePut(number=1))
            raise RuntimeError
    await put(database, shop_id, 2)
    await Dispatcher(database, [reader.consumer]).drain()
    assert reader.seen == [(shop_id, 2)]


@pytest.mark.db
async def test_a_consumer_that_fails_stays_where_it_was(database, reader, shop_id, engine):
    await put(database, shop_id, 1)
    dispatcher = Dispatcher(database, [reader.consumer])
    reader.fail = True
    with pytest.raises(RuntimeError):
        await dispatcher.drain()
    reader.fail = False
    await dispatcher.drain()
    assert reader.seen == [(shop_id, 1)]


@pytest.mark.db
async def test_consumers_have_places_of_their_own(database, shop_id, engine):
    first, second = Reader("first"), Reader("second")
    await put(database, shop_id, 1)
    await Dispatcher(database, [first.consumer]).drain()
    await put(database, shop_id, 2)
    await Dispatcher(database, [first.consumer, second.consumer]).drain()
    assert first.seen == second.seen == [(shop_id, 1), (shop_id, 2)]


@pytest.mark.db
async def test_two_workers_share_a_consumer_without_doing_anything_twice(
    database, reader, shop_id, other_shop_id, engine
):
    for number in range(20):
        await put(database, (shop_id, other_shop_id)[number % 2], number)
    workers = [Dispatcher(database, [reader.consumer], batch=3) for _ in range(3)]
    # A worker that loses the race for a cursor's first row starts over on its next round.
    while len(reader.seen) < 20:
        await asyncio.gather(*(worker.drain() for worker in workers), return_exceptions=True)
    assert sorted(number for _, number in reader.seen) == list(range(20))


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_an_event_that_commits_late_is_not_passed_over(database, reader, shop_id):
    dispatcher = Dispatcher(database, [reader.consumer])
    await put(database, shop_id, 0)
    await dispatcher.drain()
    async with database.transaction(shop_id) as early:
        await events.append(early, SamplePut(number=1))  # The lower xid and seq …
        await put(database, shop_id, 2)  # … commit after the higher ones.
        await dispatcher.drain()
        assert reader.seen == [(shop_id, 0)]
    await dispatcher.drain()
    assert reader.seen == [(shop_id, 0), (shop_id, 1), (shop_id, 2)]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_a_lower_xid_with_a_higher_seq_is_not_passed_over(database, reader, shop_id):
    dispatcher = Dispatcher(database, [reader.consumer])
    async with database.transaction(shop_id) as early:
        # It has a transaction id before it has any event.
        early.add(CursorRow(consumer="another", xid=0, seq=0))
        await early.flush()
        await put(database, shop_id, 1)
        await events.append(early, SamplePut(number=2))
        await dispatcher.drain()
        assert reader.seen == []
    await dispatcher.drain()
    assert sorted(reader.seen) == [(shop_id, 1), (shop_id, 2)]
    async with database.reading(NO_SHOP) as session:
        assert await session.scalar(select(CursorRow.seq).where(CursorRow.consumer == "reader"))


async def test_running_wakes_and_survives_a_failure(database, reader, shop_id):
    dispatcher = Dispatcher(database, [reader.consumer], period=3600)
    reader.fail = True
    running = asyncio.create_task(dispatcher.run())
    await put(database, shop_id, 1)
    dispatcher.wake()
    await asyncio.wait_for(reader.tried.wait(), 30)
    reader.fail = False
    dispatcher.wake()
    await asyncio.wait_for(reader.read.wait(), 30)
    running.cancel()
    # As the application does: ending the loop while a connection closes would cancel it twice, and
    # the driver then waits for a thread that has gone.
    await asyncio.gather(running, return_exceptions=True)
    assert reader.seen == [(shop_id, 1)]


@pytest.mark.db
async def test_what_is_prepared_is_prepared_again_where_it_no_longer_holds(
    database, shop_id, engine
):
    prepared: list[list[int]] = []
    handled: list[int] = []

    async def prepare(told):
        prepared.append([each.event.number for each in told])
        first = len(prepared) == 1

        async def handle(session, told):
            session.add(CursorRow(consumer="written", xid=0, seq=len(prepared)))
            await session.flush()
            if first:
                raise OutdatedError
            handled.extend(each.event.number for each in told)

        return handle

    consumer = Consumer("careful", frozenset({"sample.put"}), prepare=prepare)
    await put(database, shop_id, 1, 2)
    await Dispatcher(database, [consumer]).drain()
    assert (prepared, handled) == ([[1, 2], [1, 2]], [1, 2])
    async with database.reading(NO_SHOP) as session:
        written = await session.get_one(CursorRow, "written")
    assert written.seq == 2, "what no longer held wrote nothing"
