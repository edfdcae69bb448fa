"""How smoothly the console's orders go by when there are a hundred thousand.

    python -m bench.console_scroll [ROWS]

A shop is filled with ROWS orders (100,000) and served; a Chromium without a screen opens the list
and scrolls it with its wheel from the beginning, from the middle and from near the end, then jumps
to twenty places as if by the scroll bar. Prints one JSON object: the longest frame while scrolling
and the 99th percentile, the longest of all jumps and while nothing happens, and how long it
takes until the rows of a place that was jumped to are there, all in milliseconds. Fails when other
orders are shown than those that stand at a place.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
from playwright.sync_api import Page, sync_playwright
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


def frames_of(page: Page, act: Callable[[], None]) -> list[float]:
    """Milliseconds of each frame while something is done."""
    page.evaluate("window.frames_.length = 0")
    act()
    frames: list[float] = page.evaluate("window.frames_")
    return frames


def wheel(page: Page) -> None:
    """Two hundred turns of the wheel."""
    page.mouse.move(800, 500)
    for _ in range(200):
        page.mouse.wheel(0, 120)


def jump(page: Page, part: float) -> None:
    """Go to a part of the page, from 0 to 1, at once."""
    page.evaluate("part => scrollTo(0, part * document.documentElement.scrollHeight)", part)


def check(page: Page, rows: int) -> None:
    """Wait until rows have come and see that they are those that stand there."""
    page.wait_for_function("""() => {
        const seen = [...document.querySelectorAll('tbody tr')].filter((row) => {
            const { top, bottom } = row.getBoundingClientRect()
            return bottom > 100 && top < innerHeight && row.getBoundingClientRect().height < 200
        })
        return seen.length > 5 && seen.every((row) => row.dataset.rowKey)
    }""")
    shown: list[list[str]] = page.evaluate("""() =>
        [...document.querySelectorAll('tbody tr[data-row-key]')].map(
            (row) => [row.getAttribute('aria-rowindex'), row.dataset.rowKey])""")
    wrong = [row for row in shown if row[1] != order_id(rows - 1 - (int(row[0]) - 2))]
    if wrong:
        raise AssertionError(f"other orders than stand there: {wrong[:3]}")


def leap(page: Page, part: float, rows: int) -> None:
    """Jump, and wait for what stands there."""
    jump(page, part)
    check(page, rows)


def measure(page: Page, url: str, rows: int) -> dict[str, object]:
    """Scroll and jump; raises AssertionError where other orders are shown."""
    page.goto(f"{url}/shops/{SHOP}/orders")
    page.locator("tbody tr[data-row-key]").first.wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.evaluate(FRAMES)
    idle = frames_of(page, lambda: page.wait_for_timeout(1_000))
    rolled: list[float] = []
    for part in (0.0, 0.5, 0.99):
        jump(page, part)
        check(page, rows)
        rolled += frames_of(page, partial(wheel, page))
        check(page, rows)
    jumped: list[float] = []
    came: list[float] = []
    for number in range(20):
        started = time.perf_counter()
        part = number * 0.618 % 1
        jumped += frames_of(page, partial(leap, page, part, rows))
        came.append((time.perf_counter() - started) * 1_000)
    return {
        "rows": rows,
        "frames": len(rolled),
        "longest_frame_ms": round(max(rolled), 1),
        "p99_frame_ms": round(float(np.percentile(rolled, 99)), 1),
        "longest_frame_of_jumps_ms": round(max(jumped), 1),
        "longest_frame_at_rest_ms": round(max(idle), 1),
        "rows_come_ms_median": round(float(np.median(came))),
        "rows_come_ms_most": round(max(came)),
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
