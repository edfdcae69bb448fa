"""A merchant teaches the shop in the console: from a bad answer to a better one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_console import SLOW_MS, go, serious_faults

expect.set_options(timeout=20_000)


@pytest.fixture
def shop_page(owner_page: Page, request: pytest.FixtureRequest) -> Page:
    """The overview of a shop that was opened for this test."""
    owner_page.goto("/new-shop")
    owner_page.get_by_label("店铺名称").fill(f"教 {request.node.name[:20]}")
    owner_page.get_by_role("button", name="开店").click()
    expect(owner_page.get_by_role("heading", name="新店开张")).to_be_visible()
    return owner_page


def ask(page: Page, text: str) -> Locator:
    """Ask, and give the exchange once it is answered."""
    page.get_by_label("以买家身份提问").fill(text)
    page.keyboard.press("Enter")
    exchange = page.get_by_role("log").locator("> div").filter(has_text=text).last
    expect(exchange.get_by_role("article")).to_be_visible(timeout=SLOW_MS)
    return exchange


def test_a_bad_answer_leads_to_a_better_one(shop_page: Page) -> None:
    page = shop_page
    go(page, "试问")
    unknown = ask(page, "能寄到国外吗")
    expect(unknown.get_by_role("article")).to_have_attribute("data-decision", "handoff")
    expect(unknown).to_contain_text("没有一条记录")
    unknown.get_by_role("button", name="写一条回答").click()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("问题")).to_have_value("能寄到国外吗")
    form.get_by_label("回答").fill("暂时只寄国内。")
    form.get_by_role("button", name="保存").click()
    expect(unknown.get_by_role("article")).to_have_attribute(
        "data-decision", "answer", timeout=SLOW_MS
    )
    expect(unknown.get_by_role("complementary", name="改之前")).to_contain_text("转人工")
    expect(unknown.get_by_role("article")).to_contain_text("暂时只寄国内。")

    page.get_by_role("button", name="重新开始").click()
    other = ask(page, "海外的朋友怎么收货呀")
    weighed = other.get_by_role("list", name="比较过的答法").get_by_role("listitem").first
    expect(weighed).to_contain_text("暂时只寄国内。")
    expect(weighed).to_contain_text("faq:")
    expect(weighed.get_by_role("meter")).to_be_visible()
    assert serious_faults(page) == []
    weighed.get_by_role("button", name="这句也这样答").click()
    expect(other.get_by_text("一字不差")).to_be_visible(timeout=SLOW_MS)
    expect(other.get_by_role("article")).to_have_attribute("data-decision", "answer")

    other.get_by_role("button", name="改这条回答").first.click()
    expect(form.get_by_label("回答")).to_have_value("暂时只寄国内。")
    form.get_by_label("回答").fill("只寄国内，国外请找转运。")
    form.get_by_role("button", name="保存").click()
    expect(other.get_by_role("article")).to_contain_text("国外请找转运", timeout=SLOW_MS)
    expect(other.get_by_role("complementary", name="改之前")).to_contain_text("暂时只寄国内。")


def test_what_was_weighed_is_folded_away_on_a_phone(shop_page: Page) -> None:
    page = shop_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(re.sub(r"overview.*", "ask", page.url))
    exchange = ask(page, "能寄到国外吗")
    expect(exchange.get_by_text("没有一条记录")).to_be_hidden()
    exchange.get_by_text("比较了 0 种答法").click()
    expect(exchange.get_by_text("没有一条记录")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
