"""From a question to entries."""

import pytest

from tests.embedders import LetterEmbedder
from tests.knowledge.entries import ENTRIES
from zhanggui.ai import VectorStore
from zhanggui.knowledge import Retriever
from zhanggui.knowledge.retrieval import wordings_of


@pytest.fixture
def vectors(tmp_path):
    store = VectorStore(tmp_path, LetterEmbedder())
    store.fill([(each.embedded, each.role) for each in wordings_of(ENTRIES)])
    return store


@pytest.mark.parametrize("way", ["fused", "bigrams", "vectors", "characters"])
def test_every_way_finds_an_entry_by_one_of_its_wordings(vectors, way):
    found = Retriever(ENTRIES, vectors).search("洗碗机洗会坏吗", way=way)
    assert found[0].entry.id == "faq:D"


def test_candidates_come_best_first_with_their_standing(vectors):
    found = Retriever(ENTRIES, vectors).search("能开发票吗", limit=3)
    assert found[0].entry.id == "faq:C"
    assert len(found) == 3
    assert found[0].score >= found[1].score >= found[2].score
    assert found[0].margin == pytest.approx(found[0].standing - found[1].standing)
    assert found[0].margin > 0 > found[2].margin
    assert found[0].meaning == pytest.approx(1, abs=1e-2)


def test_each_entry_is_a_candidate_once(vectors):
    ids = [c.entry.id for c in Retriever(ENTRIES, vectors).search("退货", limit=20)]
    assert sorted(ids) == sorted(entry.id for entry in ENTRIES)


def test_a_product_is_found_by_an_attribute(vectors):
    found = Retriever(ENTRIES, vectors).search("米白色口径11cm的", way="bigrams")
    assert found[0].entry.id == "product:P1"


def test_without_all_vectors_it_goes_by_characters(tmp_path):
    embedder = LetterEmbedder()
    store = VectorStore(tmp_path, embedder)
    store.fill([("怎么退货", "query")])
    retriever = Retriever(ENTRIES, store)
    assert not retriever.has_vectors
    assert retriever.search("发票怎么开")[0].entry.id == "faq:C"
    assert embedder.embedded == [("怎么退货", "query")]


def test_a_shop_that_knows_nothing_finds_nothing(vectors):
    assert Retriever([], vectors).search("退货") == []
    assert Retriever([], None).search("退货") == []


def test_a_shop_that_knows_one_thing(vectors):
    found = Retriever(ENTRIES[:1], None).search("怎么退货")
    assert [c.entry.id for c in found] == ["faq:A"]
