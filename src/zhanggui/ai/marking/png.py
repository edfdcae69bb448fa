"""PNG: the XMP packet stands in an ``iTXt`` chunk named ``XML:com.adobe.xmp``."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from zhanggui.ai.marking import xmp
from zhanggui.ai.marking.faults import broken, few
from zhanggui.ai.marking.label import KEY, Label

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"XML:com.adobe.xmp\0"
# Some write the JSON into a text chunk of this name instead (TC260-PG-20259A, annex B).
_TEXT = KEY.encode() + b"\0"


def suits(data: bytes) -> bool:
    """Whether the first bytes are a PNG's."""
    return data.startswith(_SIGNATURE)


def read(data: bytes) -> Label | None:
    """The label, if the file has one; raises Invalid for a broken file."""
    found: Label | None = None
    for kind, body, _start, _end in list(few(_chunks(data), "PNG")):
        packet = _packet(kind, body)
        label = xmp.read(packet) if packet is not None else _plain(kind, body)
        found = found or label
    return found


def write(data: bytes, label: Label) -> bytes:
    """The file with this label and no other; raises Invalid for a broken file."""
    packet, parts, end = None, [_SIGNATURE], len(_SIGNATURE)
    for kind, body, start, end in few(_chunks(data), "PNG"):
        found = _packet(kind, body)
        if found is not None:
            packet = packet or found
        elif _plain(kind, body) is None:
            parts.append(data[start:end])
    text = _KEYWORD + bytes(4) + xmp.write(packet, label)
    # Behind the header, which has to be first.
    parts.insert(2, _chunk(b"iTXt", text))
    return b"".join([*parts, data[end:]])


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int, int]]:
    """Kind, content, start and end of each chunk, to the last."""
    at, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise broken("PNG")
        length, kind_now = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data) or (not kind and kind_now != b"IHDR"):
            raise broken("PNG")
        kind = kind_now
        (checksum,) = struct.unpack_from(">I", data, end - 4)
        if zlib.crc32(memoryview(data)[at + 4 : end - 4]) != checksum:
            raise broken("PNG")
        # The picture itself is many megabytes and nobody's to look into here.
        body = data[at + 8 : end - 4] if kind in (b"iTXt", b"tEXt") else b""
        yield kind, body, at, end
        at = end


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)


def _packet(kind: bytes, body: bytes) -> bytes | None:
    """The XMP packet of a chunk that has one."""
    if kind != b"iTXt" or not body.startswith(_KEYWORD):
        return None
    flags, rest = body[len(_KEYWORD) : len(_KEYWORD) + 2], body[len(_KEYWORD) + 2 :]
    # Language and translated keyword, which XMP leaves empty.
    parts = rest.split(b"\0", 2)
    if len(parts) < 3:
        return b""
    if flags[:1] != b"\1":
        return parts[2]
    inflating = zlib.decompressobj()
    try:
        return inflating.decompress(parts[2], xmp.LARGEST)
    except zlib.error:
        return b""


def _plain(kind: bytes, body: bytes) -> Label | None:
    if kind not in (b"tEXt", b"iTXt") or not body.startswith(_TEXT):
        return None
    return Label.from_json(body[body.rfind(b"\0") + 1 :])
