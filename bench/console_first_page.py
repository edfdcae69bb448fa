"""How soon the console's first page can be used, beside an empty page of Ant Design.

    python -m bench.console_first_page [RUNS]

Builds a page with nothing but a layout, a heading and a button of Ant Design, in Chinese like the
console (a browser takes long to find its first Chinese letter) and with its packages and tools, and
serves the demo shop. A Chromium without a screen opens in turn, RUNS
times (7) and with nothing cached: that page, the sign-in, and the overview of the shop. Prints one
JSON object of medians in milliseconds: the first and the largest contentful paint; "usable", when
the heading stood there, nothing was marked as loading any more, and no long task ran from then on;
the time over 50 ms of long tasks ("blocked"); the CPU time of scripts, styles and layouts; and the
ratios to the empty page. Neither network nor CPU is slowed down.
"""

from __future__ import annotations

import functools
import http.server
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.browser.chromium import FLAGS, ensure_chinese_font, find_chromium
from tests.server import Server

CONSOLE = Path(__file__).resolve().parents[1] / "console"
NODE = Path(sys.executable).with_name("node")

MAIN = """
import { App, Button, ConfigProvider, Layout } from "antd";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <ConfigProvider>
      <App>
        <Layout>
          <Layout.Content>
            <h1>空白的页面</h1>
            <Button type="primary">按钮</Button>
          </Layout.Content>
        </Layout>
      </App>
    </ConfigProvider>
  </StrictMode>,
);
"""
SETTLE_S = 45
"""What a server that was just started needs to read its first shop."""
INDEX = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>Empty</title>'
    '<div id="root"></div><script type="module" src="/main.tsx"></script></html>'
)
CONFIG = """
import react from "@vitejs/plugin-react";
export default { plugins: [react()], build: { target: "es2022", chunkSizeWarningLimit: 2000 } };
"""

WATCH = """() => {
    window.seen_ = { paints: {}, long: [] }
    const watch = (type, take) => {
        const observer = new PerformanceObserver((list) => list.getEntries().forEach(take))
        observer.observe({ type, buffered: true })
    }
    watch('paint', (entry) => { seen_.paints[entry.name] = entry.startTime })
    watch('largest-contentful-paint', (entry) => { seen_.paints.largest = entry.startTime })
    watch('longtask', (entry) => seen_.long.push([entry.startTime, entry.duration]))
    const heading = () => {
        const loading = document.querySelector('output[aria-label]')
        const there = document.querySelector('h1')?.innerText && !loading
        if (there) seen_.heading = performance.now()
        else requestAnimationFrame(heading)
    }
    requestAnimationFrame(heading)
}"""

READ = """() => {
    const { paints, long, heading } = seen_
    const after = long.map(([start, took]) => start + took).filter((end) => end > heading)
    return {
        first_paint: paints['first-contentful-paint'],
        largest_paint: paints.largest,
        usable: Math.max(heading, ...after),
        blocked: long.reduce((sum, [, took]) => sum + took - 50, 0),
    }
}"""


def build_empty(folder: Path) -> Path:
    """The built empty page."""
    (folder / "node_modules").symlink_to(CONSOLE / "node_modules")
    (folder / "main.tsx").write_text(MAIN, "utf-8")
    (folder / "index.html").write_text(INDEX, "utf-8")
    (folder / "vite.config.ts").write_text(CONFIG, "utf-8")
    vite = folder / "node_modules/vite/bin/vite.js"
    subprocess.run([NODE, vite, "build"], cwd=folder, check=True, capture_output=True)
    return folder / "dist"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_request(self, *args: object) -> None:
        """Nothing."""


def serve(folder: Path) -> str:
    """Where the files of a folder are, on this machine, until the program ends."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def look(browser: Browser, url: str, state: StorageState | None) -> dict[str, float]:
    """The figures of a page opened by a browser that has cached nothing."""
    context = browser.new_context(storage_state=state, locale="zh-CN")
    page = context.new_page()
    page.add_init_script(f"({WATCH})()")
    cdp = context.new_cdp_session(page)
    cdp.send("Performance.enable")
    page.goto(url)
    page.wait_for_function("() => window.seen_.heading")
    page.wait_for_load_state("networkidle")
    found: dict[str, float] = page.evaluate(READ)
    metrics = {
        each["name"]: each["value"] for each in cdp.send("Performance.getMetrics")["metrics"]
    }
    found["cpu"] = 1000 * sum(
        metrics[name] for name in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
    )
    context.close()
    return found


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    """The middle of each figure."""
    return {name: round(statistics.median(run[name] for run in runs), 1) for name in runs[0]}


def main() -> None:
    """Build, serve, look."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    ensure_chinese_font()
    command = Path(sys.executable).with_name("zhanggui")
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(command, Path(folder) / "data") as server,
        sync_playwright() as playwright,
    ):
        source = Path(folder) / "empty"
        source.mkdir()
        empty = serve(build_empty(source))
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        page.goto(server.sign_in_url)
        page.wait_for_url(lambda url: "token=" not in url)
        state = context.storage_state()
        context.close()
        pages: dict[str, tuple[str, StorageState | None]] = {
            "empty": (empty, None),
            "sign_in": (f"{server.url}/sign-in", None),
            "overview": (f"{server.url}/shops/demo/overview", state),
        }
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
        time.sleep(SETTLE_S)
        for _ in range(times + 1):
            for name, (url, who) in pages.items():
                runs[name].append(look(browser, url, who))
        browser.close()
    # The first time warms the machine, not the browser.
    found = {name: medians(each[1:]) for name, each in runs.items()}
    base = found["empty"]
    ratios = {
        name: {each: round(figures[each] / base[each], 2) for each in figures if base[each]}
        for name, figures in found.items()
    }
    print(json.dumps({"ms": found, "ratio_to_empty": ratios}, indent=2))


if __name__ == "__main__":
    main()
