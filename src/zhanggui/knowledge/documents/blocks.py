"""What a document is made of, whatever its file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row"]

LIST = 40
"""The level of the items of an outermost list; a list within it has the next."""
QUESTION = 90
"""The level of a question as a heading: any other heading ends what is said under it."""

_DROPPED = dict.fromkeys([*range(0x200B, 0x2010), 0x00AD, 0x2060, 0xFEFF])
_LINES = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"})
_SPACES = re.compile(r"[^\S\n]+")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’…—]")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document in its order.

    A heading has a `level`, the smaller the wider; one without text only ends what stood open at
    its level. An item has the `label` it is listed by (``1.``, ``（二）``), and the items of one
    list share a level, which is greater for a list within a list. A row has `cells`: (what the
    column is called, value).
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    label: str = ""
    cells: tuple[tuple[str, str], ...] = ()


def clean(text: str) -> str:
    """`text` as it can be stored and shown: no control characters, white space within a line as
    one space, and none at the ends of lines; empty lines are gone."""
    text = text.translate(_LINES).translate(_DROPPED)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def joined(before: str, after: str) -> str:
    """Two lines as one: with a space between words of letters, without one in Chinese."""
    if not before or not after:
        return before or after
    if before.endswith("-") and len(before) > 1 and before[-2].isalpha() and after[0].islower():
        return before[:-1] + after
    tight = _CJK.match(before[-1]) or _CJK.match(after[0])
    return f"{before}{after}" if tight else f"{before} {after}"


def width(text: str) -> int:
    """How wide `text` stands, in columns: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
