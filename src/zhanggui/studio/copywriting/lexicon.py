"""The tables copy is written from: what things are called and searched by, how each trade talks,
how each kind of fact is put, and by which words a text claims something."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Noun:
    """What a thing is called: the word found in titles, the one said of it alone (筷, 筷子), its
    trade, its measure word, and what shoppers search it by."""

    trade: str
    word: str
    shown: str
    measure: str
    searched: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """What an attribute is about, and the frames by which it is put (see `aspects.toml`)."""

    id: str
    names: re.Pattern[str]
    group: str
    sells: int
    heads: tuple[str, ...]
    says: tuple[str, ...]
    can: tuple[str, ...]
    cannot: tuple[str, ...]
    caution: bool
    care: bool
    by: dict[str, dict[str, tuple[str, ...]]]

    def frames(self, what: str, kin: str) -> tuple[str, ...]:
        """The `heads` or `says` of a trade, or everybody's where it has none of its own."""
        common: tuple[str, ...] = getattr(self, what)
        return self.by.get(kin, {}).get(what, common)


@dataclass(frozen=True)
class Meaning:
    """Sentences that follow from a value itself (see `values.toml`)."""

    names: re.Pattern[str]
    values: re.Pattern[str]
    things: re.Pattern[str]
    says: tuple[str, ...]

    def fits(self, name: str, value: str, noun: str) -> bool:
        """Whether it is meant by an attribute of a thing."""
        named = self.names.fullmatch(name) and self.values.search(value)
        return bool(named and self.things.search(noun))


@dataclass(frozen=True)
class Trade:
    """How one trade talks (see `trades.toml`)."""

    id: str
    scenes: tuple[str, ...]
    openings: tuple[str, ...]
    note_titles: tuple[str, ...]
    note_openings: tuple[str, ...]
    hooks: tuple[str, ...]
    short: tuple[str, ...]
    long: tuple[str, ...]
    tags: tuple[str, ...]


def _read(name: str) -> str:
    return files(__package__).joinpath("words", name).read_text("utf-8")


@lru_cache(maxsize=1)
def nouns() -> tuple[Noun, ...]:
    """Every noun, the longest first, so that 分格餐盘 is found before 餐盘."""
    found = []
    for line in _read("nouns.txt").splitlines():
        if line and not line.startswith("#"):
            trade, word, measure, searched = line.split("|")
            word, _, shown = word.partition("=")
            found.append(Noun(trade, word, shown or word, measure, tuple(searched.split())))
    return tuple(sorted(found, key=lambda each: -len(each.word)))


@lru_cache(maxsize=1)
def trades() -> dict[str, Trade]:
    """Every trade by its id; `generic` is for what no table knows."""
    read = tomllib.loads(_read("trades.toml"))
    return {
        trade: Trade(id=trade, **{name: tuple(lines) for name, lines in each.items()})
        for trade, each in read.items()
    }


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """The kinds of attributes in the order in which they take them."""
    return tuple(_kind(each) for each in tomllib.loads(_read("aspects.toml"))["kind"])


def _kind(read: dict[str, Any]) -> Kind:
    return Kind(
        id=read["id"],
        names=re.compile(read["names"]),
        group=read["group"],
        sells=read["sells"],
        heads=tuple(read["heads"]),
        says=tuple(read.get("says", ())),
        can=tuple(read.get("can", ())),
        cannot=tuple(read.get("cannot", ())),
        caution=read.get("caution", False),
        care=read.get("care", False),
        by={
            trade: {what: tuple(frames) for what, frames in each.items()}
            for trade, each in read.get("by", {}).items()
        },
    )


@lru_cache(maxsize=1)
def values() -> tuple[Meaning, ...]:
    """What values mean for who uses the thing."""
    return tuple(
        Meaning(
            re.compile(each["names"]),
            re.compile(each["values"]),
            re.compile(each.get("things", "")),
            tuple(each["says"]),
        )
        for each in tomllib.loads(_read("values.toml"))["value"]
    )


@lru_cache(maxsize=1)
def phrases() -> dict[str, tuple[str, ...]]:
    """What every trade says, by its place in a text."""
    return {name: tuple(lines) for name, lines in tomllib.loads(_read("phrases.toml")).items()}


@lru_cache(maxsize=1)
def claims() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The words of claims with what they are claims of, and what implies each."""
    read = tomllib.loads(_read("claims.toml"))
    implied = {word: tuple(said) for word, said in read.pop("implied").items()}
    return {word: kind for kind, words in read.items() for word in words.split()}, implied
