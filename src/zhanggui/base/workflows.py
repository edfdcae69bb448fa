"""Durable work: functions that go on from their last finished step after the process dies.

DBOS keeps the steps, in ``workflows.db`` beside a SQLite database (which has one writer and must
not share it) or in the schema ``dbos`` of PostgreSQL. The step in flight when a process dies runs
again, so a step commits its own progress or carries an idempotency key.

A pending workflow belongs to the worker that started it. Workers have stable names
(`ZHANGGUI_WORKER`) and leave a heartbeat; when one falls silent another takes its work over. The
application version is ours (:data:`VERSION`), not a hash of the source, so an upgraded program
continues what its predecessor began; raise it only when a workflow's steps change incompatibly.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID
from sqlalchemy import Engine, String, create_engine, delete, event, make_url, select
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base import clock
from zhanggui.base.db import NO_SHOP, Base
from zhanggui.base.runtime import Runtime
from zhanggui.base.settings import Settings

log = structlog.get_logger(__name__)

VERSION = "1"
HEARTBEAT = timedelta(seconds=10)
SILENT = timedelta(seconds=60)

workflow = DBOS.workflow
step = DBOS.step

_runtime: Runtime | None = None


class WorkerRow(Base):
    """A process that runs workflows, and when it was last heard of."""

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen_at: Mapped[datetime]


def current_runtime() -> Runtime:
    """The runtime of the process, for use inside a workflow; raises LookupError outside."""
    if _runtime is None:
        raise LookupError("workflows are not running in this process")
    return _runtime


@asynccontextmanager
async def running(runtime: Runtime) -> AsyncIterator[None]:
    """Run workflows in this process, on the current event loop, until the block ends."""
    global _runtime
    settings = runtime.settings
    logging.getLogger("dbos").setLevel(logging.WARNING)
    config = DBOSConfig(
        name="zhanggui",
        system_database_url=database_url(settings),
        application_version=VERSION,
        executor_id=settings.worker,
        run_migrations=settings.is_sqlite,
        console_log_level="WARNING",
        log_level="WARNING",
    )
    if settings.is_sqlite:
        config["system_database_engine"] = _sqlite_engine(settings)
    DBOS(config=config)
    _runtime = runtime
    heartbeat: asyncio.Task[None] | None = None
    try:
        # Launched on this loop, so that workflows share it with the database's connections.
        DBOS.launch()
        heartbeat = asyncio.create_task(_heartbeats(runtime))
        yield
    finally:
        if heartbeat is not None:
            heartbeat.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await heartbeat
        await asyncio.to_thread(DBOS.destroy)
        _runtime = None


def database_url(settings: Settings) -> str:
    """Where DBOS keeps its steps."""
    if settings.is_sqlite:
        return f"sqlite:///{settings.data / 'workflows.db'}"
    url = make_url(settings.resolved_database_url).set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def _sqlite_engine(settings: Settings) -> Engine:
    """An engine as DBOS makes it for SQLite, which also works with a library older than 3.42:
    there ``unixepoch('subsec')``, by which DBOS tells the time, is unknown and gives NULL."""
    engine = create_engine(database_url(settings))

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        connection.execute("PRAGMA busy_timeout=30000")
        connection.execute("PRAGMA foreign_keys=ON")
        if sqlite3.sqlite_version_info < (3, 42):
            connection.create_function("unixepoch", 1, lambda _: clock.now().timestamp())

    return engine


async def start(
    workflow_id: str, function: Callable[..., Coroutine[Any, Any, Any]], *args: Any
) -> None:
    """Start a workflow under an id of the caller's; starting it again does nothing."""
    with SetWorkflowID(workflow_id):
        await DBOS.start_workflow_async(function, *args)


async def open_queue(name: str, at_once: int, *, period: float = 1.0) -> None:
    """Have a queue from which each worker takes at most `at_once` workflows, looking every `period`
    seconds; the number of the worker that was started last holds for all of them."""
    await DBOS.register_queue_async(
        name,
        worker_concurrency=at_once,
        polling_interval_sec=period,
        on_conflict="always_update",
    )


async def enqueue(
    queue: str,
    workflow_id: str,
    function: Callable[..., Coroutine[Any, Any, Any]],
    *args: Any,
    turn: int,
) -> None:
    """Put a workflow in a queue, for any worker; a lower `turn` (from 1) goes first. Putting it
    there again does nothing."""
    with SetWorkflowID(workflow_id), SetEnqueueOptions(priority=turn):
        await DBOS.enqueue_workflow_async(queue, function, *args)


async def wait(workflow_id: str) -> None:
    """Until the workflow has ended; raises what it raised."""
    handle: Any = await DBOS.retrieve_workflow_async(workflow_id)
    await handle.get_result()


async def _heartbeats(runtime: Runtime) -> None:
    while True:
        try:
            for name in await _beat(runtime):
                log.warning("worker_silent", worker=name)
                # Its work first, its heartbeat after: dying in between, we are silent in turn and
                # both are taken over. Two workers doing this at once enqueue a workflow once.
                await asyncio.to_thread(DBOS._recover_pending_workflows, [name])
                await _forget(runtime, name)
        except Exception:
            log.exception("heartbeat_failed")
        await asyncio.sleep(HEARTBEAT.total_seconds())


async def _beat(runtime: Runtime) -> list[str]:
    """Say that we are here; returns the workers that have fallen silent."""
    now, name = clock.now(), runtime.settings.worker
    async with runtime.db.transaction(NO_SHOP) as session:
        mine = await session.get(WorkerRow, name)
        if mine is None:
            session.add(WorkerRow(name=name, seen_at=now))
        else:
            mine.seen_at = now
        silent = select(WorkerRow.name).where(WorkerRow.seen_at < now - SILENT)
        return list(await session.scalars(silent.where(WorkerRow.name != name)))


async def _forget(runtime: Runtime, name: str) -> None:
    """Drop a worker's heartbeat, unless it has been heard of again."""
    async with runtime.db.transaction(NO_SHOP) as session:
        still_silent = WorkerRow.seen_at < clock.now() - SILENT
        await session.execute(delete(WorkerRow).where(WorkerRow.name == name, still_silent))
