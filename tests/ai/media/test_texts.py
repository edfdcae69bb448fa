"""Vectors and orders by models, or visibly by the engine in the program."""

from __future__ import annotations

import asyncio
import random

import numpy as np
import pytest

from zhanggui.ai.media.texts import Texts
from zhanggui.ai.reranking import Passage
from zhanggui.base.errors import Unavailable


class Embedder:
    name, version, dim = "embedded", "7", 4

    def embed(self, texts, role):
        return np.eye(len(texts), self.dim, dtype=np.float32)


@pytest.fixture
def texts(roster):
    def texts(embedder=Embedder):
        return Texts(
            roster, lambda: embedder and embedder(), rng=random.Random(1),
            sleep=lambda seconds: asyncio.sleep(0),
        )  # fmt: skip

    return texts


async def test_many_texts_are_embedded_in_parts_and_keyed_by_model_and_dimension(
    texts, purpose, state, roster, calls
):
    given = [f"第{i}句" for i in range(23)]
    found = await texts().embed(given, "passage", purpose)
    assert found.vectors.shape == (23, 64)
    assert (found.name, found.version, found.is_embedded) == ("emb", "64", False)
    assert [len(body["input"]["texts"]) for _, body in state.asked] == [10, 10, 3]
    alone = await texts().embed(given[20:21], "passage", purpose)
    np.testing.assert_allclose(found.vectors[20], alone.vectors[0], rtol=1e-5)
    await roster.settle()
    assert [outcome for _, outcome, _ in await calls()] == ["answered"] * 4


async def test_private_values_are_not_embedded_elsewhere(texts, purpose, state):
    await texts().embed(["电话13812345678", "小美的单"], "query", purpose, private=["小美"])
    assert "13812345678" not in str(state.asked)
    assert "小美" not in str(state.asked)


async def test_a_model_that_does_not_answer_is_visibly_stood_in_for(texts, purpose, state):
    state.faults["error"] = 100
    found = await texts().embed(["a", "b"], "query", purpose)
    assert (found.name, found.version, found.is_embedded) == ("embedded", "7", True)
    assert found.missed == ("vectors: down",)
    assert len(state.asked) == 3
    with pytest.raises(Unavailable, match="vectors: down"):
        await texts(None).embed(["a"], "query", purpose)


async def test_a_fault_in_passing_is_waited_out(texts, purpose, state):
    state.faults["throttled"] = 1
    found = await texts().embed(["a"], "query", purpose)
    assert (found.is_embedded, found.missed) == (False, ())


async def test_no_text_is_asked_about_where_there_is_none(texts, purpose, state):
    assert (await texts().embed([], "query", purpose)).is_embedded
    assert (await texts().rerank("?", [], purpose)).scores == ()
    assert not state.asked


async def test_more_passages_than_a_model_takes(texts, purpose, state):
    found = await texts().rerank("货", [Passage("货")] * 501, purpose)
    assert found.missed == ("order: long",)
    assert not state.asked
