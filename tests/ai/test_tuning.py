"""What was learnt, put into the model file."""

from typing import Any

import numpy as np
import pytest

from tests.ai import packed
from zhanggui.ai import tuning
from zhanggui.ai.e5file import ModelFile


@pytest.fixture
def base(tmp_path):
    return packed.write(tmp_path / "base.bin")


def tuned(base, tmp_path, **deltas):
    """The model with differences by name, a dot for every two underscores."""
    learnt = tmp_path / "learnt.npz"
    named: dict[str, Any] = {name.replace("__", "."): each for name, each in deltas.items()}
    np.savez(learnt, **named)
    made = tmp_path / "made.bin"
    made.write_bytes(tuning.tuned(base, learnt))
    return ModelFile(made)


def test_a_difference_is_added_to_a_bias_and_a_norm(base, tmp_path):
    file = tuned(base, tmp_path, layers__7__q__bias=[1.0, 2.0], norm__weight=[0.0, 0.0, 1.0])
    assert file.floats("l7.q.b").tolist() == [1.5, 1.5]
    assert file.floats("emb.ln.w").tolist() == [1, 2, 4]


def test_a_scale_is_multiplied_by_what_was_learnt_and_the_values_stay(base, tmp_path):
    change = np.log([[[2.0]], [[0.5]]])
    scales, values = tuned(base, tmp_path, layers__7__q__delta=change).blocks("l7.q.w")
    assert scales == pytest.approx([0.5, 1], rel=1e-3)
    assert values.tolist() == ModelFile(base).blocks("l7.q.w")[1].tolist()


def test_what_learnt_nothing_changes_nothing(base, tmp_path):
    assert tuned(base, tmp_path).raw == base.read_bytes()


def test_the_file_is_made_once_and_whole(tmp_path, monkeypatch):
    made = []

    def tuned(*paths):
        made.append(paths)
        return b"model"

    monkeypatch.setattr(tuning, "tuned", tuned)
    cache = tmp_path / "cache"
    path = tuning.model_path(cache)
    assert path.read_bytes() == b"model"
    assert tuning.version() in path.name
    assert tuning.model_path(cache) == path
    assert len(made) == 1
    assert list(cache.iterdir()) == [path]


def test_another_tuning_is_another_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tuning, "tuned", lambda *paths: b"model")
    first = tuning.model_path(tmp_path)
    other = tmp_path / "other.npz"
    other.write_bytes(b"other")
    monkeypatch.setattr(tuning, "DELTAS", other)
    assert tuning.model_path(tmp_path) != first


def test_where_nothing_can_be_kept_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(tuning, "tuned", lambda *paths: b"model")
    blocked = tmp_path / "a file"
    blocked.write_text("")
    with pytest.raises(OSError, match="a file"):
        tuning.model_path(blocked / "cache")
