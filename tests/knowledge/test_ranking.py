"""Entries by how likely they answer."""

import pytest

from tests.embedders import LetterEmbedder
from tests.knowledge.entries import ENTRIES
from zhanggui.ai import VectorStore
from zhanggui.knowledge import Entry, Retriever
from zhanggui.knowledge.ranking import Ranking, passages
from zhanggui.knowledge.retrieval import facts_of, wordings_of


@pytest.fixture(params=["vectors", "letters alone"])
def ranking(request, tmp_path):
    if request.param == "letters alone":
        return Ranking(Retriever(ENTRIES, None))
    store = VectorStore(tmp_path, LetterEmbedder())
    store.fill([(each.embedded, each.role) for each in wordings_of(ENTRIES)])
    store.fill([(fact, "passage") for fact in facts_of(ENTRIES)])
    return Ranking(Retriever(ENTRIES, store))


def test_the_likeliest_comes_first_and_goods_do_not_come(ranking):
    found = ranking.rank("能开发票吗", 20)
    assert found[0].entry.id == "faq:C"
    assert [each.chance for each in found] == sorted((e.chance for e in found), reverse=True)
    assert all(each.entry.kind != "product" for each in found)
    assert len(found) == sum(entry.kind != "product" for entry in ENTRIES)
    assert len(ranking.rank("能开发票吗", 2)) == 2


def test_a_shop_that_knows_nothing():
    assert Ranking(Retriever([], None)).rank("包邮吗") == []


def test_a_clause_knows_its_place_and_title():
    found = passages(
        [
            Entry("policy:R#1", "policy", "当天发货。", words="发货"),
            Entry("policy:R#2", "policy", "次日发货。", words="发货"),
            Entry("faq:A", "faq", "包邮。", ("包邮吗",)),
        ]
    )
    assert [each.place for each in found] == [0.5, 1.0, 0.0]
    assert [each.titles for each in found] == [("发货",), ("发货",), ("包邮吗",)]
