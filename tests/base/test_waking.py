"""Who waits is woken, in this process and in the others of its database."""

import asyncio

import pytest

from zhanggui.base.db import Database
from zhanggui.base.waking import Waking, across


def test_only_those_who_wait_for_it_are_woken():
    waking = Waking()
    with waking.listening("a") as mine, waking.listening("b") as other:
        assert waking.count == 2
        waking.wake("a")
        assert mine.is_set()
        assert not other.is_set()
    assert waking.count == 0


def test_nobody_waits_for_what_is_closed():
    waking = Waking()
    with waking.listening("a") as before:
        waking.close()
        assert before.is_set()
    with waking.listening("a") as after:
        assert after.is_set()


@pytest.mark.db
async def test_another_process_hears_it(settings, engine):
    here, there = Waking(), Waking()
    one, two = Database(settings), Database(settings)
    try:
        async with across(one, here), across(two, there):
            with there.listening("a") as heard:
                if engine == "sqlite":
                    here.wake("a")
                    assert not heard.is_set(), "there is no other process"
                    return
                while not heard.is_set():  # It connects at its own pace.
                    here.wake("a")
                    await asyncio.sleep(0.05)
    finally:
        await one.close()
        await two.close()


@pytest.mark.db
async def test_a_lost_connection_is_made_again(settings, engine, monkeypatch):
    if engine == "sqlite":
        return
    monkeypatch.setattr("zhanggui.base.waking._AGAIN_S", 0.01)
    here, there = Waking(), Waking()
    one, two = Database(settings), Database(settings)
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    try:
        async with across(one, here), across(two, there):
            with there.listening("a") as heard:
                while not heard.is_set():
                    here.wake("a")
                    await asyncio.sleep(0.05)
                async with one.engine.connect() as connection:
                    await connection.exec_driver_sql(kill)
                heard.clear()
                while not heard.is_set():
                    here.wake("a")
                    await asyncio.sleep(0.05)
    finally:
        await one.close()
        await two.close()
