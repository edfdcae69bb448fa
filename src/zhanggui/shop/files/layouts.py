"""What a kind of table looks like: its fields, the headers they go by, and how a row is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from zhanggui.shop.files.cells import Convert
from zhanggui.shop.files.contract import Kind
from zhanggui.shop.files.records import Record

Values: TypeAlias = dict[str, Any]
"""A row's converted cells by field; a field whose cell is blank is absent."""

Build: TypeAlias = Callable[[int, Values, "Carry"], Sequence[Record]]


class Carry:
    """What a builder remembers from row to row; kept in checkpoints as text."""

    def __init__(self, state: Sequence[str] = ()) -> None:
        self.state: tuple[str, ...] = tuple(state)


@dataclass(frozen=True)
class Field:
    """One column of a layout.

    `aliases` are headers it goes by, the usual one first. Where a header occurs twice in a file,
    `nth` tells which occurrence is meant. A row without a `required` field is refused; a csv row
    that ends before a `vital` one is too.
    """

    name: str
    convert: Convert
    aliases: tuple[str, ...]
    required: bool = False
    vital: bool = False
    nth: int = 1


@dataclass(frozen=True)
class Layout:
    """A kind of table. `signature` holds fields of which a file of this kind has at least
    `needs`: what tells it from other tables."""

    kind: Kind
    fields: tuple[Field, ...]
    build: Build
    signature: frozenset[str]
    needs: int = 2
    decisive: frozenset[str] = frozenset()
    """Fields of which any one alone tells that a file is of this kind."""
    foreign: frozenset[str] = frozenset()
    """Headers by which a file is of another kind, if there is one that it fits."""
    summed: tuple[str, ...] = ()
    """Fields in which a platform writes 总计 for a row that adds up the others."""
    fills: tuple[str, ...] = ()
    """Fields that only the first row of a group carries: a blank one takes the value above."""
    exact: bool = False
    """Whether headers must match letter for letter (a shop pack's English names)."""

    @cached_property
    def by_header(self) -> dict[str, list[tuple[int, Field]]]:
        """Normalised header → its fields with the alias's rank."""
        found: dict[str, list[tuple[int, Field]]] = {}
        for field in self.fields:
            for rank, alias in enumerate(field.aliases):
                found.setdefault(normalise(alias), []).append((rank, field))
        return found

    def is_foreign(self, header: Sequence[str]) -> bool:
        """Whether `header` has a column that files of this kind do not have."""
        return bool(self.foreign) and any(normalise(cell) in self._foreign for cell in header)

    @cached_property
    def _foreign(self) -> frozenset[str]:
        return frozenset(map(normalise, self.foreign))

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.fields}


_NOISE = re.compile(r"[\s_:：*＊'\"“”\ufeff\u200b\-—./、]+")
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")


def normalise(header: str) -> str:
    """A header without what varies: width, case, spaces, line breaks, punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", header)).lower()


def without_brackets(header: str) -> str:
    """A normalised header without a unit or remark in brackets."""
    return normalise(_BRACKETS.sub("", unicodedata.normalize("NFKC", header)))
