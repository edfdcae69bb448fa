"""The studio in the console: a batch from its pictures to a judged result, and a brushed mask."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.test_console import serious_faults
from tests.conftest import ROOT

GOODS = ROOT / "demo" / "goods"
# Steps run in processes of their own, which on a busy machine take their time to begin.
_MADE_MS = 240_000
pytestmark = pytest.mark.timeout(360)


def test_a_batch_is_begun_seen_to_finish_and_judged(owner_page: Page) -> None:
    page = owner_page
    page.goto("/shops/demo/studio/new?q=YX01")
    page.get_by_role("button", name=re.compile("添加底图")).click()
    frame = sorted((GOODS / "mug" / "frames").iterdir())[0]
    page.get_by_test_id("frames").set_input_files(frame)
    expect(page.get_by_text("已添加 1 张底图")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("tbody").get_by_role("checkbox").check()
    page.get_by_role("button", name="下一步").click()
    for kind in ("海报", "九宫格", "短视频", "白底图", "详情页", "文案"):
        page.get_by_role("checkbox", name=kind).uncheck()
    page.get_by_label("场景图张数").fill("1")
    page.get_by_role("button", name="开始制作").click()
    expect(page.get_by_text("已完成", exact=True)).to_be_visible(timeout=_MADE_MS)
    expect(page.get_by_text("1 / 1 个商品")).to_be_visible()

    page.get_by_role("link", name="看成果").click()
    work = page.get_by_role("option")
    expect(work).to_have_count(1)
    work.focus()
    page.keyboard.press("a")
    expect(work).to_contain_text("已通过")
    assert serious_faults(page) == []

    work.focus()
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="风格不对").check()
    expect(dialog).to_contain_text("下一版换一种风格")
    dialog.get_by_role("button", name="退回").click()
    expect(page.get_by_text("已退回 1 件，正在重做")).to_be_visible()


def test_a_doubtful_mask_is_brushed_and_saved(owner_page: Page) -> None:
    page = owner_page
    glass = sorted((GOODS / "tumbler" / "frames").iterdir())[0]
    said = {"X-Zhanggui": "1"}
    file: FilePayload = {
        "name": glass.name,
        "mimeType": "image/webp",
        "buffer": glass.read_bytes(),
    }
    page.goto("/shops/demo/studio-cuts")
    expect(page.get_by_text("没有待检查的抠图")).to_be_visible()
    sent = page.request.post(
        "/api/shops/demo/studio/pictures",
        headers=said,
        multipart={"product_id": "YX02", "files": file},
    )
    assert sent.ok, sent.text()
    plan = {"kinds": ["white"]}
    begun = page.request.post(
        "/api/shops/demo/tools/studio.start_batch",
        headers=said,
        data={"product_ids": ["YX02"], "waits_for_review": True, "plan": plan},
    )
    assert begun.ok, begun.text()
    page.goto(f"/shops/demo/studio/{begun.json()['id']}")
    expect(page.get_by_text("1 个等人看抠图")).to_be_visible(timeout=_MADE_MS)

    page.get_by_text("1 个等人看抠图").click()
    canvas = page.get_by_role("img", name="蒙版画布")
    box = canvas.bounding_box()
    assert box is not None
    undo = page.get_by_role("button", name="撤销")
    expect(undo).to_be_disabled()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.6)
    page.mouse.up()
    expect(undo).to_be_enabled()
    page.keyboard.press("z")
    expect(undo).to_be_disabled()
    page.keyboard.press("Shift+Z")
    page.get_by_role("button", name="保存蒙版").click()
    expect(page.get_by_text(re.compile("蒙版已保存"))).to_be_visible()
    expect(page.get_by_text("没有待检查的抠图")).to_be_visible()
