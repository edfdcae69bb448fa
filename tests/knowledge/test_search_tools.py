"""Where something is written: answers, clauses of policies, clauses of documents."""

from __future__ import annotations

from typing import Any

import pytest

from zhanggui.base import tools
from zhanggui.base.principals import SYSTEM
from zhanggui.knowledge.search_tools import excerpt
from zhanggui.shop.opening import open_shop


@pytest.fixture
async def written(call):
    await call("save_faq", question="包邮吗", answer="满59元包邮。")
    await call("save_policy", id="ship", title="发货", clauses=["当天发货。", "偏远地区不包邮。"])
    await call(
        "save_policy", id="ship", title="发货", clauses=["次日发货。"], effective="2099-01-01"
    )
    await call(
        "save_document", title="手册", text='# 使用\n\n装满"水"再开。\n\n# 邮寄\n\n寄修包邮。\n'
    )


@pytest.mark.db
async def test_each_kind_with_its_citation(call, written, engine):
    found = await call("search", q="包邮")
    assert [(hit.title, hit.text) for hit in found.answers] == [("包邮吗", "满59元包邮。")]
    assert [(hit.id, hit.text) for hit in found.policies] == [("policy:ship#2", "偏远地区不包邮。")]
    (hit,) = found.documents
    assert (hit.title, hit.text) == ("手册", "寄修包邮。")
    assert hit.id.startswith(f"document:{hit.of}#")


@pytest.mark.db
async def test_what_a_later_version_says_is_not_found_yet(call, written, engine):
    assert (await call("search", q="次日")).policies == []
    assert len((await call("search", q="当天")).policies) == 1


@pytest.mark.db
async def test_a_title_alone_leads_to_the_first_clause_and_signs_are_signs(call, written, engine):
    assert [hit.id for hit in (await call("search", q="发货")).policies] == ["policy:ship#1"]
    assert len((await call("search", q="手册")).documents) == 1
    assert len((await call("search", q='"水"')).documents) == 1
    assert (await call("search", q="%")).documents == []
    assert len((await call("search", q="货", limit=1)).policies) == 1


@pytest.mark.db
async def test_another_shop_finds_nothing(written, runtime, other_shop_id, engine):
    await open_shop(runtime, other_shop_id, "隔壁")
    outcome = await tools.call(
        runtime, "knowledge.search", {"q": "包邮"}, shop_id=other_shop_id, principal=SYSTEM
    )
    found: Any = outcome.output
    assert (found.answers, found.policies, found.documents) == ([], [], [])


def test_an_excerpt_has_the_words_and_says_where_it_was_cut():
    assert excerpt("短短的。", "的") == "短短的。"
    assert excerpt("很长" * 100, "无") == "很长" * 60 + "…"
    late = excerpt("前" * 150 + "要找的" + "后" * 150, "要找的")
    assert late.startswith("…")
    assert late.endswith("…")
    assert "要找的" in late
    assert len(late) == 122
