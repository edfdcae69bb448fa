"""From a question to the entries that may answer it, best first."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zhanggui.ai import TextRole, VectorStore
from zhanggui.base.chinese import arabic, standard
from zhanggui.knowledge.corpus import Entry
from zhanggui.knowledge.signals import Scores, Signals, Wordings
from zhanggui.knowledge.spelling import Speller

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


@dataclass(frozen=True, slots=True)
class Search:
    """What was found for a text: entries of all kinds but goods, and goods, best first each."""

    text: str
    candidates: list[Candidate]
    products: list[Candidate]
    facts: Mapping[str, float]
    """How near each fact of goods (``净重：1.2kg``) is in meaning; empty without vectors."""
    vector: NDArray[np.float32] | None = None
    """The text's own vector, shape (dim,); None where letters alone were compared."""

    rarity: Mapping[str, float] = field(default_factory=dict)
    """How rare each letter is in what the shop has written (inverse document frequency)."""

    @property
    def has_meaning(self) -> bool:
        """Whether meaning was compared, not letters alone."""
        return self.vector is not None

    def fact(self, text: str) -> float:
        """How near one fact is, 0 where that is not known."""
        return self.facts.get(text, 0.0)


class Facts(Mapping[str, float]):
    """Cosines by fact, without a Python number for each until it is asked for."""

    def __init__(self, places: Mapping[str, int], scores: Scores) -> None:
        self._places, self._scores = places, scores

    def __getitem__(self, text: str) -> float:
        return float(self._scores[self._places[text]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


_NO_LETTER = re.compile(r"\W+")


class Retriever:
    """Search over a fixed set of entries. Building it costs about 0.1 ms a wording, vectors apart;
    without `vectors` it orders by characters."""

    def __init__(self, entries: Sequence[Entry], vectors: VectorStore | None) -> None:
        self.entries = list(entries)
        self.asked = wordings_of(entries)
        self.clauses = [entry for entry in self.entries if entry.kind == "policy"]
        self.shipping = [entry for entry in self.clauses if _SHIPS.search(entry.text)]
        facts = facts_of(self.entries)
        self._fact_places = {fact: place for place, fact in enumerate(facts)}
        self._facts_of = {
            index: np.array([self._fact_places[fact] for fact in entry.facts], np.int32)
            for index, entry in enumerate(self.entries)
            if entry.facts
        }
        self._fact_vectors: NDArray[np.float32] | None = None
        known = None
        if vectors is not None and self.asked:
            found, there = vectors.get([(each.embedded, each.role) for each in self.asked])
            known = found if bool(there.all()) else None
            if known is not None and facts:
                held, all_there = vectors.get([(fact, "passage") for fact in facts])
                known = known if bool(all_there.all()) else None
                self._fact_vectors = held if known is not None else None
        owners = np.array([each.owner for each in self.asked], np.int32)
        self.speller = Speller([*(each.text for each in self.asked), *facts])
        self._questions = frozenset(
            _letters(each.text) for each in self.asked if each.role == "query"
        )
        self.rarity = rarity_of([each.text for each in self.asked])
        self._is_product = np.array([e.kind == "product" for e in self.entries], np.bool_)
        self.wordings = Wordings([each.text for each in self.asked], owners, known)
        self._embedder = vectors.embedder if vectors is not None and known is not None else None

    @property
    def has_vectors(self) -> bool:
        """Whether meaning is compared, not letters alone."""
        return self._embedder is not None

    def is_asked(self, text: str) -> bool:
        """Whether this is, letter for letter, a question that the shop has answered."""
        return _letters(text) in self._questions

    def embed(self, text: str) -> NDArray[np.float32] | None:
        """The vector of a question; None where letters alone are compared."""
        return None if self._embedder is None else self._embedder.embed([text], "query")[0]

    def search(self, text: str, before: str = "", limit: int = 16, way: Way = "fused") -> Search:
        """The best entries for a question; `before` is what was asked before it, with which it is
        read a second time, the better reading of each entry counting."""
        readings = [text, f"{before} {text}"] if before else [text]
        vectors = None
        if self._embedder is not None and way not in ("characters", "bigrams"):
            vectors = self._embedder.embed(readings, "query")
        facts: Mapping[str, float] = {}
        near = None
        if vectors is not None and self._fact_vectors is not None:
            near = (self._fact_vectors @ vectors.T).max(1)
            facts = Facts(self._fact_places, near)
        vector = None if vectors is None else vectors[0]
        if not self.entries:
            return Search(text, [], [], facts, vector, self.rarity)
        signals = self.wordings.signals(text, vector)
        if before:
            again = None if vectors is None else vectors[1]
            signals = signals.best(self.wordings.signals(readings[1], again))
        products = self.rank(signals, 8, way, goods=True, facts=near)
        return Search(text, self.rank(signals, limit, way), products, facts, vector, self.rarity)

    def rank(
        self,
        signals: Signals,
        limit: int = 8,
        way: Way = "fused",
        *,
        goods: bool = False,
        facts: Scores | None = None,
    ) -> list[Candidate]:
        """The best entries, of goods or of all else, by signals that may have been tampered
        with."""
        bm25, characters = self._by_entry(signals.bm25), self._by_entry(signals.characters)
        meaning = None if signals.meaning is None else self._by_entry(signals.meaning)
        scores = _ordering(way, bm25, characters, meaning)
        if facts is not None:
            # A product is also what its facts say of it: the nearest counts as much as its title.
            for index, places in self._facts_of.items():
                scores[index] = (scores[index] + facts[places].max()) / 2
        among = np.flatnonzero(self._is_product == goods)
        order = among[np.argsort(-scores[among], kind="stable")][: limit + 1]
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


_SHIPS = re.compile(r"发货|发出|寄出|出库|发走")


def rarity_of(texts: Sequence[str]) -> dict[str, float]:
    """The inverse document frequency of each letter, log((1 + n) / (1 + texts that have it))."""
    counts = Counter(letter for text in texts for letter in set(text))
    return {letter: math.log((1 + len(texts)) / (1 + n)) for letter, n in counts.items()}


def facts_of(entries: Sequence[Entry]) -> list[str]:
    """What the SKUs of all goods say of themselves, each once."""
    return list(dict.fromkeys(fact for entry in entries for fact in entry.facts))


def wordings_of(entries: Sequence[Entry]) -> list[Wording]:
    """Each way of asking for an entry, and what it states."""
    found = []
    for owner, entry in enumerate(entries):
        found += [Wording(owner, q, q, "query") for q in entry.questions]
        text = f"{entry.text} {entry.words}".strip()
        embedded = entry.text
        if entry.kind == "policy":
            embedded = f"{entry.words}：{entry.text}"
        elif entry.questions:
            embedded = f"{entry.questions[0]} {entry.text}"
        found.append(Wording(owner, text, embedded, "passage"))
    return found


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", arabic(standard(text)))
