"""The processes beside the server in which pictures are made, and the folders they work in.

Each bench is a process of its own: one that crashes takes nobody else's step with it. A process
starts with its bench's first step, and ends once no bench has been used for a while.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import shutil
import time
from collections.abc import AsyncIterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from zhanggui.base.runtime import Runtime
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text
from zhanggui.studio.batches import child
from zhanggui.studio.batches.child import Answer, Task

log = structlog.get_logger(__name__)

MAKER = "zhanggui.studio.making.steps"
IDLE_S = 120.0
"""Seconds after which processes that have nothing to do are let go."""
_CRASHED = Text(
    "“{step}”这一步的进程意外退出，可能是内存不够",
    "the process of the step “{step}” went, perhaps for want of memory",
)
_FEWER = Text(
    "重试；若再出现，把 ZHANGGUI_STUDIO_JOBS 调小",
    "Try again; if it comes back, lower ZHANGGUI_STUDIO_JOBS",
)


def jobs(settings: Settings) -> int:
    """How many products are made at once in this process."""
    if settings.studio_jobs:
        return settings.studio_jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workshop:
    """The benches of this process; one for each of the runtime, registered by the room."""

    def __init__(self, runtime: Runtime, *, maker: str = MAKER) -> None:
        self.maker = maker
        self.jobs = jobs(runtime.settings)
        self.carried: set[asyncio.Task[None]] = set()
        """What is being carried on here; the next process goes on with it."""
        self._folders = runtime.settings.data / "studio" / runtime.settings.worker
        self._free: asyncio.LifoQueue[_Bench] = asyncio.LifoQueue()
        self._benches = [_Bench() for _ in range(self.jobs)]
        for bench in self._benches:
            self._free.put_nowait(bench)
        self._used = time.monotonic()

    async def work(self, task: Task) -> Answer:
        """Do a step on the next free bench."""
        bench = await self._free.get()
        try:
            return await bench.work(task)
        finally:
            self._used = time.monotonic()
            self._free.put_nowait(bench)

    @asynccontextmanager
    async def folder(self, name: str) -> AsyncIterator[Path]:
        """An empty folder of that name, gone with the end of the block."""
        path = self._folders / name
        await asyncio.to_thread(path.mkdir, parents=True)
        try:
            yield path
        finally:
            await asyncio.to_thread(shutil.rmtree, path, True)

    async def sweep(self) -> None:
        """Remove the folders of a process that was killed."""
        await asyncio.to_thread(shutil.rmtree, self._folders, True)

    async def let_go(self) -> None:
        """End idle processes now and then, until cancelled."""
        while True:
            await asyncio.sleep(IDLE_S / 4)
            if self._free.qsize() == self.jobs and time.monotonic() - self._used > IDLE_S:
                for bench in self._benches:
                    bench.close()

    async def close(self) -> None:
        """Leave what is being carried to the next process, and end all of ours."""
        for task in tuple(self.carried):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*self.carried, return_exceptions=True)
        for bench in self._benches:
            bench.close()


class _Bench:
    """A process that does one step at a time."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def work(self, task: Task) -> Answer:
        try:
            return await asyncio.wrap_future(self._submitted(task))
        except BrokenProcessPool:
            log.warning("studio_process_crashed", step=task.step, sku=task.sku)
            self.close()
            what = _CRASHED.format(step=task.step)
            error = {"code": "crashed", "zh": what.zh, "en": what.en}
            return Answer(0, 0, error={**error, "hint_zh": _FEWER.zh, "hint_en": _FEWER.en})
        except asyncio.CancelledError:
            self.close()  # What it is at would go on behind the next step's back.
            raise

    def _submitted(self, task: Task) -> Future[Answer]:
        if self._pool is not None:
            try:
                return self._pool.submit(child.work, task)
            except BrokenProcessPool:  # It went while it had nothing to do.
                self.close()
        self._pool = ProcessPoolExecutor(
            1, mp_context=multiprocessing.get_context("spawn"), initializer=child.begin
        )
        return self._pool.submit(child.work, task)

    def close(self) -> None:
        """End the process, whatever it is at."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)
