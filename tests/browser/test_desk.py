"""The desk, from a question that the program does not know to an answer that it knows from then on:
two people of the shop, and shoppers at the shop's own door."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.browser.test_console import SLOW_MS, go, serious_faults
from tests.server import Server
from zhanggui.base import clock

expect.set_options(timeout=20_000)
UNKNOWN = "能寄到月球吗"
KNOWN = "碗底一圈没有釉是怎么回事"
"""Long enough to stand by itself, whatever was said before."""
KNOWN_ANSWER = "烧的时候不沾窑板才这样，是正常的。"
ANSWERS = {
    "包邮吗": "满99元包邮。",
    KNOWN: KNOWN_ANSWER,
    "能开发票吗": "可以开电子发票，下单时填抬头。",
    "怎么退货": "签收后七天内可以退货。",
    "几点上班": "早上九点到晚上九点都有人。",
}
HEARD = """(() => {
    window.heard = { sounds: 0, notices: [] };
    const tone = {
        frequency: {}, gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} },
        connect: (next) => next, start() {}, stop() {},
    };
    window.AudioContext = class {
        currentTime = 0;
        destination = {};
        resume() { window.heard.sounds += 1; return Promise.resolve(); }
        createOscillator() { return tone; }
        createGain() { return tone; }
    };
    window.Notification = class {
        static permission = "granted";
        static requestPermission = () => Promise.resolve("granted");
        constructor(said) { window.heard.notices.push(said); }
    };
    document.hasFocus = () => false;
})()"""
"""Counts what sounds and what the browser is asked to tell, in place of doing it."""
_MOST_SILENCES = 4
"""Signs of life after which a stream is given up that says nothing else."""


class Shop:
    """A shop that was opened for this test, as its owner's browser calls it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        found = re.search(r"/shops/([^/]+)/", page.url)
        assert found
        self.id = found.group(1)

    def call(self, tool: str, **given: Any) -> Any:
        answer = self.page.request.post(
            f"/api/shops/{self.id}/tools/{tool}", data=given, headers={"X-Zhanggui": "1"}
        )
        assert answer.ok, answer.text()
        return answer.json()

    def key(self) -> str:
        answer = self.page.request.get(f"/api/shops/{self.id}/tools/service.widget")
        return str(answer.json()["key"])


class Shopper:
    """Somebody who asks, through the public door."""

    def __init__(self, url: str, key: str) -> None:
        self._http = httpx.Client(
            base_url=f"{url}/api/chat/{key}", headers={"X-Zhanggui": "1"}, timeout=60
        )
        begun = self._http.post("/conversations", json={}).raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {begun.json()['token']}"

    def close(self) -> None:
        self._http.close()

    def says(self, text: str) -> None:
        said = {"client_id": uuid.uuid4().hex, "text": text}
        self._http.post("/messages", json=said).raise_for_status()

    def shows(self) -> None:
        picture = io.BytesIO()
        Image.new("RGB", (60, 40), "brown").save(picture, "JPEG")
        self._http.post(
            "/images",
            params={"client_id": uuid.uuid4().hex},
            files={"file": ("cup.jpg", picture.getvalue(), "image/jpeg")},
        ).raise_for_status()

    def types(self) -> None:
        self._http.post("/typing").raise_for_status()

    def reads(self, text: str) -> None:
        """Wait until it has been said."""
        heard: list[str] = []
        silences = 0
        with self._http.stream("GET", "/stream", params={"after": 0}) as answer:
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    heard.append(line)
                    if text in line:
                        return
                silences += line.startswith(":")
                if silences == _MOST_SILENCES:
                    break
        raise AssertionError(f"never read {text}, but {heard}")


@pytest.fixture
def shop(owner_page: Page, request: pytest.FixtureRequest) -> Shop:
    owner_page.goto("/new-shop")
    owner_page.get_by_label("店铺名称").fill(f"接待 {request.node.name[:20]}")
    owner_page.get_by_role("button", name="开店").click()
    expect(owner_page.get_by_role("heading", name="开店向导")).to_be_visible()
    shop = Shop(owner_page)
    for question, answer in ANSWERS.items():
        shop.call("knowledge.save_faq", question=question, answer=answer)
    return shop


@pytest.fixture
def colleague(shop: Shop, page: Page) -> Page:
    """A browser in which somebody who was invited has signed in."""
    email = f"li-{uuid.uuid4().hex[:8]}@example.com"
    page.goto(shop.call("base.invite_member", email=email, role="agent")["link"])
    page.get_by_label("称呼").fill("小李")
    page.get_by_label("密码").fill("valley-river-cup-17")
    page.get_by_role("button", name="加入").click()
    expect(page.get_by_role("heading", level=1, name="总览")).to_be_visible()
    return page


