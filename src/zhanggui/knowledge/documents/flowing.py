"""Lines that a page's width broke, put back into paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhanggui.knowledge.documents.blocks import Block, joined
from zhanggui.knowledge.documents.outline import begins_anew


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands. `full` says that it reaches the right edge, `apart` that there is more
    room above it than between lines, or that it is set in."""

    text: str
    full: bool
    apart: bool


def paragraphs(lines: Iterable[Line]) -> list[Block]:
    """The paragraphs the lines make."""
    found: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _goes_on(before, line):
            found[-1] = joined(found[-1], line.text)
        else:
            found.append(line.text)
        before = line
    return [Block("paragraph", text) for text in found]


def _goes_on(before: Line, line: Line) -> bool:
    if line.apart or begins_anew(line.text) or before.text.endswith(tuple("。！？；：!?;:")):
        return False
    if before.full or before.text.endswith(tuple("，、,-")):
        return True
    return before.text[-1].isascii() and before.text[-1].isalpha() and line.text[0].islower()
