"""What is said of a file that cannot be marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text

MOST_PARTS = 100_000
Part = TypeVar("Part")


def broken(kind: str) -> Invalid:
    """The file ends too early, or is not what its first bytes say."""
    return Invalid(
        Text(f"{kind} 文件已损坏或不完整", f"The {kind} file is damaged or incomplete"),
        hint=Text("请重新生成或导出这个文件。", "Make or export the file again."),
        where="file",
    )


def unusual(kind: str, zh: str, en: str) -> Invalid:
    """The file is whole but of a form that cannot be marked without making it anew; the words say
    what to do instead."""
    return Invalid(
        Text(f"这种 {kind} 文件无法直接加标识", f"This form of {kind} file cannot be marked"),
        hint=Text(zh, en),
        where="file",
    )


def few(parts: Iterable[Part], name: str) -> Iterator[Part]:
    """The parts of a file; raises Invalid where there are so many that nothing but an attack on who
    reads it has them."""
    for number, part in enumerate(parts):
        if number > MOST_PARTS:
            raise broken(name)
        yield part
