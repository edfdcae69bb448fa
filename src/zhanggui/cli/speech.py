"""Talking to whoever sits at the terminal, in their language."""

from __future__ import annotations

import os
import sys

from zhanggui.base.errors import ZhangguiError
from zhanggui.base.words import Language


def reading_language() -> Language:
    """English where the terminal's locale is English, else Chinese."""
    for name in ("ZHANGGUI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value:
            return "en" if value.startswith("en") else "zh"
    return "zh"


def tell(error: ZhangguiError) -> None:
    """Print what was wrong and what to do next to standard error."""
    where = f" [{error.where}]" if error.where else ""
    print(f"✗ {error.what}{where}", file=sys.stderr)
    if error.hint:
        print(f"  {error.hint}", file=sys.stderr)
