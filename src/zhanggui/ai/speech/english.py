"""English words in a Mandarin sentence as the phonemes that Kokoro was taught.

``english.txt`` has the common ones (``training/pronouncing.py``); a short word in capitals, or one
that is not there, is spelled as Chinese shops do (USB, VIP), but for parts that are words (iPhone:
i and phone).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_LETTERS = {
    "a": "ˈA", "b": "bˈi", "c": "sˈi", "d": "dˈi", "e": "ˈi", "f": "ˈɛf", "g": "ʤˈi", "h": "ˈAʧ",
    "i": "ˈI", "j": "ʤˈA", "k": "kˈA", "l": "ˈɛl", "m": "ˈɛm", "n": "ˈɛn", "o": "ˈO", "p": "pˈi",
    "q": "kjˈu", "r": "ˈɑɹ", "s": "ˈɛs", "t": "tˈi", "u": "jˈu", "v": "vˈi", "w": "dˈʌbᵊlju",
    "x": "ˈɛks", "y": "wˈI", "z": "zˈi",
}  # fmt: skip
_SHORT = 3
"""Letters of a word in capitals up to which it is spelled even where it is a word (VIP, LED)."""
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z]")


@cache
def _lexicon() -> dict[str, str]:
    rows = Path(__file__).with_name("english.txt").read_text("utf-8").splitlines()
    return dict(row.split(" ", 1) for row in rows)


def phonemes(word: str) -> str:
    """The phonemes of a word of Latin letters, an apostrophe in it or not."""
    plain = word.replace("'", "")
    is_spelled = plain.isupper() and len(plain) <= _SHORT
    if not is_spelled and (known := _lexicon().get(plain.lower())):
        return known
    parts = _PARTS.findall(plain)
    if len(parts) > 1:
        return " ".join(phonemes(part) for part in parts)
    return " ".join(_LETTERS[letter] for letter in plain.lower() if letter in _LETTERS)
