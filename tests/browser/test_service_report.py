"""A merchant reads how shoppers were served and judges what the program said, two days later."""

from __future__ import annotations

import re
import sqlite3

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_console import SLOW_MS, go, serious_faults
from tests.browser.test_desk import Shop, Shopper, shop
from tests.server import Server

__all__ = ["shop"]

expect.set_options(timeout=20_000)
DAYS = 3
_AGED = {
    "events": ("at",),
    "messages": ("at",),
    "conversations": ("started_at", "last_at", "waiting_since", "due_at"),
}


def age(server: Server, shop_id: str) -> None:
    """Have all that was said in a shop have been said some days ago."""
    with sqlite3.connect(server.data / "zhanggui.db", timeout=60) as database:
        for table, columns in _AGED.items():
            earlier = ", ".join(
                f"{name} = strftime('%Y-%m-%d %H:%M:%f', {name}, '-{DAYS} days') || '000'"
                for name in columns
            )
            database.execute(f"UPDATE {table} SET {earlier} WHERE shop_id = ?", (shop_id,))
    database.close()


@pytest.fixture
def served(shop: Shop, server: Server) -> Shop:
    """A shop in which one shopper was answered and another handed over, some days ago."""
    answered, angry = (Shopper(server.url, shop.key()) for _ in range(2))
    answered.says("能开发票吗")
    answered.reads("可以开电子发票")
    angry.says("转人工")
    angry.reads("请稍等")
    for each in (answered, angry):
        each.close()
    age(server, shop.id)
    return shop


def shown(page: Page, name: str) -> Locator:
    """A figure of the report by its name."""
    figures = page.get_by_role("main").get_by_role("listitem")
    return figures.filter(has=page.get_by_role("button", name=f"{name}：怎么算", exact=True))


def test_the_report_is_read_and_priced_and_the_sample_judged(served: Shop) -> None:
    page = served.page
    page.reload()
    go(page, "客服报表")
    expect(shown(page, "会话")).to_contain_text(re.compile("会话2"), timeout=SLOW_MS)
    expect(shown(page, "参与率")).to_contain_text("100%")
    expect(shown(page, "解决率")).to_contain_text("50%1 / 2")
    expect(page.get_by_role("region", name="为什么转人工")).to_contain_text("要找人工1 次，上期 0")
    page.get_by_role("button", name="解决率：怎么算").hover()
    expect(page.get_by_role("tooltip")).to_contain_text("24 小时内没有人跟进")
    expect(shown(page, "省下的客服成本")).to_contain_text("—")
    costs = page.get_by_role("form", name="客服成本")
    costs.get_by_label("每段会话几分钟").fill("6")
    costs.get_by_label("每小时工资（元）").fill("30")
    costs.get_by_role("button", name="保存").click()
    expect(shown(page, "省下的客服成本")).to_contain_text("¥3.00")
    expect(page.get_by_text("1 × 6 = 6 分钟")).to_be_visible()
    assert serious_faults(page) == []
    trend = page.get_by_role("region", name="每天的会话")
    trend.get_by_role("button", name="看数字").click()
    expect(trend.get_by_role("row")).to_have_count(8)
    page.get_by_role("radiogroup", name="看哪些日子").get_by_text("今天").click()
    expect(page.get_by_text("这段日子还没有会话")).to_be_visible()

    go(page, "质检")
    reply = page.get_by_role("article", name="智能客服答")
    expect(reply).to_contain_text("能开发票吗")
    expect(reply).to_contain_text("可以开电子发票")
    assert serious_faults(page) == []
    page.keyboard.press("2")
    fix = page.get_by_role("region", name="改好它")
    expect(fix).to_contain_text("答错了")
    expect(fix.get_by_role("button", name="改这条回答")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_text("没有待判定的回复")).to_be_visible()
    page.get_by_text("已判定", exact=True).click()
    expect(page.get_by_role("list", name="已判定").get_by_role("listitem")).to_contain_text(
        ["答错了"]
    )

    go(page, "客服报表")
    expect(shown(page, "错答占比")).to_contain_text("100%1 / 1")
    expect(shown(page, "解决率")).to_contain_text("0%0 / 2")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(shown(page, "解决率")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
