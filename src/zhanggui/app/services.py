"""What runs beside the requests, in the order it is started; it ends in the reverse order.

A room adds its own here: an async context manager that takes the runtime, registers what it keeps
in ``runtime.services`` and ends what it began.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from importlib.util import find_spec

from zhanggui.ai import opening as ai
from zhanggui.base import workflows
from zhanggui.base.events import Consumer, Dispatcher
from zhanggui.base.looping import beside
from zhanggui.base.runtime import Runtime
from zhanggui.base.webhooks.deliverer import delivering
from zhanggui.knowledge import opening as knowledge
from zhanggui.rooms import ROOMS
from zhanggui.service import opening as service
from zhanggui.shop import opening as shop
from zhanggui.studio import opening as studio

Service = Callable[[Runtime], AbstractAsyncContextManager[None]]


def consumers() -> list[Consumer]:
    """The readers of the event log: ``CONSUMERS`` of each room's ``consumers.py``."""
    found: list[Consumer] = []
    for room in ROOMS:
        if find_spec(f"zhanggui.{room}.consumers"):
            found.extend(import_module(f"zhanggui.{room}.consumers").CONSUMERS)
    return found


@asynccontextmanager
async def dispatching(runtime: Runtime) -> AsyncIterator[None]:
    """Bring every consumer up to the event log, for as long as the block lasts."""
    dispatcher = Dispatcher(runtime.db, consumers())
    runtime.services[Dispatcher] = dispatcher
    async with beside(dispatcher.run()):
        yield


SERVICES: Sequence[Service] = (
    # First, so that a file that cannot be used is told before anything is begun.
    ai.started,
    workflows.running,
    ai.making,
    # After the workflows, so that it ends before them: they take the threads with them in which
    # an index may still be being built.
    knowledge.started,
    shop.started,
    service.started,
    studio.started,
    dispatching,
    delivering,
)
