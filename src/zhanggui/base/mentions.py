"""Whether something that was kept mentions a person who is to be forgotten."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mentions:
    """By what a person is known: a `name`, which counts as a whole value only, since it may be a
    word like any other; and `ids`, which count inside of text too."""

    name: str
    ids: frozenset[str]

    def among(self, kept: Iterable[tuple[str, Any]]) -> list[str]:
        """The keys of what mentions them, in JSON-like values by key."""
        name = json.dumps(self.name, ensure_ascii=False)
        return [key for key, value in kept if self._is_in(_text(value), name)]

    def _is_in(self, text: str, name: str) -> bool:
        return name in text or not self.ids.isdisjoint(_RUNS.findall(text)) or self._odd_in(text)

    def _odd_in(self, text: str) -> bool:
        return any(id_ in text for id_ in self.ids if not _RUNS.fullmatch(id_))


_RUNS = re.compile(r"[0-9A-Za-z]+")
"""What most ids are; an order 12 is not mentioned by an order 123."""


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
