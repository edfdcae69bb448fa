"""The console as its people use it: in, files in, look, ask, out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.conftest import ROOT

AXE = ROOT / "console/node_modules/axe-core/axe.min.js"
SLOW_MS = 60_000
"""For what the server works on: a busy machine may take its time."""
expect.set_options(timeout=20_000)

SCREENS = (
    "start",
    "overview",
    "orders",
    "refunds",
    "goods",
    "coupons",
    "buyers",
    "import",
    "studio",
    "studio/new",
    "studio-works",
    "studio-cuts",
    "studio-kit",
    "studio-kit?tab=layouts",
    "studio-kit?tab=brand",
    "compliance",
    "compliance?tab=rules",
    "answers",
    "answers?tab=policies",
    "answers?tab=documents",
    "answers?tab=proposals",
    "answers?tab=conflicts",
    "ask",
    "work",
    "desk",
    "assist",
    "gaps",
    "evaluation",
    "quality",
    "service-report",
    "models",
    "settings",
    "settings?tab=approvals",
    "settings?tab=service",
    "settings?tab=widget",
    "settings?tab=channels",
    "settings?tab=data",
    "settings?tab=keys",
    "settings?tab=webhooks",
    "settings?tab=account",
)

DESK, PHONE = (ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844))

HEADER = (
    "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,收货人姓名,"
    "收货地址 ,联系手机,订单创建时间,订单付款时间,宝贝标题,宝贝总数量"
)
ROWS = (
    '="4088100000000000001",青山见我,128.00,0.00,128.00,128.00,交易成功,张三丰,'
    "浙江省 杭州市 西湖区 文三路100号,'13812345678,2026-03-01 10:11:12,2026-03-01 10:12:00,云朵,1",
    '="4088100000000000002",momo,59.90,0.00,59.90,59.90,等待买家付款,李四光,'
    "上海市 上海市 徐汇区 天平路1号,'13900001111,2026-03-02 09:00:00,,纯棉枕套,2",
    "4.0881E+18,坏行,10.00,0.00,10.00,10.00,交易成功,王五,"
    "北京市 北京市 朝阳区 一号,'13700000000,2026-03-02 09:00:00,2026-03-02 09:01:00,纯棉枕套,1",
)


CUT_CARDS = """[...document.querySelectorAll('li[aria-setsize]')]
    .filter((card) => card.scrollHeight > card.clientHeight + 12
        || card.scrollWidth > card.clientWidth)
    .map((card) => card.textContent)"""
"""Cards of a list, each of one height, of whose words some are cut off; 12 is their padding."""


@pytest.fixture
def orders_file(tmp_path: Path) -> Path:
    """An ExportOrderList as it comes: GB18030, CRLF, a header with a space, a spoilt row."""
    path = tmp_path / "ExportOrderList20260303.csv"
    path.write_bytes("\r\n".join((HEADER, *ROWS, "")).encode("gb18030"))
    return path


@pytest.fixture
def shop_page(owner_page: Page, request: pytest.FixtureRequest) -> Page:
    """The guide of a shop that was opened for this test."""
    owner_page.goto("/new-shop")
    owner_page.get_by_label("店铺名称").fill(f"试验 {request.node.name[:20]}")
    owner_page.get_by_role("button", name="开店").click()
    expect(owner_page.get_by_role("heading", name="开店向导")).to_be_visible()
    return owner_page


def go(page: Page, place: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=place, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=place)).to_be_visible()


def take_in(page: Page, *, files: Path | None = None, folder: Path | None = None) -> None:
    """Hand files over and wait until they are understood."""
    go(page, "导入")
    page.get_by_test_id("files" if files else "folder").set_input_files(files or folder or [])
    expect(page.get_by_role("heading", name="看看认得对不对")).to_be_visible(timeout=SLOW_MS)


def start(page: Page) -> None:
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("heading", name=re.compile("^导入完成"))).to_be_visible(timeout=SLOW_MS)


def figure(page: Page, name: str) -> str:
    """A figure of the report, by its name."""
    term = page.locator("dt", has_text=re.compile(f"^{name}$"))
    return term.locator("xpath=following-sibling::dd").inner_text()


def rows_of(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True).locator("tbody tr[data-row-key]")


def test_the_link_leads_to_the_demo_shop_at_a_glance(owner_page: Page) -> None:
    owner_page.goto("/")
    expect(owner_page).to_have_url(re.compile(r"/shops/[^/]+/overview$"))
    expect(owner_page.get_by_role("heading", name="最近 30 天")).to_be_visible()
    figures = owner_page.get_by_role("main").get_by_role("listitem").filter(has_text="实付金额")
    expect(figures).to_contain_text(re.compile(r"¥[\d,]{5,}"))
    owner_page.get_by_role("button", name="看数字").click()
    expect(owner_page.get_by_role("main").get_by_role("table").get_by_role("row")).to_have_count(31)


def test_a_shop_pack_comes_in_and_is_seen_everywhere(shop_page: Page) -> None:
    page = shop_page
    take_in(page, folder=ROOT / "demo/shop")
    expect(page.get_by_role("heading", name="shop/products.csv")).to_be_visible()
    start(page)
    assert int(figure(page, "商品")) == 24
    assert int(figure(page, "SKU")) > 24

    go(page, "商品")
    expect(rows_of(page, "商品")).to_have_count(24)
    page.get_by_role("button", name="山月饭碗").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name="山月饭碗")).to_be_visible()
    expect(drawer.get_by_role("cell", name="¥26.00").first).to_be_visible()
    assert serious_faults(page) == []
    page.keyboard.press("Escape")

    go(page, "买家")
    expect(rows_of(page, "买家").first).to_be_visible()
    go(page, "问答与规则")
    expect(page.get_by_text("微波炉").first).to_be_visible()
    page.get_by_role("tab", name="规则").click()
    expect(page.get_by_role("article").first).to_be_visible()


def test_an_order_list_with_a_spoilt_row_comes_in_and_goes_back_out(
    shop_page: Page, orders_file: Path, tmp_path: Path
) -> None:
    page = shop_page
    take_in(page, files=orders_file)
    expect(page.get_by_role("cell", name="订单编号")).not_to_have_count(0)
    assert "13812345678" not in page.content(), "a preview shows no receiver in full"
    start(page)
    assert (figure(page, "订单"), figure(page, "实付金额")) == ("2", "¥187.90")
    problem = page.get_by_role("row").filter(has_text="科学计数法")
    expect(problem).to_contain_text("订单编号")
    expect(problem.get_by_role("cell").nth(1)).to_have_text("4")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载退回的行").click()
    download.value.save_as(tmp_path / "problems.csv")
    assert "科学计数法" in (tmp_path / "problems.csv").read_text("utf-8-sig")

    go(page, "订单")
    expect(rows_of(page, "订单")).to_have_count(2)
    page.get_by_label("搜订单号、买家、商品").fill("青山见我")
    expect(rows_of(page, "订单")).to_have_count(1)
    page.get_by_role("button", name="4088100000000000001").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("138****5678")).to_be_visible()
    assert "13812345678" not in page.content()
    drawer.get_by_role("button", name="查看完整信息").click()
    expect(drawer.get_by_text("13812345678")).to_be_visible()
    expect(drawer.get_by_text("已记录")).to_be_visible()
    drawer.get_by_role("button", name="重新遮住").click()
    expect(drawer.get_by_text("13812345678")).to_be_hidden()
    page.keyboard.press("Escape")

    go(page, "买家")
    expect(rows_of(page, "买家")).to_have_count(2)

    go(page, "导入")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("button", name="撤销这次导入").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销这次导入").click()
    expect(page.get_by_role("heading", name="这次导入已撤销")).to_be_visible(timeout=SLOW_MS)
    go(page, "订单")
    expect(page.get_by_text("还没有订单")).to_be_visible()


def test_a_question_is_answered_with_its_grounds(owner_page: Page) -> None:
    owner_page.goto("/")
    go(owner_page, "试问")
    owner_page.get_by_label("以买家身份提问").fill("包邮吗？")
    owner_page.keyboard.press("Enter")
    answer = owner_page.get_by_role("log").get_by_role("article")
    expect(answer).to_be_visible(timeout=SLOW_MS)
    expect(answer).to_have_attribute("data-decision", "answer")
    expect(answer.get_by_text(re.compile(r"依据 \d 条"))).to_be_visible()
    expect(answer.get_by_role("listitem").first).to_contain_text(re.compile("(faq|policy):"))
    expect(answer.get_by_role("meter")).to_be_visible()


def test_an_owner_chooses_how_many_answers_may_be_wrong(shop_page: Page) -> None:
    shop_page.goto(re.sub(r"start.*", "ask", shop_page.url))
    choice = shop_page.get_by_role("region", name="允许答错的比例")
    save = choice.get_by_role("button", name="保存")
    expect(choice.get_by_role("radio", name="5%")).to_be_checked()
    expect(save).to_be_disabled()
    choice.get_by_text("2%", exact=True).click()
    expect(choice).to_contain_text("最多允许约 2 句答错")
    save.click()
    expect(shop_page.get_by_text("已保存，下一句起生效")).to_be_visible()
    shop_page.reload()
    expect(choice.get_by_role("radio", name="2%")).to_be_checked()


def test_language_and_theme_are_chosen_and_kept(owner_page: Page) -> None:
    owner_page.goto("/")
    owner_page.get_by_title("账号").click()
    owner_page.get_by_role("menuitem", name="English").click()
    expect(owner_page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    owner_page.get_by_title("Account").click()
    owner_page.get_by_role("menuitem", name="Dark").click()
    owner_page.reload()
    expect(owner_page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    html = owner_page.locator("html")
    expect(html).to_have_attribute("lang", "en")
    expect(html).to_have_attribute("data-theme", "dark")
    go(owner_page, "Import")
    expect(owner_page.get_by_role("cell", name="Done")).not_to_have_count(0)


def test_a_password_signs_in_and_out_of_another_browser(owner_page: Page, page: Page) -> None:
    owner_page.goto("/set-up")
    owner_page.get_by_label("称呼").fill("老周")
    owner_page.get_by_label("邮箱").fill("owner@example.com")
    owner_page.get_by_label("密码").fill("mountain-moon-bowl-42")
    owner_page.get_by_role("button", name="保存并进入").click()
    expect(owner_page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    expect(owner_page.get_by_text("还没有设置邮箱和密码")).to_be_hidden()
    place = owner_page.url.replace("overview", "orders")

    page.goto(place)
    expect(page.get_by_role("heading", level=1, name="登录")).to_be_visible()
    page.get_by_label("邮箱").fill("owner@example.com")
    page.get_by_label("密码").fill("mountain-moon-bowl-42")
    page.keyboard.press("Enter")
    expect(page).to_have_url(place)
    expect(rows_of(page, "订单").first).to_be_visible()
    page.get_by_title("账号").click()
    page.get_by_role("menuitem", name="退出登录").click()
    expect(page.get_by_role("heading", level=1, name="登录")).to_be_visible()
    page.goto(place)
    expect(page.get_by_role("heading", level=1, name="登录")).to_be_visible()


def test_an_invited_viewer_is_offered_only_what_they_may_do(owner_page: Page, page: Page) -> None:
    owner_page.goto("/")
    go(owner_page, "设置")
    owner_page.get_by_role("button", name="邀请成员").click()
    dialog = owner_page.get_by_role("dialog")
    dialog.get_by_label("邮箱").fill("guest@example.com")
    dialog.get_by_label("角色").click()
    owner_page.locator(".ant-select-item-option", has_text="只看").click()
    dialog.get_by_role("button", name="生成邀请链接").click()
    link = dialog.locator("code")
    expect(link).to_be_visible()
    assert dialog.evaluate("it => it.scrollWidth <= it.clientWidth"), "the link leaves the dialog"

    page.goto(link.inner_text())
    page.get_by_label("称呼").fill("客人")
    page.get_by_label("密码").fill("valley-river-cup-17")
    page.get_by_role("button", name="加入").click()
    expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    go(page, "导入")
    expect(page.get_by_text("只有店主可以导入")).to_be_visible()
    expect(page.get_by_role("button", name="选择文件")).to_have_count(0)
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=re.compile("^导入完成"))).to_be_visible()
    expect(page.get_by_role("button", name="撤销这次导入")).to_have_count(0)


def test_a_document_comes_in_is_read_and_goes(shop_page: Page, tmp_path: Path) -> None:
    page = shop_page
    manual = tmp_path / "手册.md"
    manual.write_text("# 水壶手册\n\n## 保修\n\n整机质保一年。\n", encoding="utf-8")
    go(page, "问答与规则")
    page.get_by_role("tab", name="文档").click()
    expect(page.get_by_text("还没有文档")).to_be_visible()
    page.get_by_test_id("documents").set_input_files(manual)
    page.get_by_role("button", name=re.compile("^水壶手册")).click(timeout=SLOW_MS)
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", name="保修")).to_be_visible()
    expect(panel.get_by_text("整机质保一年。")).to_be_visible()
    assert serious_faults(page) == []
    panel.get_by_label("从哪天起适用").fill("2099-01-01")
    page.get_by_test_id("new-version").set_input_files(manual)
    expect(panel.get_by_text("将生效 · 2099年1月1日 起")).to_be_visible(timeout=SLOW_MS)
    panel.get_by_role("button", name="删除").click()
    asked = page.get_by_role("dialog").filter(has_text="删除《水壶手册》？")
    asked.get_by_role("button", name="删除").click()
    expect(page.get_by_text("还没有文档")).to_be_visible()


def test_an_answer_is_written_with_its_days(shop_page: Page) -> None:
    page = shop_page
    go(page, "问答与规则")
    page.get_by_role("button", name="添加问答").click()
    form = page.get_by_role("dialog")
    form.get_by_label("问题").fill("大促几点开始")
    form.get_by_label("回答").fill("晚上八点。")
    form.get_by_label("从哪天起").fill("2099-01-02")
    form.get_by_label("到哪天为止").fill("2099-01-01")
    form.get_by_role("button", name="保存").click()
    expect(form.get_by_text("结束日期早于开始日期")).to_be_visible()
    form.get_by_label("到哪天为止").fill("2099-01-03")
    form.get_by_role("button", name="保存").click()
    expect(page.get_by_text("2099年1月2日 至 2099年1月3日")).to_be_visible()
    expect(page.get_by_text("今天不用来回答")).to_be_visible()


def test_no_screen_has_a_serious_fault_for_those_who_see_or_move_differently_or_hold_a_phone(
    owner_page: Page,
) -> None:
    """Each screen is loaded once: a theme and a width change without, and the dark theme differs in
    its colours alone."""
    page = owner_page
    page.goto("/")
    expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    shop = page.url.rpartition("/")[0]
    faults: list[str] = []
    for screen in SCREENS:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)
        page.goto(f"{shop}/{screen}")
        page.wait_for_load_state("networkidle")
        found = serious_faults(page)
        page.emulate_media(color_scheme="dark")
        expect(page.locator("html[data-theme=dark]")).to_be_attached()
        found += serious_faults(page, "color-contrast")
        page.set_viewport_size(PHONE)
        page.wait_for_function("innerWidth === 390")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{over} pixels too wide"] if over > 0 else []
        found += [f"cut off: {card}" for card in page.evaluate(CUT_CARDS)]
        faults += [f"{screen}: {fault}" for fault in found]
    assert faults == []


def serious_faults(page: Page, *rules: str) -> list[str]:
    """What axe finds, by some rules or all, of the impacts serious and critical: rule and place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        """async (rules) => (await axe.run(rules.length ? { runOnly: rules } : {})).violations
            .filter(({impact}) => impact === 'serious' || impact === 'critical')
            .flatMap(({id, nodes}) => nodes.map(({target}) => `${id} ${target}`))""",
        list(rules),
    )
    return found


def test_a_phone_has_tabs_and_a_menu(owner_page: Page) -> None:
    page = owner_page
    page.set_viewport_size(PHONE)
    page.goto("/")
    expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    page.goto(f"{page.url.rpartition('/')[0]}/settings?tab=webhooks")
    expect(page.get_by_role("tab", name="Webhook")).to_be_visible()
    assert serious_faults(page) == []
    page.get_by_role("button", name="打开菜单").click()
    page.get_by_role("dialog").get_by_role("link", name="商品").click()
    expect(page.get_by_role("heading", level=1, name="商品")).to_be_visible()
