"""A text as its readers hear it: disguises are taken off, and every character knows its origin.

Folded are width and case, traditional characters, invisible ones and accents; characters that
only stand in for another by sound (蕞好), syllables for characters (顶ji), and what splits a word
(国.家.级).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from zhanggui.base.chinese import sounds

_HAN = re.compile(r"[\u3400-\u9fff]")
_SPLITTERS = frozenset(" \t.·•*_-/|~+^'`\"=#@&°※★☆●◆■▪→♥❤×")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\ufe0e\u20e3")
_MOST_LETTERS = 6
_TABLE = Path(__file__).with_name("disguises.txt")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` stands for ``original[starts[i]:ends[i]]``."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where a span that is not empty was written."""
        return self.starts[start], self.ends[end - 1]


_Place = tuple[str, int, int]


def fold(text: str) -> Folded:
    """`text` without its disguises."""
    places = _joined(list(_plain(text)))
    places = _unspelled(places)
    places = _unmasked(places)
    return Folded(
        "".join(each[0] for each in places),
        tuple(each[1] for each in places),
        tuple(each[2] for each in places),
    )


def _plain(text: str) -> Iterator[_Place]:
    """Characters in their plain form; a picture becomes a splitter."""
    simplified = _tables().simplified
    for place, written in enumerate(text):
        if written in _INVISIBLE:
            continue
        category = unicodedata.category(written)
        if category == "Mn":
            continue
        if category in ("So", "Sk", "Cs") and not unicodedata.normalize("NFKC", written).isalnum():
            yield "★", place, place + 1
            continue
        for each in _decomposed(written).lower():
            if unicodedata.category(each) != "Mn":
                yield simplified.get(each, each), place, place + 1


def _decomposed(letter: str) -> str:
    """Latin letters apart from their accents, all else in its compatible form."""
    if unicodedata.name(letter, "").startswith("LATIN"):
        return unicodedata.normalize("NFKD", letter)
    plain = unicodedata.normalize("NFKC", letter)
    # One Arabic sign stands for a blessing of eighteen letters: a text of them would be as long.
    return plain if len(plain) <= _MOST_LETTERS else letter


def _joined(places: list[_Place]) -> list[_Place]:
    """Without what stands between two Chinese characters, or such a one and a syllable, and is no
    punctuation. A plain space splits nothing where a Latin word or a number begins or ends."""
    kept: list[_Place] = []
    for is_split, run in groupby(enumerate(places), lambda each: each[1][0] in _SPLITTERS):
        found = list(run)
        after = places[found[-1][0] + 1 : found[-1][0] + 2]
        splits = is_split and kept and after
        if not (splits and _HAN.match(kept[-1][0]) and _HAN.match(after[0][0])):
            kept += [place for _, place in found]
    return kept


def _unspelled(places: list[_Place]) -> list[_Place]:
    """Syllables beside characters of a loaded word as the characters they spell."""
    text = "".join(each[0] for each in places)
    found: list[_Place] = []
    at = 0
    for match in _tables().spelled.finditer(text):
        word = _tables().loaded[int((match.lastgroup or "w0")[1:])]
        if not re.search(r"[a-z]", match[0]):
            continue
        found += places[at : match.start()]
        start, end = places[match.start()][1], places[match.end() - 1][2]
        found += [(letter, start, end) for letter in word]
        at = match.end()
    return found + places[at:]


def _unmasked(places: list[_Place]) -> list[_Place]:
    """Words written by sound as those they stand for, letter for letter where there are as many."""
    text = "".join(each[0] for each in places)
    found: list[_Place] = []
    at = 0
    for match in _tables().masked.finditer(text):
        found += places[at : match.start()]
        meant, written = _tables().meant[match[0]], places[match.start() : match.end()]
        if len(meant) == len(written):
            spans = [place[1:] for place in written]
        else:
            spans = [(written[0][1], written[-1][2])] * len(meant)
        found += [(letter, *span) for letter, span in zip(meant, spans, strict=True)]
        at = match.end()
    return found + places[at:]


@dataclass(frozen=True)
class _Tables:
    simplified: dict[str, str]
    loaded: list[str]
    spelled: re.Pattern[str]
    meant: dict[str, str]
    masked: re.Pattern[str]


@cache
def _tables() -> _Tables:
    sections: dict[str, list[str]] = {}
    name = ""
    for line in _TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            sections.setdefault(name, []).extend(line.split())
    pairs = [(pair[0], pair[1]) for pair in sections["traditional"]]
    loaded = sorted(sections["loaded"], key=len, reverse=True)
    spelled = "|".join(f"(?P<w{place}>{_spelling(word)})" for place, word in enumerate(loaded))
    meant = dict(pair.split("=") for pair in sections["masked"])
    for word in sections["unmistakable"]:
        meant |= {like: word for like in _sounding_like(word) if like not in loaded}
    return _Tables(
        dict(pairs),
        loaded,
        re.compile(spelled),
        meant,
        re.compile("|".join(sorted(map(re.escape, meant), key=len, reverse=True))),
    )


def _spelling(word: str) -> str:
    """A pattern for a word some of whose characters are spelled out; letters on either side would
    make another word of it."""
    letters = [
        f"(?:{letter}|(?<![a-z]){syllable}(?![a-z])|{syllable})"
        for letter in word
        for syllable in [_syllable(letter)]
    ]
    return r"(?<![a-z])" + r"[ .·*_-]?".join(letters) + r"(?![a-z])"


@cache
def _syllable(letter: str) -> str:
    return "|".join(f"(?:{each})" for each in _syllables().get(letter, ())) or letter


@cache
def _syllables() -> dict[str, tuple[str, ...]]:
    return sounds.by_letter()


def _sounding_like(word: str) -> Iterator[str]:
    for place, letter in enumerate(word):
        for other in sounds.alike(letter):
            yield word[:place] + other + word[place + 1 :]
