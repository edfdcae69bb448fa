"""Webhooks, from the first one to what a receiver on this machine makes of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_console import serious_faults
from zhanggui.base.webhooks import signing

expect.set_options(timeout=20_000)


class Receiver(ThreadingHTTPServer):
    """Answers with a status, and keeps what it was sent: headers and body."""

    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:  # The name that the base class asks for.
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers["content-length"]))
        self.server.got.append((headers, body))
        said = b"thank you" if self.server.status == 200 else b"out of order"
        self.send_response(self.server.status)
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *given: object) -> None:
        return


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        thread = threading.Thread(target=receiver.serve_forever)
        thread.start()
        yield receiver
        receiver.shutdown()
        thread.join()


@pytest.fixture
def shop_page(owner_page: Page, request: pytest.FixtureRequest) -> Page:
    owner_page.goto("/new-shop")
    owner_page.get_by_label("店铺名称").fill(f"通知 {request.node.name[:20]}")
    owner_page.get_by_role("button", name="开店").click()
    expect(owner_page.get_by_role("heading", name="开店向导")).to_be_visible()
    return owner_page


def settings(page: Page, tab: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name="设置", exact=True).click()
    page.get_by_role("tab", name=tab).click()


def save_hours(page: Page, until: str) -> None:
    """Something that happens in the shop."""
    settings(page, "客服")
    hours = page.get_by_role("region", name="客服时间")
    hours.get_by_label("上班").fill("09:00")
    hours.get_by_label("下班").fill(until)
    hours.get_by_role("button", name="保存").click()
    expect(hours.get_by_text(until)).to_be_visible()


def opened(page: Page, name: str) -> Locator:
    settings(page, "Webhook")
    page.get_by_role("button", name=name).click()
    return page.get_by_role("dialog", name=name)


def test_a_webhook_is_made_tried_heard_mended_and_removed(
    shop_page: Page, receiver: Receiver
) -> None:
    page = shop_page
    settings(page, "Webhook")
    expect(page.get_by_text("还没有 Webhook")).to_be_visible()
    assert serious_faults(page) == []
    page.get_by_role("button", name="新建 Webhook").click()
    form = page.get_by_role("dialog", name="新建 Webhook")
    form.get_by_role("button", name="保存").click()
    expect(form.get_by_text("至少选一种")).to_be_visible()
    form.get_by_label("网址").fill(receiver.url)
    form.get_by_label("名称").fill("ERP")
    form.get_by_role("checkbox", name="改了客服时间").check()
    assert serious_faults(page) == []
    form.get_by_role("button", name="保存").click()
    secret = form.get_by_text("whsec_").inner_text()
    form.get_by_role("button", name="完成").click()

    panel = opened(page, "ERP")
    panel.get_by_role("button", name="发一条测试").click()
    expect(panel.get_by_text("测试已送达")).to_be_visible()
    expect(panel.get_by_text("thank you")).to_be_visible()
    assert serious_faults(page) == []
    ((headers, body),) = receiver.got
    moment = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    signed = signing.headers([secret], headers["webhook-id"], moment, body)
    assert headers["webhook-signature"] == signed["webhook-signature"]
    page.keyboard.press("Escape")

    save_hours(page, "21:00")
    sent = opened(page, "ERP").get_by_role("list", name="投递记录").get_by_role("listitem")
    expect(sent).to_have_count(1)
    expect(sent.first).to_contain_text("已送达")
    page.keyboard.press("Escape")

    receiver.status = 500
    save_hours(page, "22:00")
    panel = opened(page, "ERP")
    expect(sent).to_have_count(2)
    expect(sent.first).to_contain_text("状态码 500")
    expect(panel.get_by_text("等待重试")).to_be_visible()
    panel.get_by_role("button", name="发一条测试").click()
    expect(panel.get_by_text("测试没有送达")).to_be_visible()
    expect(panel.get_by_text("out of order")).to_be_visible()
    assert serious_faults(page) == []

    receiver.status = 200
    sent.first.get_by_role("button", name="重发").click()
    expect(sent.first).to_contain_text("已送达")

    panel.get_by_role("button", name="移除").click()
    page.get_by_role("dialog", name="移除“ERP”？").get_by_role("button", name="移除").click()
    expect(page.get_by_text("还没有 Webhook")).to_be_visible()
