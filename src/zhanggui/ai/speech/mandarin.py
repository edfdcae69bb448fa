"""Chinese characters as the phonemes that Kokoro was taught: IPA, with arrows for the tones.

The writing is that of misaki's ``zh`` (Apache-2.0, after Stefan Taubert's pinyin-to-ipa, MIT), put
down here as two tables; how a character is read where it stands comes from pypinyin.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pypinyin import Style, lazy_pinyin

TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_INITIALS = {
    "": "", "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l",
    "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ",
    "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s",
}  # fmt: skip
_FINALS = {
    "a": "a*", "ai": "ai*", "an": "a*n", "ang": "a*ŋ", "ao": "au*", "e": "ɤ*", "ei": "ei*",
    "en": "ə*n", "eng": "ə*ŋ", "er": "ɚ*", "i": "i*", "ia": "ja*", "ian": "jɛ*n", "iang": "ja*ŋ",
    "iao": "jau*", "ie": "je*", "in": "i*n", "iou": "jou*", "ing": "i*ŋ", "iong": "jʊ*ŋ",
    "io": "jɔ*", "ong": "ʊ*ŋ", "ou": "ou*", "u": "u*", "uei": "wei*", "ua": "wa*", "uai": "wai*",
    "uan": "wa*n", "uen": "wə*n", "uang": "wa*ŋ", "ueng": "wə*ŋ", "uo": "wo*", "o": "wo*",
    "v": "y*", "ve": "ɥe*", "van": "ɥɛ*n", "vn": "y*n", "ê": "ɛ*", "m": "m*", "n": "n*", "ng": "ŋ*",
}  # fmt: skip
_AFTER_SIBILANTS = "ɨ*"
"""The vowel of 字 and 之: ``i`` after z, c, s, zh, ch, sh and r."""
_SIBILANTS = {"z", "c", "s", "zh", "ch", "sh", "r"}


def phonemes(characters: str) -> Sequence[str]:
    """The phonemes of each character of a run without anything else in it; empty where a character
    has no known reading."""
    # pypinyin takes a list, one for each character, though its types say a string.
    unread: Any = lambda run: [""] * len(run)  # noqa: E731
    initials = lazy_pinyin(characters, Style.INITIALS, errors=unread)
    finals = lazy_pinyin(characters, Style.FINALS_TONE3, errors=unread, neutral_tone_with_five=True)
    return [_syllable(*each) for each in zip(initials, finals, strict=True)]


def _syllable(initial: str, final: str) -> str:
    if not final:
        return ""
    vowel, tone = final[:-1], final[-1]
    written = _FINALS.get(vowel, "")
    if vowel == "i" and initial in _SIBILANTS:
        written = _AFTER_SIBILANTS
    elif vowel == "o" and not initial:
        written = "ɔ*"
    return _INITIALS.get(initial, "") + written.replace("*", TONES.get(tone, ""))
