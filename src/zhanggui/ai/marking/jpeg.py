"""JPEG: the XMP packet stands in an ``APP1`` segment of its own, before the picture."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from zhanggui.ai.marking import xmp
from zhanggui.ai.marking.faults import broken, few, unusual
from zhanggui.ai.marking.label import Label, loose

_START = b"\xff\xd8"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF = b"Exif\0\0"
_APP0, _APP1, _APP15 = 0xE0, 0xE1, 0xEF
_SCAN, _END = 0xDA, 0xD9
_LARGEST_SEGMENT = 0xFFFF - 2


def suits(data: bytes) -> bool:
    """Whether the first bytes are a JPEG's."""
    return data.startswith(_START + b"\xff")


def read(data: bytes) -> Label | None:
    """The label, if the file has one: in XMP, else where some write it, in Exif's UserComment or a
    segment of its own. Raises Invalid for a broken file."""
    elsewhere: Label | None = None
    for marker, start, end in list(few(_segments(data), "JPEG")):
        body = data[start + 4 : end]
        if marker == _APP1 and body.startswith(_XMP):
            label = xmp.read(body[len(_XMP) :])
            if label is not None:
                return label
        elif elsewhere is None and _APP0 <= marker <= _APP15:
            elsewhere = next((label for label, _start, _end in loose(body)), None)
    return elsewhere


def write(data: bytes, label: Label) -> bytes:
    """The file with this label and no other; raises Invalid for a broken file, and for one whose
    packet has no room."""
    packet, parts, end = None, [_START], len(_START)
    place = 1
    for marker, start, end in few(_segments(data), "JPEG"):
        body = data[start + 4 : end]
        if marker == _APP1 and body.startswith(_XMP):
            packet = packet or body[len(_XMP) :]
            continue
        is_application = _APP0 <= marker <= _APP15
        parts.append(_without_label(data[start:end]) if is_application else data[start:end])
        # JFIF and Exif each want to be first.
        if marker == _APP0 or (marker == _APP1 and body.startswith(_EXIF)):
            place = len(parts)
    written = _XMP + xmp.write(packet, label)
    if len(written) > _LARGEST_SEGMENT:
        raise unusual(
            "JPEG",
            "图片自带的 XMP 信息太多，请另存为新图片后再试。",
            "It carries too much XMP: save it as a new picture and try again.",
        )
    parts.insert(place, b"\xff\xe1" + struct.pack(">H", len(written) + 2) + written)
    return b"".join([*parts, data[end:]])


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment before the picture's scan."""
    at = len(_START)
    while True:
        if at + 4 > len(data) or data[at] != 0xFF:
            raise broken("JPEG")
        marker = data[at + 1]
        if marker == 0xFF:
            yield marker, at, at + 1
            at += 1
            continue
        if marker == _SCAN:
            break
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if end < at + 4 or end > len(data) or not 0xC0 <= marker <= 0xFE or marker == _END:
            raise broken("JPEG")
        yield marker, at, end
        at = end
    if data.rfind(bytes((0xFF, _END))) < at:
        raise broken("JPEG")


def _without_label(segment: bytes) -> bytes:
    """A segment whose label, if it has one, is blank: Exif counts its bytes from the start."""
    blank = bytearray(segment)
    for _label, start, end in loose(segment):
        blank[start:end] = b" " * (end - start)
    return bytes(blank)
