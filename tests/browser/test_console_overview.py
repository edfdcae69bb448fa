"""The console as its owner keeps watch: the day at a glance, and what waits."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_console import (
    SLOW_MS,
    figure,
    go,
    orders_file,
    rows_of,
    serious_faults,
    shop_page,
    start,
    take_in,
)
from tests.conftest import ROOT

__all__ = ["orders_file", "shop_page"]

expect.set_options(timeout=20_000)


def at_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})


def overhang(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def call(page: Page, name: str, **given: object) -> dict[str, Any]:
    """What a changing tool of the shop in the address gives."""
    shop = page.url.split("/shops/")[1].split("/")[0]
    address = f"/api/shops/{shop}/tools/{name}"
    answer = page.request.post(address, data=given, headers={"X-Zhanggui": "1"})
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def stands(place: Locator, figure: str) -> int:
    """A figure that a place shows, or none."""
    found = re.search(figure, place.inner_text().replace("\n", ""))
    return int(found[1]) if found else 0


def test_the_day_is_seen_at_a_glance(owner_page: Page) -> None:
    page = owner_page
    page.goto("/")
    day = page.get_by_role("region", name="今天到现在")
    expect(day).to_contain_text("前 4 周")
    paid = day.get_by_role("listitem").filter(has_text="成交额（GMV）")
    expect(paid).to_contain_text(re.compile(r"¥[\d,]+"))
    expect(paid).to_contain_text("平常 ¥")
    expect(paid.locator("svg")).to_be_visible()
    asked = day.get_by_role("listitem").filter(has_text="买家提问")
    expect(asked).to_contain_text(re.compile(r"还没有买家来问|买家提问\d+"))
    # Other tests ask in the demo shop too, before or after this one.
    questions = stands(asked, r"买家提问(\d+)")
    work = stands(day, r"(\d+) 张工作单")

    (order, *_) = page.request.get(
        "/api/shops/demo/tools/shop.list_orders?status=paid&size=1"
    ).json()["items"]
    call(page, "service.ask", text="包邮吗", files_work=True)
    call(page, "service.remind_shipping", order_id=order["id"])
    gaps = {"open": 2, "asked": 3, "minutes": 5}
    page.route("**/service.count_gaps*", lambda route: route.fulfill(json=gaps))
    page.reload()
    expect(day).to_contain_text("2 组问题答不上")
    expect(day).to_contain_text("近 30 天人工花了 5分钟")
    expect(asked).to_contain_text(re.compile(rf"买家提问{questions + 1}(?!\d)"))
    assert serious_faults(page) == []
    at_phone(page)
    assert overhang(page) <= 0
    day.get_by_role("link", name=f"{work + 1} 张工作单").click()
    expect(page.get_by_role("heading", level=1, name="工作单")).to_be_visible()


def test_a_shop_without_orders_is_told_so(shop_page: Page, tmp_path: Path) -> None:
    for name in ("shop.json", "products.csv"):
        shutil.copy(ROOT / "demo/shop" / name, tmp_path)
    take_in(shop_page, folder=tmp_path)
    start(shop_page)
    go(shop_page, "总览")
    day = shop_page.get_by_role("region", name="今天到现在")
    expect(day.get_by_role("listitem").filter(has_text="下单")).to_contain_text("还没有订单")
    asked = day.get_by_role("listitem").filter(has_text="买家提问")
    expect(asked).to_contain_text("还没有买家来问")
    expect(day).to_contain_text("没有等您处理的事")


def test_a_shop_keeps_tests_and_sees_what_became_of_them(shop_page: Page, tmp_path: Path) -> None:
    page = shop_page
    go(page, "试问")
    page.get_by_label("以买家身份提问").fill("我要投诉，叫你们经理来")
    page.keyboard.press("Enter")
    log = page.get_by_role("log")
    expect(log.get_by_role("article")).to_be_visible(timeout=SLOW_MS)
    log.get_by_role("button", name="存为考题").click()
    page.get_by_role("menuitem", name="以后也该这样处理").click()
    expect(page.get_by_text("已存为考题")).to_be_visible()

    go(page, "评测")
    expect(page.get_by_text("还没有评测过")).to_be_visible()
    page.get_by_role("button", name="开始评测").click()
    expect(page.get_by_text("已完成")).to_be_visible(timeout=SLOW_MS)
    assert figure(page, "答对") == "1 / 1"
    outcome = page.get_by_role("article").filter(has_text="我要投诉")
    expect(outcome).to_contain_text("应该：转人工")
    expect(outcome).to_contain_text("新考题")

    go(page, "评测")
    cases = tmp_path / "cases.jsonl"
    case = {
        "id": "t1",
        "kind": "faq",
        "turns": [{"role": "shopper", "text": "碗能进洗碗机吗"}],
        "expect": {"decisions": ["answer"]},
    }
    cases.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    page.get_by_test_id("cases").set_input_files(cases)
    expect(rows_of(page, "考题")).to_have_count(2)
    assert serious_faults(page) == []
    page.get_by_role("button", name="开始评测").click()
    expect(page.get_by_text("没变 1")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_text("新考题 1").click()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).to_contain_text("不对")
    assert serious_faults(page) == []
    at_phone(page)
    assert overhang(page) <= 0
    page.get_by_role("link", name="评测记录").click()
    expect(page.get_by_role("heading", name="考题")).to_be_visible()
    assert overhang(page) <= 0
    page.get_by_role("button", name="删除考题：碗能进洗碗机吗").click()
    expect(page.get_by_text("碗能进洗碗机吗")).to_have_count(0)


def test_an_owner_says_when_people_answer_and_sees_the_models(shop_page: Page) -> None:
    page = shop_page
    go(page, "设置")
    page.get_by_role("tab", name="客服").click()
    hours = page.get_by_role("region", name="客服时间")
    expect(hours).to_contain_text("没有设客服时间")
    hours.get_by_label("上班").fill("09:00")
    hours.get_by_label("下班").fill("22:00")
    hours.get_by_role("button", name="保存").click()
    expect(hours).to_contain_text("工作时间 09:00–22:00 以外")
    models = page.get_by_role("region", name="模型")
    expect(models.get_by_role("listitem").filter(has_text="润色措辞")).to_contain_text("未接入")
    assert serious_faults(page) == []
    hours.get_by_role("button", name="不限时间").click()
    expect(hours).to_contain_text("没有设客服时间")


def test_an_owner_has_a_buyer_forgotten(shop_page: Page, orders_file: Path) -> None:
    page = shop_page
    take_in(page, files=orders_file)
    start(page)
    go(page, "设置")
    page.get_by_role("tab", name="数据").click()
    page.get_by_label("选择买家").fill("青山")
    page.locator(".ant-select-item-option", has_text="青山见我").click()
    page.get_by_role("button", name="抹去个人信息").click()
    dialog = page.get_by_role("dialog")
    erase = dialog.get_by_role("button", name="抹去个人信息")
    dialog.get_by_label("照着输入这位买家的昵称").fill("青山")
    expect(erase).to_be_disabled()
    assert serious_faults(page) == []
    dialog.get_by_label("照着输入这位买家的昵称").fill("青山见我")
    erase.click()
    expect(page.get_by_text("已抹去，1 笔订单")).to_be_visible()
    go(page, "买家")
    expect(rows_of(page, "买家")).to_have_count(1)
    go(page, "订单")
    expect(rows_of(page, "订单")).to_have_count(2)
    expect(page.get_by_text("青山见我")).to_have_count(0)
    at_phone(page)
    page.goto(page.url.replace("orders", "settings?tab=service"))
    expect(page.get_by_role("region", name="模型").get_by_role("listitem")).to_have_count(3)
    assert overhang(page) <= 0


def test_the_bell_tells_what_waits_and_what_has_ended(shop_page: Page, orders_file: Path) -> None:
    page = shop_page
    page.get_by_role("button", name="提醒", exact=True).click()
    expect(page.get_by_text("没有新的提醒")).to_be_visible()
    assert serious_faults(page) == []
    page.keyboard.press("Escape")
    take_in(page, files=orders_file)
    start(page)
    page.get_by_role("button", name="提醒，1 条").click(timeout=SLOW_MS)
    page.get_by_role("link", name=re.compile("^导入完成")).click()
    expect(page.get_by_role("heading", name=re.compile("^导入完成"))).to_be_visible()
    expect(page.get_by_role("button", name="提醒", exact=True)).to_be_visible()
