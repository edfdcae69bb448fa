"""The whole story, two shoppers and two people of the shop at once: asked, answered by the program,
handed over, answered by people, resumed, learnt, and the next shopper is told what was learnt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched
from tests.browser.test_console import SLOW_MS, go
from tests.browser.test_desk import (
    KNOWN,
    KNOWN_ANSWER,
    UNKNOWN,
    Shop,
    colleague,
    conversations,
    log,
    shop,
    tab,
)
from tests.browser.test_widget import bubbles, open_chat, say, serious
from tests.server import Server

__all__ = ["colleague", "shop"]

ANSWER = "月球暂时寄不到，国内都可以。"
OTHER = "收到，我来帮您查。"


@pytest.fixture
def comes(
    shop: Shop,  # A fixture of that name.
    browser: Browser,
    server: Server,
    request: pytest.FixtureRequest,
) -> Iterator[Callable[[], Page]]:
    """A shopper opens the chat on the shop's page, in a browser of their own."""
    with ExitStack() as leaving:

        def comes() -> Page:
            pages = watched(browser, server, request.node, None)
            page = next(pages)
            leaving.callback(lambda: next(pages, None))
            page.goto(f"/demo-shop/index.html?key={quote(shop.key())}")
            open_chat(page)
            return page

        yield comes


def test_two_shoppers_and_two_people_at_once(
    shop: Shop,
    colleague: Page,
    comes: Callable[[], Page],
) -> None:
    owner, one, other = shop.page, comes(), comes()

    # Both ask and are answered by the program.
    say(one, KNOWN)
    say(other, "能开发票吗")
    expect(bubbles(one, "ai")).to_contain_text([KNOWN_ANSWER], timeout=SLOW_MS)
    expect(bubbles(other, "ai")).to_contain_text(["可以开电子发票"], timeout=SLOW_MS)

    # What it does not know it leaves to people, in the same conversations.
    say(one, UNKNOWN)
    say(other, "转人工")
    expect(bubbles(one, "ai")).to_have_count(2)
    expect(bubbles(other, "ai")).to_have_count(2)
    assert serious(other) == []
    go(owner, "接待台")
    expect(conversations(owner)).to_have_count(2)
    colleague.goto(owner.url)
    conversations(owner).filter(has_text="没把握").get_by_role("link").click()
    conversations(colleague).filter(has_not_text="没把握").get_by_role("link").click()
    aside = owner.get_by_role("complementary", name="摘要和草稿")
    expect(aside).to_contain_text(UNKNOWN)
    expect(aside.get_by_role("button", name="放进输入框")).to_be_visible(timeout=SLOW_MS)

    # Each is answered by one person, while the other answers the other.
    owner.get_by_role("button", name="接手").click()
    colleague.get_by_role("button", name="接手").click()
    for page, said in ((owner, ANSWER), (colleague, OTHER)):
        page.get_by_label("回复", exact=True).fill(said)
        page.get_by_label("回复", exact=True).press("Enter")
    expect(bubbles(one, "person")).to_have_text([ANSWER])
    expect(bubbles(other, "person")).to_have_text([OTHER])
    assert serious(other) == []

    # The program is silent until the word is given back to it, and then answers what waits.
    say(one, "包邮吗")
    expect(log(owner)).to_contain_text("包邮吗")
    expect(bubbles(one, "ai")).to_have_count(2)
    owner.get_by_role("button", name="交还智能").click()
    expect(bubbles(one, "ai")).to_have_count(3)
    expect(bubbles(one, "ai").last).to_contain_text("满99元包邮。")

    # The good answer becomes what the shop knows, and the other shopper is told it.
    log(owner).get_by_role("button", name="存为问答").click()
    form = owner.get_by_role("dialog")
    expect(form.get_by_label("问题")).to_have_value(UNKNOWN)
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0)
    colleague.get_by_role("button", name="交还智能").click()
    expect(colleague.get_by_text("智能客服接待中")).to_be_visible()
    say(other, UNKNOWN)
    expect(bubbles(other, "ai").last).to_contain_text("月球暂时寄不到", timeout=SLOW_MS)

    # Nothing was lost, doubled or answered twice.
    expect(bubbles(one, "shopper")).to_have_text([KNOWN, UNKNOWN, "包邮吗"])
    expect(bubbles(other, "shopper")).to_have_text(["能开发票吗", "转人工", UNKNOWN])
    expect(bubbles(one, "person")).to_have_count(1)
    expect(bubbles(other, "person")).to_have_count(1)
    expect(bubbles(one, "ai")).to_have_count(3)
    expect(bubbles(other, "ai")).to_have_count(3)
    tab(owner, "智能")
    expect(conversations(owner)).to_have_count(2)
