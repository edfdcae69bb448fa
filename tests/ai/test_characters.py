"""Similarity by characters."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from zhanggui.ai import CharacterTfidf, bigrams, normalise

TEXTS = ["怎么退货", "退货要几天", "多久发货", "发票怎么开", "容量1.7L的多少钱"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ｓ码，有 没有？？", "s码 有 没有"),
        ("1.7L 还是 1.2L。", "1.7l 还是 1.2l"),
        ("能打8.5折吗~", "能打8.5折吗"),
        ("结束.开始", "结束 开始"),
        ("30%棉", "30%棉"),
        ("😟!!", ""),
    ],
)
def test_normalise(text, plain):
    assert normalise(text) == plain


def test_bigrams_keep_numbers_and_latin_whole():
    assert bigrams("退货1.7L") == ["退货", "1.7l"]
    assert bigrams("好") == ["好"]
    assert bigrams("") == []


def test_it_is_the_tfidf_of_the_textbook():
    ours = CharacterTfidf(TEXTS)
    theirs = TfidfVectorizer(
        preprocessor=lambda t: normalise(t).replace(" ", ""),
        analyzer="char",
        ngram_range=(1, 3),
        sublinear_tf=True,
        smooth_idf=True,
    )
    rows = theirs.fit_transform(TEXTS)
    expected = (rows @ theirs.transform([TEXTS[1]]).T).toarray()[:, 0]
    assert ours.similarities(TEXTS[1]) == pytest.approx(expected, abs=1e-5)


def test_a_text_is_most_like_itself_and_unlike_what_shares_nothing():
    space = CharacterTfidf(TEXTS)
    for index, text in enumerate(TEXTS):
        assert int(space.similarities(text).argmax()) == index
        assert space.similarities(text)[index] == pytest.approx(1, abs=1e-5)
    assert not space.similarities("xyz").any()


def test_what_was_never_seen_makes_a_question_less_like_everything():
    space = CharacterTfidf(TEXTS)
    assert space.similarities("怎么退货呀朋友们")[0] < space.similarities("怎么退货")[0]


def test_nothing_to_compare_with():
    assert CharacterTfidf([]).similarities("怎么退货").shape == (0,)
    assert np.array_equal(CharacterTfidf(["退货"]).similarities(""), [0])
