"""Take the pictures of the documentation: the demo shop's main screens, chat and desk, in Chinese.

.venv/bin/python -m scripts.pictures
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chromium import FLAGS, ensure_chinese_font, find_chromium
from tests.server import Server

ROOT = Path(__file__).parents[1]
SCREENS = ("start", "overview", "goods", "orders", "import", "answers", "ask")
SLOW_MS = 120_000
"""For the first answer of a process, on a machine that does other things too."""
QUESTION = "这个碗能放洗碗机吗"
PRODUCT = "YX01"
CHAT = ("这个能进微波炉吗", "寄到的时候包装破了，里面碎了两只，要怎么赔")
"""What is asked on a product's page. The second is handed over, and waits on top at the desk."""
HANDED_OVER = "转接人工中"
QUEUE = (
    ("釉下的花纹能照我的画来烧吗",),
    ("能帮我在碗底刻个名字吗",),
    ("想买一套送长辈，两百块以内有什么推荐",),
)
"""What other shoppers say, each of which is handed over."""


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
        page = visitor(browser).new_page()
        page.goto(server.sign_in_url)
        page.wait_for_url(lambda url: "token=" not in url)
        settle(page, server.url)
        for screen in SCREENS:
            page.goto(f"{server.url}/shops/demo/{screen}")
            page.wait_for_load_state("networkidle")
            if screen == "ask":
                ask(page)
            take(page, folder / f"{screen}.webp")
            if screen == "start":
                page.get_by_role("button", name="收起向导").click()
        # The chat is taken when all has been read: a shopper is answered once.
        address = f"{server.url}/demo-shop/index.html?key={quote(key_of(page))}"
        shopper = talk(browser, f"{address}#{PRODUCT}", CHAT)
        shopper.get_by_text(HANDED_OVER).wait_for(timeout=SLOW_MS)
        take(shopper, folder / "chat.webp")
        for said in QUEUE:
            talk(browser, address, said)
        page.goto(f"{server.url}/shops/demo/desk?tab=queue")
        page.get_by_role("list", name="会话").get_by_role("link").first.click()
        page.get_by_role("button", name="放进输入框").wait_for(timeout=SLOW_MS)
        take(page, folder / "desk.webp")
        browser.close()


def visitor(browser: Browser) -> BrowserContext:
    """A browser that nobody has used."""
    return browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", device_scale_factor=1
    )


def settle(page: Page, url: str) -> None:
    """Have the owner choose a password, so that no picture asks for one."""
    given = {"name": "阿檐", "email": "owner@example.com", "new": "valley-river-cup-17"}
    answer = page.request.post(f"{url}/api/auth/password", data=given, headers={"X-Zhanggui": "1"})
    assert answer.ok, answer.text()


def take(page: Page, path: Path) -> None:
    """Write what the window shows, once it rests."""
    page.wait_for_timeout(1_000)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.save(path, quality=82, method=6)


def key_of(page: Page) -> str:
    """The publishable key of the demo shop's chat."""
    origin = page.url.partition("/shops/")[0]
    answer = page.request.get(f"{origin}/api/shops/demo/tools/service.widget")
    return str(answer.json()["key"])


def talk(browser: Browser, address: str, texts: tuple[str, ...]) -> Page:
    """A shopper's page, on which this was said in the chat and replied to."""
    page = visitor(browser).new_page()
    page.goto(address)
    page.locator("zhanggui-chat").get_by_role("button", name=re.compile("^联系客服")).click()
    chat = page.get_by_role("dialog")
    replies = chat.get_by_role("log").locator(".message.ai .bubble")
    for at, text in enumerate(texts):
        field = chat.get_by_role("textbox", name="消息")
        field.fill(text)
        field.press("Enter")
        replies.nth(at).wait_for(timeout=SLOW_MS)
    return page


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
