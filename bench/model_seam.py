"""What the seam to models costs beside the bare SDK, and what many streams at once take.

    python -m bench.model_seam [--calls 400] [--streams 500]

asks a chat server on loopback (a process of its own) the same things in turn by the openai SDK
alone and by the seam: masked, admitted against two budgets, tried, restored and entered into the
ledger of a database on disk. Then streams run at once through the seam. Prints one JSON object:
CPU milliseconds of this process for a call (`spaced`: so far apart that nothing is written down
together), and the resident memory that streams add to idle.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import openai
import psutil  # type: ignore[import-untyped]

from zhanggui import rooms
from zhanggui.ai import ChatMessage, ChatRequest, Purpose, language_of, roster_of
from zhanggui.ai import tools as ai_tools
from zhanggui.base import logs, schema, tools
from zhanggui.base.principals import SYSTEM
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.service.wording import PROMPT

__all__ = ["ai_tools"]

SHOP = "seam"
PARTS, PAUSE_MS = 100, 50
ROUNDS = 8
SPACED = 40
"""Calls that come so far apart that each is written down by itself."""
GIVEN = {
    "草稿": "签收后7天内可以退货，运费由买家承担。",
    "依据": ["签收后7天内可以退货，运费由买家承担。吊牌要在。", "退货地址以售后页面为准。"],
    "买家的话": "我是13812345678，收件人王小明，地址建国路88号5号楼，能退吗",
    "语气": "亲切、简短",
}
REQUEST = PROMPT.request(GIVEN, private=("小鱼儿",))
PURPOSE = Purpose(SHOP, "service", PROMPT.tag, "conv_1", has_shoppers_words=True)


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    """The address of a chat server in a process of its own."""
    command = [sys.executable, "-m", "bench._chat_server", str(PARTS), str(PAUSE_MS)]
    server = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert server.stdout is not None
        yield (await server.stdout.readline()).decode().strip()
    finally:
        server.kill()
        await server.wait()


@asynccontextmanager
async def house(url: str, at_once: int) -> AsyncIterator[Runtime]:
    """A throw-away house with a model at `url`, and budgets that are far from spent."""
    with tempfile.TemporaryDirectory(prefix="zhanggui-seam-") as folder:
        settings = Settings(data=Path(folder), database_url=None, database_owner_url=None)
        (settings.data / "models.toml").write_text(
            f'[providers.p]\nbase_url = "{url}"\nat_once = {at_once}\n'
            '[models.m]\nprovider = "p"\nmodel = "m"\nprice_read = 0.3\nprice_written = 6\n'
            '[roles]\nfast = ["m"]\n',
            encoding="utf-8",
        )
        await asyncio.to_thread(schema.upgrade, settings)
        async with opened(settings) as runtime:
            for room in ("*", "service"):
                given = {"room": room, "daily_fen": 100_000, "monthly_fen": 1_000_000}
                await tools.call(runtime, "ai.save_budget", given, shop_id=SHOP, principal=SYSTEM)
            yield runtime
            await roster_of(runtime).close()


async def cpu_ms(
    ask: Callable[[], Awaitable[object]], calls: int, *, pause_s: float = 0.0
) -> float:
    """CPU milliseconds of this process for a call, all its threads', with a pause after each."""
    started = time.process_time()
    for _ in range(calls):
        await ask()
        if pause_s:
            await asyncio.sleep(pause_s)
    return (time.process_time() - started) * 1000 / calls


async def calls_cost(url: str, calls: int) -> dict[str, float]:
    """The bare SDK's and the seam's cost, in turns, so that both see the same machine."""
    async with house(url, 8) as runtime:
        language = language_of(runtime)
        client = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
        shape = {"name": "reply", "schema": REQUEST.json_schema, "strict": True}

        messages: list[Any] = [
            {"role": each.role, "content": each.text} for each in REQUEST.messages
        ]

        async def bare() -> object:
            form: Any = {"type": "json_schema", "json_schema": shape}
            return await client.chat.completions.create(
                model="m", messages=messages, max_tokens=2000, response_format=form
            )

        async def seam() -> object:
            return await language.reply("fast", REQUEST, PURPOSE)

        await cpu_ms(bare, 20)
        await cpu_ms(seam, 20)
        bares, seams = [], []
        for _ in range(ROUNDS):
            bares.append(await cpu_ms(bare, calls // ROUNDS))
            seams.append(await cpu_ms(seam, calls // ROUNDS))
            await roster_of(runtime).settle()
        alone = await cpu_ms(seam, SPACED, pause_s=0.3)
        bare_alone = await cpu_ms(bare, SPACED, pause_s=0.3)
        await client.close()
    more = [seam - bare for seam, bare in zip(seams, bares, strict=True)]
    return {
        "bare_ms": round(statistics.median(bares), 2),
        "seam_ms": round(statistics.median(seams), 2),
        "more_ms": round(statistics.median(more), 2),
        "most_more_ms": round(max(more), 2),
        "spaced_more_ms": round(alone - bare_alone, 2),
    }


async def streams_cost(url: str, streams: int) -> dict[str, float]:
    """The memory that so many streams at once add, in MB (millions of bytes), at their highest."""
    async with house(url, streams) as runtime:
        language, me = language_of(runtime), psutil.Process()
        asked = ChatRequest([ChatMessage("user", "能退吗？13812345678")])
        open_now, most_open = 0, 0

        async def one() -> int:
            nonlocal open_now, most_open
            parts = 0
            async for part in language.stream("fast", asked, PURPOSE):
                if parts == 0:
                    open_now += 1
                    most_open = max(most_open, open_now)
                parts += isinstance(part, str)
            open_now -= 1
            return parts

        await one()
        await roster_of(runtime).settle()
        idle = highest = me.memory_info().rss

        async def watch() -> None:
            nonlocal highest
            while True:
                highest = max(highest, me.memory_info().rss)
                await asyncio.sleep(0.05)

        watching = asyncio.create_task(watch())
        counts = await asyncio.gather(*(one() for _ in range(streams)))
        watching.cancel()
        await roster_of(runtime).settle()
    if set(counts) != {PARTS}:
        raise SystemExit(f"a stream was not whole: {sorted(set(counts))}")
    return {
        "streams": streams,
        "most_open_at_once": most_open,
        "idle_mb": round(idle / 1e6, 1),
        "more_mb": round((highest - idle) / 1e6, 1),
    }


async def measure(calls: int, streams: int) -> dict[str, object]:
    """All figures."""
    async with served() as url:
        cost = await calls_cost(url, calls)
        print("calls measured", file=sys.stderr)
        return {"calls": calls, **cost, **await streams_cost(url, streams)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=400)
    parser.add_argument("--streams", type=int, default=500)
    given = parser.parse_args()
    rooms.load_tools()
    logs.configure(Settings().model_copy(update={"log_level": "error"}))
    print(json.dumps(asyncio.run(measure(given.calls, given.streams))))


if __name__ == "__main__":
    main()
