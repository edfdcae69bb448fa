"""The first hour of a shop: what somebody does who has never seen the console."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_console import SLOW_MS, serious_faults, start
from tests.conftest import ROOT


@pytest.fixture
def guide(owner_page: Page, request: pytest.FixtureRequest) -> Page:
    """The guide, as it opens in a shop that was just made."""
    owner_page.goto("/new-shop")
    owner_page.get_by_label("店铺名称").fill(f"向导 {request.node.name[:20]}")
    owner_page.get_by_role("button", name="开店").click()
    expect(owner_page.get_by_role("heading", level=1, name="开店向导")).to_be_visible()
    return owner_page


def step(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))


def test_a_new_shop_is_led_from_its_files_to_an_answer(guide: Page) -> None:
    page = guide
    expect(page.get_by_text("4 步中完成了")).to_be_visible()
    expect(step(page, "把文件拖进来").get_by_role("heading")).not_to_contain_text("已完成")
    expect(step(page, "把文件拖进来").get_by_text("已卖出的宝贝")).to_be_visible()
    assert serious_faults(page) == []
    page.get_by_test_id("folder").set_input_files(ROOT / "demo/shop")
    expect(page.get_by_role("heading", name="看看认得对不对")).to_be_visible(timeout=SLOW_MS)
    start(page)

    page.get_by_role("link", name="开店向导").click()
    check = step(page, "看看认得对不对")
    expect(step(page, "把文件拖进来").get_by_role("heading")).to_contain_text("已完成")
    expect(check.get_by_role("heading")).to_contain_text("已完成")
    # It opens at what is to be done next.
    attempt = step(page, "试着问一句")
    attempt.get_by_role("button", name="能开发票吗？").click()
    expect(attempt.get_by_role("article")).to_be_visible(timeout=SLOW_MS)
    expect(attempt.get_by_role("heading")).to_contain_text("已完成")
    assert serious_faults(page) == []
    check.get_by_role("button").first.click()
    expect(check.get_by_role("link", name="商品")).to_contain_text("24")


def test_a_shop_without_rules_may_begin_with_the_usual_ones(guide: Page) -> None:
    page = guide
    check = step(page, "看看认得对不对")
    check.get_by_role("button").first.click()
    check.get_by_role("button", name="先用起步规则").click()
    expect(check.get_by_role("heading")).to_contain_text("已完成")
    expect(check.get_by_role("link", name="规则").first).to_contain_text("10")


def test_the_guide_is_put_away_and_found_again(guide: Page) -> None:
    page = guide
    page.get_by_role("button", name="收起向导").click()
    expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    places = page.get_by_role("navigation")
    expect(places.get_by_role("link", name="开店向导")).to_have_count(0)
    page.get_by_title("账号").click()
    page.get_by_role("menuitem", name="开店向导").click()
    page.get_by_role("button", name="放回左边").click()
    expect(places.get_by_role("link", name="开店向导")).to_be_visible()
