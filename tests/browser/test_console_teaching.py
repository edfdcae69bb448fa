"""A merchant teaches the shop in the console: from a bad answer to a better one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_console import SLOW_MS, go, serious_faults

expect.set_options(timeout=20_000)


@pytest.fixture
def shop_page(owner_page: Page, request: pytest.FixtureRequest) -> Page:
    """The guide of a shop that was opened for this test."""
    owner_page.goto("/new-shop")
    owner_page.get_by_label("店铺名称").fill(f"教 {request.node.name[:20]}")
    owner_page.get_by_role("button", name="开店").click()
    expect(owner_page.get_by_role("heading", name="开店向导")).to_be_visible()
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
    page.goto(re.sub(r"start.*", "ask", page.url))
    exchange = ask(page, "能寄到国外吗")
    expect(exchange.get_by_text("没有一条记录")).to_be_hidden()
    exchange.get_by_text("比较了 0 种答法").click()
    expect(exchange.get_by_text("没有一条记录")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def open_policies(page: Page) -> None:
    go(page, "问答与规则")
    page.get_by_role("tab", name="规则").click()


def test_a_policy_is_written_clause_by_clause_and_has_versions_side_by_side(
    shop_page: Page,
) -> None:
    page = shop_page
    open_policies(page)
    page.get_by_role("button", name="写一份规则").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("标题").fill("退换货")
    panel.get_by_role("button", name="保存").click()
    expect(panel.get_by_text("至少写一条")).to_be_visible()
    panel.get_by_role("button", name="加一条").click()
    panel.get_by_label("第 1 条").fill("签收7天内可以退。退货运费您出。")
    panel.get_by_role("button", name="拆成两条").click()
    clauses = panel.get_by_role("list", name="条款").get_by_role("listitem")
    expect(clauses).to_have_count(2)
    panel.get_by_role("button", name="下移").click()
    expect(clauses.first).to_contain_text("退货运费您出。")
    assert serious_faults(page) == []
    panel.get_by_role("button", name="保存").click()
    article = page.get_by_role("article").filter(has_text="退换货")
    expect(article.get_by_role("listitem").first).to_contain_text("退货运费您出。")

    article.get_by_role("button", name="版本与修改：退换货").click()
    panel.get_by_role("button", name="以此写新版本").click()
    panel.get_by_role("button", name="签收7天内可以退。").click()
    panel.get_by_label("第 2 条").fill("签收15天内可以退。")
    panel.get_by_role("button", name="保存").click()
    expect(panel.get_by_text("请填写这一项")).to_be_visible()
    panel.get_by_label("从哪天起适用").fill("2099-01-01")
    panel.get_by_role("button", name="保存").click()
    columns = panel.locator("section")
    expect(columns).to_have_count(2)
    expect(columns.first).to_contain_text("生效中")
    expect(columns.first).to_contain_text("签收7天内可以退。")
    expect(columns.last).to_contain_text("将生效 · 2099年1月1日 起")
    expect(columns.last.locator("[data-new]")).to_have_text("签收15天内可以退。")
    assert serious_faults(page) == []

    columns.last.get_by_role("button", name="删除").click()
    asked = page.get_by_role("dialog").filter(has_text="删除这个版本？")
    asked.get_by_role("button", name="删除").click()
    expect(columns).to_have_count(1)


def test_a_clause_is_corrected_from_the_reply_that_cites_it(shop_page: Page) -> None:
    page = shop_page
    open_policies(page)
    page.get_by_role("button", name="写一份规则").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("标题").fill("发票")
    panel.get_by_role("button", name="加一条").click()
    panel.get_by_label("第 1 条").fill("签收后可以开电子发票。")
    panel.get_by_role("button", name="保存").click()
    expect(panel).to_have_count(0)
    go(page, "试问")
    exchange = ask(page, "发票怎么开")
    weighed = exchange.get_by_role("list", name="比较过的答法").get_by_role("listitem").first
    expect(weighed).to_contain_text("签收后可以开电子发票。")
    weighed.get_by_role("button", name="改这条规定").click()
    panel.get_by_label("第 1 条").fill("发货后就可以开电子发票。")
    panel.get_by_role("button", name="保存").click()
    expect(weighed).to_contain_text("发货后就可以开电子发票。", timeout=SLOW_MS)
    expect(exchange.get_by_role("complementary", name="改之前")).to_be_visible()


def test_a_documents_clause_is_corrected_by_hand(shop_page: Page, tmp_path: Path) -> None:
    page = shop_page
    manual = tmp_path / "手册.md"
    manual.write_text("# 水壶手册\n\n## 保修\n\n整机质保一年。\n", encoding="utf-8")
    go(page, "问答与规则")
    page.get_by_role("tab", name="文档").click()
    page.get_by_test_id("documents").set_input_files(manual)
    page.get_by_role("button", name=re.compile("^水壶手册")).click(timeout=SLOW_MS)
    panel = page.get_by_role("dialog")
    panel.get_by_role("button", name="修改条款").click()
    panel.get_by_role("button", name="整机质保一年。").click()
    expect(panel.get_by_label("所在标题")).to_have_value("保修")
    panel.get_by_label("第 1 条").fill("整机质保两年。")
    panel.get_by_role("button", name="保存").click()
    expect(panel.get_by_text("整机质保两年。")).to_be_visible()
    expect(panel.get_by_role("heading", name="保修")).to_be_visible()


def write_answer(page: Page, question: str, answer: str) -> None:
    page.get_by_role("button", name="添加问答").click()
    form = page.get_by_role("dialog")
    form.get_by_label("问题").fill(question)
    form.get_by_label("回答").fill(answer)
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0)


def test_conflicts_are_seen_called_none_and_merged(shop_page: Page) -> None:
    page = shop_page
    go(page, "问答与规则")
    write_answer(page, "怎么退货", "签收后7天内可以退货。")
    write_answer(page, "退货要多久内", "签收后15天内可以退货。")
    write_answer(page, "能开发票吗", "可以开电子发票，下单时填抬头。")
    write_answer(page, "可以开发票吗", "可以开电子发票，下单时填好抬头。")
    page.get_by_role("tab", name="冲突").click()
    pairs = page.get_by_role("article")
    expect(pairs).to_have_count(2, timeout=SLOW_MS)
    expect(pairs.first).to_contain_text("矛盾")
    expect(pairs.first).to_contain_text(re.compile("7天.*15天|15天.*7天"))
    assert serious_faults(page) == []

    pairs.first.get_by_role("button", name="不是冲突").click()
    expect(pairs).to_have_count(1)
    page.get_by_role("button", name="撤销").click()
    expect(pairs).to_have_count(2)
    expect(pairs.last).to_contain_text("重复")
    pairs.last.get_by_role("button", name="合并，留这条").first.click()
    asked = page.get_by_role("dialog").filter(has_text="合并这两条问答？")
    asked.get_by_role("button", name="合并", exact=True).click()
    expect(pairs).to_have_count(1)

    wrong = pairs.locator("section").filter(has_text="签收后15天内")
    wrong.get_by_role("button", name="打开来改").click()
    form = page.get_by_role("dialog")
    form.get_by_label("回答").fill("签收后7天内都可以退货的。")
    form.get_by_role("button", name="保存").click()
    expect(page.get_by_text("没有发现重复或矛盾")).to_be_visible()


def test_many_answers_are_changed_removed_and_brought_back(shop_page: Page) -> None:
    page = shop_page
    go(page, "问答与规则")
    page.get_by_role("button", name="添加问答").click()
    form = page.get_by_role("dialog")
    form.get_by_label("问题").fill("怎么退货")
    wordings = form.get_by_label("也会这样问")
    for wording in ("退货流程", "不想要了能退吗"):
        wordings.fill(wording)
        wordings.press("Enter")
    form.get_by_label("回答").fill("七天内可以退。")
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0)
    write_answer(page, "几点上班", "九点。")
    returns = page.get_by_role("listitem").filter(has_text="七天内可以退。")
    expect(returns).to_contain_text("2 种问法")

    page.get_by_role("checkbox", name="选中：怎么退货").check()
    page.get_by_role("button", name="设分类").click()
    form.get_by_label("分类").fill("售后")
    form.get_by_role("button", name="保存").click()
    expect(returns).to_contain_text("售后")
    expect(form).to_have_count(0)
    page.get_by_role("combobox", name="分类", exact=True).click()
    page.get_by_title("售后").click()
    expect(page.get_by_text("几点上班")).to_have_count(0)
    assert serious_faults(page) == []

    page.get_by_role("checkbox", name="选中本页").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="删除").click()
    expect(page.get_by_text("没有符合的内容")).to_be_visible()
    notice = page.get_by_role("alert").filter(has_text="已删除 1 条问答")
    notice.get_by_role("button", name="撤销").click()
    expect(returns).to_contain_text("2 种问法")
    expect(returns).to_contain_text("售后")
