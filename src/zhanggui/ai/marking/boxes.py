"""Boxes, of which an MP4 file is made: a length, a kind and content, which may be boxes again."""

from __future__ import annotations

import struct
from typing import NamedTuple

from zhanggui.ai.marking.faults import broken

_MOST = 100_000
"""Boxes in one box; a file of nothing but headers would be a million small objects."""


class Box(NamedTuple):
    """Where a box and its content begin, and where both end."""

    kind: bytes
    start: int
    body: int
    end: int
    endless: bool = False
    """It names no length and goes to the file's end."""


def boxes(data: bytes, start: int, end: int) -> list[Box]:
    """The boxes between two places, which they fill; raises Invalid where they do not."""
    found: list[Box] = []
    at = start
    while at < end:
        if at + 8 > end or len(found) > _MOST:
            raise broken("MP4")
        size, kind = struct.unpack_from(">I4s", data, at)
        body = at + 8
        endless = size == 0
        if size == 1:
            if at + 16 > end:
                raise broken("MP4")
            (size,) = struct.unpack_from(">Q", data, at + 8)
            body = at + 16
        if endless:
            # Only the last of the file may.
            if end != len(data):
                raise broken("MP4")
            size = end - at
        if at + size > end or at + size < body:
            raise broken("MP4")
        found.append(Box(kind, at, body, at + size, endless))
        at += size
    return found


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box as it is written."""
    size = 8 + sum(map(len, parts))
    if size >= 2**32:
        raise broken("MP4")
    return b"".join([struct.pack(">I", size), kind, *parts])
