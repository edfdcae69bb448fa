"""Where a line may end.

After the rules of GB/T 15834 (标点符号用法) and W3C's clreq (中文排版需求): no closing mark
begins a line and no opening one ends it; dashes and ellipses of two are not parted. A Latin
word, a number with its unit and a price stay whole. Among the ways of breaking that need the fewest
lines the most even one is taken, rather between words than in them, with no character left alone at
the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_CLOSING = "。，、；：？！）】」』》〉〕”’…—～·％‰℃.,;:?!)]}%"
_OPENING = "（【「『《〈〔“‘¥￥$([{"
_UNITS = (
    "小时|分钟|毫升|千克|公斤|厘米|毫米|平米|英寸|周年|人份|个月|号色|件套|支装|片装|包邮"
    "|[元件个片只支瓶盒包袋条双套年月日天时分秒升克斤米寸度折层档种款人次位万亿倍级重抽张枚颗粒卷"
    "块把台部杯碗口格号码色折期省选送减起]"
)
_RUN = re.compile(
    rf"\s+|[——]{{2}}|…{{2}}|[¥￥$]?\d[!-~×～]*(?:{_UNITS})?|[!-~¥￥°℃×²³½]+|.", re.DOTALL
)
_AFTER = re.compile(r"(?<=[A-Za-z0-9][/,;_&+])(?=[A-Za-z])")
"""Where a long run of Latin letters may be parted: after what joins two words."""
_BEFORE_NUMBERS = "减满仅约第省享送抵立"
_SHORT = 6
_CLAUSE = re.compile(rf"[^{re.escape(_CLOSING)}\s]+")
_CLINGING = "的了着过们地得吗呢吧啊呀儿"


@dataclass(frozen=True, slots=True)
class Atom:
    """What is never parted. `spaced` says that a space stands before it, `begins` that it must
    begin a line; `cost` is how ill a line's end right before it looks."""

    text: str
    spaced: bool = False
    begins: bool = False
    cost: float = 0.0


@lru_cache(maxsize=4096)
def atoms(text: str) -> tuple[Atom, ...]:
    """A text in parts between which a line may end."""
    found: list[Atom] = []
    for number, paragraph in enumerate(text.split("\n")):
        begins = number > 0
        for part, spaced in _clung(paragraph):
            found.append(Atom(part, spaced and not begins, begins))
            begins = False
    return _weighed(found)


def _clung(paragraph: str) -> list[tuple[str, bool]]:
    """Parts with closing marks hung onto what stands before and opening ones onto what follows."""
    found: list[tuple[str, bool]] = []
    spaced, opened = False, ""
    for part in (piece for run in _RUN.findall(paragraph) for piece in _AFTER.split(run)):
        if part.isspace():
            if opened:
                found.append((opened, spaced))
                opened = ""
            spaced = bool(found)
        elif all(letter in _OPENING for letter in part):
            opened += part
        elif found and not spaced and not opened and part[0] in _CLOSING:
            found[-1] = (found[-1][0] + part, found[-1][1])
        else:
            found.append((opened + part, spaced))
            spaced, opened = False, ""
    return [*found, (opened, spaced)] if opened else found


def _weighed(parts: Sequence[Atom]) -> tuple[Atom, ...]:
    """Each with what a line's end before it costs, in squares of a share of the line's width."""
    whole = "".join(part.text for part in parts)
    inside = _inside_words(whole) | _inside_short_clauses(whole)
    weighed, at = [], 0
    for index, part in enumerate(parts):
        before = parts[index - 1].text[-1] if index else "\n"
        beyond = parts[index - 2].text[-1] if index > 1 else before
        if part.spaced or before in _CLOSING:
            cost = -0.06
        elif (
            at in inside
            or part.text[0] in _CLINGING
            or (before in _BEFORE_NUMBERS and part.text[0].isascii())
        ):
            cost = 0.12
        elif part.text[-1] in _CLOSING or beyond in _CLOSING:
            # One character of a clause would stand apart from the rest of it.
            cost = 0.15
        else:
            cost = 0.04
        weighed.append(Atom(part.text, part.spaced, part.begins, cost))
        at += len(part.text)
    return tuple(weighed)


def _inside_words(text: str) -> set[int]:
    """Places that lie within a word of the list, the longest words first, from left to right."""
    inside: set[int] = set()
    at = 0
    while at < len(text):
        length = next((n for n in (4, 3, 2) if text[at : at + n] in _words()), 1)
        inside.update(range(at + 1, at + length))
        at += length
    return inside


def _inside_short_clauses(text: str) -> set[int]:
    """Places within clauses so short that they belong on one line."""
    found: set[int] = set()
    for clause in _CLAUSE.finditer(text):
        if clause.end() - clause.start() <= _SHORT:
            found.update(range(clause.start() + 1, clause.end()))
    return found


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    path = Path(__file__).with_name("words.txt")
    return frozenset(path.read_text("utf-8").split())


def joined(parts: Sequence[Atom]) -> str:
    """The parts as one line."""
    return "".join(
        " " + part.text if part.spaced and index else part.text for index, part in enumerate(parts)
    )


def fewest(
    parts: Sequence[Atom], widths: Sequence[float], space: float, width: float
) -> int | None:
    """How many lines of `width` are needed at least; None where one part is wider by itself."""
    lines, used = 0, 0.0
    for part, own in zip(parts, widths, strict=True):
        if own > width:
            return None
        more = own + (space if part.spaced else 0.0)
        if lines == 0 or part.begins or used + more > width:
            lines, used = lines + 1, own
        else:
            used += more
    return lines


def broken(
    parts: Sequence[Atom], widths: Sequence[float], space: float, width: float, lines: int
) -> list[tuple[int, int]]:
    """The best of all ways to set the parts in `lines` lines (Knuth and Plass 1981, with a cost of
    the square of what a line's width is off the mean): each line's first part and one past its
    last."""
    total = sum(widths) + space * sum(part.spaced for part in parts)
    mean = min(total / lines, width)
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(len(parts) + 1)]
    best[0][0] = (0.0, 0)
    for start in range(len(parts)):
        for count, (cost, _) in list(best[start].items()):
            if count == lines:
                continue
            used = 0.0
            for end in range(start, len(parts)):
                if end > start and parts[end].begins:
                    break
                used += widths[end] + (space if parts[end].spaced and end > start else 0.0)
                if used > width + 1e-6:
                    break
                ahead = cost + ((used - mean) / width) ** 2 + _end(parts, start, end)
                known = best[end + 1].get(count + 1)
                if known is None or ahead < known[0]:
                    best[end + 1][count + 1] = (ahead, start)
    return _traced(best, len(parts), lines)


def _end(parts: Sequence[Atom], start: int, end: int) -> float:
    """What it costs that a line runs from `start` to `end`."""
    alone = start == end and start > 0 and len(parts[start].text.strip(_CLOSING)) <= 1
    if end + 1 == len(parts):
        return 1.0 if alone else 0.0
    return (1.0 if alone else 0.0) + (0.0 if parts[end + 1].begins else parts[end + 1].cost)


def _traced(
    best: Sequence[dict[int, tuple[float, int]]], end: int, lines: int
) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for count in range(lines, 0, -1):
        start = best[end][count][1]
        found.append((start, end))
        end = start
    return found[::-1]
