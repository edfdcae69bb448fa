"""The pages of a pdf as blocks: what is repeated on them left out, what they broke joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from zhanggui.knowledge.documents.blocks import Block
from zhanggui.knowledge.documents.flowing import Line, paragraphs
from zhanggui.knowledge.documents.outline import LONGEST_HEADING

_EDGE = 3
"""Lines at the top and at the bottom of a page that may be a header or a footer."""
_LARGER = 1.15
_NUMBER = re.compile(r"\d+|[〇零一二三四五六七八九十百]+(?=页)")
_PAGE_NUMBER = re.compile(
    r"[-–—_·.|\s]*(?:(?:第|Page|P\.?)\s*)?#\s*页?(?:\s*(?:[/／|,，-]|of|共)\s*共?\s*#\s*页?)?[-–—_·.|\s]*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A line where it stands on its page, in points; `top` is counted downwards."""

    text: str
    left: float
    right: float
    top: float
    height: float


Page = Sequence[Printed]


def page_blocks(pages: Sequence[Page]) -> list[Block]:
    """The headings and paragraphs of the pages. Larger print makes a short line a heading."""
    kept = _without_margins(pages)
    lines = [line for page in kept for line in page]
    if not lines:
        return []
    usual = median(line.height for line in lines for _ in line.text)
    edge = _quantile([line.right for line in lines], 0.95)
    gaps = [b.top - a.top for page in kept for a, b in pairwise(page)]
    gap = median([each for each in gaps if each > 0] or [usual])
    sizes = sorted({round(line.height) for line in lines if _is_heading(line, usual)}, reverse=True)
    placed = _placed(kept, usual, edge, gap)
    found: list[Block] = []
    for large, group in groupby(placed, key=lambda each: _is_heading(each[0], usual)):
        if large:
            found += _headings(group, sizes)
        else:
            found += paragraphs(line for _, line in group)
    return found


def _placed(
    pages: Iterable[Page], usual: float, edge: float, gap: float
) -> list[tuple[Printed, Line]]:
    found = []
    for page in pages:
        left = _quantile([line.left for line in page], 0.1)
        before: Printed | None = None
        for line in page:
            inset = line.left > left + 1.2 * usual
            # A page's first line may go on with the page before it.
            far = before is not None and line.top - before.top > 1.5 * gap
            was_inset = before is not None and abs(line.left - before.left) < 0.5 * usual
            full = line.right > edge - 2.5 * usual
            found.append((line, Line(line.text, full, far or (inset and not was_inset))))
            before = line
    return found


def _headings(group: Iterable[tuple[Printed, Line]], sizes: Sequence[int]) -> list[Block]:
    """Headings by their size; one that takes two lines is one."""
    found: list[Block] = []
    for line, told in group:
        level = 1 + sizes.index(round(line.height))
        if found and found[-1].level == level and not told.apart:
            text = f"{found[-1].text}{line.text}"
            if len(text) <= LONGEST_HEADING:
                found[-1] = Block("heading", text, level)
                continue
        found.append(Block("heading", line.text, level))
    return found


def _is_heading(line: Printed, usual: float) -> bool:
    large = line.height > _LARGER * usual and len(line.text) <= LONGEST_HEADING
    return large and not line.text.endswith(("。", "；", "，", ".", ";", ","))


def _without_margins(pages: Sequence[Page]) -> list[list[Printed]]:
    """The pages without page numbers and without what stands at the edge of most."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_form(page[n]) for n in _margins(page)})
    often = max(2, round(0.4 * len(pages)))
    found = []
    for page in pages:
        dropped = {
            n
            for n in _margins(page)
            if seen[_form(page[n])] >= often or _is_number(page[n], n in (0, len(page) - 1))
        }
        found.append([line for n, line in enumerate(page) if n not in dropped])
    return found


def _margins(page: Page) -> list[int]:
    return [n for n in range(len(page)) if n < _EDGE or n >= len(page) - _EDGE]


def _form(line: Printed) -> str:
    """A line as it looks on each page, whatever the page's number."""
    return _NUMBER.sub("#", re.sub(r"\s", "", line.text))


def _is_number(line: Printed, outermost: bool) -> bool:
    said = _NUMBER.sub("#", line.text)
    return outermost and _PAGE_NUMBER.fullmatch(said) is not None


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0
