"""The console's search over everything, by keyboard and by thumb."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_console import rows_of, serious_faults


@pytest.fixture
def demo(owner_page: Page) -> Page:
    """The overview of the demo shop."""
    owner_page.goto("/")
    expect(owner_page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    return owner_page


def search(page: Page, text: str) -> Locator:
    """Open the search by its keys and type; the list of what is offered."""
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="搜索全店")
    expect(field).to_be_focused()
    field.fill(text)
    return page.get_by_role("listbox", name="搜索全店")


def group(found: Locator, name: str) -> Locator:
    return found.get_by_role("group", name=name, exact=True).get_by_role("option")


def test_a_product_is_found_and_opened_by_keyboard_alone(demo: Page) -> None:
    found = search(demo, "碗")
    expect(group(found, "商品").first).to_have_attribute("aria-selected", "true")
    expect(group(found, "商品").first.locator("mark").first).to_have_text("碗")
    assert serious_faults(demo) == []
    demo.keyboard.press("ArrowDown")
    second = group(found, "商品").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    name = second.locator("span").inner_text()
    demo.keyboard.press("Enter")
    expect(demo).to_have_url(re.compile(r"/goods\?product="))
    expect(demo.get_by_role("dialog").get_by_role("heading", name=name)).to_be_visible()

    demo.keyboard.press("Escape")
    demo.keyboard.press("Control+k")
    expect(group(demo.get_by_role("listbox", name="搜索全店"), "最近打开")).to_have_text(
        re.compile(name)
    )
    assert serious_faults(demo) == []
    demo.keyboard.press("Escape")
    expect(demo.get_by_role("combobox", name="搜索全店")).to_be_hidden()


def test_an_order_is_found_by_its_number(demo: Page) -> None:
    demo.goto(demo.url.replace("overview", "orders"))
    number = rows_of(demo, "订单").first.get_by_role("button").inner_text()
    found = search(demo, number)
    expect(group(found, "订单")).to_have_count(1)
    demo.keyboard.press("Enter")
    expect(demo.get_by_role("dialog").filter(has_text=number)).to_be_visible()


def test_a_clause_is_shown_where_it_stands(demo: Page) -> None:
    found = search(demo, "包邮")
    expect(group(found, "问答").first).to_be_visible()
    clause = group(found, "规则").first
    text = clause.locator("small").inner_text().strip("…")
    clause.click()
    current = demo.locator("li[aria-current=true]")
    expect(current).to_contain_text(text)
    expect(current).to_be_in_viewport()


def test_screens_are_found_by_name_and_nothing_is_said_to_be_nothing(demo: Page) -> None:
    found = search(demo, "优惠")
    expect(group(found, "页面")).to_have_text("优惠券")
    demo.get_by_role("combobox", name="搜索全店").fill("绝无此物")
    expect(demo.get_by_text("没有找到“绝无此物”")).to_be_visible()
    assert serious_faults(demo) == []
    demo.get_by_role("combobox", name="搜索全店").fill("密钥")
    demo.keyboard.press("Enter")
    expect(demo).to_have_url(re.compile(r"settings\?tab=keys"))


def test_a_thumb_finds_it_in_the_menu(demo: Page) -> None:
    demo.set_viewport_size({"width": 390, "height": 844})
    demo.get_by_role("button", name="打开菜单").click()
    demo.get_by_role("dialog").get_by_role("button", name="搜索").click()
    demo.get_by_role("combobox", name="搜索全店").fill("碗")
    first = demo.get_by_role("option").first
    expect(first).to_be_visible()
    assert demo.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    first.click()
    expect(demo).to_have_url(re.compile(r"/goods\?product="))
