"""A clause as the token ids that Kokoro reads, each with the place in the clause it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypinyin.seg.mmseg import seg

from zhanggui.ai.speech import english, mandarin

MOST = 508
"""Tokens of a clause: the model reads 510, two of which are silence."""
_IDS = {
    ";": 1, ":": 2, ",": 3, ".": 4, "!": 5, "?": 6, " ": 16, "ʦ": 20, "ʨ": 21, "ꭧ": 23, "A": 24,
    "I": 25, "O": 31, "W": 39, "Y": 41, "ᵊ": 42, "a": 43, "b": 44, "d": 46, "e": 47, "f": 48,
    "h": 50, "i": 51, "j": 52, "k": 53, "l": 54, "m": 55, "n": 56, "o": 57, "p": 58, "s": 61,
    "t": 62, "u": 63, "v": 64, "w": 65, "x": 66, "y": 67, "z": 68, "ɑ": 69, "æ": 72, "ɔ": 76,
    "ɕ": 77, "ð": 81, "ʤ": 82, "ə": 83, "ɚ": 85, "ɛ": 86, "ɜ": 87, "ɡ": 92, "ɥ": 99, "ɨ": 101,
    "ɪ": 102, "ŋ": 112, "θ": 119, "ɹ": 123, "ɾ": 125, "ɻ": 126, "ʂ": 130, "ʃ": 131, "ʧ": 133,
    "ʊ": 135, "ʌ": 138, "ɤ": 140, "ʒ": 147, "ˈ": 156, "ˌ": 157, "ʰ": 162, "↓": 169, "→": 171,
    "↗": 172, "↘": 173, "ᵻ": 177,
}  # fmt: skip
"""Of Kokoro-82M's vocabulary what Mandarin and English use."""
_MARKS = {"，": ", ", "。": ". ", "！": "! ", "？": "? ", "；": "; ", "：": ": ", "、": ", "}
_RUN = re.compile(r"[A-Za-z']+|[\u3400-\u4dbf\u4e00-\u9fff]+|.", re.S)

Token = tuple[int, int]
"""An id, and the place in the clause of the character it says; -1 for a pause."""


def tokens(said: str) -> list[Token]:
    """The tokens of a clause as it is said, at most `MOST`."""
    found: list[Token] = []
    for phoneme, place in _phonemes(said):
        is_blank = phoneme == " "
        if is_blank and (not found or found[-1][0] == _IDS[" "]):
            continue
        if phoneme in _IDS:
            found.append((_IDS[phoneme], place))
    return found[:MOST]


def _phonemes(said: str) -> Iterator[tuple[str, int]]:
    for run in _RUN.finditer(said):
        text, start = run.group(), run.start()
        if text[0] in _MARKS:
            yield from ((mark, -1) for mark in _MARKS[text[0]])
        elif text[0].isascii() and text[0].isalpha():
            # All of a word is heard at its first letter; its letters are not told apart.
            yield " ", -1
            yield from ((each, start) for each in english.phonemes(text))
            yield " ", -1
        elif text[0].isspace():
            yield " ", -1
        else:
            yield from _mandarin(text, start)


def _mandarin(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Words apart: the model was taught so."""
    heard = mandarin.phonemes(text)
    at = 0
    for word in seg.cut(text):
        for place in range(at, at + len(word)):
            yield from ((each, start + place) for each in heard[place])
        at += len(word)
        yield " ", -1
