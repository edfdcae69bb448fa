"""Take the pictures of the documentation: the demo shop's main screens, in Chinese.

.venv/bin/python -m scripts.pictures
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import FLAGS, ensure_chinese_font, find_chromium
from tests.server import Server

ROOT = Path(__file__).parents[1]
SCREENS = ("overview", "goods", "orders", "import", "answers", "start", "ask")
QUESTION = "这个碗能放洗碗机吗"


def main() -> None:
    """Write docs/pictures/<screen>.webp."""
    ensure_chinese_font()
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    command = Path(sys.executable).with_name("zhanggui")
    with (
        tempfile.TemporaryDirectory() as data,
        Server(command, Path(data) / "data") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        page = browser.new_page(
            viewport={"width": 1440, "height": 900}, locale="zh-CN", device_scale_factor=1
        )
        page.goto(server.sign_in_url)
        page.wait_for_url(lambda url: "token=" not in url)
        for screen in SCREENS:
            page.goto(f"{server.url}/shops/demo/{screen}")
            page.wait_for_load_state("networkidle")
            if screen == "ask":
                ask(page)
            page.wait_for_timeout(1_000)
            picture = Image.open(io.BytesIO(page.screenshot()))
            picture.save(folder / f"{screen}.webp", quality=82, method=6)
        browser.close()


def ask(page: Page) -> None:
    """Put a question, so that the picture shows an answer with its sources; again until the server,
    which has just started, has read all that the shop knows, and once more, since the first answer
    after that takes longer than any other."""
    whole = False
    while not whole:
        whole = answer(page)
        page.wait_for_timeout(0 if whole else 6_000)
        page.get_by_role("button", name="重新开始").click()
    answer(page)


def answer(page: Page) -> bool:
    """Ask, and say whether everything had been read."""
    box = page.get_by_role("textbox").last
    box.fill(QUESTION)
    box.press("Enter")
    page.get_by_role("article").wait_for()
    return page.get_by_text("店里的资料还在读入").count() == 0


if __name__ == "__main__":
    main()
