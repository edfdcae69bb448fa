"""Markdown and plain text as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from zhanggui.knowledge.documents.blocks import LIST, Block, clean, joined, width
from zhanggui.knowledge.documents.flowing import Line, paragraphs
from zhanggui.knowledge.documents.tables import table_blocks

if TYPE_CHECKING:
    from markdown_it.token import Token

_NARROWEST = 40
"""Columns: where no line is wider, none was broken for its width."""
_MARKS = re.compile(r"^ {0,3}(?:#{1,6}\s|```|\|?\s*:?-{3,}:?\s*\|)", re.M)
_FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.I)


def is_markdown(text: str) -> bool:
    """Whether a text has headings, tables or fences the way Markdown writes them."""
    return _MARKS.search(text) is not None


def plain_blocks(text: str) -> list[Block]:
    """The paragraphs of plain text: lines broken for their width are joined, blank lines and lines
    that are set in begin a paragraph."""
    lines = text.expandtabs(4).splitlines()
    edge = _edge(lines)
    found: list[Line] = []
    apart = False
    for raw in lines:
        said = clean(raw)
        if said:
            inset = width(raw) - width(raw.lstrip()) > 1
            found.append(Line(said, _is_full(raw, edge), apart or inset))
        apart = not said
    return paragraphs(found)


def _edge(lines: Sequence[str]) -> float:
    widths = sorted(width(line.rstrip()) for line in lines if line.strip())
    return widths[int(len(widths) * 0.95)] if widths else 0


def _is_full(line: str, edge: float) -> bool:
    return edge >= _NARROWEST and width(line.rstrip()) >= 0.9 * edge


def markdown_blocks(text: str) -> list[Block]:
    """The blocks of Markdown; what stands in front of it between ``---`` is no part of it."""
    from markdown_it import MarkdownIt

    text = _FRONT.sub("", text.replace("\r\n", "\n"))
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return list(_Walk(tokens, _edge(text.splitlines())).blocks())


class _Walk:
    """The way through Markdown's tokens; `edge` is how wide its lines are."""

    def __init__(self, tokens: Sequence[Token], edge: float) -> None:
        self._tokens = tokens
        self._edge = edge
        self._labels: list[str] = []
        self._lists: list[Token] = []

    def blocks(self) -> Iterator[Block]:
        place = 0
        while place < len(self._tokens):
            token = self._tokens[place]
            if token.type == "table_open":
                end = self._end(place, "table_close")
                yield from table_blocks(self._rows(place, end), headed=True)
                place = end
            elif token.type == "heading_open":
                said = _said(self._tokens[place + 1]).replace("\n", " ")
                yield Block("heading", said, int(token.tag[1]))
                place += 2
            else:
                yield from self._other(token)
            place += 1

    def _end(self, place: int, type_: str) -> int:
        level = self._tokens[place].level
        return next(
            n
            for n in range(place, len(self._tokens))
            if self._tokens[n].type == type_ and self._tokens[n].level == level
        )

    def _rows(self, place: int, end: int) -> list[list[str]]:
        rows: list[list[str]] = []
        for token in self._tokens[place:end]:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_said(token))
        return rows

    def _other(self, token: Token) -> Iterator[Block]:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "list_item_open":
            ordered = self._lists[-1].type == "ordered_list_open"
            self._labels.append(f"{token.info}{token.markup}" if ordered else "")
        elif token.type == "list_item_close":
            self._labels.pop()
        elif token.type == "inline":
            yield from self._lines(_said(token))
        elif token.type in ("fence", "code_block"):
            yield from (Block("paragraph", line) for line in clean(token.content).split("\n"))
        elif token.type == "html_block":
            yield from self._lines(clean(_TAG.sub(" ", _BREAK.sub("\n", token.content))))

    def _lines(self, text: str) -> Iterator[Block]:
        lines = text.split("\n") if text else []
        if not self._labels:
            yield from paragraphs(Line(each, _is_full(each, self._edge), False) for each in lines)
        elif lines:
            said = reduce(joined, lines)
            yield Block("item", said, LIST + len(self._labels), self._labels[-1])
            self._labels[-1] = ""


def _said(token: Token) -> str:
    """What is read of inline content: its words, a picture's description, a break as one."""
    found = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            found.append("\n")
        elif child.type == "html_inline":
            found.append("\n" if _BREAK.fullmatch(child.content) else "")
        else:
            found.append(child.content)
    return clean("".join(found))
