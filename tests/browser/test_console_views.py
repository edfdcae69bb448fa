"""The views of the console's lists: saved, shared, opened in, and found again elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import watched
from tests.browser.test_console import go, rows_of, serious_faults
from tests.server import Server


@pytest.fixture
def demo(owner_page: Page) -> Page:
    """The overview of the demo shop."""
    owner_page.goto("/")
    expect(owner_page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    return owner_page


@pytest.fixture
def elsewhere(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A browser that nobody has used, in which the owner signs in."""
    for page in watched(browser, server, request.node, None):
        page.goto(server.another_link())
        expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
        yield page


def opened(page: Page, button: str = "视图") -> Locator:
    """The menu of the views, opened by its button, which is called as the view that is shown."""
    page.get_by_role("main").get_by_role("button", name=button).click()
    return page.get_by_role("region", name="视图")


def search(page: Page, text: str) -> None:
    page.get_by_label("搜商品名、编号").fill(text)
    expect(page).to_have_url(re.compile(r"\?q="))


def save(page: Page, name: str) -> None:
    views = opened(page)
    views.get_by_label("给现在的筛选起个名").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("button", name=name)).to_be_visible()
    page.keyboard.press("Escape")
    expect(views).to_be_hidden()


def plain(page: Page) -> str:
    """The address of the list with nothing said of what it shows."""
    return page.url.partition("?")[0]


def test_what_a_list_shows_is_named_and_gone_back_to(demo: Page) -> None:
    go(demo, "售后")
    views = opened(demo)
    expect(demo.get_by_text("先搜索或筛选，再存成视图。")).to_be_visible()
    demo.keyboard.press("Escape")
    demo.get_by_label("状态", exact=True).click()
    demo.locator(".ant-select-item-option", has_text="已拒绝").click()
    save(demo, "谈不拢的")

    demo.goto(plain(demo))
    opened(demo).get_by_role("button", name="谈不拢的", exact=True).click()
    expect(demo).to_have_url(re.compile("status=refused"))
    expect(rows_of(demo, "售后").first).to_contain_text("已拒绝")
    opened(demo, "谈不拢的")
    views.get_by_role("button", name="修改视图“谈不拢的”").click()
    assert serious_faults(demo) == []
    views.get_by_label("视图名称").fill("没谈成的")
    demo.keyboard.press("Enter")
    views.get_by_role("button", name="修改视图“没谈成的”").click()
    views.get_by_role("button", name="删除视图“没谈成的”").click()
    expect(views.get_by_text("还没有保存的视图。")).to_be_visible()


def test_a_view_is_found_after_signing_in_elsewhere(demo: Page, elsewhere: Page) -> None:
    go(demo, "商品")
    search(demo, "碗")
    save(demo, "各种碗")
    views = opened(demo, "各种碗")
    views.get_by_role("button", name="修改视图“各种碗”").click()
    views.get_by_role("button", name="共享给店员").click()
    expect(views.get_by_role("heading", name="店里共享的")).to_be_visible()
    views.get_by_role("button", name="打开列表时用“各种碗”").click()
    expect(views.get_by_role("button", name="打开列表时不再用“各种碗”")).to_be_visible()
    assert serious_faults(demo) == []

    go(elsewhere, "商品")  # Opens in it; what the address says is stronger.
    expect(elsewhere).to_have_url(re.compile(r"\?q="))
    views = opened(elsewhere, "各种碗")
    expect(views.get_by_role("heading", name="店里共享的")).to_be_visible()
    elsewhere.keyboard.press("Escape")
    elsewhere.goto(f"{plain(elsewhere)}?q=no-such-thing")
    views = opened(elsewhere)
    views.get_by_role("button", name="各种碗", exact=True).click()
    opened(elsewhere, "各种碗")
    views.get_by_role("button", name="修改视图“各种碗”").click()
    views.get_by_role("button", name="删除视图“各种碗”").click()
    expect(views.get_by_text("还没有保存的视图。")).to_be_visible()
    elsewhere.goto(plain(elsewhere))
    expect(rows_of(elsewhere, "商品").first).to_be_visible()
    expect(elsewhere).to_have_url(re.compile("/goods$"))


@pytest.mark.refuses
def test_views_that_could_not_be_read_are_not_taken_for_none(demo: Page) -> None:
    spoilt = {"code": "invalid", "message": "视图读不出来", "hint": None, "where": None}
    demo.route("**/base.list_views*", lambda route: route.fulfill(status=422, json=spoilt))
    go(demo, "商品")
    views = opened(demo)
    expect(views.get_by_text("视图读不出来")).to_be_visible()
    expect(views.get_by_text("还没有保存的视图。")).to_have_count(0)
    assert serious_faults(demo) == []
    demo.unroute("**/base.list_views*")
    views.get_by_role("button", name="再试一次").click()
    expect(views.get_by_text("先搜索或筛选，再存成视图。")).to_be_visible()


def test_views_kept_by_the_browser_are_taken_over(demo: Page) -> None:
    shop = demo.url.split("/shops/")[1].split("/")[0]
    user = demo.evaluate("fetch('/api/auth/session').then((r) => r.json()).then((s) => s.user.id)")
    place = f"zhanggui.views.{user}.{shop}.coupons"
    left = json.dumps([{"name": "从前的", "shows": {"q": "券"}}])
    demo.evaluate("([place, left]) => localStorage.setItem(place, left)", [place, left])
    go(demo, "优惠券")
    views = opened(demo)
    expect(views.get_by_role("button", name="从前的", exact=True)).to_be_visible()
    demo.wait_for_function("(place) => localStorage.getItem(place) === null", arg=place)
    demo.reload()
    opened(demo)
    expect(views.get_by_role("button", name="从前的", exact=True)).to_have_count(1)
    views.get_by_role("button", name="修改视图“从前的”").click()
    views.get_by_role("button", name="删除视图“从前的”").click()
    expect(views.get_by_text("还没有保存的视图。")).to_be_visible()
