"""The program or its database fails while something is made: it is neither stuck nor forgotten."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from tests.ai.media.test_asking import until
from zhanggui.ai.media.asking import Lost
from zhanggui.ai.media.protocols import DrawRequest
from zhanggui.base.blobs import open_blobs
from zhanggui.base.errors import Unavailable

CAT = DrawRequest("一只猫")


def breaking(target, name, monkeypatch, error, *, times=10**9):
    """Have a method raise so often; returns how often it was called."""
    real, count = getattr(target, name), []

    async def broken(self, *given, **named):
        count.append(1)
        if len(count) <= times:
            raise error
        return await real(self, *given, **named)

    monkeypatch.setattr(target, name, broken)
    return count


@pytest.fixture
def media(opened, roster):
    return opened(roster, sleep=lambda seconds: asyncio.sleep(0.005))


@pytest.fixture
def requests(settings, shop_id):
    async def requests():
        keys = await open_blobs(settings).list(f"{shop_id}/")
        return [key for key in keys if key.endswith(".request")]

    return requests


async def test_what_is_paid_is_lost_and_entered_only_after_its_deadline(
    media, purpose, monkeypatch, calls, requests, clock
):
    count = breaking(type(media._carrying), "_fetch", monkeypatch, RuntimeError("a defect"))
    task_id = await media.begin(CAT, purpose, "r")
    await until(lambda: len(count) > 5)
    assert (await media.task(purpose.shop_id, task_id)).state == "running"
    clock.stand_at(clock.now + timedelta(days=1))
    with pytest.raises(Lost):
        await media.wait(purpose.shop_id, task_id)
    assert await calls() == [("first", "lost", 200_000)]
    await until(lambda: not media._carried)
    assert not await requests()


async def test_what_was_not_asked_for_is_given_up(media, purpose, monkeypatch, calls, requests):
    breaking(type(media._carrying), "_ask", monkeypatch, RuntimeError("a defect"))
    with pytest.raises(Unavailable):
        await media.draw(CAT, purpose, "r")
    await until(lambda: not media._carried)
    assert not await calls()
    assert not await requests()


async def test_a_database_that_is_away_for_long_stops_nothing(media, purpose, monkeypatch, calls):
    away = OperationalError("select", {}, Exception("away"))

    async def begin(shop_id, task_id):
        pass

    media._begin = begin
    task_id = await media.begin(CAT, purpose, "r")
    breaking(type(media._rows), "load", monkeypatch, away, times=7)
    await media.carry(purpose.shop_id, task_id)
    assert (await media.wait(purpose.shop_id, task_id)).by == "first"
    assert await calls() == [("first", "answered", 200_000)]
