"""A shop's files in its zip: each once, under a name of its own, and a manifest of them all."""

from __future__ import annotations

import asyncio
import hashlib
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from zhanggui.base import clock, sheets
from zhanggui.base.blobs import Blobs
from zhanggui.base.errors import NotFound
from zhanggui.base.filenames import Names, safe
from zhanggui.base.sheets import Column, Row
from zhanggui.base.tools import Call
from zhanggui.base.words import Text

MANIFEST = "manifest.csv"
_COLUMNS = (
    Column(Text("文件", "File")),
    Column(Text("属于", "Belongs to")),
    Column(Text("大小（字节）", "Bytes"), "count"),
    Column(Text("SHA-256", "SHA-256")),
    Column(Text("缺失", "Missing")),
)
_MISSING = Text("文件已不在", "no longer stored")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A stored file that a record has: its blob's key, what it is called, and the record as it is
    cited, as in ``document:<id>``."""

    key: str
    name: str
    record: str


@dataclass(frozen=True, slots=True)
class Files:
    """Stored files that go along with the tables, in a folder; who may call `tool` may have
    them."""

    folder: str
    tool: str
    listed: Callable[[Call], AsyncIterator[list[Enclosed]]]


@dataclass(frozen=True, slots=True)
class _Stored:
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Sent:
    """How many files went along, and how many are no longer stored."""

    files: int
    missing: int


async def enclose(
    packed: zipfile.ZipFile, blobs: Blobs, found: Sequence[tuple[str, Enclosed]]
) -> Sent:
    """Write files (each with its folder) into a zip a few megabytes at a time, and the manifest.

    A file that several records have is there once. One that is gone is told in the manifest: what
    else a shop has does not stay behind for it.
    """
    names, stored = Names(), dict[str, _Stored | None]()
    places: dict[str, str] = {}
    for folder, each in found:
        if each.key not in places:
            places[each.key] = place = names.take(f"{folder}/{safe(each.name)}")
            stored[each.key] = await _write(packed, blobs, each.key, place)
    rows = [_row(each, places[each.key], stored[each.key]) for _, each in found]
    with packed.open(MANIFEST, "w") as part:
        out = sheets.sheet(part, _COLUMNS, "csv")
        await asyncio.to_thread(out.write, rows)
        out.close()
    missing = sum(each is None for each in stored.values())
    return Sent(len(stored) - missing, missing)


def _row(each: Enclosed, place: str, stored: _Stored | None) -> Row:
    if stored is None:
        return (place, each.record, None, None, str(_MISSING))
    return (place, each.record, stored.size, stored.sha256, None)


async def _write(packed: zipfile.ZipFile, blobs: Blobs, key: str, place: str) -> _Stored | None:
    chunks = blobs.stream(key)
    try:
        first = await anext(chunks, b"")
    except NotFound:
        return None
    entry = zipfile.ZipInfo(place, clock.local(clock.now()).timetuple()[:6])
    # Pictures and papers are compressed as they are; a text among them is small.
    entry.compress_type = zipfile.ZIP_STORED
    size, total = 0, hashlib.sha256()

    with packed.open(entry, "w", force_zip64=True) as part:

        def put(chunk: bytes) -> None:
            part.write(chunk)
            total.update(chunk)

        await asyncio.to_thread(put, first)
        size = len(first)
        async for chunk in chunks:
            await asyncio.to_thread(put, chunk)
            size += len(chunk)
    return _Stored(size, total.hexdigest())
