"""A server that speaks OpenAI's chat completions as cheaply as one can: it answers in one piece, or
in parts with a pause before each. Run as a process of its own, so that its work is not measured.

    python -m bench._chat_server PARTS PAUSE_MS

prints its address and serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress

_ANSWER = {
    "id": "c1",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": '{"reply": "亲，签收后7天内可以退哦。"}'},
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 20, "completion_tokens": 5, "total_tokens": 25},
}
_WHOLE = json.dumps(_ANSWER).encode()
_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


def _part(delta: dict[str, str], finish: str | None = None) -> bytes:
    part = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    data = f"data: {json.dumps(part)}\n\n".encode()
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


_PIECE, _END = _part({"content": "七天内"}), _part({}, "stop")
_DONE = b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"


async def _serve(parts: int, pause_s: float) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]
                body = await reader.readexactly(int(length))
                if b'"stream":true' in body.replace(b" ", b""):
                    writer.write(_HEAD)
                    for _ in range(parts):
                        writer.write(_PIECE)
                        await writer.drain()
                        await asyncio.sleep(pause_s)
                    writer.write(_END + _DONE)
                else:
                    length = str(len(_WHOLE)).encode()
                    writer.write(
                        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                        + length
                        + b"\r\n\r\n"
                        + _WHOLE
                    )
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1000)
    host, port = server.sockets[0].getsockname()
    print(f"http://{host}:{port}/v1", flush=True)
    async with server:
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2]) / 1000))
