"""Blocks into clauses, each of which can be the whole of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhanggui.knowledge.documents.blocks import Block

LONGEST = 190
"""Characters of a clause: a reply has 200, and may have to begin with a few of its own."""
MOST_CLAUSES = 5_000
LONGEST_HEADING = 600
BETWEEN = " › "
_STOPS = tuple("。！？!?.；;：:")
_SHORT = 30
_LONGEST_LEAD = 80
_ENDS = (
    re.compile(r"(?:[。！？!?；;…]+[”’」』）)\"]*|(?<![\d.])\.(?=\s)|\n)\s*"),
    re.compile(r"[，,、：:]\s*"),
    re.compile(r"\s+"),
)
"""Where a text may be parted: best after a sentence, else within it, else between words."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement: `text` of at most :data:`LONGEST` characters, and `heading`, the path of
    headings it stands under, joined by :data:`BETWEEN`."""

    heading: str
    text: str


def cut(blocks: Sequence[Block]) -> list[Clause]:
    """The clauses of `blocks`, in their order.

    A paragraph or item is one clause, a longer one several, parted at the ends of sentences. What
    a line that ends in a colon leads to is told with that line, short items several at once, and
    so are numbered steps. A row tells each value with its column. What says the same under the
    same headings is told once.
    """
    clauses: list[Clause] = []
    path: list[_Heading] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        place += 1
        if block.kind == "heading":
            clauses += _closed(path, block.level)
            path += [_Heading(block.level, block.text)] if block.text else []
            continue
        if block.kind == "row":
            texts = _row(block.cells)
        elif _leads(block, blocks[place:]):
            before, lead = _lead(block.text)
            led, place = _led(blocks, place, lead)
            texts = part(before) + led
        elif _is_step(block) and blocks[place : place + 1] and _is_step(blocks[place]):
            texts, place = _led(blocks, place - 1, "")
        else:
            texts = part(block.text)
        clauses += _under(path, texts)
    clauses += _closed(path, 0)
    return list(dict.fromkeys(clauses))


@dataclass(slots=True)
class _Heading:
    """A heading that stands open, and whether anything has been told under it."""

    level: int
    text: str
    is_used: bool = False


def _under(path: Sequence[_Heading], texts: Sequence[str]) -> list[Clause]:
    for heading in path if texts else ():
        heading.is_used = True
    where = _path([heading.text for heading in path])
    return [Clause(where, text) for text in texts]


def _closed(path: list[_Heading], level: int) -> list[Clause]:
    """Close the headings from `level` on; one with nothing under it is a statement itself."""
    found: list[Clause] = []
    while path and path[-1].level >= level:
        last = path.pop()
        if not last.is_used:
            found += _under(path, part(last.text))
    return found


def _path(headings: Sequence[str]) -> str:
    """The path, without its widest headings where it would be too long."""
    path = BETWEEN.join(headings)
    while len(path) > LONGEST_HEADING and len(headings) > 1:
        headings = headings[1:]
        path = BETWEEN.join(headings)
    return path


def part(text: str, longest: int = LONGEST) -> list[str]:
    """`text` in pieces of at most `longest` characters, with nothing lost but white space."""
    return [piece.strip() for piece in _part(text.strip(), longest, 0) if piece.strip()]


def _part(text: str, longest: int, way: int) -> list[str]:
    if len(text.rstrip()) <= longest:
        return [text]
    if way == len(_ENDS):
        return [text[start : start + longest] for start in range(0, len(text), longest)]
    pieces, start = [], 0
    for match in _ENDS[way].finditer(text):
        pieces.append(text[start : match.end()])
        start = match.end()
    pieces.append(text[start:])
    found: list[str] = []
    for piece in pieces:
        if found and len((found[-1] + piece).rstrip()) <= longest:
            found[-1] += piece
        else:
            found += _part(piece, longest, way + 1)
    return found


def _leads(block: Block, rest: Sequence[Block]) -> bool:
    """Whether a line announces the items that follow it."""
    if not block.text.endswith(("：", ":")) or not rest or rest[0].kind != "item":
        return False
    within = block.kind != "item" or rest[0].level > block.level
    return within and len(_lead(block.text)[1]) <= _LONGEST_LEAD


def _lead(text: str) -> tuple[str, str]:
    """What a lead says before its last sentence, and that."""
    ends = [match.end() for match in _ENDS[0].finditer(text)]
    return (text[: ends[-1]].strip(), text[ends[-1] :]) if ends else ("", text)


def _led(blocks: Sequence[Block], place: int, lead: str) -> tuple[list[str], int]:
    """What the items from `place` on say, each with the lead (if any), and where they end: at what
    is no item, or is one of a list that they are within."""
    found: list[str] = []
    level = blocks[place].level
    pack = lead
    while place < len(blocks) and blocks[place].kind == "item" and blocks[place].level >= level:
        block = blocks[place]
        place += 1
        if _leads(block, blocks[place:]) and len(lead + block.text) <= _LONGEST_LEAD:
            found += [pack] if pack != lead else []
            pack = lead
            inner, place = _led(blocks, place, lead + block.text)
            found += inner
        elif _is_step(block) or (lead and len(block.text) <= _SHORT):
            line = f"\n{_listed(block)}"
            if len(pack) + len(line) > LONGEST:
                found.append(pack)
                pack = lead
            pack += line
        else:
            found += [pack] if pack != lead else []
            pack = lead
            found += [lead + piece for piece in part(block.text, LONGEST - len(lead))]
    found += [pack] if pack != lead else []
    return [each.strip() for each in found], place


def _is_step(block: Block) -> bool:
    """Whether an item is a short numbered one that is no sentence of its own."""
    is_short = block.kind == "item" and len(block.text) <= _SHORT
    return is_short and block.label != "" and not block.text.endswith(_STOPS)


def _listed(block: Block) -> str:
    """A short item with its number; a space keeps ``1.`` apart from a figure."""
    tight = not block.label or block.label.endswith(("）", "、"))
    return f"{block.label}{block.text}" if tight else f"{block.label} {block.text}"


def _row(cells: Iterable[tuple[str, str]]) -> list[str]:
    """A row's values, each after what its column is called; a row too long for one clause begins
    every one with its first value."""
    said = [_cell(name, value) for name, value in cells if value.strip()]
    if not said:
        return []
    first = said[0] if len(said) > 1 and len(said[0]) <= _LONGEST_LEAD else ""
    found: list[str] = []
    open_text = ""
    for text in said:
        longer = f"{open_text}；{text}" if open_text else text
        if len(longer) <= LONGEST:
            open_text = longer
            continue
        found += [open_text] if open_text and open_text != first else []
        again = f"{first}；" if first and text != first else ""
        *whole, open_text = [again + piece for piece in part(text, LONGEST - len(again))]
        found += whole
    return [*found, open_text]


def _cell(name: str, value: str) -> str:
    return f"{name.rstrip('：: ')}：{value}" if name else value
