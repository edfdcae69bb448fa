"""The embedded reranker: trees over how a passage stands to a query, whose sum is a probability.

What it learnt (``training/reranker.py``) are cases of thirteen trades, none of them a shop that it
is measured on, and it sees no word of any shop, only how query and passages stand to each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from zhanggui.ai.characters import CharacterTfidf
from zhanggui.ai.protocols import Embedder
from zhanggui.ai.reranking.features import Likeness, Rarity, rows
from zhanggui.ai.reranking.passages import Chances, Passage
from zhanggui.ai.trees import Trees

_WEIGHTS = Path(__file__).parents[1] / "weights" / "reranker.npz"
NAME = "embedded-reranker"


@cache
def version() -> str:
    """What tells what was learnt from another learning."""
    return hashlib.sha256(_WEIGHTS.read_bytes()).hexdigest()[:12]


@cache
def _learnt(has_meaning: bool) -> Trees:
    with np.load(_WEIGHTS, allow_pickle=False) as kept:
        return Trees.of(kept, "meaning" if has_meaning else "characters")


def chances(
    query: str,
    passages: Sequence[Passage],
    places: Iterable[int],
    likeness: Likeness,
    rarity: Rarity,
) -> Chances:
    """How likely each of the passages at `places` answers, where the likeness of all is known."""
    signals = rows(query, passages, places, likeness, rarity)
    return _learnt(likeness.meaning is not None).chances(signals)


class EmbeddedReranker:
    """A :class:`~zhanggui.ai.reranking.passages.Reranker` for passages of no index. `background`
    are other passages of the same shop, against which a likeness is measured; with few of them and
    few to rank, probabilities are less sure. Without an embedder it goes by characters."""

    name = NAME

    def __init__(self, embedder: Embedder | None, background: Sequence[Passage] = ()) -> None:
        self._embedder = embedder
        self._background = tuple(background)
        self.version = version() if embedder is None else f"{version()}-{embedder.version}"

    def rerank(self, query: str, passages: Sequence[Passage]) -> Chances:
        """Probabilities, shape (n,)."""
        if not passages:
            return np.zeros(0)
        every = [*passages, *self._background]
        likeness = self._likeness(query, every)
        return chances(query, every, range(len(passages)), likeness, Rarity(every))

    def _likeness(self, query: str, passages: Sequence[Passage]) -> Likeness:
        texts = [text for passage in passages for text in (*passage.titles, statement(passage))]
        begins = np.cumsum([0, *(len(passage.titles) + 1 for passage in passages)])[:-1]
        characters = np.maximum.reduceat(CharacterTfidf(texts).similarities(query), begins)
        if self._embedder is None:
            return Likeness(characters)
        asked = self._embedder.embed([query], "query")[0]
        stated = self._embedder.embed([statement(each) for each in passages], "passage") @ asked
        meaning = stated.copy()
        titled = [(place, t) for place, each in enumerate(passages) for t in each.titles]
        if titled:
            near = self._embedder.embed([title for _, title in titled], "query") @ asked
            np.maximum.at(meaning, [place for place, _ in titled], near)
        return Likeness(characters, meaning, stated)


def statement(passage: Passage) -> str:
    """What a passage states, under the first of its titles."""
    return f"{passage.titles[0]} {passage.text}" if passage.titles else passage.text
