"""A question to the passages of a shop's index, each with how likely it answers.

The index orders by one likeness; here the best of it by several are judged one by one
(:mod:`zhanggui.ai.reranking`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhanggui.ai.reranking import Likeness, Passage, Rarity, chances
from zhanggui.base.chinese import arabic, standard
from zhanggui.knowledge.corpus import Entry
from zhanggui.knowledge.retrieval import CHARACTERS, Retriever
from zhanggui.knowledge.signals import Scores

SHORTLIST = 24
"""Entries that are judged: with more of them no more is found."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry, and how likely it answers."""

    entry: Entry
    chance: float


class Ranking:
    """Ranks the entries of an index but goods."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._entries = retriever.entries
        self.passages = passages(retriever.entries)
        self.is_knowledge = np.array([e.kind != "product" for e in self._entries], np.bool_)
        self.rarity = Rarity(self.passages)
        roles = [wording.role == "passage" for wording in retriever.asked]
        self._states = np.array(roles, np.bool_)

    def rank(self, question: str, limit: int = 5) -> list[Ranked]:
        """The likeliest entries, best first. Blocks for a few milliseconds."""
        text = arabic(standard(question))
        likeness = self.likeness(text)
        places = self.shortlist(likeness)
        found = chances(text, self.passages, places, likeness, self.rarity)
        order = np.argsort(-found, kind="stable")[:limit]
        return [Ranked(self._entries[places[i]], float(found[i])) for i in order]

    def likeness(self, text: str) -> Likeness:
        """A question, in standard spelling, against every entry."""
        signals = self._retriever.wordings.signals(text, self._retriever.embed(text))
        characters = self._best(signals.characters)
        if signals.meaning is None:
            return Likeness(characters)
        stated = np.where(self._states, signals.meaning, np.float32(-1))
        return Likeness(characters, self._best(signals.meaning), self._best(stated))

    def shortlist(self, likeness: Likeness) -> NDArray[np.intp]:
        """The places of the entries that are worth judging."""
        scores = likeness.characters
        if likeness.meaning is not None:
            scores = likeness.meaning + np.float32(CHARACTERS) * scores
        among = np.flatnonzero(self.is_knowledge)
        return among[np.argsort(-scores[among], kind="stable")[:SHORTLIST]]

    def _best(self, scores: Scores) -> Scores:
        best = np.full(len(self._entries), -1, np.float32)
        np.maximum.at(best, self._retriever.wordings.owners, scores)
        return best


def passages(entries: Sequence[Entry]) -> list[Passage]:
    """Entries as the reranker sees them."""
    lengths = Counter(entry.id.partition("#")[0] for entry in entries)
    found = []
    for entry in entries:
        of, _, number = entry.id.partition("#")
        place = int(number) / lengths[of] if number else 0.0
        titles = entry.questions or ((entry.words,) if entry.kind == "policy" else ())
        found.append(Passage(entry.text, titles, entry.kind, min(place, 1.0)))
    return found
