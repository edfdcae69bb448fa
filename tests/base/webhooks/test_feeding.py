"""Deliveries are made of every event, also of those that commit late."""

from __future__ import annotations

import pytest

from tests.base.sample_tools import SamplePut
from tests.base.webhooks.receiver import Reply
from zhanggui.base import clock, events
from zhanggui.base.events import Dispatcher
from zhanggui.base.webhooks import feeding, store


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_an_event_that_commits_late_is_told(shop, receiver, deliverer, runtime):
    await shop.listens(receiver.url)
    async with runtime.db.transaction(shop.id) as early:
        await events.append(early, SamplePut(number=1))  # The lower place …
        await shop.happens(2)  # … commits after the higher one.
        await deliverer.drain()
        assert receiver.got == []
    await deliverer.drain()
    assert sorted(got.told["data"]["number"] for got in receiver.got) == [1, 2]


@pytest.mark.db
async def test_a_webhook_that_was_changed_is_read_for_anew(shop, receiver, runtime):
    made = await shop.listens(receiver.url)
    (before,) = await store.targets(runtime.db, clock.now())
    await shop.call("save_webhook", webhook_id=made.id, url=receiver.url)
    await shop.happens(1)
    dispatcher = Dispatcher(runtime.db, ())
    with pytest.raises(feeding.Changed):
        await dispatcher.step(feeding.consumer(before))
    assert await shop.deliveries(made.id) == []
    (now,) = await store.targets(runtime.db, clock.now())
    while await dispatcher.step(feeding.consumer(now)):
        pass
    assert "sample.put" in {row.type for row in await shop.deliveries(made.id)}


@pytest.mark.db
async def test_there_is_work_when_something_happened_or_is_due(
    shop, other_shop, receiver, runtime, deliverer, clock
):
    async def has_work():
        (target,) = await store.targets(runtime.db, clock.now)
        return target.has_work

    made = await shop.listens(receiver.url)
    await deliverer.drain()
    assert not await has_work()
    await other_shop.happens(1)
    assert not await has_work()
    receiver.script = [Reply(500)]
    await shop.happens(1)
    assert await has_work()
    await deliverer.drain()
    assert not await has_work()
    clock.move(minutes=1)
    assert await has_work()
    await shop.call("save_webhook", webhook_id=made.id, url=receiver.url, is_on=False)
    assert not await has_work()
