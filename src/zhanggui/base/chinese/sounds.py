"""How common characters sound, as typing by ear confuses them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("sounds.txt")
_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


def folded(sound: str) -> str:
    """A sound without what many speakers do not tell apart: zh, ch, sh and z, c, s; -ng and -n."""
    for one, other in _FOLDS:
        sound = sound.replace(one, other)
    return sound


@cache
def _table() -> tuple[dict[str, str], dict[str, tuple[str, ...]], re.Pattern[str]]:
    letters: dict[str, str] = {}
    sounds: dict[str, tuple[str, ...]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        sound, among = line.split(" ")
        letters[sound] = among
        for letter in among:
            sounds[letter] = (*sounds.get(letter, ()), sound)
    longest = "|".join(sorted(letters, key=len, reverse=True))
    return letters, sounds, re.compile(longest)


@cache
def _by_fold() -> dict[str, str]:
    found: dict[str, str] = {}
    for sound, among in _table()[0].items():
        found[folded(sound)] = found.get(folded(sound), "") + among
    return found


@cache
def alike(letter: str) -> str:
    """The common characters that sound like one, itself apart; empty for one that is not common."""
    near = dict.fromkeys(
        other for sound in _table()[1].get(letter, ()) for other in _by_fold()[folded(sound)]
    )
    return "".join(other for other in near if other != letter)


def read_as(sound: str) -> str:
    """The common characters of a sound in pinyin without tones (``huo``)."""
    return _table()[0].get(sound, "")


def syllables(text: str) -> list[str]:
    """The sounds that a run of Latin letters spells (``fahuo``: fa, huo), the longest first each;
    empty where it is no pinyin."""
    _, _, longest = _table()
    found = longest.findall(text)
    return found if "".join(found) == text else []


def by_letter() -> dict[str, tuple[str, ...]]:
    """The sounds of every common character, in pinyin without tones."""
    return _table()[1]
