"""Similarity by characters alone: what always works, for Chinese and without a model."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_NOT_WORDS = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.%]|_")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=16_384)
def normalise(text: str) -> str:
    """Full width folded, lower case, and only letters, digits, ``%`` and decimal points."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _SPACES.sub(" ", _NOT_WORDS.sub(" ", folded)).strip()


_RUNS = re.compile(r"[a-z0-9.%]+|[^\sa-z0-9.%]+")


def bigrams(text: str) -> list[str]:
    """The words an index keeps of `text`: pairs of neighbouring Chinese characters (a lone one by
    itself), and runs of Latin letters and digits whole."""
    found: list[str] = []
    for run in _RUNS.findall(normalise(text)):
        if run[0].isascii() or len(run) == 1:
            found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run) - 1)]
    return found


def _grams(text: str) -> Counter[str]:
    plain = normalise(text).replace(" ", "")
    counts: Counter[str] = Counter()
    for size in (1, 2, 3):
        counts.update(plain[i : i + size] for i in range(len(plain) - size + 1))
    return counts


class CharacterTfidf:
    """TF-IDF over runs of one to three characters, fitted on the texts it compares with.

    Weights are (1 + ln tf) · (1 + ln((1 + n) / (1 + df))), rows have length 1 (Salton & Buckley
    1988, as scikit-learn's sublinear, smoothed TF-IDF).
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.size = len(texts)
        vocabulary: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        counts: list[int] = []
        for row, text in enumerate(texts):
            for gram, count in _grams(text).items():
                rows.append(row)
                columns.append(vocabulary.setdefault(gram, len(vocabulary)))
                counts.append(count)
        where, gram_of = np.array(rows, np.int32), np.array(columns, np.int32)
        frequency = np.bincount(gram_of, minlength=len(vocabulary))
        self._idf = (1 + np.log((1 + self.size) / (1 + frequency))).astype(np.float32)
        weights = (1 + np.log(np.array(counts, np.float32))) * self._idf[gram_of]
        lengths = np.sqrt(np.bincount(where, weights**2, minlength=self.size))
        weights = (weights / np.maximum(lengths[where], 1e-9)).astype(np.float32)
        by_gram = np.argsort(gram_of, kind="stable")
        self._rows, self._weights = where[by_gram], weights[by_gram]
        self._starts = np.concatenate([[0], np.cumsum(frequency)])
        self._vocabulary = vocabulary

    def similarities(self, text: str) -> NDArray[np.float32]:
        """The cosine with each text, shape (size,), from 0 to 1. A gram never seen counts in the
        length of `text`, as the rarest would."""
        counts = _grams(text)
        scores = np.zeros(self.size, np.float32)
        unseen = 1 + float(np.log(1 + self.size))
        squares = 0.0
        for gram, count in counts.items():
            tf = 1 + float(np.log(count))
            place = self._vocabulary.get(gram)
            weight = tf * (unseen if place is None else float(self._idf[place]))
            squares += weight**2
            if place is not None:
                span = slice(self._starts[place], self._starts[place + 1])
                scores[self._rows[span]] += weight * self._weights[span]
        return scores / np.float32(max(squares, 1e-9) ** 0.5)
