"""The chat on a shop's own pages, as an owner sets it up."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_console import serious_faults
from tests.browser.test_console_guide import open_shop, step
from tests.server import Server

expect.set_options(timeout=20_000)

KEY = re.compile(r'data-key="([^"]+)"')


@pytest.fixture
def chat(owner_page: Page, request: pytest.FixtureRequest) -> Page:
    """The settings of the chat of a shop that was just made."""
    owner_page.goto("/new-shop")
    open_shop(owner_page, f"聊天 {request.node.name[:20]}")
    owner_page.goto(re.sub(r"start.*", "settings?tab=widget", owner_page.url))
    expect(owner_page.get_by_role("heading", name="放到网页上")).to_be_visible()
    return owner_page


def key_in(where: Page | Locator) -> str:
    """The key in the snippet that is shown."""
    line = where.locator("code", has_text="widget.js")
    expect(line).to_contain_text("data-key")
    found = KEY.search(line.inner_text())
    assert found is not None
    return found[1]


def begin(server: Server, key: str, origin: str) -> int:
    """Begin a conversation as a page of `origin` does, and give what the server answers."""
    address = f"{server.url}/api/chat/{key}/conversations"
    headers = {"origin": origin, "x-zhanggui": "1"}
    return httpx.post(address, json={}, headers=headers).status_code


def allow(page: Page, address: str) -> None:
    page.get_by_label("允许使用的网址").fill(address)


def save(page: Page) -> None:
    page.get_by_role("button", name="保存").click()


@pytest.mark.refuses
def test_how_the_chat_looks_is_kept_and_a_wrong_address_is_refused_where_it_is(chat: Page) -> None:
    page = chat
    key = key_in(page)
    origin = re.sub(r"/shops/.*", "", page.url)
    line = f'<script src="{origin}/widget.js" data-key="{key}" async></script>'
    expect(page.get_by_text(line)).to_be_visible()
    expect(page.get_by_role("link", name="在演示页面上试试")).to_have_attribute(
        "href", f"/demo-shop/?key={key}"
    )

    allow(page, "http://shop.example/cart")
    page.get_by_label("问候语").fill("山月小铺在的")
    save(page)
    form = page.get_by_role("region", name="外观与规则")
    expect(form.get_by_text("不是网址：http://shop.example/cart")).to_be_visible()
    expect(page.get_by_label("允许使用的网址")).to_be_focused()
    expect(page.get_by_label("问候语")).to_have_value("山月小铺在的")
    assert serious_faults(page) == []

    allow(page, "Shop.Example\nhttps://shop.example:443")
    page.get_by_title("蓝").click()
    page.get_by_role("button", name="用淘宝的网址").click()
    page.get_by_label("就由掌柜接着答").fill("15")
    expect(form.get_by_role("figure")).to_contain_text("山月小铺在的")
    save(page)
    expect(page.get_by_text("已保存")).to_be_visible()
    page.reload()
    expect(page.get_by_label("允许使用的网址")).to_have_value("https://shop.example")
    expect(page.get_by_label("蓝", exact=True)).to_be_checked()
    expect(page.get_by_label("问候语")).to_have_value("山月小铺在的")
    expect(page.get_by_label("商品页")).to_have_value(re.compile("item.taobao.com"))
    expect(page.get_by_label("就由掌柜接着答")).to_have_value("15")
    assert serious_faults(page) == []


def test_what_was_saved_elsewhere_meanwhile_stays(chat: Page) -> None:
    page = chat
    page.get_by_label("问候语").fill("山月小铺在的")
    shop = page.url.split("/shops/")[1].split("/")[0]
    answer = page.request.post(
        f"/api/shops/{shop}/tools/service.save_widget",
        data={"silence_minutes": 15, "origins": ["https://shop.example"]},
        headers={"X-Zhanggui": "1"},
    )
    assert answer.ok, answer.text()
    save(page)
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.get_by_label("就由掌柜接着答")).to_have_value("15")
    page.reload()
    expect(page.get_by_label("允许使用的网址")).to_have_value("https://shop.example")
    expect(page.get_by_label("问候语")).to_have_value("山月小铺在的")
    expect(page.get_by_label("就由掌柜接着答")).to_have_value("15")


def test_it_says_when_a_page_of_the_shops_own_carried_it(chat: Page, server: Server) -> None:
    page = chat
    key = key_in(page)
    placing = page.get_by_role("region", name="放到网页上")
    expect(placing.get_by_text("先写上网页的网址")).to_be_visible()
    assert begin(server, key, "https://shop.example") == 403
    allow(page, "https://shop.example")
    save(page)
    expect(placing.get_by_text("这里会自己变")).to_be_visible()
    assert begin(server, key, "https://shop.example") == 201
    expect(placing.get_by_text("第一次有人在 https://shop.example 提问")).to_be_visible()
    assert serious_faults(page) == []


def test_the_secret_is_shown_on_demand_and_a_new_key_ends_both(chat: Page, server: Server) -> None:
    page = chat
    key = key_in(page)
    signing = page.get_by_role("region", name="认出买家")
    signing.get_by_text("怎么签名").click()
    expect(signing.get_by_text("import hashlib")).to_be_visible()
    secret = signing.locator("code")
    expect(secret).to_have_count(0)
    signing.get_by_role("button", name="查看密钥").click()
    expect(secret).to_be_visible()
    assert serious_faults(page) == []

    page.get_by_role("button", name="更换代码").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("旧代码")
    asked.get_by_role("button", name="更换代码").click()
    expect(page.locator("code", has_text=key)).to_have_count(0)
    assert key_in(page) != key
    expect(secret).to_have_count(0)
    assert begin(server, key, server.url) == 404


@pytest.mark.refuses
def test_the_guide_does_it_in_place(chat: Page, server: Server) -> None:
    page = chat
    page.goto(re.sub(r"settings.*", "start?step=widget", page.url))
    place = step(page, "放到您的页面上")
    place.get_by_label("要放聊天窗口的网页").fill("https://shop.example/cart")
    place.get_by_role("button", name="允许").click()
    expect(place.get_by_text("不是网址")).to_be_visible()
    place.get_by_label("要放聊天窗口的网页").fill("shop.example")
    place.get_by_role("button", name="允许").click()
    expect(place.get_by_text("已允许：https://shop.example")).to_be_visible()
    expect(place.get_by_role("button", name="先跳过")).to_be_visible()
    assert serious_faults(page) == []
    assert begin(server, key_in(place), "https://shop.example") == 201
    expect(place.get_by_text("第一次有人在 https://shop.example 提问")).to_be_visible()
    expect(place.get_by_role("heading").first).to_contain_text("已完成")
    expect(place.get_by_role("button", name="下一步")).to_be_visible()
    place.get_by_role("link", name="打开聊天窗口设置").click()
    expect(page.get_by_role("tab", name="聊天窗口", selected=True)).to_be_visible()


def test_who_does_not_own_the_shop_sees_it_without_the_secret(chat: Page, page: Page) -> None:
    owner = chat
    address = owner.url
    owner.goto(address.replace("widget", "team"))
    owner.get_by_role("button", name="邀请成员").click()
    dialog = owner.get_by_role("dialog")
    dialog.get_by_label("邮箱").fill("agent@example.com")
    dialog.get_by_role("button", name="生成邀请链接").click()
    page.goto(dialog.locator("code").inner_text())
    page.get_by_label("称呼").fill("小美")
    page.get_by_label("密码").fill("valley-river-cup-18")
    page.get_by_role("button", name="加入").click()
    expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    page.goto(address)
    key_in(page)
    expect(page.get_by_text("由店主设定。")).to_be_visible()
    expect(page.get_by_label("问候语")).to_be_disabled()
    expect(page.get_by_label("松绿", exact=True)).to_be_disabled()
    expect(page.get_by_role("button", name=re.compile("保存|淘宝|密钥|更换"))).to_have_count(0)
    assert serious_faults(page) == []