@pytest.fixture
def comes(shop: Shop, server: Server) -> Iterator[Callable[[], Shopper]]:
    """A shopper comes to the shop's door."""
    with ExitStack() as leaving:

        def comes() -> Shopper:
            shopper = Shopper(server.url, shop.key())
            leaving.callback(shopper.close)
            return shopper

        yield comes


@pytest.fixture
def shopper(comes: Callable[[], Shopper]) -> Shopper:
    return comes()


def conversations(page: Page) -> Locator:
    return page.get_by_role("list", name="会话").get_by_role("listitem")


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="消息")


def tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="会话").get_by_role("link", name=name).click()


def test_what_the_program_does_not_know_a_person_answers_and_the_next_is_told(
    shop: Shop, shopper: Shopper, comes: Callable[[], Shopper], colleague: Page
) -> None:
    page = shop.page
    go(page, "接待台")
    expect(page.get_by_text("没有人在等")).to_be_visible()
    assert serious_faults(page) == []

    shopper.says(UNKNOWN)
    expect(conversations(page)).to_have_count(1, timeout=SLOW_MS)
    row = conversations(page).first
    expect(row).to_contain_text("没把握")
    expect(row).to_contain_text("还剩")
    row.get_by_role("link").click()
    expect(log(page)).to_contain_text(UNKNOWN)
    aside = page.get_by_role("complementary", name="摘要和草稿")
    expect(aside).to_contain_text(UNKNOWN)
    expect(aside).to_contain_text("核对草稿和来源")
    use = aside.get_by_role("button", name="放进输入框")
    expect(use).to_be_visible(timeout=SLOW_MS)
    assert serious_faults(page) == []
    use.click()
    expect(page.get_by_label("回复", exact=True)).not_to_have_value("")

    page.get_by_role("button", name="接手").click()
    expect(conversations(page)).to_have_count(0)
    colleague.goto(page.url.replace("tab=queue", "tab=people"))
    expect(colleague.get_by_text("也在看").first).to_be_visible()
    expect(page.get_by_text("小李 也在看")).to_be_visible(timeout=SLOW_MS)
    colleague.get_by_role("button", name="备注").click()
    colleague.get_by_label("备注").fill("仓库说寄不了")
    colleague.keyboard.press("Enter")
    expect(log(page)).to_contain_text("小李 的备注")
    shopper.types()
    expect(page.get_by_text("买家正在输入")).to_be_visible()

    box = page.get_by_label("回复", exact=True)
    box.fill("月球暂时寄不到，国内都可以。")
    expect(colleague.get_by_text("正在输入").first).to_be_visible()
    box.press("Enter")
    shopper.reads("月球暂时寄不到，国内都可以。")
    expect(box).to_have_value("")
    assert serious_faults(page) == []

    page.get_by_role("button", name="交还智能").click()
    expect(page.get_by_text("智能客服接待中")).to_be_visible()
    shopper.says(KNOWN)
    shopper.reads(KNOWN_ANSWER)
    expect(log(page)).to_contain_text(KNOWN_ANSWER)

    log(page).get_by_role("button", name="存为问答").click()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("问题")).to_have_value(UNKNOWN)
    expect(form.get_by_label("回答")).to_have_value("月球暂时寄不到，国内都可以。")
    assert serious_faults(page) == []
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0)
    following = comes()
    following.says(UNKNOWN)
    following.reads("月球暂时寄不到")


def test_what_is_written_stays_with_its_conversation(
    shop: Shop, shopper: Shopper, comes: Callable[[], Shopper]
) -> None:
    page = shop.page
    shopper.says(UNKNOWN)
    comes().shows()
    go(page, "接待台")
    expect(conversations(page)).to_have_count(2, timeout=SLOW_MS)
    conversations(page).filter(has_text="没把握").get_by_role("link").click()
    box = page.get_by_label("回复", exact=True)
    box.fill("/没有这样的")
    expect(page.get_by_text("没有这样的短语或问答")).to_be_visible()
    assert serious_faults(page) == []
    box.fill("/")
    expect(page.get_by_role("option")).to_have_count(len(ANSWERS))
    assert serious_faults(page) == []
    box.press("ArrowUp")
    expect(page.get_by_role("option").last).to_be_in_viewport(ratio=1)
    box.fill("/包")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Enter")
    expect(box).to_have_value("满99元包邮。")
    conversations(page).filter(has_text="发了图片").get_by_role("link").click()
    expect(log(page).get_by_role("img")).to_be_visible()
    assert serious_faults(page) == []
    expect(box).to_have_value("")
    conversations(page).filter(has_text="没把握").get_by_role("link").press("Enter")
    expect(box).to_have_value("满99元包邮。")


