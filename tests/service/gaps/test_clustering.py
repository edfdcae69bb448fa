"""Which questions mean the same."""

import numpy as np
import pytest

from zhanggui.service.gaps import clustering
from zhanggui.service.gaps.clustering import Known


def at(*angles):
    """Unit vectors at some angles, in degrees."""
    turned = np.radians(np.array(angles, np.float64))
    return np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32)


AROUND = np.linspace(0, 356, 90)
ABC = ["甲乙", "丙丁", "戊己", "庚辛", "壬癸"]


def known(*angles):
    """Questions of as many answers, in letters of their own."""
    texts = [chr(0x5000 + 2 * n) + chr(0x5001 + 2 * n) for n in range(len(angles))]
    return Known(texts, np.arange(len(angles), dtype=np.int32), at(*angles))


def test_what_is_near_is_one_and_what_is_far_is_not():
    found = clustering.groups(ABC, at(0, 1, 90, 91, 180), known(*AROUND), margin=0.5)
    assert found == [[0, 1], [2, 3], [4]]


def test_where_the_shops_own_questions_are_all_alike_only_the_nearest_are_one():
    vectors = at(0, 1, 20, 21, 40)
    apart = clustering.groups(ABC, vectors, known(*AROUND), margin=0.5)
    alike = clustering.groups(ABC, vectors, known(*np.linspace(0, 40, 100)), margin=0.5)
    assert apart == [[0, 1, 2, 3, 4]]
    assert alike == [[0, 1], [2, 3], [4]]


def test_without_vectors_letters_decide():
    texts = ["砂锅能用电磁炉吗", "砂锅可以用电磁炉吗", "发什么快递", "一般发什么快递呢", "有赠品吗"]
    assert clustering.groups(texts, None) == [[0, 1], [2, 3], [4]]


@pytest.mark.parametrize("texts", [[], ["甲乙"]])
def test_what_is_alone_is_a_group(texts):
    assert clustering.groups(texts, None) == [[0]][: len(texts)]


def test_the_same_text_is_always_one():
    assert clustering.groups(["有赠品吗"] * 3, at(5, 5, 5)) == [[0, 1, 2]]


def test_the_typical_one_is_most_like_the_others_and_short():
    texts = ["有没有赠品呀亲", "有赠品吗", "有赠品吗", "发什么快递"]
    alike = clustering.likeness(texts, None)
    assert clustering.medoid([0, 1, 2], alike, texts) == 1


def test_few_known_questions_hardly_move_what_is_usual():
    usual = clustering.USUAL[True]
    assert clustering.unlike(True, None) == usual
    few, many = (clustering.unlike(True, known(*np.linspace(0, 40, n))) for n in (3, 100))
    assert abs(few[0] - usual[0]) < 0.02 < 0.5 < many[0] - usual[0]


def test_letters_are_not_measured_by_what_is_known_of_meaning():
    assert clustering.unlike(False, known(*AROUND)) == clustering.USUAL[False]
