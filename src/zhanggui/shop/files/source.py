"""One file a shop can be read from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from zhanggui.base.words import Text
from zhanggui.shop.files.contract import Batch, Checkpoint, Kind, Mapping, PreviewRow


class Source(Protocol):
    """One file, sheet or zip member, understood but not yet read."""

    path: str
    """Relative to what was discovered, with ``/``; a zip member or a sheet follows ``!``."""
    kind: Kind
    encoding: str | None
    """The text encoding; None for a workbook."""
    size: int
    """Bytes to be read in all (for a progress bar, see `Batch.done_bytes`)."""
    pack: str | None
    """The path of the shop pack this file belongs to."""
    exported_at: datetime | None
    """When the platform wrote it: from its name, the zip or the disk."""
    mapping: Mapping | None
    """None for a file without columns (a policy, a chat log, shop.json)."""
    header_fingerprint: str | None
    """Equal for files with the same headers, to remember a correction by."""
    header_row: int
    error: Text | None
    """Why nothing of the file can be used; `records` is then empty."""

    def preview(self) -> list[PreviewRow]:
        """The first 20 rows as seen and as understood."""
        ...

    def records(self, start: Checkpoint | None = None) -> Iterator[Batch]:
        """The file's records in batches, from the beginning or after `start`."""
        ...

    def remap(self, mapping: Mapping) -> Source:
        """The same file read by a person's mapping, which may name another kind."""
        ...

    def digest(self) -> str:
        """SHA-256 of the file's bytes in hex."""
        ...
