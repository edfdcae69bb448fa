"""When what was written is heard, told by nobody: by the syllables it is said in."""

from __future__ import annotations

import re
from itertools import groupby

from zhanggui.ai.speech.clauses import Clause, clauses
from zhanggui.ai.speech.voices import Timed

_PAUSES = re.compile(r"[，。！？；：、\s]")


def shared(text: str, clause: Clause, begins_s: float, lasts_s: float) -> list[Timed]:
    """What is written in a clause, each with a share of its time by the syllables it is said in."""
    spoken = _syllables(clause)
    syllable_s = lasts_s / max(sum(count for _, count in spoken), 1)
    found = []
    at = begins_s
    for (start, end), count in spoken:
        found.append(Timed(text[start:end], round(at, 3), round(at + count * syllable_s, 3)))
        at += count * syllable_s
    return found


def spread(text: str, lasts_s: float) -> tuple[Timed, ...]:
    """What is written in a text whose sound lasts so long: the pauses after its clauses are as long
    as our own voices make them, and the rest is shared. An estimate, good to some tenths of a
    second in a clause and worse the longer the text is."""
    parts = list(clauses(text))
    silent_s = sum(clause.pause_s for clause in parts[:-1])
    syllables = sum(count for clause in parts for _, count in _syllables(clause))
    syllable_s = max(lasts_s - silent_s, 0.0) / max(syllables, 1)
    found: list[Timed] = []
    at = 0.0
    for clause in parts:
        mine_s = syllable_s * sum(count for _, count in _syllables(clause))
        found += shared(text, clause, at, mine_s)
        at += mine_s + clause.pause_s
    return tuple(found)


def _syllables(clause: Clause) -> list[tuple[tuple[int, int], int]]:
    """Where each part is written, and in how many syllables it is said."""
    return [
        (span, len(list(letters)))
        for span, letters in groupby(
            span
            for letter, span in zip(clause.said, clause.spans, strict=True)
            if not _PAUSES.match(letter)
        )
    ]
