"""Models on their page: who does what, one is tried, it is priced, and the budget is spent."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ai.language.server import ANSWER, Does, Stub, models_file, serving
from tests.browser.conftest import watched
from tests.browser.test_console import go, serious_faults
from tests.browser.test_console_guide import open_shop
from tests.browser.test_desk import Shop
from tests.server import Server

expect.set_options(timeout=20_000)


@contextmanager
def stub_server() -> Iterator[Stub]:
    """The stub in a loop and thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    served = serving()
    try:
        yield asyncio.run_coroutine_threadsafe(served.__aenter__(), loop).result(30)
    finally:
        asyncio.run_coroutine_threadsafe(served.__aexit__(None, None, None), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()


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
    owner.get_by_text("怎样接入").click()
    expect(owner.get_by_label("models.toml 的样例")).to_contain_text("DASHSCOPE_API_KEY")
    owner.get_by_role("radiogroup", name="怎样接入").get_by_text("自己的服务器").click()
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
