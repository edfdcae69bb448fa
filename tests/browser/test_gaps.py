"""What nobody could answer, filled in one click, from the desk's conversations to the next
shopper's answer."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.test_console import SLOW_MS, serious_faults
from tests.browser.test_desk import Shop, Shopper, comes, conversations, log, shop, shopper

__all__ = ["comes", "shop", "shopper"]

WAYS = ("能寄到月球吗", "可以寄到月球吗")
SAYS = "月球暂时寄不到，国内都可以。"


def answer(shop: Shop, shopper: Shopper, question: str) -> None:
    """Have a question handed over, and a person answer it."""
    shopper.says(question)
    shopper.reads("请稍等")
    found = shop.page.request.get(f"/api/shops/{shop.id}/tools/service.list_conversations")
    newest = max(found.json()["items"], key=lambda each: str(each["last_at"]))
    shop.call(
        "service.send_message", id=newest["id"], text=SAYS, seen=newest["messages"],
        client_id=question,
    )  # fmt: skip


def test_what_people_answered_is_the_next_shoppers_answer_in_one_click(
    shop: Shop, shopper: Shopper, comes: Callable[[], Shopper]
) -> None:
    page = shop.page
    for who, question in zip((shopper, comes()), WAYS, strict=True):
        answer(shop, who, question)
    page.goto(f"/shops/{shop.id}/desk?tab=people")
    conversations(page).first.get_by_role("link").click()
    log(page).get_by_role("button", name="不会答：补上回答").click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_label("回答", exact=True)).to_have_value(SAYS, timeout=SLOW_MS)
    expect(panel.get_by_text("2 次，在 2 段会话里")).to_be_visible()
    assert serious_faults(page) == []
    panel.get_by_role("button", name="关闭").click()
    page.get_by_role("navigation").get_by_role("link", name="待补知识 1").click()
    expect(page.get_by_text("2 个问题没能自己答")).to_be_visible(timeout=SLOW_MS)
    assert serious_faults(page) == []
    first = page.get_by_role("row").nth(1).get_by_role("button")
    first.click()
    expect(panel.get_by_label("回答", exact=True)).to_have_value(SAYS)
    expect(panel.get_by_text("人工是怎么答的")).to_be_visible()
    assert serious_faults(page) == []
    panel.get_by_role("button", name="不再提示").click()
    page.get_by_role("button", name="撤销").click()
    expect(first).to_be_visible()

    first.click()
    panel.get_by_role("button", name="采用这条回答").click()
    expect(page.get_by_text("没有答不上的问题")).to_be_visible()
    expect(page.get_by_role("link", name="待补知识", exact=True)).to_be_visible()
    assert serious_faults(page) == []
    following = comes()
    following.says(WAYS[0])
    following.reads(SAYS)
