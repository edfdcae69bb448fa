"""Running the server in this process until it is told to stop.

One process owns a data folder, by a lock the operating system takes back when the process ends,
however it ends. While it runs, ``server.json`` (readable by the folder's owner alone) tells a
command line where to find it and how to be let in.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from filelock import FileLock, Timeout

from zhanggui import rooms
from zhanggui.app.application import create_app
from zhanggui.base import logs, schema
from zhanggui.base.errors import Conflict, Invalid, Unavailable
from zhanggui.base.ids import new_secret
from zhanggui.base.runtime import Runtime
from zhanggui.base.settings import Settings
from zhanggui.base.waking import Waking
from zhanggui.base.words import Text

_GRACE = 20
"""Seconds that running requests get to finish."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running server is, and the token that lets this machine's owner in."""

    url: str
    pid: int
    token: str


@contextmanager
def owning(settings: Settings) -> Iterator[None]:
    """Own the data folder for as long as the block lasts; raises Conflict when another does, and
    Invalid when it cannot be written."""
    lock = FileLock(settings.data / "zhanggui.lock", mode=0o600)
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise Conflict(
            Text("这个数据目录正在被另一个掌柜进程使用", "Another process uses this data folder"),
            hint=Text(
                "先停止它（Ctrl-C），或用 ZHANGGUI_DATA 换一个目录。",
                "Stop it first (Ctrl-C), or choose another folder with ZHANGGUI_DATA.",
            ),
            where=str(settings.data),
        ) from None
    except OSError as error:
        raise Invalid(
            Text("数据目录无法使用", "The data folder cannot be used"),
            hint=Text(
                "检查权限和磁盘，或用 ZHANGGUI_DATA 换一个目录。",
                "Check its permissions and the disk, or choose another with ZHANGGUI_DATA.",
            ),
            where=str(settings.data),
        ) from error
    try:
        yield
    finally:
        lock.release()


def running_server(settings: Settings) -> Address | None:
    """The server that owns the data folder; None when there is none (what an ended one left
    behind does not count: nobody holds its lock)."""
    try:
        with owning(settings):
            _card(settings).unlink(missing_ok=True)
            return None
    except Conflict:
        pass
    try:
        return Address(**json.loads(_card(settings).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        raise Unavailable(
            Text("掌柜正在启动或停止", "Zhanggui is starting or stopping"),
            hint=Text("过几秒再试。", "Try again in a few seconds."),
        ) from None


def address(settings: Settings) -> str:
    """Where people reach the server, or will once it runs."""
    if settings.public_url is not None:
        return settings.public_url
    try:
        running = running_server(settings)
    except Unavailable:
        running = None
    return running.url if running else f"http://{_reachable(settings.host)}:{settings.port}"


def migrated(settings: Settings) -> None:
    """Bring the schema up to date, unless another process owns the data and has done so."""
    rooms.load_models()
    try:
        with owning(settings):
            schema.upgrade(settings)
    except Conflict:
        return


def serve(settings: Settings, ready: Callable[[Runtime, str], Awaitable[None]]) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is awaited with the address once requests are taken.

    Running requests finish first (a second Ctrl-C cuts them short), then services end in reverse
    order. Raises Conflict when the port or the data folder is taken.
    """
    logs.configure(settings)
    with owning(settings):
        asyncio.run(_serve(settings, ready))


async def _serve(settings: Settings, ready: Callable[[Runtime, str], Awaitable[None]]) -> None:
    listener = listen(settings)
    url = f"http://{_reachable(settings.host)}:{listener.getsockname()[1]}"
    token = new_secret()
    app = create_app(settings, local_token=token)
    async with opened(app):
        server = _Server(
            uvicorn.Config(
                app,
                lifespan="off",  # Opened here, so that what fails then is not lost in a log.
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=settings.public_url is not None,
                timeout_graceful_shutdown=_GRACE,
            ),
            app.state.runtime.service(Waking),
        )
        with _published(settings, Address(url, os.getpid(), token)):
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            try:
                await server.up.wait()
                await ready(app.state.runtime, url)
            except BaseException:
                server.should_exit = True  # Else what failed would be told only after Ctrl-C.
                raise
            finally:
                await serving


@contextlib.asynccontextmanager
async def opened(app: FastAPI) -> AsyncIterator[None]:
    """The application's lifespan, without a server."""
    async with app.router.lifespan_context(app):
        yield


def listen(settings: Settings) -> socket.socket:
    """A listening socket; raises Conflict when the port is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Only of a socket that says it is TCP does asyncio send small packets at once; else the end of
    # each answer waits 40 ms for the other side to confirm its beginning.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        raise Conflict(
            Text(
                f"无法监听 {settings.host}:{settings.port}：端口被占用或不允许使用",
                f"Cannot listen on {settings.host}:{settings.port}: taken or not allowed",
            ),
            hint=Text(
                "用 --port 换一个端口，例如 --port 8788。",
                "Choose another with --port, such as --port 8788.",
            ),
            where="port",
        ) from error
    listener.set_inheritable(False)
    return listener


class _Server(uvicorn.Server):
    """Says when it is up, lets go who only waits when it stops, and ends by returning, where
    uvicorn would raise the signal again."""

    def __init__(self, config: uvicorn.Config, waking: Waking) -> None:
        super().__init__(config)
        self.up = asyncio.Event()
        self._waking = waking

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._waking.close()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {
            number: signal.signal(number, self.handle_exit)
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@contextmanager
def _published(settings: Settings, address: Address) -> Iterator[None]:
    card = _card(settings)
    draft = card.with_suffix(".part")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(address), file)
    draft.replace(card)
    try:
        yield
    finally:
        card.unlink(missing_ok=True)


def _card(settings: Settings) -> Path:
    return settings.data / "server.json"


def _reachable(host: str) -> str:
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 # Compared, not listened on.
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
