"""Claims that may not be made, as patterns over folded text (`claims/*.toml`).

A claim is what may not be said, `unless` a phrase around it makes it something else: what the
superlative modifies, whose goods it compares, who is told what. Patterns are composed of classes of
words (illness × change × time, rival × scorn), so that they hold for words in other combinations.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from zhanggui.rules.findings import Kind

_FOLDER = Path(__file__).with_name("claims")
_CLASS = re.compile(r"\{([a-z]+)\}")
_GAP = re.compile(r"<(\d+)>")
_WITHIN = r"[^。!?;\n]"


class _Written(BaseModel):
    """A claim as its file has it."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    article: str
    advice: str
    says: list[str]
    unless: list[str] = []
    trades: frozenset[str] = frozenset()
    not_trades: frozenset[str] = frozenset()
    follows: frozenset[Kind] = Field(default=frozenset(), alias="with")
    guess: bool = False
    deniable: bool = True


class Claim(BaseModel):
    """`says` and `unless` are searched in folded text; `advice` may name groups of `says`.

    It holds in all trades, or in `trades` (also where `guess` and the text itself tells the trade),
    or not in `not_trades`. One that `follows` kinds is found where one of those is. What is
    `deniable` is lawful where it is denied; the others are not made harmless by a 不 before them.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    kind: Kind
    article: str
    advice: str
    says: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    trades: frozenset[str]
    not_trades: frozenset[str]
    follows: frozenset[Kind]
    guess: bool
    deniable: bool

    def holds_in(self, trade: str | None, guessed: str | None) -> bool:
        """Whether it is a claim in a trade, that was told or is only guessed from the text."""
        if trade in self.not_trades:
            return False
        if not self.trades or trade in self.trades:
            return True
        return self.guess and trade is None and guessed in self.trades


@cache
def claims() -> tuple[Claim, ...]:
    """All of them."""
    return tuple(
        Claim(
            kind=each.kind,
            article=each.article,
            advice=each.advice,
            says=_pattern(each.says),
            unless=_pattern(each.unless),
            trades=each.trades,
            not_trades=each.not_trades,
            follows=each.follows,
            guess=each.guess,
            deniable=each.deniable,
        )
        for path in sorted(_FOLDER.glob("*.toml"))
        if path.stem != "words"
        for each in map(_Written.model_validate, tomllib.loads(path.read_text("utf-8"))["claim"])
    )


@cache
def _classes() -> dict[str, str]:
    written: dict[str, str] = tomllib.loads((_FOLDER / "words.toml").read_text("utf-8"))
    classes: dict[str, str] = {}
    for name, pattern in written.items():
        classes[name] = _CLASS.sub(lambda found: classes[found[1]], pattern)
    return classes


def composed(pattern: str) -> str:
    """A pattern with its classes of words and its gaps put in."""
    classes = _classes()
    return _GAP.sub(rf"{_WITHIN}{{0,\1}}?", _CLASS.sub(lambda found: classes[found[1]], pattern))


def _pattern(alternatives: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(composed, alternatives))) if alternatives else None
