"""From a question to entries."""

import pytest

from tests.embedders import LetterEmbedder
from tests.knowledge.entries import ENTRIES
from zhanggui.ai import VectorStore
from zhanggui.knowledge import Entry, Retriever
from zhanggui.knowledge.retrieval import facts_of, wordings_of


@pytest.fixture
def vectors(tmp_path):
    store = VectorStore(tmp_path, LetterEmbedder())
    store.fill([(each.embedded, each.role) for each in wordings_of(ENTRIES)])
    store.fill([(fact, "passage") for fact in facts_of(ENTRIES)])
    return store


@pytest.fixture
def retriever(vectors):
    return Retriever(ENTRIES, vectors)


def ids(candidates):
    return [candidate.entry.id for candidate in candidates]


@pytest.mark.parametrize("way", ["fused", "bigrams", "vectors", "characters"])
def test_every_way_finds_an_entry_by_one_of_its_wordings(retriever, way):
    assert ids(retriever.search("洗碗机洗会坏吗", way=way).candidates)[0] == "faq:D"


def test_candidates_come_best_first_with_their_standing(retriever):
    found = retriever.search("能开发票吗", limit=3).candidates
    assert found[0].entry.id == "faq:C"
    assert len(found) == 3
    assert found[0].score >= found[1].score >= found[2].score
    assert found[0].margin == pytest.approx(found[0].standing - found[1].standing)
    assert found[0].margin > 0 > found[2].margin
    assert found[0].meaning == pytest.approx(1, abs=1e-2)


def test_goods_and_all_else_are_found_apart_each_once(retriever):
    found = retriever.search("退货", limit=20)
    assert sorted(ids(found.candidates)) == sorted(
        entry.id for entry in ENTRIES if entry.kind != "product"
    )
    assert sorted(ids(found.products)) == ["product:P1", "product:P2"]


@pytest.mark.parametrize("way", ["fused", "bigrams"])
def test_a_product_is_found_by_what_its_skus_say(retriever, way):
    assert ids(retriever.search("米白色口径11cm的", way=way).products)[0] == "product:P1"


def test_each_fact_of_goods_has_its_nearness(retriever):
    found = retriever.search("容量850ml")
    assert set(found.facts) == {"颜色：米白", "口径：11cm", "容量：850ml"}
    assert found.fact("容量：850ml") > found.fact("颜色：米白")
    assert found.fact("材质：瓷") == 0


def test_what_was_asked_before_helps_to_find(retriever):
    alone = retriever.search("西藏呢").candidates
    after = retriever.search("西藏呢", "运费多少").candidates
    assert ids(after)[0] == "policy:ship#1"
    assert after[0].characters >= alone[0].characters


def test_the_questions_own_vector_is_kept(retriever):
    found = retriever.search("能开发票吗")
    assert found.has_meaning
    assert found.vector == pytest.approx(retriever.embed("能开发票吗"))


def test_without_all_vectors_it_goes_by_characters(tmp_path):
    embedder = LetterEmbedder()
    store = VectorStore(tmp_path, embedder)
    store.fill([("怎么退货", "query")])
    retriever = Retriever(ENTRIES, store)
    found = retriever.search("发票怎么开")
    assert not retriever.has_vectors
    assert not found.has_meaning
    assert ids(found.candidates)[0] == "faq:C"
    assert found.fact("颜色：米白") == 0
    assert embedder.embedded == [("怎么退货", "query")]


def test_a_fact_without_its_vector_is_a_vector_missing(tmp_path):
    store = VectorStore(tmp_path, LetterEmbedder())
    store.fill([(each.embedded, each.role) for each in wordings_of(ENTRIES)])
    assert not Retriever(ENTRIES, store).has_vectors


def test_a_shop_that_knows_nothing_finds_nothing(vectors):
    for known in (vectors, None):
        found = Retriever([], known).search("退货")
        assert (found.candidates, found.products) == ([], [])


def test_a_shop_that_knows_one_thing():
    found = Retriever(ENTRIES[:1], None).search("怎么退货")
    assert ids(found.candidates) == ["faq:A"]
    assert found.products == []


def test_clauses_are_at_hand_and_those_about_sending_apart():
    rules = [
        Entry("policy:s#1", "policy", "付款后48小时内发货。", words="发货"),
        Entry("policy:s#2", "policy", "满88元包邮。", words="运费"),
    ]
    retriever = Retriever([*rules, *ENTRIES[:2]], None)
    assert retriever.clauses == rules
    assert retriever.shipping == rules[:1]


def test_a_clause_is_embedded_under_its_title_and_an_answer_with_its_question():
    embedded = {(w.owner, w.role): w.embedded for w in wordings_of([ENTRIES[0], ENTRIES[4]])}
    assert embedded[0, "passage"] == "怎么退货 签收七天内没用过可以退。"
    assert embedded[1, "passage"] == "运费：西藏和新疆每单运费十五元。"


@pytest.mark.parametrize("text", ["洗碗机洗会坏吗", "洗碗机洗会坏吗？", " 洗碗机，洗会坏吗 "])
def test_a_question_that_is_answered_is_known_letter_for_letter(retriever, text):
    assert retriever.is_asked(text)


@pytest.mark.parametrize("text", ["洗碗机会洗坏吗", "会坏吗", ""])
def test_another_question_is_not(retriever, text):
    assert not retriever.is_asked(text)
