"""The rows of a table as blocks: which row names the columns, and tables of questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhanggui.knowledge.documents.blocks import QUESTION, Block
from zhanggui.knowledge.documents.outline import LONGEST_QUESTION

MOST_PLACES = 1_000_000
"""Places of a table, its rows times its columns, that are laid out at most."""
_LONGEST_NAME = 40
_QUESTIONS = re.compile(r"(?:常见|用户|买家|顾客|客户)?(?:问题|问|提问|问法)|questions?|q", re.I)
_ANSWERS = re.compile(r"(?:标准|参考)?(?:答案|答|回答|答复|回复|解答)|answers?|a", re.I)
_GROUPS = re.compile(r"(?:问题)?(?:分类|类别|类型)|category|topic", re.I)
_VALUES = re.compile(
    r".*(?:内容|说明|值|答案|回答|标准|要求|参数|描述|详情|备注|规定|政策|时效|方式)"
    r"|values?|descriptions?|details?|notes?",
    re.I,
)
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:\s*[-~～–—至到]\s*\d+(?:\.\d+)?)?")


class TooManyPlaces(Exception):
    """A table of more than :data:`MOST_PLACES`."""


def table_blocks(rows: Sequence[Sequence[str]], *, headed: bool | None = None) -> list[Block]:
    """The blocks of a table; `headed` says whether its first row names the columns, None where
    that has to be seen from what the rows say. Raises TooManyPlaces."""
    filled = [row for row in rows if any(row)]
    used = sorted({column for row in filled for column, cell in enumerate(row) if cell})
    if len(filled) * len(used) > MOST_PLACES:
        raise TooManyPlaces
    filled = [[row[column] if column < len(row) else "" for column in used] for row in filled]
    if not filled:
        return []
    if len(used) == 1:
        return [Block("paragraph", row[0]) for row in filled]
    if headed is None:
        headed = _is_headed(filled)
    if not headed or len(filled) == 1:
        return [_nameless(row) for row in filled]
    names = [_one_line(name) for name in filled[0]]
    asked = _column(names, _QUESTIONS)
    answered = _column(names, _ANSWERS)
    if asked is not None and answered is not None:
        return _answers(names, filled[1:], asked, answered)
    return [_named(names, row) for row in filled[1:]]


def _named(names: Sequence[str], row: Sequence[str]) -> Block:
    """A row as what it has under each name; a place that it leaves empty takes no memory."""
    return Block("row", cells=tuple(each for each in zip(names, row, strict=True) if each[1]))


def _nameless(row: Sequence[str]) -> Block:
    """A row of a table whose columns have no names: of two cells, the first names the second."""
    name = _one_line(row[0])
    if len(row) == 2 and name and row[1] and len(name) <= _LONGEST_NAME:
        return Block("row", cells=((name, row[1]),))
    return Block("row", cells=tuple(("", cell) for cell in row if cell))


def _is_headed(rows: Sequence[Sequence[str]]) -> bool:
    head, *body = rows
    if not body or any(len(cell) > _LONGEST_NAME for cell in head):
        return False
    if len(head) > 2:
        return sum(bool(_DIGIT.search(cell)) for cell in head) * 2 <= len(head)
    if not all(head) or _DIGIT.search(head[1]):
        return False
    if _VALUES.fullmatch(head[1]) or _ANSWERS.fullmatch(head[1]):
        return True
    units = {_FIGURE.sub("", row[1]).strip() for row in body}
    return len(body) > 1 and len(units) == 1 and all(_DIGIT.search(row[1]) for row in body)


def _column(names: Sequence[str], form: re.Pattern[str]) -> int | None:
    return next((n for n, name in enumerate(names) if form.fullmatch(name)), None)


def _answers(
    names: Sequence[str], rows: Sequence[Sequence[str]], asked: int, answered: int
) -> list[Block]:
    """A table of questions: each stands as a heading over its answer, and its group over it."""
    group = _column(names, _GROUPS)
    rest = [n for n in range(len(names)) if n not in (asked, answered, group)]
    found: list[Block] = []
    for row in rows:
        question = _one_line(row[asked])
        if not question or not row[answered] or len(question) > LONGEST_QUESTION:
            found.append(Block("heading", level=QUESTION - 1))
            found.append(_named(names, row))
            continue
        if group is not None:
            found.append(Block("heading", _one_line(row[group]), QUESTION - 1))
        found.append(Block("heading", question, QUESTION))
        found += [Block("paragraph", line) for line in row[answered].split("\n")]
        others = tuple((names[n], row[n]) for n in rest if row[n])
        found += [Block("row", cells=others)] if others else []
    return [*found, Block("heading", level=QUESTION - 1)]


def _one_line(text: str) -> str:
    return text.replace("\n", " ").strip()
