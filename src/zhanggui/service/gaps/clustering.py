"""Which questions mean the same. Pure and deterministic.

Two questions are as alike as their vectors, and a little as their letters. From which likeness on
they mean the same differs between shops (those of a shop that sells one thing are all alike), so it
is measured as a margin: in standard deviations above pairs that are known to mean different things,
the shop's own questions that lead to different answers, drawn towards what shops usually have.
Groups are joined by the mean likeness of their members (average linkage, Sokal & Michener 1958)
while that margin holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhanggui.ai import CharacterTfidf

MARGIN = 2.4
"""Standard deviations above unlike pairs from which two groups are one."""
CHARACTERS = 0.2
"""What a cosine of letters adds to one of meaning, as in search."""
USUAL = {True: (0.32, 0.105), False: (0.01, 0.04)}
"""Mean and standard deviation of the likeness of unlike questions, with vectors and without, over
the packs of five shops."""
WEIGHT = 200
"""Pairs of a shop's own that count as much as what is usual."""

Vectors = NDArray[np.float32]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Known:
    """Questions whose answers are known: `owners[i]` is the answer of the i-th."""

    texts: Sequence[str]
    owners: NDArray[np.int32]
    vectors: Vectors | None


def likeness(texts: Sequence[str], vectors: Vectors | None) -> Matrix:
    """How alike each two texts are, shape (n, n); by letters alone without vectors."""
    space = CharacterTfidf(texts)
    letters = np.array([space.similarities(text) for text in texts], np.float64)
    letters = (letters + letters.T) / 2
    if vectors is None:
        return letters
    meaning = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    return (meaning + meaning.T) / 2 + CHARACTERS * letters


def groups(
    texts: Sequence[str],
    vectors: Vectors | None,
    known: Known | None = None,
    margin: float = MARGIN,
) -> list[list[int]]:
    """The places of the texts that mean the same, each group in order, by their first member."""
    # A third of a second to import, which no start of the program need wait for.
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(texts) < 2:
        return [[place] for place in range(len(texts))]
    alike = likeness(texts, vectors)
    mean, spread = unlike(vectors is not None, known)
    least = mean + margin * spread
    top = float(alike.max())
    apart = np.clip(top - alike, 0.0, None)
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), "average")
    labels = fcluster(tree, max(top - least, 0.0), "distance")
    found: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        found.setdefault(int(label), []).append(place)
    return sorted(found.values())


def unlike(has_meaning: bool, known: Known | None) -> tuple[float, float]:
    """Mean and standard deviation of the likeness of questions that mean different things in a
    shop."""
    mean, spread = USUAL[has_meaning]
    if known is None or (known.vectors is not None) != has_meaning:
        return mean, spread
    pairs = likeness(known.texts, known.vectors)
    values = pairs[np.triu(known.owners[:, None] != known.owners[None, :])]
    if not len(values):
        return mean, spread
    share = len(values) / (len(values) + WEIGHT)
    variance = share * float(values.var()) + (1 - share) * spread**2
    return share * float(values.mean()) + (1 - share) * mean, float(np.sqrt(variance))


def medoid(places: Sequence[int], alike: Matrix, texts: Sequence[str]) -> int:
    """Of some places that whose text is most like the others', the shorter of two."""
    within = alike[np.ix_(places, places)].mean(1)
    order = sorted(
        range(len(places)), key=lambda n: (-round(float(within[n]), 6), len(texts[places[n]]), n)
    )
    return places[order[0]]
