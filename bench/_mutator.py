"""The same question as somebody else would type it: seeded changes that keep its meaning.

The lists (``mutations.json``) were written by somebody who had not read what the reader under test
knows. It is not to be matched against them: what they find is mended in the mechanism, or left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

_LISTS = json.loads(Path(__file__).with_name("mutations.json").read_text("utf-8"))
_BEFORE: list[str] = _LISTS["before"]
_AFTER: list[str] = _LISTS["after"]
_DIALECTS: list[tuple[str, str]] = _LISTS["dialects"]
_HOMOPHONES: dict[str, str] = _LISTS["homophones"]
_PARTICLES: dict[str, str] = _LISTS["particles"]


def typo(text: str, chance: Random) -> str:
    """Two neighbouring characters changed places, or one typed twice, away from numbers."""
    places = [
        i for i in range(len(text) - 1)
        if "\u4e00" <= text[i] <= "\u9fff" and "\u4e00" <= text[i + 1] <= "\u9fff"
    ]  # fmt: skip
    if not places:
        return text
    at = chance.choice(places)
    if chance.random() < 0.5:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at] + text[at:]


def homophone(text: str, chance: Random) -> str:
    """One character for another that sounds the same."""
    places = [i for i, letter in enumerate(text) if letter in _HOMOPHONES]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + chance.choice(_HOMOPHONES[text[at]]) + text[at + 1 :]


def order(text: str, chance: Random) -> str:
    """The pieces of a message in another order."""
    pieces = [each for each in re.split(r"[\s，,。]+", text) if each]
    if len(pieces) < 2:
        return text
    at = chance.randrange(1, len(pieces))
    return " ".join(pieces[at:] + pieces[:at])


def politeness(text: str, chance: Random) -> str:
    """With a greeting before or thanks after."""
    if chance.random() < 0.5:
        return chance.choice(_BEFORE) + text
    return text + chance.choice(_AFTER)


def dialect(text: str, chance: Random) -> str:
    """With words of another region."""
    fitting = [pair for pair in _DIALECTS if pair[0] in text]
    if fitting:
        word, other = chance.choice(fitting)
        return text.replace(word, other, 1)
    if text and text[-1] in _PARTICLES:
        return text[:-1] + _PARTICLES[text[-1]]
    return text


MUTATIONS: dict[str, Callable[[str, Random], str]] = {
    "typo": typo, "homophone": homophone, "order": order, "politeness": politeness,
    "dialect": dialect,
}  # fmt: skip
