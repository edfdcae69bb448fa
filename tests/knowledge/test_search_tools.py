"""Where something is written: answers, clauses of policies, clauses of documents."""

from __future__ import annotations

from typing import Any

import pytest

from zhanggui.base import tools
from zhanggui.base.principals import SYSTEM
from zhanggui.knowledge.ranking import Ranked, Ranking
from zhanggui.knowledge.search_tools import LIKELY, excerpt
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


@pytest.fixture
def surely(monkeypatch):
    """Entries whose chance the test says, in this order, whatever is asked."""

    def say(chances: dict[str, float]) -> None:
        def rank(self, question, limit=5):
            by_id = {entry.id: entry for entry in self._entries}
            return [Ranked(by_id[each], chance) for each, chance in chances.items()][:limit]

        monkeypatch.setattr(Ranking, "rank", rank)

    return say


@pytest.mark.db
async def test_what_likely_answers_follows_what_has_the_words(
    call, written, indexes, surely, engine
):
    likely = await call("save_faq", question="退货运费", answer="买家承担。")
    less = await call("save_faq", question="开票", answer="电子发票。")
    surely({f"faq:{likely.id}": LIKELY, f"faq:{less.id}": LIKELY - 0.01})
    found = await call("search", q="包邮")
    assert [hit.title for hit in found.answers] == ["包邮吗", "退货运费"]
    assert found.answers[1].of == likely.id
    assert found.answers[1].text == "买家承担。"
    assert len((await call("search", q="包邮", limit=1)).answers) == 1
    again = await call("search", q="退货运费")
    assert [hit.of for hit in again.answers] == [likely.id]


async def test_other_words_lead_to_the_answer(call, written, indexes):
    assert [hit.title for hit in (await call("search", q="满多少包邮呀")).answers] == ["包邮吗"]
    assert (await call("search", q="老板今年多大")).answers == []