def test_nothing_is_sent_over_an_answer_that_was_not_seen(
    shop: Shop, shopper: Shopper, colleague: Page, browser: Browser, owner_state: StorageState
) -> None:
    # A refused message is an error in the browser's log, which a watched page may not have.
    context = browser.new_context(base_url=shop.page.url, locale="zh-CN", storage_state=owner_state)
    page = context.new_page()
    shopper.says(UNKNOWN)
    page.goto(f"/shops/{shop.id}/desk")
    conversations(page).first.get_by_role("link").click(timeout=SLOW_MS)
    expect(log(page)).to_contain_text("请稍等")
    for unheard in ("**/desk/stream*", "**/service.get_conversation*"):
        page.route(unheard, lambda route: route.abort())
    page.reload()
    expect(page.get_by_text("连不上服务器")).to_be_visible()
    page.unroute("**/service.get_conversation*")
    page.get_by_role("button", name="再试一次").click()
    box = page.get_by_label("回复", exact=True)
    box.fill("可以的。")
    page.route("**/service.get_conversation*", lambda route: route.abort())

    colleague.goto(page.url)
    colleague.get_by_label("回复", exact=True).fill("寄不到。")
    colleague.get_by_label("回复", exact=True).press("Enter")
    shopper.reads("寄不到。")
    box.press("Enter")
    expect(page.get_by_text("刚才已经有人回复了")).to_be_visible()
    expect(box).to_have_value("可以的。")
    expect(page.get_by_text("实时更新断开")).to_be_visible()
    page.unroute_all()
    expect(log(page)).to_contain_text("寄不到。", timeout=SLOW_MS)
    expect(page.get_by_text("实时更新断开")).to_have_count(0)
    box.press("Enter")
    shopper.reads("可以的。")
    context.close()


