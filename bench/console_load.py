"""How much JavaScript each screen of the console brings when it is the first that is opened.

    python -m bench.console_load

Serves the demo shop to a Chromium without a screen, with nothing cached, and adds up the scripts
that each screen loads, as gzip packs them. Prints one JSON object of KB by screen. Fails when a
screen brings more than 350 KB or fetches anything from another host, or when the script of the
shopper's chat, which is told beside the screens, has more than 40 KB.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Response, StorageState, sync_playwright

from tests.browser.chromium import FLAGS, ensure_chinese_font, find_chromium
from tests.server import Server

LARGEST_KB = 350
LARGEST_WIDGET_KB = 40
SCREENS = (
    "start",
    "overview", "orders", "refunds", "goods", "coupons", "buyers", "import", "answers", "ask",
    "studio", "studio/new", "studio-works", "studio-cuts", "studio-kit",
    "desk", "assist", "gaps", "work", "evaluation", "quality", "service-report", "models",
    "settings",
)  # fmt: skip


def scripts_kb(browser: Browser, state: StorageState, url: str, screen: str) -> float:
    """KB of gzipped scripts of a screen opened with an empty cache."""
    context = browser.new_context(storage_state=state, locale="zh-CN")
    page = context.new_page()
    sizes: list[int] = []

    def look(response: Response) -> None:
        if not response.url.startswith((url, "data:", "blob:")):
            raise AssertionError(f"{screen} fetched {response.url}")
        if response.request.resource_type == "script":
            sizes.append(len(gzip.compress(response.body())))

    page.on("response", look)
    page.goto(f"{url}/shops/demo/{screen}")
    page.wait_for_load_state("networkidle")
    context.close()
    return round(sum(sizes) / 1024, 1)


def widget_kb(url: str) -> float:
    """KB of the chat's script, gzipped."""
    return round(len(gzip.compress(httpx.get(f"{url}/widget.js").content)) / 1024, 1)


def main() -> None:
    """Open every screen."""
    ensure_chinese_font()
    command = Path(sys.executable).with_name("zhanggui")
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(command, Path(folder) / "data") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        page.goto(server.sign_in_url)
        page.wait_for_url(lambda url: "token=" not in url)
        state = context.storage_state()
        found = {each: scripts_kb(browser, state, server.url, each) for each in SCREENS}
        browser.close()
        widget = widget_kb(server.url)
    print(json.dumps({**found, "widget.js": widget}))
    if max(found.values()) > LARGEST_KB:
        raise SystemExit(f"more than {LARGEST_KB} KB")
    if widget > LARGEST_WIDGET_KB:
        raise SystemExit(f"the chat has more than {LARGEST_WIDGET_KB} KB")


if __name__ == "__main__":
    main()
