"""How smoothly the console's orders go by when there are a hundred thousand.

    python -m bench.console_scroll [ROWS]

A shop is filled with ROWS orders (100,000) and served; a Chromium without a screen turns to pages
at the beginning, in the middle and at the end of the list and scrolls each from top to bottom with
its wheel. Prints one JSON object: the longest frame while scrolling and the 99th percentile, the
longest while nothing happens, and how long it takes until a page that was opened anew is shown, all
in milliseconds. Fails when a page shows other orders than those that stand there.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import numpy as np
from playwright.sync_api import Page, expect, sync_playwright
from sqlalchemy import Table

from tests.browser.chromium import FLAGS, ensure_chinese_font, find_chromium
from tests.server import Server
from zhanggui import rooms
from zhanggui.base import schema
from zhanggui.base.bulk import insert_many
from zhanggui.base.runtime import opened
from zhanggui.base.settings import Settings
from zhanggui.shop.models import Order
from zhanggui.shop.opening import open_shop

SHOP = "bench"
PAGE = 50
AT_ONCE = 5_000
FIRST = datetime(2026, 1, 1, tzinfo=UTC)

FRAMES = """() => {
    window.frames_ = []
    let before = performance.now()
    const look = (now) => {
        window.frames_.push(now - before)
        before = now
        requestAnimationFrame(look)
    }
    requestAnimationFrame((now) => { before = now; requestAnimationFrame(look) })
}"""


def order_id(number: int) -> str:
    """The id of the order that was made as the `number`-th, from 0."""
    return f"4099{number:015d}"


async def fill(data: Path, rows: int) -> None:
    """Make the shop, an order a minute."""
    rooms.load_models()
    settings = Settings(data=data)
    await asyncio.to_thread(schema.upgrade, settings)
    async with opened(settings) as runtime:
        await open_shop(runtime, SHOP, "千单万单")
        for start in range(0, rows, AT_ONCE):
            orders = [
                {
                    "shop_id": SHOP,
                    "id": order_id(number),
                    "buyer_nick": f"买家{number % 7_919}",
                    "status": "completed",
                    "paid_fen": 1_000 + number % 90_000,
                    "created_at": FIRST + timedelta(minutes=number),
                    "titles": ["恒温电热水壶 家用烧水一体 大容量"],
                    "quantity": 1,
                    "address_changed": False,
                    "paid_by_line": False,
                }
                for number in range(start, min(start + AT_ONCE, rows))
            ]
            async with runtime.db.transaction(SHOP) as session:
                await insert_many(session, cast("Table", Order.__table__), orders)


def rest(page: Page) -> list[float]:
    """Milliseconds of each frame of a second in which nothing happens: what the machine does."""
    page.evaluate("window.frames_.length = 0")
    page.wait_for_timeout(1_000)
    frames: list[float] = page.evaluate("window.frames_")
    return frames


def scroll(page: Page) -> list[float]:
    """Milliseconds of each frame on the way from top to bottom."""
    page.mouse.move(800, 500)
    page.evaluate("window.frames_.length = 0")
    for _ in range(200):
        page.mouse.wheel(0, 120)
        at, end = page.evaluate("[scrollY + innerHeight, document.documentElement.scrollHeight]")
        if at >= end - 1:
            break
    frames: list[float] = page.evaluate("window.frames_")
    return frames


def measure(page: Page, url: str, rows: int) -> dict[str, object]:
    """Look at nine pages of the list; raises AssertionError for one that shows other orders."""
    last = -(-rows // PAGE)
    frames: list[float] = []
    idle: list[float] = []
    turns: list[float] = []
    for number in (1, 2, 3, last // 2, last // 2 + 1, last // 2 + 2, last - 2, last - 1, last):
        started = time.perf_counter()
        page.goto(f"{url}/shops/{SHOP}/orders?page={number}")
        first = order_id(rows - 1 - (number - 1) * PAGE)
        expect(page.locator("tbody tr[data-row-key]").first).to_have_attribute(
            "data-row-key", first, timeout=60_000
        )
        turns.append((time.perf_counter() - started) * 1_000)
        page.wait_for_load_state("networkidle")
        page.evaluate(FRAMES)
        idle += rest(page)
        frames += scroll(page)
        print(f"page {number} of {last}", file=sys.stderr)
    return {
        "rows": rows,
        "pages_looked_at": len(turns),
        "frames": len(frames),
        "longest_frame_ms": round(max(frames), 1),
        "longest_frame_at_rest_ms": round(max(idle), 1),
        "p99_frame_ms": round(float(np.percentile(frames, 99)), 1),
        "page_shown_ms_median": round(float(np.median(turns))),
        "page_shown_ms_most": round(max(turns)),
    }


def main() -> None:
    """Fill, serve, look."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    ensure_chinese_font()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        asyncio.run(fill(data, rows))
        command = Path(sys.executable).with_name("zhanggui")
        with Server(command, data) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
            page.goto(server.sign_in_url)
            page.wait_for_url(lambda url: "token=" not in url)
            print(json.dumps(measure(page, server.url, rows), indent=2))
            browser.close()


if __name__ == "__main__":
    main()
