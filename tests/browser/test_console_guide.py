"""The first hour of a shop: what somebody does who has never seen the console."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import watched
from tests.browser.test_console import HEADER, ROWS, SLOW_MS, serious_faults
from tests.conftest import ROOT
from tests.server import Server

expect.set_options(timeout=20_000)

CHAT = [
    ["会话ID", "买家", "客服", "发送方", "发送时间", "消息内容"],
    *(
        row
        for n, buyer in enumerate(("小鱼爱吃草", "阿木不加班", "糖糖麻麻", "青山见我"))
        for row in (
            [f"c{n}", buyer, "小店:小美", buyer, f"2026-03-12 10:0{n}:00", "这个碗能进洗碗机吗"],
            [f"c{n}", buyer, "小店:小美", "小店:小美", f"2026-03-12 10:0{n}:30",
             "可以的亲，白瓷的都能放洗碗机洗"],
        )
    ),
]  # fmt: skip


@pytest.fixture
def guide(owner_page: Page, request: pytest.FixtureRequest) -> Page:
    """The guide, as it opens in a shop that was just made."""
    owner_page.goto("/new-shop")
    open_shop(owner_page, f"向导 {request.node.name[:20]}")
    return owner_page


def open_shop(page: Page, name: str) -> None:
    page.get_by_label("店铺名称").fill(name)
    page.get_by_role("button", name="开店").click()
    expect(page.get_by_role("heading", level=1, name="开店向导")).to_be_visible()


def step(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("listitem").filter(
        has=page.get_by_role("heading", name=name)
    )  # fmt: skip


def bring(page: Page, *files: Path) -> Locator:
    """Hand files over in the step itself, and give the step once they have come in."""
    first = step(page, "把文件拖进来")
    first.get_by_test_id("files").set_input_files(list(files))
    first.get_by_role("button", name="开始导入").click(timeout=SLOW_MS)
    expect(first.get_by_role("button", name="下一步")).to_be_visible(timeout=SLOW_MS)
    return first


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[Server]:
    """A server that was never started before, without the demo shop."""
    command = Path(sys.executable).with_name("zhanggui")
    with Server(command, tmp_path / "data", "--no-demo") as server:
        yield server


@pytest.fixture
def newcomer(
    browser: Browser, empty_house: Server, request: pytest.FixtureRequest
) -> Iterator[Page]:
    yield from watched(browser, empty_house, request.node, None)


def test_from_an_empty_house_to_the_first_answer(
    newcomer: Page, empty_house: Server, tmp_path: Path
) -> None:
    page = newcomer
    page.goto(empty_house.sign_in_url)
    open_shop(page, "山月小铺")
    expect(page.get_by_text("已完成 0 / 4 步")).to_be_visible()
    first = step(page, "把文件拖进来")
    expect(first.get_by_text("已卖出的宝贝")).to_be_visible()
    assert serious_faults(page) == []

    with page.expect_download() as download:
        first.get_by_role("link", name="问答表样例").click()
    answers = tmp_path / download.value.suggested_filename
    download.value.save_as(answers)
    orders, chat = tmp_path / "ExportOrderList20260303.csv", tmp_path / "chat.csv"
    orders.write_bytes("\r\n".join((HEADER, *ROWS, "")).encode("gb18030"))
    with chat.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(CHAT)
    brought = bring(page, answers, orders, chat)
    expect(brought.get_by_text("有 1 行没有收")).to_be_visible()
    assert serious_faults(page) == []
    brought.get_by_role("button", name="下一步").click()

    check = step(page, "看看认得对不对")
    expect(check.get_by_role("button", expanded=True)).to_be_focused()
    expect(check.get_by_role("link", name="订单")).to_contain_text("2")
    expect(check.get_by_role("link", name="看原因")).to_be_visible()
    lacking = check.get_by_role("region", name="这些还没有写")
    expect(lacking.get_by_role("listitem")).to_have_count(2)
    lacking.get_by_role("button", name="写一份：换货").click()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("标题")).to_have_value("换货")
    form.get_by_role("button", name="保存").click()
    expect(lacking.get_by_role("listitem")).to_have_count(1)
    lacking.get_by_role("button", name="写一份：改订单与取消").click()
    form.get_by_role("button", name="保存").click()
    expect(check.get_by_role("heading").first).to_contain_text("已完成")
    check.get_by_role("button", name="采纳：这个碗能进洗碗机吗", exact=True).click()
    expect(check.get_by_role("region", name="从聊天记录里找到")).to_be_hidden()
    expect(check.get_by_text("没有发现写了两遍")).to_be_visible(timeout=SLOW_MS)
    assert serious_faults(page) == []
    check.get_by_role("button", name="下一步").click()

    attempt = step(page, "试着问一句")
    attempt.get_by_role("button", name="能开发票吗？").click()
    answer = attempt.get_by_role("article")
    expect(answer).to_have_attribute("data-decision", "answer", timeout=SLOW_MS)
    expect(answer.get_by_text(re.compile(r"依据 \d 条"))).to_be_visible()
    expect(page.get_by_text("已完成 3 / 4 步")).to_be_visible()
    assert serious_faults(page) == []

    attempt.get_by_label("以买家身份提问").fill("能寄到国外吗")
    page.keyboard.press("Enter")
    expect(answer).to_have_attribute("data-decision", "handoff", timeout=SLOW_MS)
    attempt.get_by_role("button", name="教它").click()
    attempt.get_by_role("button", name="写一条回答").click()
    form.get_by_label("回答").fill("暂时只寄国内。")
    form.get_by_role("button", name="保存").click()
    expect(answer).to_contain_text("暂时只寄国内。", timeout=SLOW_MS)
    expect(attempt.get_by_role("complementary", name="改之前")).to_contain_text("转人工")

    # What is done needs no guide: it leaves the navigation, and the menu still has it.
    attempt.get_by_role("button", name="下一步").click()
    place = step(page, "放到您的页面上")
    place.get_by_label("要放聊天窗口的网页").fill("shop.example")
    place.get_by_role("button", name="允许").click()
    expect(place.get_by_text("已允许：https://shop.example")).to_be_visible()
    key = re.findall(r'data-key="([^"]+)"', place.locator("code").inner_text())[0]
    httpx.post(
        f"{empty_house.url}/api/chat/{key}/conversations",
        json={},
        headers={"origin": "https://shop.example", "x-zhanggui": "1"},
    ).raise_for_status()
    expect(page.get_by_text("都做好了")).to_be_visible()
    place.get_by_role("button", name="下一步").click()
    step(page, "叫上一起干的人").get_by_role("button", name="去总览").click()
    expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="开店向导")).to_have_count(0)
    page.get_by_title("账号").click()
    page.get_by_role("menuitem", name="开店向导").click()
    expect(page.get_by_text("都做好了")).to_be_visible()


def test_a_shop_without_rules_may_begin_with_the_usual_ones(guide: Page) -> None:
    page = guide
    step(page, "把文件拖进来").get_by_role("button", name="先跳过").click()
    check = step(page, "看看认得对不对")
    expect(check.get_by_role("region", name="这些还没有写").get_by_role("listitem")).to_have_count(
        6
    )
    check.get_by_role("button", name="都用起步规则补上").click()
    expect(check.get_by_role("heading").first).to_contain_text("已完成")
    expect(check.get_by_role("link", name="规则")).to_contain_text("6")


def test_the_guide_is_put_away_and_found_again(guide: Page) -> None:
    page = guide
    places = page.get_by_role("navigation")
    places.get_by_role("link", name="订单", exact=True).click()
    page.get_by_role("link", name="接着开店：把文件拖进来").click()
    expect(step(page, "把文件拖进来").get_by_role("button", expanded=True)).to_be_visible()
    page.get_by_role("button", name="收起向导").click()
    expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    expect(places.get_by_role("link", name="开店向导")).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile("接着开店"))).to_have_count(0)
    page.get_by_title("账号").click()
    page.get_by_role("menuitem", name="开店向导").click()
    page.get_by_role("button", name="放回左边").click()
    expect(places.get_by_role("link", name="开店向导")).to_be_visible()


def test_files_that_were_not_meant_are_left_in_the_step(guide: Page) -> None:
    page = guide
    first = step(page, "把文件拖进来")
    first.get_by_test_id("files").set_input_files(ROOT / "console/public/samples/goods.csv")
    first.get_by_role("button", name="不导入了").click(timeout=SLOW_MS)
    page.get_by_role("dialog").get_by_role("button", name="不导入了").click()
    expect(first.get_by_role("button", name="选择文件", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("/start"))


@pytest.mark.parametrize(("state", "said"), [("running", "已读"), ("failed", "导入没有完成")])
def test_an_import_on_its_way_and_one_that_broke_off_are_told_in_the_step(
    guide: Page, state: str, said: str
) -> None:
    page = guide
    bring(page, ROOT / "console/public/samples/goods.csv")

    def as_if(route: Route) -> None:
        body = route.fetch().text().replace('"state":"done"', f'"state":"{state}"')
        route.fulfill(body=body, content_type="application/json")

    page.route(re.compile(r"tools/shop\.(list_imports|get_import)"), as_if)
    page.reload()
    first = step(page, "把文件拖进来")
    if not first.get_by_role("button", expanded=True).count():
        first.get_by_role("button").first.click()
    expect(first.get_by_text(said).first).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")
    assert serious_faults(page) == []


@pytest.mark.parametrize(("state", "said"), [("done", "导入完成"), ("failed", "导入没有完成")])
def test_an_import_that_ends_elsewhere_says_how_and_the_list_beneath_is_read_again(
    guide: Page, state: str, said: str
) -> None:
    page = guide
    bring(page, ROOT / "console/public/samples/goods.csv")
    now = "running"

    def as_if(route: Route) -> None:
        body = route.fetch().text().replace('"state":"done"', f'"state":"{now}"')
        route.fulfill(body=body, content_type="application/json")

    page.route(re.compile(r"tools/shop\.(list_imports|get_import)"), as_if)
    page.goto(re.sub(r"start.*", "goods", page.url))
    expect(page.get_by_role("link", name="正在导入")).to_be_visible()
    with page.expect_request(re.compile("list_products")):
        now = state
    expect(page.get_by_role("link", name=said)).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="买家", exact=True).click()
    expect(page.get_by_role("link", name=said)).to_have_count(0)
    page.unroute_all(behavior="ignoreErrors")


def test_who_may_only_look_is_asked_for_nothing_an_owner_does(guide: Page, page: Page) -> None:
    owner = guide
    shop = re.findall(r"/shops/([^/]+)/", owner.url)[0]
    owner.goto(f"/shops/{shop}/settings?tab=team")
    owner.get_by_role("button", name="邀请成员").click()
    dialog = owner.get_by_role("dialog")
    dialog.get_by_label("邮箱").fill("looker@example.com")
    dialog.get_by_label("角色").click()
    owner.locator(".ant-select-item-option", has_text="只看").click()
    dialog.get_by_role("button", name="生成邀请链接").click()
    page.goto(dialog.locator("code").inner_text())
    page.get_by_label("称呼").fill("客人")
    page.get_by_label("密码").fill("valley-river-cup-17")
    page.get_by_role("button", name="加入").click()
    expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    page.goto(f"/shops/{shop}/start")
    expect(page.get_by_text("已完成 0 / 2 步")).to_be_visible()
    check = step(page, "看看认得对不对")
    expect(check.get_by_text("请店主补上")).to_be_visible()
    expect(check.get_by_role("button", name=re.compile("写一份|起步规则"))).to_have_count(0)
    assert serious_faults(page) == []


@pytest.mark.parametrize("name", ["bring", "check", "try", "widget", "people"])
def test_every_step_fits_a_phone_in_the_dark(guide: Page, name: str) -> None:
    page = guide
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.goto(re.sub(r"start.*", f"start?step={name}", page.url))
    expect(page.get_by_role("main").get_by_role("button", expanded=True)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert serious_faults(page) == []
