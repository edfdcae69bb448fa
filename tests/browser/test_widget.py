"""The shopper's chat on the demo shop's page, as a shopper and the shop's people use it."""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.browser.conftest import watched
from tests.conftest import ROOT
from tests.server import Server

AXE = ROOT / "console/node_modules/axe-core/axe.min.js"
LARGEST = 40 * 1024
"""Bytes of the script, gzipped."""
ANSWERED = "饭碗能放微波炉吗"
"""What the demo shop answers by itself."""
MARKUP = "<img src=x onerror=alert(1)>"
SLOW_MS = 120_000
"""For the first answer of a server, which reads and measures the shop before it."""
DROP = """panel => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["价格"], "价格.txt", { type: "text/plain" }));
    const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
    panel.dispatchEvent(event);
    return event.defaultPrevented;
}"""
"""Drops a text file; whether the browser was kept from opening it."""
expect.set_options(timeout=20_000)


@pytest.fixture
def key(owner_page: Page) -> str:
    """The publishable key of the demo shop's chat."""
    answer = owner_page.request.get("/api/shops/demo/tools/service.widget")
    assert answer.ok, answer.text()
    found: str = answer.json()["key"]
    return found


@pytest.fixture
def shopper(
    browser: Browser, server: Server, key: str, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """The demo shop's page in the browser of somebody who has never been there."""
    for page in watched(browser, server, request.node, None):
        page.goto(f"/demo-shop/index.html?key={quote(key)}")
        yield page


def chat(page: Page) -> Locator:
    return page.get_by_role("dialog")


def open_chat(page: Page) -> Locator:
    page.locator("zhanggui-chat").get_by_role("button", name=re.compile("^联系客服")).click()
    expect(chat(page)).to_be_visible()
    return chat(page)


def say(page: Page, text: str) -> None:
    field = chat(page).get_by_role("textbox", name="消息")
    field.fill(text)
    field.press("Enter")


def bubbles(page: Page, author: str) -> Locator:
    return chat(page).get_by_role("log").locator(f".message.{author} .bubble")


def token_of(page: Page) -> str:
    kept = page.evaluate(
        "Object.entries(localStorage).find(([name]) => name.endsWith('.token'))?.[1]"
    )
    assert kept
    return str(kept)


def unwatched(shopper: Page, key: str) -> Page:
    """Another page of the same browser, in place of the first. A browser logs what it could not
    fetch as an error, and that is what happens here."""
    shopper.goto("about:blank")
    page = shopper.context.new_page()
    page.goto(f"/demo-shop/index.html?key={quote(key)}")
    return page


def sent(page: Page, key: str, server: Server) -> list[str]:
    """What the server has of the shopper, read from the stream's first answer."""
    headers = {"authorization": f"Bearer {token_of(page)}"}
    texts: list[str] = []
    with httpx.stream(
        "GET", f"{server.url}/api/chat/{key}/stream", headers=headers, timeout=30
    ) as stream:
        name = ""
        for line in stream.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: ") and name == "message":
                message: dict[str, Any] = json.loads(line.removeprefix("data: "))
                if message["author"] == "shopper":
                    texts.append(message["text"])
            elif line.startswith("data: "):
                break  # Where it stands comes behind what was said.
    return texts


def serious(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        """async () => (await axe.run('zhanggui-chat')).violations
            .filter(({impact}) => impact === 'serious' || impact === 'critical')
            .flatMap(({id, nodes}) => nodes.map(({target}) => `${id} ${target}`))"""
    )
    return found


def test_a_shopper_asks_is_answered_and_finds_it_again(shopper: Page, key: str) -> None:
    page = shopper
    page.get_by_role("link", name="山月饭碗").click()
    open_chat(page)
    expect(chat(page).get_by_role("heading", name="檐下碗铺")).to_be_visible()
    say(page, ANSWERED)
    expect(bubbles(page, "shopper")).to_have_text([ANSWERED])
    expect(bubbles(page, "ai").last).to_contain_text("微波炉", timeout=SLOW_MS)
    said = bubbles(page, "ai").all_inner_texts()

    page.close()
    again = page.context.new_page()
    again.goto(f"/demo-shop/index.html?key={quote(key)}")
    open_chat(again)
    expect(bubbles(again, "shopper")).to_have_text([ANSWERED])
    expect(bubbles(again, "ai")).to_have_text(said)


def test_a_dropped_line_loses_and_doubles_nothing(shopper: Page, key: str, server: Server) -> None:
    page = unwatched(shopper, key)
    context = page.context
    open_chat(page)
    say(page, ANSWERED)
    expect(bubbles(page, "ai")).not_to_have_count(0, timeout=SLOW_MS)

    context.set_offline(True)
    say(page, "断网时的第一句")
    say(page, "断网时的第二句")
    expect(chat(page).get_by_text("网络断开了")).to_be_visible()
    assert serious(page) == []
    context.set_offline(False)
    expect(chat(page).get_by_text("网络断开了")).to_be_hidden()
    expect(chat(page).locator(".unsent")).to_have_count(0)

    # An answer that is lost on its way: the server has kept the message, the page cannot know.
    lost = iter(range(2))

    def lose(route: Any) -> None:
        if next(lost, None) is None:
            route.continue_()
        else:
            route.fetch()
            route.abort()

    page.route("**/messages", lose)
    say(page, "回执丢了的一句")
    say(page, "最后一句")
    expect(chat(page).locator(".unsent")).to_have_count(0)
    expected = [ANSWERED, "断网时的第一句", "断网时的第二句", "回执丢了的一句", "最后一句"]
    expect(bubbles(page, "shopper")).to_have_text(expected)
    page.unroute_all(behavior="wait")
    assert sent(page, key, server) == expected


def test_what_was_not_sent_outlives_the_page(shopper: Page, key: str, server: Server) -> None:
    page = unwatched(shopper, key)
    context = page.context
    open_chat(page)
    page.route("**/conversations", lambda route: route.abort())
    say(page, "先写下一句")
    say(page, "再写一句")
    expect(chat(page).locator(".unsent")).to_have_count(2)
    chat(page).get_by_role("textbox", name="消息").fill("还没写完的")
    page.reload()
    expect(chat(page).get_by_role("textbox", name="消息")).to_have_value("还没写完的")
    page.close()

    again = context.new_page()
    again.goto(f"/demo-shop/index.html?key={quote(key)}")
    open_chat(again)
    expect(chat(again).get_by_role("textbox", name="消息")).to_have_value("")
    expect(bubbles(again, "shopper")).to_have_text(["先写下一句", "再写一句"])
    expect(chat(again).locator(".unsent")).to_have_count(0)
    assert sent(again, key, server) == ["先写下一句", "再写一句"]


def test_two_tabs_are_one_conversation(shopper: Page, key: str, server: Server) -> None:
    other = shopper.context.new_page()
    other.goto(f"/demo-shop/index.html?key={quote(key)}")
    open_chat(shopper)
    open_chat(other)
    # Both begin at the same moment; only one conversation may come of it.
    say(shopper, "第一页")
    say(other, "第二页")
    for page in (shopper, other):
        expect(bubbles(page, "shopper")).to_have_count(2)
        # What waits is shown in both, so that it stands there says nothing yet.
        expect(chat(page).locator(".unsent")).to_have_count(0)
    assert sorted(sent(other, key, server)) == ["第一页", "第二页"]
    assert token_of(shopper) == token_of(other)


def test_markup_stays_text_and_a_picture_arrives(shopper: Page) -> None:
    page = shopper
    open_chat(page)
    say(page, MARKUP)
    expect(bubbles(page, "shopper")).to_have_text([MARKUP])
    assert chat(page).evaluate(DROP), "a file that is no picture may not open in place of the page"
    expect(chat(page).get_by_text("不是能打开的图片")).to_be_visible()
    assert serious(page) == []
    picture = ROOT / "demo/pictures/YX02.webp"
    chat(page).locator("input[type=file]").set_input_files(picture)
    expect(chat(page).get_by_role("list", name="待发的图片")).to_be_visible()
    assert serious(page) == []
    chat(page).get_by_role("button", name="发送", exact=True).click()
    shown = chat(page).get_by_role("button", name=re.compile("^我发的图片"))
    expect(shown).to_have_count(1)
    expect(chat(page).locator(".unsent")).to_have_count(0)
    expect(shown.locator("img[src^=blob]")).to_have_count(1)
    shown.click()
    expect(page.get_by_role("dialog", name="大图")).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="大图")).to_be_hidden()
    assert page.locator("zhanggui-chat").locator("img[src=x]").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_use_it(shopper: Page, theme: Any) -> None:
    page = shopper
    page.emulate_media(color_scheme=theme)
    open_chat(page)
    expect(chat(page).get_by_role("textbox", name="消息")).to_be_focused()
    say(page, ANSWERED)
    expect(bubbles(page, "ai")).not_to_have_count(0, timeout=SLOW_MS)
    assert serious(page) == []
    chat(page).get_by_role("button", name="更多").click()
    expect(page.get_by_role("menuitem", name="评价服务")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("menuitem", name="评价服务").click()
    expect(chat(page).get_by_role("radio", name="很不满意")).to_be_focused()
    chat(page).get_by_role("radio", name="很满意").check()
    assert serious(page) == []
    chat(page).get_by_role("button", name="提交评价").click()
    expect(chat(page).get_by_text("谢谢您的评价")).to_be_visible()
    page.keyboard.press("Escape")
    expect(chat(page)).to_be_hidden()
    launcher = page.locator("zhanggui-chat").get_by_role("button", name="联系客服")
    expect(launcher).to_be_focused()


def test_it_fills_a_phone_and_keeps_the_keys_within(shopper: Page) -> None:
    page = shopper
    page.set_viewport_size({"width": 390, "height": 844})
    open_chat(page)
    box = chat(page).bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert serious(page) == []
    expect(chat(page)).to_have_attribute("aria-modal", "true")
    for _ in range(20):
        page.keyboard.press("Tab")
        inside = "document.activeElement.localName === 'zhanggui-chat'"
        assert page.evaluate(inside)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.keyboard.press("Escape")
    assert page.evaluate("getComputedStyle(document.documentElement).overflowY") != "hidden"


def test_a_page_without_a_key_says_where_to_find_it(page: Page) -> None:
    page.goto("/demo-shop/index.html")
    expect(page.get_by_text("请从掌柜控制台")).to_be_visible()
    assert page.locator("zhanggui-chat").count() == 0


class StrictPage(BaseHTTPRequestHandler):
    """A page of a shop's own, which lets in no more than docs/widget.md says."""

    chat = ""
    key = ""

    def do_GET(self) -> None:
        policy = (
            f"default-src 'none'; script-src {self.chat}; connect-src {self.chat}; "
            f"img-src blob: {self.chat}; style-src 'self'"
        )
        tag = f'<script src="{self.chat}/widget.js" data-key="{self.key}" async></script>'
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-security-policy", policy)
        self.end_headers()
        self.wfile.write(f"<!doctype html><html lang=zh><title>店</title>{tag}".encode())

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture
def elsewhere(server: Server, key: str) -> Iterator[str]:
    """The address of a page that another server sends."""
    handler = type("Page", (StrictPage,), {"chat": server.url, "key": key})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        yield f"http://localhost:{other.server_port}"
        other.shutdown()
        thread.join()


def test_another_address_may_carry_it_under_a_strict_policy(
    browser: Browser, owner_page: Page, elsewhere: str
) -> None:
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    broken: list[str] = []

    def on_console(told: ConsoleMessage) -> None:
        if "Security Policy" in told.text:
            broken.append(told.text)

    page.on("console", on_console)
    page.goto(elsewhere)
    open_chat(page)
    expect(chat(page).get_by_text("这个网页没有开通客服")).to_be_visible()

    saved = owner_page.request.post(
        "/api/shops/demo/tools/service.save_widget",
        data={"origins": [elsewhere]},
        headers={"X-Zhanggui": "1"},
    )
    assert saved.ok, saved.text()
    page.reload()
    # In a wide window it is open still, as the shopper left it.
    say(page, ANSWERED)
    expect(bubbles(page, "ai")).not_to_have_count(0, timeout=SLOW_MS)
    assert chat(page).evaluate("each => getComputedStyle(each).position") == "fixed"
    context.close()
    assert broken == []


def test_its_script_is_small(server: Server) -> None:
    script = httpx.get(f"{server.url}/widget.js").content
    assert len(gzip.compress(script)) < LARGEST
