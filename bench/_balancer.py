"""One address for several servers: ``python -m bench._balancer PORT BACKEND_PORT…``.

Each connection goes to the next server that takes it, as behind a load balancer at the level of
TCP; when its server ends, the connection ends. Stops with its input.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
from asyncio import StreamReader, StreamWriter


async def _carried(source: StreamReader, target: StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()
    target.close()


async def main(port: int, backends: list[int]) -> None:
    """Carry until nobody needs it any more."""
    turns = itertools.cycle(range(len(backends)))

    async def carry(reader: StreamReader, writer: StreamWriter) -> None:
        first = next(turns)
        for backend in backends[first:] + backends[:first]:
            with contextlib.suppress(OSError):
                there, back = await asyncio.open_connection("127.0.0.1", backend)
                await asyncio.gather(_carried(reader, back), _carried(there, writer))
                return
        writer.close()

    async with await asyncio.start_server(carry, "127.0.0.1", port):
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), [int(each) for each in sys.argv[2:]]))
