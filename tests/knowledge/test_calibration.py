"""Confidence learnt from the shop's own entries."""

from random import Random

import numpy as np
import pytest

from tests.knowledge.entries import ENTRIES
from zhanggui.knowledge import Entry, Retriever
from zhanggui.knowledge.calibration import NEVER, _fit, _sigmoid, _threshold, calibrate


@pytest.fixture
def retriever():
    return Retriever(ENTRIES, None)


def test_a_question_it_knows_is_surer_than_one_it_does_not(retriever):
    calibrator = calibrate(retriever, 0.05, Random(1))
    known = calibrator.confidence(retriever.search("发票怎么开")[0])
    unknown = calibrator.confidence(retriever.search("老板是哪里人呀")[0])
    assert known > 2 * unknown
    assert unknown < calibrator.threshold


def test_it_is_the_same_every_time(retriever):
    first, second = (calibrate(retriever, 0.05, Random(1)) for _ in range(2))
    assert first.weights.tolist() == second.weights.tolist()
    assert first.threshold == second.threshold


def test_a_lower_ceiling_asks_for_more_confidence(retriever):
    thresholds = [calibrate(retriever, c, Random(1)).threshold for c in (0.3, 0.1, 0.0)]
    assert thresholds == sorted(thresholds)


def test_a_shop_without_faq_is_calibrated_by_parts_of_its_clauses():
    clauses = [
        "签收七天内没用过可以退货",
        "下午四点前付款当天发货",
        "每一单都能开电子发票",
        "西藏新疆运费十五元",
    ]
    entries = [Entry(f"policy:p#{n}", "policy", text) for n, text in enumerate(clauses, 1)]
    calibrator = calibrate(Retriever(entries, None), 0.05, Random(1))
    assert calibrator.asked == 2 * len(clauses)


@pytest.mark.parametrize("entries", [[], ENTRIES[-1:], ENTRIES[:1]])
def test_where_there_is_nothing_to_learn_from_it_is_never_sure(entries):
    retriever = Retriever(entries, None)
    calibrator = calibrate(retriever, 0.05, Random(1))
    assert calibrator.threshold == NEVER
    assert all(
        calibrator.confidence(found) < NEVER for found in retriever.search("怎么退货", limit=1)
    )


def test_the_fit_finds_the_chances_it_was_made_from():
    random = np.random.default_rng(3)
    features = random.normal(size=(20_000, 2))
    truth = np.array([-0.5, 1.5, 0.7])
    right = random.random(20_000) < _sigmoid(truth[0] + features @ truth[1:])
    assert _fit(features, right) == pytest.approx(truth, abs=0.1)


def test_the_threshold_keeps_to_the_ceiling():
    confidence = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, False, True, False, True])
    assert _threshold(confidence, right, 0.0) == 0.9
    assert _threshold(confidence, right, 0.2) == 0.7
    assert _threshold(confidence, right, 0.4) == 0.5
    assert _threshold(confidence[1:2], right[1:2], 0.0) == NEVER


def test_equally_sure_answers_stand_or_fall_together():
    confidence = np.array([0.9, 0.5, 0.5, 0.5])
    right = np.array([True, True, False, False])
    assert _threshold(confidence, right, 0.25) == 0.9
    assert _threshold(np.full(4, 0.5), right, 0.25) == NEVER