def test_a_colleague_is_handed_what_waits_and_the_list_is_walked_by_keys(
    shop: Shop, shopper: Shopper, colleague: Page
) -> None:
    page = shop.page
    shopper.says("你们是骗子，我要投诉！")
    go(page, "接待台")
    row = conversations(page).first
    expect(row).to_contain_text("紧急", timeout=SLOW_MS)
    page.get_by_role("switch", name="上线接待").click()
    expect(page.get_by_text("有新的会话会分给您")).to_be_visible()
    tab(page, "我的")
    expect(conversations(page).first).to_contain_text("我要投诉")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("我要投诉")
    page.keyboard.press("n")
    expect(page.get_by_label("备注", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(conversations(page).first.get_by_role("link")).to_be_focused()
    expect(page.get_by_role("button", name="放进输入框")).to_be_visible(timeout=SLOW_MS)
    page.keyboard.press("d")
    box = page.get_by_label("回复", exact=True)
    expect(box).to_be_focused()
    expect(box).to_have_value(re.compile("抱歉"))
    page.get_by_role("button", name="转交").click()
    form = page.get_by_role("dialog", name="转交")
    form.get_by_label("交给").click()
    page.locator(".ant-select-item-option", has_text="小李").click()
    form.get_by_label("带一句话").fill("麻烦安抚一下")
    assert serious_faults(page) == []
    form.get_by_role("button", name="转交").click()
    expect(page.get_by_text("等 小李 回复")).to_be_visible()
    log(page).press("Escape")

    go(colleague, "总览")
    expect(colleague.get_by_role("link", name="接待台 1")).to_be_visible(timeout=SLOW_MS)
    colleague.get_by_role("link", name="接待台 1").click()
    conversations(colleague).first.get_by_role("link").click()
    expect(log(colleague)).to_contain_text("麻烦安抚一下")
    colleague.get_by_role("button", name="直接发送").click(timeout=SLOW_MS)
    shopper.reads("非常抱歉给您带来不好的体验")
    colleague.get_by_role("button", name="结束").click()
    tab(colleague, "已结束")
    expect(conversations(colleague)).to_have_count(1)
    log(colleague).get_by_text("转人工 ").first.click()
    assert serious_faults(colleague) == []


def test_on_a_phone_the_list_leads_to_one_conversation_and_back(
    shop: Shop, shopper: Shopper
) -> None:
    page = shop.page
    page.set_viewport_size({"width": 390, "height": 844})
    shopper.says("转人工")
    page.goto(f"/shops/{shop.id}/desk")
    conversations(page).first.get_by_role("link").click(timeout=SLOW_MS)
    expect(log(page)).to_contain_text("转人工")
    expect(conversations(page)).to_have_count(0)
    page.get_by_role("button", name="摘要").click()
    expect(page.get_by_role("dialog").get_by_text("打个招呼")).to_be_visible(timeout=SLOW_MS)
    assert serious_faults(page) == []
    page.keyboard.press("Escape")
    assert serious_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="返回列表").click()
    expect(conversations(page)).to_have_count(1)


def test_what_becomes_ones_own_is_heard_once_and_phrases_are_at_hand(
    shop: Shop, shopper: Shopper
) -> None:
    page = shop.page
    page.add_init_script(HEARD)
    page.goto(f"/shops/{shop.id}/desk")
    expect(page.get_by_text("没有人在等")).to_be_visible()  # The whole desk is there to be pressed.
    page.get_by_role("button", name="提醒已关").click()
    expect(page.get_by_role("button", name="提醒已开")).to_be_visible()
    page.get_by_role("switch", name="上线接待").click()
    expect(page.get_by_text("有新的会话会分给您")).to_be_visible()
    assert page.evaluate("heard") == {"sounds": 1, "notices": []}, "it sounds once to be known"
    shopper.says("你们是骗子，我要投诉！")
    tab(page, "我的")
    expect(conversations(page)).to_have_count(1, timeout=SLOW_MS)
    page.wait_for_function("() => heard.notices.length > 0")
    conversations(page).first.get_by_role("link").click()
    shopper.says("人呢")
    expect(log(page)).to_contain_text("人呢")
    told = page.evaluate("heard")
    assert told["sounds"] == 2
    assert len(told["notices"]) == 1
    assert "分给您了" in told["notices"][0]

    page.get_by_role("button", name="快捷短语").click()
    panel = page.get_by_role("dialog", name="快捷短语")
    panel.get_by_label("叫什么").fill("安抚")
    panel.get_by_label("说什么").fill("马上为您核实。")
    panel.get_by_role("button", name="存下").click()
    expect(panel.get_by_role("listitem").filter(has_text="马上为您核实。")).to_be_visible()
    assert serious_faults(page) == []
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    box = page.get_by_label("回复", exact=True)
    box.fill(" 请稍等")
    box.press("Home")
    box.press_sequentially("/安")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Enter")
    expect(box).to_have_value("马上为您核实。 请稍等")

    aside = page.get_by_role("complementary", name="摘要和草稿")
    expect(aside.get_by_role("button", name="直接发送")).to_be_visible(timeout=SLOW_MS)
    aside.get_by_role("button", name="放进输入框").click()
    expect(box).to_have_value(re.compile("^马上为您核实。 请稍等\n.+"))
    held: list[Any] = []
    page.route("**/service.brief*", lambda route: held.append(route))
    shopper.says("算了，我要换货")
    expect(aside.get_by_text("这份草稿答的是之前的")).to_be_visible()
    expect(aside.get_by_role("button", name="直接发送")).to_have_count(0)
    for each in held:
        each.continue_()
    page.unroute_all()
    expect(aside.get_by_text("这份草稿答的是之前的")).to_have_count(0, timeout=SLOW_MS)


def test_who_asks_while_nobody_is_there_is_told_by_when(shop: Shop, shopper: Shopper) -> None:
    page, now = shop.page, clock.local(clock.now())
    opens, closes = (f"{now + timedelta(hours=hours):%H:%M}" for hours in (2, 4))
    shop.call("service.save_hours", opens=opens, closes=closes, answer_minutes=5)
    shopper.says(UNKNOWN)
    shopper.reads("前会回复您")
    go(page, "接待台")
    expect(conversations(page).first).to_contain_text("答应", timeout=SLOW_MS)
    assert serious_faults(page) == []


def test_a_reply_for_a_shopper_elsewhere_is_drafted_from_what_is_pasted(shop: Shop) -> None:
    page = shop.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(page, "接待台")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="旺旺助手").click()
    small = opened.value
    small.set_viewport_size({"width": 420, "height": 780})
    field = small.get_by_label("买家的话")
    expect(field).to_be_focused()
    page.evaluate("text => navigator.clipboard.writeText(text)", f"tb_007(10:00:05): {KNOWN}")
    small.bring_to_front()
    field.press("Control+v")
    reply = small.get_by_label("回复草稿", exact=True)
    expect(reply).to_have_value(re.compile(KNOWN_ANSWER), timeout=SLOW_MS)
    expect(small.get_by_label("买家昵称")).to_have_value("tb_007")
    expect(small.get_by_text("faq:")).to_be_visible()
    assert serious_faults(small) == []
    assert small.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    field.press("Control+Enter")
    expect(field).to_have_value("")
    assert KNOWN_ANSWER in small.evaluate("navigator.clipboard.readText()")
    field.fill("那包邮吗")
    field.press("Enter")
    expect(small.get_by_text("连着前面 2 句")).to_be_visible(timeout=SLOW_MS)
    expect(reply).to_have_value(re.compile("满99元包邮"))
    small.close()
