"""A server that speaks OpenAI's chat completions on loopback, and does what it is told to, faults
included. It stands in for DashScope's compatible mode, vLLM and their like, which cannot be reached
from a test; the client that speaks to it is the real one."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

ANSWER = "亲，您好！"


@dataclass
class Does:
    """What the server does with one request. `cut` ends the connection after so many parts."""

    text: str = ANSWER
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    finish: str = "stop"
    wait_s: float = 0.0
    cut: int | None = None
    calls: list[dict[str, Any]] = field(default_factory=list)
    code: str | None = None


class Stub:
    """Does what is next in `script`, and answers well after that; keeps what it was asked."""

    def __init__(self) -> None:
        self.script: deque[Does] = deque()
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.url = ""
        self.models = ["qwen-small", "qwen-vl-small", "text-embed-small"]
        self.open = 0
        self.most_open = 0
        self.began = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
                self.keys.append(headers.get("authorization", ""))
                if lines[0].startswith("GET"):
                    await self._list(writer)
                    continue
                body = json.loads(await reader.readexactly(int(headers["content-length"])))
                self.asked.append(body)
                self.open += 1
                self.began.set()
                self.most_open = max(self.most_open, self.open)
                try:
                    does = self.script.popleft() if self.script else Does()
                    await asyncio.sleep(does.wait_s)
                    if not await self._do(does, body, writer):
                        return
                finally:
                    self.open -= 1
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _list(self, writer: asyncio.StreamWriter) -> None:
        does = self.script.popleft() if self.script else Does()
        named = [{"id": name, "object": "model"} for name in self.models]
        body = json.dumps({"object": "list", "data": named}).encode()
        await _whole(writer, does, does.body or body)

    async def _do(self, does: Does, body: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        if does.status == 0:
            return False
        if does.status != 200:
            problem = {"error": {"message": "no", "type": "x", "code": does.code}}
            await _whole(writer, does, json.dumps(problem).encode())
            return True
        if body.get("stream"):
            return await self._stream(does, writer)
        message = {"role": "assistant", "content": does.text, "tool_calls": does.calls or None}
        answer = {
            "id": "c1", "object": "chat.completion", "created": 1, "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": does.finish}],
            "usage": {"prompt_tokens": 20, "completion_tokens": 5, "total_tokens": 25},
        }  # fmt: skip
        await _whole(writer, does, does.body or json.dumps(answer).encode())
        return True

    async def _stream(self, does: Does, writer: asyncio.StreamWriter) -> bool:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n")
        writer.write(b"transfer-encoding: chunked\r\n\r\n")
        for number, letter in enumerate(does.text):
            if number == does.cut:
                return False
            _chunk(writer, _part({"content": letter}))
            await writer.drain()
        _chunk(writer, _part({}, does.finish))
        usage = {"prompt_tokens": 20, "completion_tokens": 5, "total_tokens": 25}
        _chunk(writer, {**_part({}), "choices": [], "usage": usage})
        writer.write(b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n")
        await writer.drain()
        return True


def _part(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {
        "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m",
        "choices": [choice],
    }  # fmt: skip


def _chunk(writer: asyncio.StreamWriter, part: dict[str, Any]) -> None:
    data = f"data: {json.dumps(part)}\n\n".encode()
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")


async def _whole(writer: asyncio.StreamWriter, does: Does, body: bytes) -> None:
    headers = {"content-type": "application/json", "content-length": str(len(body))} | does.headers
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"HTTP/1.1 {does.status} X\r\n{told}\r\n".encode() + body)
    await writer.drain()


@asynccontextmanager
async def serving():
    """The stub, for as long as the block lasts."""
    stub = Stub()
    server = await asyncio.start_server(stub.serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    stub.url = f"http://{host}:{port}/v1"
    async with server:
        yield stub
        server.close()


@contextmanager
def stub_server() -> Iterator[Stub]:
    """The stub in a loop and thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    served = serving()
    try:
        yield asyncio.run_coroutine_threadsafe(served.__aenter__(), loop).result(30)
    finally:
        asyncio.run_coroutine_threadsafe(served.__aexit__(None, None, None), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()


def models_file(url: str) -> str:
    """A ``models.toml`` with two models of a server: ``small`` plays ``fast``, after ``large``,
    which lacks its key."""
    return f"""
[providers.local]
base_url = "{url}"

[providers.cloud]
base_url = "{url}"
key_env = "A_KEY_THAT_NOBODY_SET"

[models.small]
provider = "local"
model = "qwen-small"
price_read = 0.3
price_written = 6

[models.large]
provider = "cloud"
model = "qwen-large"

[roles]
fast = ["large", "small"]
"""
