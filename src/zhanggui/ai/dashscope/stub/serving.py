"""The stub, served on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvicorn

from zhanggui.ai.dashscope.stub.app import application
from zhanggui.ai.dashscope.stub.tasks import State

HOST = "127.0.0.1"


def run(state: State, port: int, say: Callable[[str], None]) -> None:
    """Serve until it is stopped, and say at which address; raises OSError where the port is
    taken."""
    with socket.create_server((HOST, port)) as taken:
        say(f"http://{HOST}:{taken.getsockname()[1]}")
        _server(state).run(sockets=[taken])


@asynccontextmanager
async def serving(state: State) -> AsyncIterator[str]:
    """Serve as long as the block lasts; gives the address."""
    with socket.create_server((HOST, 0)) as taken:
        server = _server(state)
        # The socket listens already: who comes before the server has started waits for it.
        running = asyncio.create_task(server.serve(sockets=[taken]))
        try:
            yield f"http://{HOST}:{taken.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            with contextlib.suppress(asyncio.CancelledError):
                await running


def _server(state: State) -> uvicorn.Server:
    config = uvicorn.Config(
        application(state), log_level="warning", access_log=False, lifespan="off", ws="none"
    )  # fmt: skip
    return uvicorn.Server(config)
