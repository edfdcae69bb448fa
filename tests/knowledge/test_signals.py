"""How like wordings are to a question."""

import numpy as np

from zhanggui.knowledge.signals import BigramIndex, Signals, Wordings

TEXTS = ["怎么退货", "退货要几天到账", "能开发票吗", "1.7L的多少钱"]


def test_bigrams_find_two_characters_in_the_middle():
    scores = BigramIndex(TEXTS).scores("我想退货")
    assert scores[:2].all()
    assert not scores[2:].any()


def test_a_rarer_pair_counts_more():
    scores = BigramIndex(TEXTS).scores("退货到账")
    assert scores[1] > scores[0]


def test_numbers_are_found_whole():
    scores = BigramIndex(TEXTS).scores("有1.7L吗")
    assert scores.argmax() == 3
    assert not BigramIndex(TEXTS).scores("有7吗").any()


def test_nothing_to_find():
    assert not BigramIndex(TEXTS).scores("!?").any()
    assert BigramIndex([]).scores("退货").shape == (0,)


def test_query_syntax_is_only_text():
    assert BigramIndex(TEXTS).scores('退货" OR row:[0 TO 9] AND *').shape == (4,)


def test_meaning_is_left_out_where_there_are_no_vectors():
    owners = np.arange(4, dtype=np.int32)
    assert Wordings(TEXTS, owners, None).signals("退货", np.ones(3, np.float32)).meaning is None


def test_of_two_readings_the_better_counts():
    one, other = np.array([3, 0], np.float32), np.array([1, 2], np.float32)
    both = Signals(one, one, one).best(Signals(other, other, other))
    assert both.bm25.tolist() == both.characters.tolist() == [3, 2]
    assert both.meaning is not None
    assert both.meaning.tolist() == [3, 2]
    assert Signals(one, one, one).best(Signals(other, other, None)).meaning is None


def test_hidden_wordings_are_out_of_the_running():
    scores = np.array([3, 2, 1], np.float32)
    hidden = np.array([True, False, False])
    left = Signals(scores, scores, scores).without(hidden)
    assert left.bm25.tolist() == [0, 2, 1]
    assert left.characters.tolist() == [0, 2, 1]
    assert left.meaning is not None
    assert left.meaning.tolist() == [-1, 2, 1]
