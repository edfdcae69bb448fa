"""Names that files can have, whatever somebody called them."""

from __future__ import annotations

import re
import unicodedata

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def short(part: str) -> str:
    """A part of a path that every file system takes: printable and not too long."""
    text = "".join(c for c in part if c.isprintable())
    stem, dot, suffix = text.rpartition(".")
    return f"{stem[:50]}.{suffix[:10]}" if dot and len(suffix) <= 10 else text[:60]


def safe(name: str) -> str:
    """A name that stays in its folder, and that Windows takes as well."""
    text = short(_NOT_IN_NAMES.sub("_", name)).strip(" .")
    return f"_{text}" if not text or _DEVICES.match(text) else text


class Names:
    """The names of a folder's files, told apart also where case does not count."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        """The name, or one like it that is free."""
        stem, dot, suffix = name.rpartition(".")
        number, free = 1, name
        while _folded(free) in self._taken:
            number += 1
            free = f"{stem} ({number}).{suffix}" if dot else f"{name} ({number})"
        self._taken.add(_folded(free))
        return free


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
