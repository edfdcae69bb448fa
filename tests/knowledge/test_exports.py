"""Answers and clauses as files."""

import pytest

from tests.exporting import taken
from zhanggui.base.principals import Principal

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
