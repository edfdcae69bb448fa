"""Models on their page: who does what, one is tried, it is priced, and the budget is spent."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ai.language.server import ANSWER, Does, Stub, models_file, stub_server
from tests.browser.conftest import watched
from tests.browser.test_console import go, serious_faults
from tests.browser.test_console_guide import open_shop
from tests.browser.test_desk import Shop
from tests.server import Server

expect.set_options(timeout=20_000)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with stub_server() as stub:
        yield stub


@pytest.fixture
def server(stub: Stub, tmp_path: Path) -> Iterator[Server]:
    """A server of its own: in the others no model is there."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "models.toml").write_text(models_file(stub.url), encoding="utf-8")
    with Server(Path(sys.executable).with_name("zhanggui"), data, "--no-demo") as server:
        yield server


@pytest.fixture
def owner(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    pages = watched(browser, server, request.node, None)
    page = next(pages)
    page.goto(server.sign_in_url)
    page.wait_for_url(lambda url: "token=" not in url)
    page.goto("/new-shop")
    open_shop(page, "模型")
    yield page
    next(pages, None)


def test_a_model_is_tried_priced_and_held_to_a_budget(owner: Page, stub: Stub, page: Page) -> None:
    shop = Shop(owner)
    go(owner, "模型")
    roles = owner.get_by_role("list", name="谁做什么")
    expect(roles.get_by_role("listitem").filter(has_text="细想")).to_contain_text("用内置的方式")
    expect(roles).to_contain_text("large 没有上场：没有设置环境变量 A_KEY_THAT_NOBODY_SET")
    expect(owner.get_by_role("button", name="测试 large")).to_be_disabled()
    expect(owner.get_by_text("这段日子没有问过模型")).to_be_visible()
    owner.get_by_text("自己写文件").click()
    expect(owner.get_by_label("models.toml 的样例")).to_contain_text("DASHSCOPE_API_KEY")
    owner.get_by_role("radiogroup", name="自己写文件").get_by_text("自己的服务器").click()
    expect(owner.get_by_label("models.toml 的样例")).to_contain_text("11434")
    assert serious_faults(owner) == []

    small = owner.get_by_role("listitem").filter(has=owner.get_by_role("button", name="测试 small"))
    small.get_by_role("button").click()
    expect(small).to_contain_text(f"它说：{ANSWER}")
    expect(small).to_contain_text("¥0.000036")
    stub.script.append(Does(status=401))
    small.get_by_role("button").click()
    expect(small).to_contain_text("没有答上：密钥不对或没有权限 (HTTP 401)")
    usage = owner.get_by_role("region", name="用量")
    expect(usage.get_by_role("table", name="明细")).to_contain_text("测试模型small21205")
    expect(usage.get_by_role("figure", name="每天的花费")).to_contain_text("small")
    usage.get_by_role("radiogroup", name="按什么分").get_by_text("按用处").click()
    expect(usage.get_by_role("figure", name="每天的花费")).to_contain_text("测试模型")

    budgets = owner.get_by_role("list", name="预算")
    budgets.get_by_role("button", name="修改整个店铺的预算").click()
    budgets.get_by_label("每天最多（元）").fill("0")
    budgets.get_by_label("每月最多（元）").fill("20")
    assert serious_faults(owner) == []
    owner.keyboard.press("Enter")
    whole = budgets.get_by_role("listitem").filter(has_text="整个店铺")
    expect(whole).to_contain_text("不许花")
    expect(whole).to_contain_text("¥0.000036 / ¥20.00")
    owner.set_viewport_size({"width": 390, "height": 844})
    expect(owner.get_by_role("list", name="明细")).to_contain_text("small")
    assert owner.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert serious_faults(owner) == []

    link = shop.call("base.invite_member", email="viewer@example.com", role="viewer")["link"]
    page.goto(link)
    page.get_by_label("称呼").fill("小王")
    page.get_by_label("密码").fill("valley-river-cup-17")
    page.get_by_role("button", name="加入").click()
    expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    go(page, "模型")
    expect(page.get_by_text("预算是 0：不问模型")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button", name="测试")).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("button", name="修改")).to_have_count(0)


@pytest.mark.refuses
def test_a_server_is_brought_tried_and_written(owner: Page, stub: Stub) -> None:
    go(owner, "模型")
    owner.get_by_role("button", name="接入模型").click()
    owner.get_by_role("radio", name="别的网址").check()
    owner.get_by_label("网址", exact=True).fill("http://127.0.0.1:9/v1")
    owner.keyboard.press("Enter")
    expect(owner.get_by_text("没有问到模型：连不上")).to_be_visible()
    owner.get_by_label("网址", exact=True).fill(stub.url.replace("127.0.0.1", "localhost"))
    owner.get_by_label("密钥", exact=True).fill("sk-0123456789abcdef-WXYZ")
    owner.keyboard.press("Enter")
    expect(owner.get_by_text("有 3 个模型")).to_be_visible()
    owner.keyboard.press("Enter")
    expect(owner.get_by_role("combobox", name="看图用的模型")).to_have_value("qwen-vl-small")
    assert serious_faults(owner) == []
    owner.get_by_role("combobox", name="细想用的模型").fill("")
    stub.script.append(Does(status=404))
    owner.get_by_role("button", name="试一试").click()
    tried = owner.get_by_role("list", name="试一试")
    expect(tried.get_by_role("listitem").filter(has_text="措辞")).to_contain_text(
        "没有名为 qwen-small"
    )
    expect(tried.get_by_role("listitem").filter(has_text="看图")).to_contain_text(f"它说：{ANSWER}")
    assert serious_faults(owner) == []
    owner.get_by_role("button", name="再试一次").click()
    expect(owner.get_by_text("都答上了")).to_be_visible()
    owner.get_by_role("button", name="写入", exact=True).click()
    expect(owner.get_by_text("已写入")).to_be_visible()

    roles = owner.get_by_role("list", name="谁做什么")
    expect(roles.get_by_role("listitem").filter(has_text="看图")).to_contain_text("qwen-vl-small")
    keys = owner.get_by_role("list", name="服务器和密钥")
    mine = keys.get_by_role("listitem").filter(has_text="localhost")
    expect(mine).to_contain_text("末四位 WXYZ")
    mine.get_by_role("button", name="测试密钥").click()
    expect(mine).to_contain_text(f"它说：{ANSWER}")
    assert stub.keys[-1] == "bearer sk-0123456789abcdef-wxyz"
    calls = owner.get_by_role("table", name="发出去了什么")
    expect(calls.get_by_role("row").filter(has_text="1 张图").first).to_contain_text("自己这里")
    mine.get_by_role("button", name="删除").click()
    owner.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(mine).to_contain_text("不要密钥")
    sharing = owner.get_by_role("region", name="什么可以外发")
    sharing.get_by_text("都不问").click()
    expect(sharing).to_contain_text("不问任何模型")
    expect(sharing.get_by_role("switch", name="图片可以发到外面的服务器")).to_be_disabled()
    prompts = owner.get_by_role("list", name="提示词").get_by_role("listitem")
    wording = prompts.filter(has_text="service.wording")
    wording.get_by_role("button", name="跑测试集").click()
    expect(wording).to_contain_text("店铺设了这些内容不外发")
    assert serious_faults(owner) == []
    owner.set_viewport_size({"width": 390, "height": 844})
    expect(owner.get_by_role("list", name="发出去了什么")).to_contain_text("被拒绝")
    assert owner.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    owner.get_by_role("button", name="换回上一份配置").click()
    owner.get_by_role("dialog").get_by_role("button", name="换回上一份配置").click()
    expect(keys).not_to_contain_text("localhost")
