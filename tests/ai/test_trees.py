"""Trees as arrays."""

import dataclasses

import numpy as np
import pytest

from tests.service import weights
from zhanggui.ai.trees import MISSING, Trees


def test_trees_go_left_at_most_at_the_threshold_and_add_up():
    trees = weights.stumps(("meaning", 0.5, -1.0, 2.0), ("place", 0.0, 1.0, 0.0))
    rows = np.array([[0.4, 0.0], [0.5, 1.0], [0.6, 0.0]])
    assert trees.scores(rows).tolist() == [0.0, -1.0, 3.0]


def test_a_deeper_tree_is_walked_to_its_leaf():
    flat = weights.stumps(("meaning", 0.5, 0.0, 0.0))
    deep = dataclasses.replace(
        flat,
        names=["meaning", "place"],
        feature=np.array([0, 0, 1, 0, 0], np.int32),
        threshold=np.array([0.5, 0, 0, 0, 0]),
        left=np.array([1, -1, 3, -1, -1], np.int32),
        right=np.array([2, -1, 4, -1, -1], np.int32),
        value=np.array([0, 1.0, 0, 2.0, 3.0]),
    )
    assert deep.scores(np.array([[0.1, 5], [0.9, 0], [0.9, 1]])).tolist() == [1, 2, 3]


def test_chances_are_of_named_signals_and_what_is_not_known_is_missing():
    trees = weights.stumps(("meaning", 0.5, -1.0, 2.0))
    rows = [{"meaning": 0.9, "other": 1.0}, {"other": 1.0}]
    assert trees.chances(rows) == pytest.approx([1 / (1 + np.exp(-2)), 1 / (1 + np.exp(1))])
    assert weights.stumps(("meaning", MISSING, 1.0, -1.0)).chances([{}])[0] > 0.5
    assert trees.chances([]).shape == (0,)


def test_what_was_kept_is_read_back(tmp_path):
    trees = weights.stumps(("meaning", 0.5, -1.0, 2.0), ("place", 0.0, 1.0, 0.0))
    path = tmp_path / "kept.npz"
    np.savez_compressed(path, **trees.kept("one"))
    with np.load(path, allow_pickle=False) as kept:
        again = Trees.of(kept, "one")
    assert again.names == trees.names
    rows = [{"meaning": 0.9, "place": -1.0}, {"meaning": 0.2, "place": 3.0}]
    assert again.chances(rows) == pytest.approx(trees.chances(rows))
