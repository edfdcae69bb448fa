"""What sets a shop apart from those the weigher learnt on."""

import threading
from random import Random

import numpy as np
import pytest

from tests.embedders import LetterEmbedder
from tests.knowledge.entries import ENTRIES
from tests.service import weights
from tests.service.records import NOW, index
from zhanggui.ai import VectorStore
from zhanggui.knowledge import Entry, Retriever
from zhanggui.knowledge.retrieval import facts_of, wordings_of
from zhanggui.service import calibration
from zhanggui.service.calibration import SPREAD, fitted

SURE = np.full(40, 2.0)


def test_a_shop_that_is_answered_as_often_as_the_odds_say_is_left_alone():
    odds = np.full(100, np.log(4))
    assert fitted(odds, np.arange(100) < 80) == pytest.approx(0, abs=1e-3)


def test_a_harder_shop_moves_the_odds_down_and_an_easier_one_up():
    assert fitted(SURE, np.arange(40) < 10) < -1
    assert fitted(-SURE, np.arange(40) < 30) > 1


def test_a_few_trials_move_it_little():
    few = fitted(SURE[:2], np.array([False, False]))
    many = fitted(SURE, np.zeros(40, np.bool_))
    assert many < few < 0
    assert abs(few) < 3 * SPREAD


@pytest.fixture(params=["letters", "meaning"])
def retriever(request, tmp_path):
    if request.param == "letters":
        return Retriever(ENTRIES, None)
    store = VectorStore(tmp_path, LetterEmbedder())
    store.fill([(each.embedded, each.role) for each in wordings_of(ENTRIES)])
    store.fill([(fact, "passage") for fact in facts_of(ENTRIES)])
    return Retriever(ENTRIES, store)


def test_each_question_is_asked_with_its_entry_and_without(retriever, monkeypatch):
    weights.use(monkeypatch, ("characters", 0.3, -2.0, 2.0))
    odds, right = calibration.trials(retriever, NOW, Random(1))
    assert len(odds) == len(right) > 0
    assert not right[1::2].any(), "with its entry hidden whatever comes first is wrong"
    assert right[::2].any()


def test_it_is_the_same_each_time_and_within_reason(retriever, monkeypatch):
    weights.use(monkeypatch, ("characters", 0.3, -2.0, 2.0))
    first = calibration.shift(retriever, NOW, Random(1))
    assert calibration.shift(retriever, NOW, Random(1)) == first
    assert abs(first) < 4


def test_a_shop_of_clauses_alone_is_calibrated_by_their_own_words(monkeypatch):
    weights.use(monkeypatch, ("characters", 0.3, -2.0, 2.0))
    clauses = [each for each in ENTRIES if each.kind == "policy"]
    odds, right = calibration.trials(Retriever(clauses, None), NOW, Random(1))
    assert len(odds) == 2 * len(clauses)
    assert right.sum() <= len(clauses)


@pytest.mark.parametrize("entries", [[], [Entry("product:P1", "product", "山月饭碗")]])
def test_a_shop_that_has_written_nothing_down_is_not_moved(monkeypatch, entries):
    weights.use(monkeypatch, ("characters", 0.3, -2.0, 2.0))
    assert calibration.shift(Retriever(entries, None), NOW, Random(1)) == 0


async def test_a_shop_is_measured_once_for_each_state_of_what_it_knows(monkeypatch):
    measured = []

    def shift(retriever, now, random):
        measured.append(retriever)
        return 0.25

    monkeypatch.setattr(calibration, "shift", shift)
    known, first, second = calibration.Calibrations(), index(), index()
    assert [await known.current("s", first) for _ in range(2)] == [0.25, 0.25]
    await known.current("s", second)
    await known.current("other", first)
    assert measured == [first.retriever, second.retriever, first.retriever]


async def test_a_question_does_not_wait_for_the_measuring(monkeypatch):
    go_on = threading.Event()

    def shift(retriever, now, random):
        go_on.wait()
        return 0.25 if retriever is first.retriever else 0.5

    monkeypatch.setattr(calibration, "shift", shift)
    known, first, second = calibration.Calibrations(), index(), index()
    asked = [await known.current("s", first, patience_s=0) for _ in range(2)]
    assert asked == [calibration.CAUTIOUS] * 2
    go_on.set()
    assert await known.current("s", first) == 0.25
    go_on.clear()
    assert await known.current("s", second, patience_s=0) == 0.25
    go_on.set()
    assert await known.current("s", second) == 0.5


async def test_a_measuring_that_failed_is_tried_again(monkeypatch):
    tries = []

    def shift(retriever, now, random):
        tries.append(retriever)
        if len(tries) == 1:
            raise MemoryError
        return 0.25

    monkeypatch.setattr(calibration, "shift", shift)
    known, only = calibration.Calibrations(), index()
    with pytest.raises(MemoryError):
        await known.current("s", only)
    assert await known.current("s", only) == 0.25
