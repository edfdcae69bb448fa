"""Reading one cell."""

from __future__ import annotations


def is_masked(text: str | None) -> bool:
    """Whether a platform has hidden part of `text` (张**, 138****5678)."""
    return text is not None and ("*" in text or "＊" in text)
