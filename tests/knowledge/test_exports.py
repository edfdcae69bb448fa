"""Answers and clauses as files."""

import io

import pytest

from tests.exporting import taken
from zhanggui.base import exports, tools
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.shop.files import FaqRecord, Kind, discover

pytestmark = pytest.mark.db


async def test_answers_with_their_days_and_other_wordings(call, runtime, shop, engine):
    given = {"question": "几点开始", "similar": ["何时开始", "啥时候"], "answer": "八点。"}
    saved = await call("save_faq", **given, valid_from="2026-06-18", category="大促")
    await call("save_faq", question="包邮吗", answer="包邮。")
    rows = await taken(runtime, shop, "answers", q="几点")
    assert rows == [[saved.id, "几点开始", "八点。", "何时开始\n啥时候", "大促", "2026-06-18", ""]]
    assert len(await taken(runtime, shop, "answers", Principal("u9", "viewer"))) == 2


async def test_policies_clause_by_clause_as_cited(call, runtime, shop, engine):
    await call("save_policy", id="ship", title="发货", clauses=["当天发货。", "包邮。"])
    assert await taken(runtime, shop, "policies") == [
        ["policy:ship#1", "发货", "当天发货。", ""],
        ["policy:ship#2", "发货", "包邮。", ""],
    ]
    starters = await taken(runtime, shop, "policies", starters=True)
    assert len(starters) > 10


@pytest.mark.parametrize(
    ("form", "encoding"), [("csv", "gbk"), ("csv", "utf-8"), ("xlsx", "utf-8")]
)
async def test_answers_are_read_again_as_quick_phrases(
    call, runtime, shop, engine, tmp_path, form, encoding
):
    await call("save_faq", question="几点\n开始", answer="早上八点。\n不打烊。", category="大促")
    await call("save_faq", question="过期的", answer="没有了。", valid_until="2020-01-01")
    export, file = exports.REGISTRY["phrases"], io.BytesIO()
    given = tools.validate(tools.REGISTRY[export.tool], {})
    await exports.write(
        runtime, export, given, file, shop_id=shop, principal=SYSTEM, form=form, encoding=encoding
    )
    path = tmp_path / f"phrases.{form}"
    path.write_bytes(file.getvalue())
    (source,) = discover(path)
    assert source.kind is Kind.PHRASES
    (read,) = [record for batch in source.records() for record in batch.records]
    assert isinstance(read, FaqRecord)
    assert (read.question, read.category) == ("几点 开始", "大促")
    assert read.answer == "早上八点。\n不打烊。"


async def test_two_phrases_have_two_codes(call, runtime, shop, engine):
    long = "一个很长很长的问题" * 5
    for end in "甲乙":
        await call("save_faq", question=long + end, answer=end)
    codes = [code for code, *_ in await taken(runtime, shop, "phrases")]
    assert sorted(codes) == [long[:30], f"{long[:30]}2"]
