"""Slips of the keyboard put right: what sounds the same, has changed places or is
typed twice.

Judged by neighbouring characters: a shop's own texts, and the language of shops at large
(``training/pairs.py``), know most pairs that are ever written. Where none of the pairs around a
character is known, and some slip would make all of them known, it is taken back. What is known is
never touched, so a spelling that might be meant stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from zhanggui.base.chinese import sounds

_FILE = Path(__file__).with_name("pairs.txt")
_RUN = re.compile("[\u4e00-\u9fff]+")
_PINYIN = re.compile(r"(?<![a-z0-9])[a-z]{2,24}(?![a-z0-9])")
_OWN = 4
"""What a pair of the shop's own texts counts, beside the binary logarithm of how often shops at
large have it."""
_MOST = 3
"""How many slips one message is believed to have."""
_KNOWN, _WORD = 2, 7
"""What every pair must count around a slip that is taken back, and what one of them must: a word
that shops use all the time."""
_SURE = 4
"""What a pair must count to be read out of pinyin."""


@cache
def _usual() -> dict[str, int]:
    found = {}
    for line in _FILE.read_text("utf-8").splitlines():
        count, pairs = line.split(" ")
        for place in range(0, len(pairs), 2):
            found[pairs[place : place + 2]] = int(count) + 1
    return found


def pairs_of(text: str) -> Iterator[str]:
    """The pairs of neighbouring Chinese characters of a text."""
    for run in _RUN.findall(text):
        yield from (run[i : i + 2] for i in range(len(run) - 1))


class Speller:
    """Knows the pairs of a shop's texts and the usual ones."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._own = {pair for text in texts for pair in pairs_of(text)}
        self.correct = lru_cache(maxsize=4096)(self._correct)
        """A message as it was meant: the same text wherever that is not clear."""

    def _count(self, pair: str) -> int:
        return _usual().get(pair, 0) + (_OWN if pair in self._own else 0)

    def _correct(self, text: str) -> str:
        text = _PINYIN.sub(lambda found: self._spelt_out(found[0]), text)
        return _RUN.sub(lambda found: self._mended(found[0]), text)

    def _mended(self, run: str) -> str:
        for _ in range(_MOST):
            best = max(self._slips(run), default=(0.0, run))
            if best[0] <= 0:
                break
            run = best[1]
        return run

    def _slips(self, run: str) -> Iterator[tuple[float, str]]:
        """Each slip that could be taken back: how much speaks for it, and the run without it."""
        for at, letter in enumerate(run):
            before, after = run[max(at - 1, 0) : at], run[at + 1 : at + 2]
            beyond = run[at + 2 : at + 3]
            middle = self._count(letter + after)
            around = [self._count(before + letter), self._count(after + beyond)]
            if letter == after:
                if not middle and (around[1] >= _WORD or (around[0] >= _WORD and around[1])):
                    yield 100.0, run[:at] + run[at + 1 :]
                continue
            if after and not middle and not all(around):
                worth = self._worth(before + after + letter + beyond)
                if worth:
                    yield worth, run[:at] + after + letter + run[at + 2 :]
            if middle or around[0]:
                continue
            for other in sounds.alike(letter):
                worth = self._worth(before + other + after, _WORD if before else _WORD + 2)
                if worth:
                    yield worth, run[:at] + other + run[at + 1 :]

    def _worth(self, text: str, word: int = _WORD) -> float:
        """The mean count of a text's pairs; 0 where one is unknown or none is a word of weight."""
        counts = [self._count(text[i : i + 2]) for i in range(len(text) - 1)]
        if not counts or min(counts) < _KNOWN or max(counts) < word:
            return 0.0
        return sum(counts) / len(counts)

    def _spelt_out(self, latin: str) -> str:
        """A word in pinyin as its characters, where the shop's language has such a word."""
        read = sounds.syllables(latin)
        if len(read) < 2:
            return latin
        best: dict[str, tuple[float, str]] = {c: (0.0, c) for c in sounds.read_as(read[0])}
        for sound in read[1:]:
            following: dict[str, tuple[float, str]] = {}
            for letter in sounds.read_as(sound):
                reached = [
                    (worth + count, text + letter)
                    for last, (worth, text) in best.items()
                    if (count := self._count(last + letter)) >= _SURE
                ]
                if reached:
                    following[letter] = max(reached)
            best = following
        return max(best.values())[1] if best else latin
