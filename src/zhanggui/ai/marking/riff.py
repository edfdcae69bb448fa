"""RIFF, in which WebP and WAV keep what they have: chunks of a kind, a length and content."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from zhanggui.ai.marking.faults import broken, few

Chunk = tuple[bytes, int, int]
"""Kind, and where its content begins and ends, without what fills it up to an even length."""

_UNKNOWN = 0xFFFFFFFF


def is_form(data: bytes, form: bytes) -> bool:
    """Whether the first bytes are those of RIFF of this form."""
    return data[:4] == b"RIFF" and data[8:12] == form


def chunks(data: bytes, name: str, *, stream: bytes = b"") -> Iterator[Chunk]:
    """The chunks in order; raises Invalid, with the file's `name`, where one ends beyond the file
    or there are more than any program writes.

    Of a file that was written to a pipe nobody knew the length; its chunk `stream` then goes to the
    file's end.
    """
    return few(_chunks(data, name, stream), name)


def _chunks(data: bytes, name: str, stream: bytes) -> Iterator[Chunk]:
    (size,) = struct.unpack_from("<I", data, 4)
    unknown = bool(stream) and size in (0, _UNKNOWN)
    whole = len(data) if unknown else 8 + size
    if whole > len(data) or whole < 12:
        raise broken(name)
    at = 12
    while at + 8 <= whole:
        kind, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length
        if kind == stream and (length == _UNKNOWN or (unknown and length == 0)):
            end = whole
        if end > whole:
            raise broken(name)
        yield kind, at + 8, end
        at = end + (end - at) % 2


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk as it is written."""
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def file(form: bytes, parts: list[bytes]) -> bytes:
    """A file of these chunks."""
    return b"".join([b"RIFF", struct.pack("<I", 4 + sum(map(len, parts))), form, *parts])
