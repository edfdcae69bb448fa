"""What a shop sells, as far as law makes a difference: told in any words, or guessed."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

TRADES = (
    "cosmetics", "food", "health_food", "alcohol", "baby_food", "medicine", "education", "finance",
    "property", "toys", "clothing", "home", "appliances", "digital", "jewellery", "pets", "general",
)  # fmt: skip

_Patterns = tuple[tuple[str, re.Pattern[str]], ...]


def trade_of(name: str | None) -> str | None:
    """The trade that a name in Chinese or English means; None for one that makes no difference."""
    plain = (name or "").strip().lower()
    if plain in TRADES:
        return plain
    return _first(_patterns()[0], plain) if plain else None


def guessed(text: str) -> str | None:
    """The trade that the words of a text tell; None where none does."""
    return _first(_patterns()[1], text)


def _first(patterns: _Patterns, text: str) -> str | None:
    return next((trade for trade, says in patterns if says.search(text)), None)


@cache
def _patterns() -> tuple[_Patterns, _Patterns]:
    told = tomllib.loads(Path(__file__).with_name("trades.toml").read_text("utf-8"))
    names, words = (
        tuple((each["trade"], re.compile(each["says"])) for each in told[key])
        for key in ("name", "word")
    )
    return names, words
