"""A receiver of webhooks on this machine that behaves as it is told, well or badly."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from dataclasses import dataclass, field
from typing import Any, Literal, Self

Behaviour = Literal["close", "hang", "flood"]


@dataclass(frozen=True)
class Reply:
    """What it answers."""

    code: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"ok"


@dataclass(frozen=True)
class Got:
    """What it was sent."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told


class Receiver:
    """Answers each request as the next of `script` says, and as `usual` when that is used up."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.got: list[Got] = []
        self.script: list[Reply | Behaviour] = []
        self.usual: Reply | Behaviour = Reply()
        self._came = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._server.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def ids(self) -> list[str]:
        return [got.id for got in self.got]

    @property
    def types(self) -> list[str]:
        return [got.told["type"] for got in self.got]

    async def has(self, count: int) -> None:
        """Wait until so many requests have come."""
        async with self._came:
            await self._came.wait_for(lambda: len(self.got) >= count)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._answer(reader, writer)
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        body = await reader.readexactly(int(headers["content-length"]))
        async with self._came:
            self.got.append(Got(first.split()[1], headers, body))
            self._came.notify_all()
        behaviour = self.script.pop(0) if self.script else self.usual
        if behaviour == "hang":
            await reader.read()  # Until the sender has had enough.
        elif behaviour == "flood":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                writer.write(b"x" * 65536)
                await writer.drain()
        elif isinstance(behaviour, Reply):
            sent = {"content-length": str(len(behaviour.body)), **behaviour.headers}
            head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
            writer.write(f"HTTP/1.1 {behaviour.code} As told\r\n{head}\r\n".encode())
            writer.write(behaviour.body)
            await writer.drain()
