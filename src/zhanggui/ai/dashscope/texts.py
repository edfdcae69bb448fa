"""Vectors (text-embedding) and which passage answers (gte-rerank, qwen3-rerank).

Rerank models have two forms: ``prompt``, DashScope's own service, and ``flat``, which is the one
beside it that qwen3-rerank is served by.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from zhanggui.ai.configuration import Model, Provider
from zhanggui.ai.dashscope.calling import Server, used_of
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.media.protocols import Embedded, Reranked
from zhanggui.ai.protocols import TextRole, Vectors

_EMBED = "/services/embeddings/text-embedding/text-embedding"
_RERANK = "/services/rerank/text-rerank/text-rerank"
_RERANK_FLAT = "/compatible-api/v1/reranks"


class Embeddings:
    """A model that turns texts into vectors; a :class:`~zhanggui.ai.media.protocols.Embedding`."""

    at_most = 10

    def __init__(self, name: str, model: Model, provider: Provider) -> None:
        self.name = name
        self._model = model
        self._server = Server(model, provider)

    async def embed(self, texts: Sequence[str], role: TextRole) -> Embedded:
        """Their vectors; raises ModelFault."""
        kind = "query" if role == "query" else "document"
        answer = await self._server.post(
            _EMBED,
            {
                "model": self._model.model,
                "input": {"texts": list(texts)},
                "parameters": {"text_type": kind, **self._model.extra},
            },
        )
        used = used_of(answer)
        try:
            rows = {
                int(each["text_index"]): each["embedding"]
                for each in answer["output"]["embeddings"]
            }
            vectors = _unit(np.asarray([rows[i] for i in range(len(texts))], np.float32))
        except (KeyError, TypeError, ValueError):
            raise ModelFault("broken", used=used) from None
        return Embedded(vectors, self._model.model, str(vectors.shape[1]), used)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._server.close()


class Rerankings:
    """A model that orders passages; a :class:`~zhanggui.ai.media.protocols.Reranking`."""

    at_most = 500

    def __init__(self, name: str, model: Model, provider: Provider) -> None:
        self.name = name
        self._model = model
        self._server = Server(model, provider)

    async def rerank(self, question: str, passages: Sequence[str]) -> Reranked:
        """A score for each passage; raises ModelFault."""
        asked = {"query": question, "documents": list(passages)}
        more = {"top_n": len(passages), "return_documents": False, **self._model.extra}
        body: dict[str, Any] = {"model": self._model.model}
        if self._model.form == "flat":
            answer = await self._server.post(_RERANK_FLAT, {**body, **asked, **more})
        else:
            answer = await self._server.post(_RERANK, {**body, "input": asked, "parameters": more})
        used = used_of(answer)
        try:
            results = (answer.get("output") or answer)["results"]
            scores = {int(each["index"]): float(each["relevance_score"]) for each in results}
            ordered = tuple(scores[i] for i in range(len(passages)))
        except (KeyError, TypeError, ValueError):
            raise ModelFault("broken", used=used) from None
        return Reranked(ordered, self._model.model, used)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._server.close()


def _unit(vectors: Vectors) -> Vectors:
    """Rows of length 1; raises ValueError for what is not (n, dim) numbers."""
    if vectors.ndim != 2 or not vectors.size or not np.isfinite(vectors).all():
        raise ValueError("not vectors")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return found
