"""Test doubles of the engines."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from zhanggui.ai import Embedder, Engines, TextRole, normalise
from zhanggui.ai.protocols import Vectors
from zhanggui.base.settings import Settings


class LetterEmbedder:
    """Hashes single characters and pairs: quick, always the same, alike for like texts."""

    name = "letters"
    dim = 256

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.embedded: list[tuple[str, TextRole]] = []

    def embed(self, texts: Sequence[str], role: TextRole) -> Vectors:
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            self.embedded.append((text, role))
            plain = normalise(text)
            for gram in (*plain, *(plain[i : i + 2] for i in range(len(plain) - 1))):
                rows[row, zlib.crc32(gram.encode()) % self.dim] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)


class StubEngines(Engines):
    """Engines with an embedder of the test's own, or none."""

    def __init__(self, settings: Settings, embedder: Embedder | None) -> None:
        super().__init__(settings)
        self._loaded, self._embedder = True, embedder
