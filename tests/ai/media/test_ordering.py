"""Passages are ordered by a model, and by the engine in the program where none does."""

from __future__ import annotations

import pytest

from zhanggui.ai.configuration import Configuration
from zhanggui.ai.making import MAKERS
from zhanggui.ai.media.texts import Texts
from zhanggui.ai.reranking import Passage
from zhanggui.ai.roster import Roster

PASSAGES = [
    Passage("每天下午四点前付款，当天发货。", ("多久发货",), "faq"),
    Passage("签收后七天内可以退货。", ("怎么退货",), "faq"),
    Passage("可以开电子发票。", ("发票怎么开",), "faq"),
]
QUESTION = "我要退货怎么弄，电话13812345678"


def best(found):
    return max(range(len(found.scores)), key=found.scores.__getitem__)


async def test_a_model_orders_and_reads_nothing_private(roster, purpose, state, calls, ledger):
    found = await Texts(roster, lambda: None).rerank(QUESTION, PASSAGES, purpose)
    assert (found.is_embedded, found.missed, best(found)) == (False, (), 1)
    ((_, body),) = state.asked
    assert "13812345678" not in str(body)
    assert body["input"]["documents"][1] == "怎么退货 签收后七天内可以退货。"
    await ledger.settle()
    ((model, outcome, cost),) = await calls()
    assert (model, outcome) == ("order", "answered")
    assert cost > 0


@pytest.mark.parametrize("faults", [{"error": 9}, {"throttled": 9}])
async def test_where_a_model_does_not_the_program_does(roster, purpose, state, faults):
    state.faults.update(faults)
    found = await Texts(roster, lambda: None, sleep=_at_once).rerank(QUESTION, PASSAGES, purpose)
    assert (found.is_embedded, found.by, best(found)) == (True, "embedded-reranker", 1)
    (missed,) = found.missed
    assert missed.startswith("order: ")


async def test_without_a_model_the_program_does(ledger, purpose):
    texts = Texts(Roster(Configuration(), ledger, MAKERS), lambda: None)
    found = await texts.rerank(QUESTION, PASSAGES, purpose)
    assert (found.is_embedded, found.missed, best(found)) == (True, (), 1)
    assert all(0 <= score <= 1 for score in found.scores)
    assert (await texts.rerank(QUESTION, [], purpose)).scores == ()


async def _at_once(seconds):
    pass
