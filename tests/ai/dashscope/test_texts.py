"""Vectors and orders."""

from __future__ import annotations

import numpy as np
import pytest


async def test_vectors_have_length_one_and_the_dimension_that_is_asked_for(engine_of, state):
    embedded = await engine_of("embed", extra={"dimension": 32}).embed(["退货", "发货"], "query")
    assert embedded.vectors.shape == (2, 32)
    np.testing.assert_allclose(np.linalg.norm(embedded.vectors, axis=1), 1, rtol=1e-5)
    assert (embedded.name, embedded.version, embedded.used.read) == ("embed-model", "32", 4)
    assert state.asked[0][1] == {
        "model": "embed-model",
        "input": {"texts": ["退货", "发货"]},
        "parameters": {"text_type": "query", "dimension": 32},
    }


@pytest.mark.parametrize(
    ("form", "path"),
    [
        ("prompt", "/api/v1/services/rerank/text-rerank/text-rerank"),
        ("flat", "/compatible-api/v1/reranks"),
    ],
)
async def test_scores_are_in_the_order_of_the_passages(engine_of, state, form, path):
    passages = ["今天发货", "怎么退货", "货"]
    found = await engine_of("rerank", form=form).rerank("怎么退货", passages)
    assert found.scores[1] > found.scores[0]
    assert len(found.scores) == 3
    assert state.asked[0][0] == path
