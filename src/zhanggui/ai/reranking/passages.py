"""What a reranker must offer, whoever makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Chances: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that may answer. `titles` are what it stands under or ways of asking for it, `kind`
    what sort of record it is (``faq``, ``policy``, ``coupon``, ``product``; empty where that is not
    known), `place` how far down in its document it stands, from 0 to 1."""

    text: str
    titles: tuple[str, ...] = ()
    kind: str = ""
    place: float = 0.0


class Reranker(Protocol):
    """Says how likely each passage is to answer a query."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def rerank(self, query: str, passages: Sequence[Passage]) -> Chances:
        """Probabilities, shape (n,), each by itself: several may answer, or none. Blocks while it
        computes."""
        ...
