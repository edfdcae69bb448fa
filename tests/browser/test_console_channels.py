"""Channels, from the first one to what reaches the desk and goes back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_console import serious_faults
from tests.browser.test_console_guide import open_shop
from tests.browser.test_console_webhooks import Receiver, receiver, settings
from tests.server import Server
from zhanggui.base.clock import SHANGHAI
from zhanggui.base.webhooks import signing

expect.set_options(timeout=20_000)

__all__ = ["receiver"]


@pytest.fixture
def shop_page(owner_page: Page, request: pytest.FixtureRequest) -> Page:
    owner_page.goto("/new-shop")
    open_shop(owner_page, f"渠道 {request.node.name[:20]}")
    return owner_page


@pytest.mark.refuses
def test_a_channel_is_made_tried_written_through_and_removed(
    shop_page: Page, receiver: Receiver, server: Server
) -> None:
    page = shop_page
    settings(page, "渠道")
    expect(page.get_by_text("还没有渠道")).to_be_visible()
    page.get_by_role("button", name="添加渠道").click()
    form = page.get_by_role("dialog", name="添加渠道")
    form.get_by_label("群提醒").check()
    form.get_by_label("名称").fill("客服群")
    form.get_by_label("群机器人的 Webhook 地址").fill("https://example.com/")
    form.get_by_role("button", name="保存").click()
    expect(form.get_by_text("这不是群机器人的 Webhook 地址")).to_be_visible()
    assert serious_faults(page) == []
    form.get_by_label("自己的系统").check()
    form.get_by_label("名称").fill("小程序")
    form.get_by_label("回复发到哪里").fill(receiver.url)
    form.get_by_role("button", name="保存").click()
    secret = form.get_by_text("whsec_").inner_text()
    address = form.locator("code", has_text="/api/channels/").inner_text()
    assert serious_faults(page) == []
    form.get_by_role("button", name="完成").click()

    page.get_by_role("button", name="小程序").click()
    panel = page.get_by_role("dialog", name="小程序")
    panel.get_by_role("button", name="测试").click()
    expect(panel.get_by_text("测试消息已送达")).to_be_visible()
    expect(panel.locator("code", has_text=address)).to_be_visible()
    assert serious_faults(page) == []

    data = {"sender": "u-1", "message_id": "m1", "text": "我要找人工"}
    body = json.dumps({"type": "message", "data": data}).encode()
    headers = signing.headers([secret], "msg_1", datetime.now(UTC), body)
    assert httpx.post(address, content=body, headers=headers).status_code == 200
    expect(panel.get_by_text("还没有")).to_have_count(0)
    page.keyboard.press("Escape")

    page.get_by_role("navigation").get_by_role("link", name="接待台").click()
    row = page.get_by_role("list", name="会话").get_by_role("listitem")
    expect(row).to_contain_text("自己的系统")
    row.get_by_role("link").click()
    expect(page.get_by_text("来自 自己的系统")).to_be_visible()
    types = [json.loads(sent)["type"] for _, sent in receiver.got]
    assert types == ["channel.test", "message.created"]

    settings(page, "渠道")
    expect(page.get_by_text("1 人来过")).to_be_visible()
    page.get_by_role("button", name="小程序").click()
    expect(panel.get_by_text("没送到买家的消息会列在这里")).to_be_visible()
    panel.get_by_role("button", name="重发一段时间").click()
    again = page.get_by_role("dialog", name="重发一段时间")
    yesterday = datetime.now(SHANGHAI) - timedelta(days=1)
    again.get_by_label("从什么时候起").fill(f"{yesterday:%Y-%m-%dT%H:%M}")
    assert serious_faults(page) == []
    again.get_by_role("button", name="重发").click()
    expect(page.get_by_text("1 条回复正在重发")).to_be_visible()
    panel.get_by_role("button", name="移除").click()
    page.get_by_role("dialog", name="移除“小程序”？").get_by_role("button", name="移除").click()
    expect(page.get_by_text("还没有渠道")).to_be_visible()

    page.get_by_role("navigation").get_by_role("link", name="接待台").click()
    page.get_by_role("list", name="会话").get_by_role("listitem").get_by_role("link").click()
    expect(page.get_by_text("话到不了买家那里。要给同事看的")).to_be_visible()
    page.get_by_role("textbox", name="回复").fill("在的")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").get_by_text("没有发出")).to_be_visible()
    expect(page.get_by_role("textbox", name="回复")).to_have_value("在的")
    assert serious_faults(page) == []


def test_an_account_of_wecom_shows_what_to_write_there_and_what_is_missing(shop_page: Page) -> None:
    page = shop_page
    settings(page, "渠道")
    page.get_by_role("button", name="添加渠道").click()
    form = page.get_by_role("dialog", name="添加渠道")
    form.get_by_label("名称").fill("微信客服")
    form.get_by_label("企业 ID").fill("ww0123456789abcdef")
    form.get_by_label("客服账号 ID").fill("wkAJ2GCAAAZSfhHCt7IFSvLKtMPxyTTT")
    form.get_by_role("button", name="保存").click()
    expect(form.locator("code", has_text="/wecom")).to_be_visible()
    expect(form.locator("code")).to_have_count(3)
    assert serious_faults(page) == []
    form.get_by_role("button", name="完成").click()
    page.get_by_role("button", name="微信客服").click()
    panel = page.get_by_role("dialog", name="微信客服")
    expect(panel.get_by_text("还没有填 Secret")).to_be_visible()
    panel.get_by_role("button", name="更换密钥").click()
    page.get_by_role("dialog", name="更换密钥？").get_by_role("button", name="更换密钥").click()
    shown = page.get_by_role("dialog", name="新的密钥")
    expect(shown.get_by_text("EncodingAESKey", exact=True)).to_be_visible()
    shown.get_by_role("button", name="完成").click()
    expect(panel.get_by_text("旧密钥在")).to_be_visible()
    assert serious_faults(page) == []
