"""Taking out of text what no database keeps: NUL characters and halves of surrogate pairs.

A csv cannot bring either, but a workbook's cell, a JSON value or a file's name can.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

T = TypeVar("T")


def cleaned(value: T) -> T:
    """The value without unstorable characters in any text in it; looks into lists, tuples, dicts
    and dataclasses, and returns what is clean as it is."""
    made: Any = value
    if isinstance(value, str):
        made = _UNSTORABLE.sub("", value)
    elif isinstance(value, list | tuple):
        made = type(value)([cleaned(each) for each in value])
    elif isinstance(value, dict):
        made = {cleaned(key): cleaned(inner) for key, inner in value.items()}
    elif hasattr(value, "__dataclass_fields__"):
        clean([value])
    return made  # type: ignore[no-any-return] # Of the type that was given.


def clean(records: Sequence[Any]) -> None:
    """Clean records of one type in place. Looks at a column of all of them at once, since hardly
    any is ever unclean."""
    for name, kind in _columns(type(records[0])):
        values = list(map(attrgetter(name), records))
        if kind in _TEXT and _is_clean("".join(filter(None, values))):
            continue
        if kind == _TEXTS and _is_clean("".join(chain.from_iterable(values))):
            continue
        for record, value in zip(records, values, strict=True):
            if value:
                setattr(record, name, cleaned(value))


def _is_clean(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


_TEXT = ("str", "str | None")
_TEXTS = "tuple[str, ...]"
_known: dict[type[Any], tuple[tuple[str, str], ...]] = {}


def _columns(record: type[Any]) -> tuple[tuple[str, str], ...]:
    """The fields of a record that hold text, and their types."""
    if record not in _known:
        kinds = ((field.name, str(field.type)) for field in fields(record))
        _known[record] = tuple((n, kind) for n, kind in kinds if "str" in kind or "tuple" in kind)
    return _known[record]
