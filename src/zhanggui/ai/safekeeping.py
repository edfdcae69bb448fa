"""Files that only their owner may read, and that are whole whenever they are read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text


def write(path: Path, text: str) -> None:
    """Put `text` in the place of what the file has; raises Invalid where that cannot be."""
    place = path.resolve()  # A link goes on pointing to it.
    try:
        # Made with mode 600.
        handle, draft = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(place)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Invalid(
            Text("文件写不进去", "The file cannot be written"),
            hint=Text(
                "看看这个文件夹能不能写、磁盘满了没有。",
                "See whether its folder may be written and the disk is not full.",
            ),
            where=str(path),
        ) from error
