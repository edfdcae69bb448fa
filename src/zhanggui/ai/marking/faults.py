"""What is said of a file that cannot be marked."""

from __future__ import annotations

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text


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
