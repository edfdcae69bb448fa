"""What sets a shop apart from those the weigher learnt on."""

import threading
from random import Random

import numpy as np
import pytest

import zhanggui
from tests.embedders import LetterEmbedder
from tests.knowledge.entries import ENTRIES
from tests.service import weights
from tests.service.records import NOW
from zhanggui.ai import VectorStore
from zhanggui.knowledge import Entry, Retriever, ShopIndex
from zhanggui.knowledge.retrieval import facts_of, wordings_of
from zhanggui.service import calibration, weighing
from zhanggui.service.calibration import SPREAD, fitted

SURE = np.full(40, 2.0)


def index(state, *, is_whole=True):
    """An index of nothing much, of one state of the shop's tables."""
    return ShopIndex((state, ""), Retriever([], None), is_whole)


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


async def test_a_shop_is_measured_once_for_each_state_of_what_it_knows(monkeypatch, tmp_path):
    measured = []

    def shift(retriever, now, random):
        measured.append(retriever)
        return 0.25

    monkeypatch.setattr(calibration, "shift", shift)
    known, first, second = calibration.Calibrations(tmp_path), index(1), index(2)
    assert [await known.current("s", first) for _ in range(2)] == [0.25, 0.25]
    await known.current("s", second)
    await known.current("other", first)
    assert measured == [first.retriever, second.retriever, first.retriever]


async def test_a_question_does_not_wait_for_the_measuring(monkeypatch, tmp_path):
    go_on = threading.Event()

    def shift(retriever, now, random):
        go_on.wait()
        return 0.25 if retriever is first.retriever else 0.5

    monkeypatch.setattr(calibration, "shift", shift)
    known, first, second = calibration.Calibrations(tmp_path), index(1), index(2)
    asked = [await known.current("s", first, patience_s=0) for _ in range(2)]
    assert asked == [calibration.CAUTIOUS] * 2
    go_on.set()
    assert await known.current("s", first) == 0.25
    go_on.clear()
    assert await known.current("s", second, patience_s=0) == 0.25
    go_on.set()
    assert await known.current("s", second) == 0.5


async def test_a_measuring_that_failed_is_tried_again(monkeypatch, tmp_path):
    tries = []

    def shift(retriever, now, random):
        tries.append(retriever)
        if len(tries) == 1:
            raise MemoryError
        return 0.25

    monkeypatch.setattr(calibration, "shift", shift)
    known, only = calibration.Calibrations(tmp_path), index(1)
    with pytest.raises(MemoryError):
        await known.current("s", only)
    assert await known.current("s", only) == 0.25


@pytest.fixture
def measured(monkeypatch):
    """What was measured, one after another; each time another shift comes of it."""
    found = []

    def shift(retriever, now, random):
        found.append(retriever)
        return len(found) / 4

    monkeypatch.setattr(calibration, "shift", shift)
    return found


async def test_a_program_that_starts_again_knows_what_was_measured(measured, tmp_path):
    before = await calibration.Calibrations(tmp_path).current("s", index(1))
    assert await calibration.Calibrations(tmp_path).current("s", index(1)) == before
    assert len(measured) == 1


@pytest.mark.parametrize("change", ["knowledge", "vectors", "shop", "learnt", "program"])
async def test_another_state_is_measured_anew(measured, tmp_path, monkeypatch, change):
    await calibration.Calibrations(tmp_path).current("s", index(1))
    if change == "learnt":
        monkeypatch.setattr(weighing, "digest", lambda has_meaning: "another")
    if change == "program":
        monkeypatch.setattr(zhanggui, "__version__", "another")
    again = index(2 if change == "knowledge" else 1, is_whole=change != "vectors")
    shop = "other" if change == "shop" else "s"
    assert await calibration.Calibrations(tmp_path).current(shop, again) == 0.5


@pytest.mark.parametrize("kept", [b"", b"[]", b"{}", b'{"state": 1, "shift": "x"}'])
async def test_a_file_that_cannot_be_read_costs_the_measuring(measured, tmp_path, kept):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "calibration.json").write_bytes(kept)
    assert await calibration.Calibrations(tmp_path).current("s", index(1)) == 0.25


async def test_a_folder_that_cannot_be_written_stops_nothing(measured, tmp_path):
    (tmp_path / "s").write_text("no folder")
    assert await calibration.Calibrations(tmp_path).current("s", index(1)) == 0.25
