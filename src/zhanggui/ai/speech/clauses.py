"""A text cut into clauses, so that one is spoken at a time and memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhanggui.ai.speech.wording import sayings

MOST = 48
"""Characters of a clause as it is said: about ten seconds of speech."""
_ENDS = frozenset("。！？；")
_PAUSES = frozenset("，、： ")
_LONG_S, _SHORT_S = 0.28, 0.1
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clause:
    """`said` is spoken in one breath; each of its characters was written at `spans`, and `pause_s`
    of silence follow it."""

    said: str
    spans: tuple[Span, ...]
    pause_s: float


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text, in order; none where nothing can be said."""
    letters: list[tuple[str, Span]] = []
    for saying in sayings(text):
        written = text[saying.start : saying.end]
        # 双11 is three characters, too; but 十 is not said where the first 1 stands.
        as_written = len(saying.said) == len(written) and not any(map(str.isdigit, written))
        for place, letter in enumerate(saying.said):
            at = saying.start + place
            letters.append((letter, (at, at + 1) if as_written else (saying.start, saying.end)))
    while letters:
        cut, pause = _cut(letters)
        part, letters = letters[:cut], letters[cut:]
        if any(letter.isalnum() for letter, _ in part):
            said = "".join(letter for letter, _ in part)
            yield Clause(said, tuple(span for _, span in part), pause)


def _cut(letters: list[tuple[str, Span]]) -> tuple[int, float]:
    """Where the first clause ends, and the pause after it."""
    longest = min(len(letters), MOST)
    for place in range(longest):
        if letters[place][0] in _ENDS:
            return place + 1, _LONG_S
    if longest == len(letters):
        return longest, _LONG_S
    for place in range(longest - 1, MOST // 3, -1):
        if letters[place][0] in _PAUSES:
            return place + 1, _SHORT_S
    return longest, 0.0
