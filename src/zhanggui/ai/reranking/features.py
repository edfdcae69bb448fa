"""How a passage stands to a query, in figures that mean the same in every shop.

Cosines of one shop do not compare with another's: unrelated texts of a shop that sells one thing
are nearer to each other. So a likeness counts by its distance from the shop's other passages, in
their standard deviations, and by how far it is behind the best.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhanggui.ai.characters import bigrams, normalise
from zhanggui.ai.reranking.passages import Passage
from zhanggui.ai.trees import MISSING

_KINDS = ("faq", "policy", "coupon", "product")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NAME = re.compile(r"[a-z]+\d[a-z0-9]*|\d+[a-z]+[a-z0-9]*|[a-z]{2,}")

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A query against every passage of a shop; each array has shape (passages,).

    `meaning` is the best cosine of a passage's texts, `stated` that of what it states alone; both
    are None where meaning is not compared. `characters` is the best cosine of characters.
    """

    characters: Scores
    meaning: Scores | None = None
    stated: Scores | None = None


class Rarity:
    """How rare each pair of characters is in a shop's passages: log((1 + n) / (1 + df))."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        counts: Counter[str] = Counter()
        self._size = 0
        for passage in passages:
            self._size += 1
            counts.update(
                {pair for text in (*passage.titles, passage.text) for pair in bigrams(text)}
            )
        self._counts = counts

    def of(self, pair: str) -> float:
        """Of one pair; one that no passage has is the rarest."""
        return math.log((1 + self._size) / (1 + self._counts[pair])) + 0.1

    def weights(self, text: str) -> dict[str, float]:
        """Of each pair of a text."""
        return {pair: self.of(pair) for pair in bigrams(text)}


def rows(
    query: str,
    passages: Sequence[Passage],
    places: Iterable[int],
    likeness: Likeness,
    rarity: Rarity,
) -> list[dict[str, float]]:
    """The signals of the passages at `places`, by name."""
    asked = rarity.weights(query)
    plain = normalise(query)
    of_shop = {
        **_background("characters", likeness.characters),
        **_background("meaning", likeness.meaning),
        "asked_length": min(len(query), 60) / 30,
        "asked_names": float(len(_NAME.findall(plain))),
        "asked_numbers": float(len(_NUMBER.findall(plain))),
    }
    return [
        {
            **of_shop,
            **_stands("characters", likeness.characters, place),
            **_stands("meaning", likeness.meaning, place),
            **_stands("stated", likeness.stated, place),
            **_written(asked, plain, passages[place], rarity),
        }
        for place in places
    ]


def _background(name: str, scores: Scores | None) -> dict[str, float]:
    """How a query stands to the shop as a whole."""
    if scores is None or len(scores) < 2:
        return {f"{name}_best": MISSING, f"{name}_lead": MISSING}
    first, second = np.partition(scores, -2)[-1], np.partition(scores, -2)[-2]
    spread = float(scores.std()) or 1.0
    return {
        f"{name}_best": float((first - scores.mean()) / spread),
        f"{name}_lead": float((first - second) / spread),
    }


def _stands(name: str, scores: Scores | None, place: int) -> dict[str, float]:
    if scores is None:
        return {}
    spread = float(scores.std()) or 1.0
    mine = scores[place]
    return {
        name: float(mine),
        f"{name}_out": float((mine - scores.mean()) / spread),
        f"{name}_behind": float((scores.max() - mine) / spread),
        f"{name}_place": float(min(int((scores > mine).sum()), 20)),
    }


def _written(
    asked: Mapping[str, float], plain: str, passage: Passage, rarity: Rarity
) -> dict[str, float]:
    """What letters, numbers and names of the query the passage has, and how it is made."""
    titles = [rarity.weights(title) for title in passage.titles]
    text = rarity.weights(passage.text)
    whole = {**text, **{pair: weight for title in titles for pair, weight in title.items()}}
    written = normalise(" ".join((*passage.titles, passage.text)))
    numbers, names = set(_NUMBER.findall(plain)), set(_NAME.findall(plain))
    its_numbers, its_names = set(_NUMBER.findall(written)), set(_NAME.findall(written))
    return {
        "covered": _share(asked, whole),
        "covered_by_title": max((_share(asked, title) for title in titles), default=MISSING),
        "title_asked": max((_share(title, asked) for title in titles), default=MISSING),
        "text_asked": _share(text, asked),
        "numbers_shared": float(len(numbers & its_numbers)),
        "numbers_missing": float(len(numbers - its_numbers)),
        "names_shared": float(len(names & its_names)),
        "names_missing": float(len(names - its_names)),
        "place": passage.place,
        "length": min(len(passage.text), 200) / 100,
        "titles": float(min(len(passage.titles), 8)),
        **{f"kind_{kind}": float(passage.kind == kind) for kind in _KINDS},
    }


def _share(of: Mapping[str, float], there: Mapping[str, float]) -> float:
    """The share, by rarity, of some pairs that others have too."""
    whole = sum(of.values())
    return sum(weight for pair, weight in of.items() if pair in there) / whole if whole else 0.0
