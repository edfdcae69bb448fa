"""Finding the sources in a path: a file, a folder, a shop pack, a zip."""

from __future__ import annotations

from pathlib import Path

from zhanggui.shop.files.source import Source


def discover(path: Path | str) -> list[Source]:
    """Every file under `path` that a shop can be read from, in the order to read them in.

    Raises FileNotFoundError if there is nothing at `path`.
    """
    raise NotImplementedError
