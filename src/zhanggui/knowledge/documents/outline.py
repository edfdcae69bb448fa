"""What a document's text says of its own order: numbers, headings that are only written as such,
questions and answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from zhanggui.knowledge.documents.blocks import QUESTION, Block

LONGEST_HEADING = 60
LONGEST_QUESTION = 150

Style = Literal[
    "chapter", "section", "article", "chinese", "bracket", "dotted", "digit", "paren", "circle"
]
_UNIT = (
    r"\s*(?:[%℃°元块折倍天年月日周时分秒小个件只双片条次人岁米厘毫公千克斤升寸吨万亿]"
    r"|[a-zA-Z]{1,3}\b)"
)
_NUMERAL = "[零〇一二三四五六七八九十百\\d]"
_STYLES: tuple[tuple[Style, str], ...] = (
    ("chapter", rf"第{_NUMERAL}{{1,5}}[章编篇]|第{_NUMERAL}{{1,5}}部分"),
    ("section", rf"第{_NUMERAL}{{1,5}}节"),
    ("article", rf"第{_NUMERAL}{{1,5}}条"),
    ("chinese", r"[一二三四五六七八九十]{1,3}[、.．]"),
    ("bracket", r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    ("dotted", rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}(?![\d.]|{_UNIT})[.、．]?"),
    ("digit", r"\d{1,3}(?:[、．)）]|\.(?!\d))"),
    ("paren", r"[（(]\d{1,3}[）)]"),
    ("circle", r"[①-⑳❶-❿➀-➉]|[•·●○◆■▪◦➢✓√*](?=\s*\S)|[-–](?=\s+\S)"),
)
_LABEL = re.compile("|".join(f"(?P<{style}>{form})" for style, form in _STYLES))
_LEVELS: dict[str, int] = {style: 11 + rank for rank, (style, _) in enumerate(_STYLES)}
_KEPT = ("chapter", "section", "article")
"""Labels that are words of the text: 第三条 is cited as such."""
_WORD = re.compile(r"\w")
_SENTENCE = re.compile(r"[。！!；;，,]|[：:]$")
_QUESTION = re.compile(
    r"\s*(?:[Qq]|[问問]题?|Question)\s*\d{0,3}\s*[：:.、．]\s*(?P<text>\S.*)", re.S
)
_ANSWER = re.compile(r"\s*(?:[Aa]|答案?|回答|Answer)\s*\d{0,3}\s*[：:.、．]\s*(?P<text>.*)", re.S)
_INLINE_ANSWER = re.compile(r"(?<=[？?。！!\s])\s*(?:A|答案?|回答|Answer)\s*[：:]")


@dataclass(frozen=True, slots=True)
class Label:
    """The number a line begins with, and what follows it."""

    style: Style
    mark: str
    text: str


def label_of(text: str) -> Label | None:
    """The label `text` begins with, if any."""
    match = _LABEL.match(text)
    if match is None or match.lastgroup is None:
        return None
    rest = text[match.end() :].strip()
    if match.lastgroup in _KEPT:
        rest = text
    return Label(match.lastgroup, match[0], rest) if rest else None  # type: ignore[arg-type]


def begins_anew(line: str) -> bool:
    """Whether a line begins a block of its own, whatever stands before it."""
    return label_of(line) is not None or bool(_QUESTION.match(line) or _ANSWER.match(line))


def outlined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with what their text says of their order made out; lines drawn with characters
    are left out."""
    found = _numbered(_answered(list(blocks)))
    return [
        block for block in found if block.kind in ("heading", "row") or _WORD.search(block.text)
    ]


def _answered(blocks: Sequence[Block]) -> list[Block]:
    """A question that an answer follows becomes the heading over it."""
    found: list[Block] = []
    for place, block in enumerate(blocks):
        if block.kind not in ("paragraph", "item"):
            found.append(block)
            continue
        question = _QUESTION.match(block.text)
        if question is not None:
            asked, answer = _parted(question["text"])
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            follows = after is not None and _ANSWER.match(after.text) is not None
            if len(asked) <= LONGEST_QUESTION and (answer or follows):
                found.append(Block("heading", asked, QUESTION))
                if answer:
                    found.append(Block("paragraph", answer))
                continue
        said = _ANSWER.match(block.text)
        is_answer = said is not None and found and found[-1].level == QUESTION
        found.append(Block("paragraph", said["text"]) if said and is_answer else block)
    return found


def _parted(text: str) -> tuple[str, str]:
    """A question and the answer that stands in the same paragraph."""
    match = _INLINE_ANSWER.search(text)
    if match is None:
        return text.strip(), ""
    return text[: match.start()].strip(), text[match.end() :].strip()


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs with a number become headings, where something else than the next number follows
    a short one, or else items."""
    found: list[Block] = []
    items: set[str] = set()
    for place, block in enumerate(blocks):
        label = label_of(block.text) if block.kind == "paragraph" else None
        if label is None:
            if block.kind == "heading":
                items.clear()
            found.append(block)
            continue
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if _is_heading(block.text, label, after, items):
            found.append(Block("heading", block.text, _LEVELS[label.style]))
            continue
        items.add(label.style)
        kept = "" if label.style in _KEPT else label.mark
        found.append(Block("item", label.text, _LEVELS[label.style], kept))
    return found


def _is_heading(text: str, label: Label, after: Block | None, items: set[str]) -> bool:
    if label.style == "circle" or len(text) > LONGEST_HEADING or _SENTENCE.search(label.text):
        return False
    if label.style in ("chapter", "section"):
        return True
    if label.style in items or after is None or after.kind == "heading":
        return False
    following = label_of(after.text)
    return following is None or _LEVELS[following.style] > _LEVELS[label.style]
