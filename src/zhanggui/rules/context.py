"""What makes of a claim something else: that it is denied, asked, quoted, or warned of."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_TITLE = re.compile(r"《[^》]{1,30}》")
_LONGEST_TITLE = 32
_BEFORE, _AFTER = 40, 24


def denied(text: str, start: int) -> bool:
    """Whether what begins at `start` is denied in its clause."""
    clause = _says("end").split(text[max(0, start - 14) : start])[-1]
    return _says("denied").search(clause) is not None


def harmless(text: str, start: int, end: int) -> bool:
    """Whether a claim is only warned of, quoted from others, asked about or part of a title."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    if _says("warned").search(before) or _says("others").search(before):
        return True
    if _says("disowned").match(after):
        return True
    # A title that holds the claim begins and ends no further from it than a title is long.
    titles = _TITLE.finditer(text, max(0, end - _LONGEST_TITLE), start + _LONGEST_TITLE)
    if any(found.start() < start and end <= found.end() for found in titles):
        return True
    return _says("asked").match(after) is not None and not _says("lured").search(before)


@cache
def _says(name: str) -> re.Pattern[str]:
    return re.compile(_patterns()[name])


@cache
def _patterns() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("context.toml").read_text("utf-8"))
