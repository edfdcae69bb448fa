"""WebP: the XMP packet stands in a chunk ``XMP``, which only the extended format has."""

from __future__ import annotations

from zhanggui.ai.marking import riff, xmp
from zhanggui.ai.marking.faults import broken
from zhanggui.ai.marking.label import Label

_FORM = b"WEBP"
_XMP = b"XMP "
_HAS_XMP, _HAS_ALPHA = 0x04, 0x10
_LOSSY_START = b"\x9d\x01\x2a"
_LOSSLESS_START = 0x2F


def suits(data: bytes) -> bool:
    """Whether the first bytes are a WebP's."""
    return riff.is_form(data, _FORM)


def read(data: bytes) -> Label | None:
    """The label, if the file has one; raises Invalid for a broken file."""
    found: Label | None = None
    for kind, start, end in list(riff.chunks(data, "WebP")):
        if kind == _XMP:
            found = found or xmp.read(data[start:end])
    return found


def write(data: bytes, label: Label) -> bytes:
    """The file with this label and no other, in the extended format; raises Invalid for a broken
    file."""
    packet, parts, head = None, [], b""
    for kind, start, end in riff.chunks(data, "WebP"):
        body = data[start:end]
        if kind == _XMP:
            packet = packet or body
        elif kind == b"VP8X" and not head:
            head = body
        else:
            if kind in (b"VP8 ", b"VP8L") and not head:
                head = _head(kind, body)
            parts.append(riff.chunk(kind, body))
    if len(head) != 10:
        raise broken("WebP")
    head = bytes((head[0] | _HAS_XMP,)) + head[1:]
    written = riff.chunk(_XMP, xmp.write(packet, label))
    return riff.file(_FORM, [riff.chunk(b"VP8X", head), *parts, written])


def _head(kind: bytes, body: bytes) -> bytes:
    """What the extended format says of a plain picture: that it may be seen through, its size."""
    if kind == b"VP8L":
        if len(body) < 5 or body[0] != _LOSSLESS_START:
            raise broken("WebP")
        bits = int.from_bytes(body[1:5], "little")
        width, height = bits & 0x3FFF, bits >> 14 & 0x3FFF
        flags = _HAS_ALPHA if bits >> 28 & 1 else 0
    else:
        if len(body) < 10 or body[3:6] != _LOSSY_START:
            raise broken("WebP")
        width, height = (int.from_bytes(body[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        if not width or not height:
            raise broken("WebP")
        width, height, flags = width - 1, height - 1, 0
    return bytes((flags, 0, 0, 0)) + width.to_bytes(3, "little") + height.to_bytes(3, "little")
