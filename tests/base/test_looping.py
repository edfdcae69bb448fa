"""Loops beside the requests."""

import asyncio

import pytest

from zhanggui.base.looping import beside, rest


async def test_it_runs_as_long_as_the_block_and_ends_with_it():
    begun, ended = asyncio.Event(), False

    async def work():
        nonlocal ended
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended = True

    async with beside(work()):
        await begun.wait()
        assert not ended
    assert ended


async def test_what_fails_in_the_block_ends_it_too():
    ended = False

    async def work():
        nonlocal ended
        try:
            await asyncio.Event().wait()
        finally:
            ended = True

    async def fails():
        async with beside(work()):
            await asyncio.sleep(0)
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    assert ended


async def test_a_rest_ends_with_the_signal_or_by_itself():
    signal = asyncio.Event()
    await rest(signal, 0.001)
    assert not signal.is_set()
    signal.set()
    await rest(signal, 3600)


async def test_a_rest_can_be_cancelled_though_the_signal_comes_at_once():
    signal = asyncio.Event()
    resting = asyncio.create_task(rest(signal, 3600))
    await asyncio.sleep(0)
    signal.set()
    resting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await resting
