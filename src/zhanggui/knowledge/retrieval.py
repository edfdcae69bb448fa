"""From a question to the entries that may answer it, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zhanggui.ai import TextRole, VectorStore
from zhanggui.knowledge.corpus import Entry
from zhanggui.knowledge.signals import Scores, Signals, Wordings

CHARACTERS = 0.2
"""What a character cosine adds to a cosine of meaning, whose useful range is about a fifth of
its own: the ordering hardly moves between 0.1 and 0.3."""

Way = Literal["fused", "bigrams", "vectors", "characters"]
"""By what entries are ordered; all but `fused` are for ablations."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer, and how it stands.

    `score` orders the candidates; `standing` is its distance from the shop's average entry in
    standard deviations, and `margin` its lead over the next entry (of the first) or its lag behind
    the first, in the same unit. The other three are the raw signals of its best wording.
    """

    entry: Entry
    score: float
    standing: float
    margin: float
    meaning: float
    characters: float
    bm25: float

    @property
    def features(self) -> NDArray[np.float64]:
        """What the calibrator judges by: distances in the shop's own spread, since raw cosines of
        unrelated texts differ by shop."""
        return np.array([self.standing, self.margin], np.float64)


FEATURES = 2


class Retriever:
    """Search over a fixed set of entries. Building it costs about 0.1 ms a wording, vectors apart;
    without `vectors` it orders by characters."""

    def __init__(self, entries: Sequence[Entry], vectors: VectorStore | None) -> None:
        self.entries = list(entries)
        self.asked = wordings_of(entries)
        known = None
        if vectors is not None and self.asked:
            found, there = vectors.get([(each.embedded, each.role) for each in self.asked])
            known = found if bool(there.all()) else None
        owners = np.array([each.owner for each in self.asked], np.int32)
        self.wordings = Wordings([each.text for each in self.asked], owners, known)
        self._embedder = vectors.embedder if vectors is not None and known is not None else None

    @property
    def has_vectors(self) -> bool:
        """Whether meaning is compared, not letters alone."""
        return self._embedder is not None

    def signals(self, text: str) -> Signals:
        """`text` against every wording."""
        vector = None
        if self._embedder is not None:
            vector = self._embedder.embed([text], "query")[0]
        return self.wordings.signals(text, vector)

    def search(self, text: str, limit: int = 8, way: Way = "fused") -> list[Candidate]:
        """The best entries for a question."""
        return self.rank(self.signals(text), limit, way) if self.entries else []

    def rank(self, signals: Signals, limit: int = 8, way: Way = "fused") -> list[Candidate]:
        """The best entries by signals that may have been tampered with."""
        bm25, characters = self._by_entry(signals.bm25), self._by_entry(signals.characters)
        meaning = None if signals.meaning is None else self._by_entry(signals.meaning)
        scores = _ordering(way, bm25, characters, meaning)
        order = np.argsort(-scores, kind="stable")[: limit + 1]
        spread = float(scores.std()) or 1.0
        standing = (scores - float(scores.mean())) / spread
        found = []
        for place, index in enumerate(order[:limit]):
            other = order[1] if place == 0 and len(order) > 1 else order[0]
            found.append(
                Candidate(
                    self.entries[index],
                    float(scores[index]),
                    float(standing[index]),
                    float(standing[index] - standing[other]),
                    float(meaning[index]) if meaning is not None else 0.0,
                    float(characters[index]),
                    float(bm25[index]),
                )
            )
        return found

    def _by_entry(self, scores: Scores) -> Scores:
        best = np.full(len(self.entries), -1, np.float32)
        np.maximum.at(best, self.wordings.owners, scores)
        return best


def _ordering(way: Way, bm25: Scores, characters: Scores, meaning: Scores | None) -> Scores:
    if way == "bigrams":
        return bm25
    if way == "vectors" and meaning is not None:
        return meaning
    if way == "fused" and meaning is not None:
        return (meaning + np.float32(CHARACTERS) * characters).astype(np.float32)
    return characters


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that leads to the entry at `owner`: `text` letter for letter, `embedded` by meaning
    (a statement's other words would only blur it)."""

    owner: int
    text: str
    embedded: str
    role: TextRole


def wordings_of(entries: Sequence[Entry]) -> list[Wording]:
    """Each way of asking for an entry, and what it states."""
    found = []
    for owner, entry in enumerate(entries):
        found += [Wording(owner, q, q, "query") for q in entry.questions]
        text = f"{entry.text} {entry.words}".strip()
        embedded = f"{entry.words}：{entry.text}" if entry.kind == "policy" else entry.text
        found.append(Wording(owner, text, embedded, "passage"))
    return found
