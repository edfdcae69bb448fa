"""The console's lists: taken away, printed, narrowed, and opened."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_console import go, rows_of, serious_faults


@pytest.fixture
def demo(owner_page: Page) -> Page:
    """The overview of the demo shop."""
    owner_page.goto("/")
    expect(owner_page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    return owner_page


def export(page: Page, kind: str, folder: Path) -> bytes:
    """Take the list on screen away as a file of a kind."""
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=kind).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()


def test_a_list_is_taken_away_as_narrowed(demo: Page, tmp_path: Path) -> None:
    go(demo, "订单")
    demo.get_by_label("状态", exact=True).click()
    demo.locator(".ant-select-item-option", has_text="已关闭").click()
    expect(demo).to_have_url(re.compile("status=closed"))
    expect(rows_of(demo, "订单").first).to_contain_text("已关闭")
    text = export(demo, "CSV（UTF-8）", tmp_path).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    assert heading[:2] == ["订单编号", "状态"]
    assert {row[1] for row in rows} == {"已关闭"}
    expect(demo.get_by_text(f"已导出 {len(rows):,} 行")).to_be_visible()
    whole = export(demo, "Excel", tmp_path)
    sheet = openpyxl.load_workbook(io.BytesIO(whole)).worksheets[0]
    assert sheet.max_row == len(rows) + 1
    assert sheet["A2"].data_type == "s"


def test_answers_come_in_gbk_for_older_software(demo: Page, tmp_path: Path) -> None:
    go(demo, "问答与规则")
    text = export(demo, "CSV（GBK", tmp_path).decode("gbk")
    assert text.startswith("编号,问题,答案")


def test_paper_shows_the_table_alone(demo: Page) -> None:
    go(demo, "商品")
    expect(rows_of(demo, "商品").first).to_be_visible()
    demo.evaluate("window.print = () => { document.title = 'printed' }")
    demo.get_by_role("button", name="导出").click()
    demo.get_by_role("menuitem", name="打印这一页").click()
    expect(demo).to_have_title("printed")
    demo.emulate_media(media="print")
    expect(demo.get_by_role("navigation").first).to_be_hidden()
    expect(demo.get_by_role("button", name="导出")).to_be_hidden()
    expect(rows_of(demo, "商品").first).to_be_visible()


def test_an_after_sales_case_leads_to_its_order(demo: Page) -> None:
    go(demo, "售后")
    demo.get_by_label("状态", exact=True).click()
    demo.locator(".ant-select-item-option", has_text="已完成").click()
    row = rows_of(demo, "售后").first
    expect(row).to_contain_text("已完成")
    row.get_by_role("button").click()
    panel = demo.get_by_role("dialog")
    expect(panel.get_by_role("heading", name="售后情况")).to_be_visible()
    assert serious_faults(demo) == []
    number = panel.locator("dd .mono").inner_text()
    panel.get_by_role("button", name="查看订单").click()
    expect(demo.get_by_role("heading", level=1, name="订单")).to_be_visible()
    order = demo.get_by_role("dialog").filter(has_text=number)
    expect(order.get_by_role("heading", name="经过")).to_be_visible()
    expect(order.get_by_text("申请售后", exact=True)).to_be_visible()


def test_coupons_say_whether_they_hold_today(demo: Page) -> None:
    go(demo, "优惠券")
    rows = rows_of(demo, "优惠券")
    expect(rows.first).to_be_visible()
    demo.get_by_label("搜名称、规则、范围").fill("没有这样的券")
    expect(demo.get_by_text("没有符合的优惠券")).to_be_visible()
    demo.get_by_role("button", name="清空条件").last.click()
    rows.first.get_by_role("button").click()
    panel = demo.get_by_role("dialog")
    expect(panel.get_by_role("heading", name="使用条件")).to_be_visible()
    demo.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_a_shop_is_taken_away_whole(demo: Page, tmp_path: Path) -> None:
    go(demo, "设置")
    demo.get_by_role("tab", name="数据").click()
    house = demo.get_by_role("region", name="整套备份")
    expect(house.get_by_text("zhanggui restore")).to_be_visible()
    assert serious_faults(demo) == []
    with demo.expect_download() as download:
        demo.get_by_role("button", name="导出全部").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    with zipfile.ZipFile(path) as packed:
        orders = packed.read("orders.csv").decode("utf-8-sig")
    assert orders.startswith("订单编号,状态")
    assert orders.count("\r\n") > 8_000
