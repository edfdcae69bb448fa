"""MP3: the JSON stands in ID3v2's frame ``TXXX`` with the description ``AIGC``
(TC260-PG-202510A)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from zhanggui.ai.marking.faults import broken, few, unusual
from zhanggui.ai.marking.label import KEY, Label

_TAG = b"ID3"
_UNSYNCHRONISED, _EXTENDED, _FOOTER = 0x80, 0x40, 0x10
_HEAD = 10
_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
# A frame of version 4 may be compressed, encrypted, unsynchronised or begin with a length.
_ALTERED = 0x0F
_LONGEST_NAME = 16
"""Bytes among which the label's name, in the widest encoding, has ended."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """What stands before the sound: frames of an ID3v2 tag, the version, and where it ends."""

    version: int
    flags: int
    frames: list[tuple[bytes, bytes]]
    """Kind and the whole frame."""
    end: int


def suits(data: bytes) -> bool:
    """Whether the first bytes are those of MPEG layer III, or of a tag before it."""
    return data.startswith(_TAG) or _is_sound(data, 0)


def read(data: bytes) -> Label | None:
    """The label, if the file has one; raises Invalid for a broken file."""
    found: Label | None = None
    for kind, frame in _tag(data).frames:
        found = found or _label(kind, frame)
    return found


def write(data: bytes, label: Label) -> bytes:
    """The file with this label and no other; raises Invalid for a broken file."""
    tag = _tag(data)
    kept = [frame for kind, frame in tag.frames if not _is_label(kind, frame)]
    # Latin-1, which both versions know; ASCII needs no unsynchronising either.
    body = b"\0" + KEY.encode() + b"\0" + label.as_json().encode()
    size = _syncsafe(len(body)) if tag.version == 4 else struct.pack(">I", len(body))
    frames = b"".join([*kept, b"TXXX" + size + bytes(2) + body])
    head = _TAG + bytes((tag.version, 0, tag.flags)) + _syncsafe(len(frames))
    return b"".join([head, frames, data[tag.end :]])


def _tag(data: bytes) -> _Tag:
    if not data.startswith(_TAG):
        return _Tag(4, 0, [], 0)
    if len(data) < _HEAD:
        raise broken("MP3")
    version, flags = data[3], data[5]
    size = _whole(data[6:_HEAD])
    end = _HEAD + size + (_HEAD if flags & _FOOTER else 0)
    if end > len(data) or not _is_sound(data, _after_padding(data, end)):
        raise broken("MP3")
    if version not in (3, 4):
        raise unusual(
            "MP3",
            "它的 ID3 标签太旧，请重新导出后再试。",
            "Its ID3 tag is of another version: export it again and try again.",
        )
    body = data[_HEAD : _HEAD + size]
    if version == 3 and flags & _UNSYNCHRONISED:
        body, flags = body.replace(b"\xff\0", b"\xff"), flags & ~_UNSYNCHRONISED
    if flags & _EXTENDED:
        body = body[_extended(body, version) :]
    # The extended header's checksum would be wrong now, and a footer repeats the head.
    return _Tag(version, flags & _UNSYNCHRONISED, list(few(_frames(body, version), "MP3")), end)


def _frames(body: bytes, version: int) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + _HEAD <= len(body) and body[at] != 0:
        kind = body[at : at + 4]
        size = body[at + 4 : at + 8]
        end = at + _HEAD + (_whole(size) if version == 4 else int.from_bytes(size, "big"))
        if end > len(body) or not (kind.isalnum() and kind.isupper()):
            raise broken("MP3")
        yield kind, body[at:end]
        at = end


def _is_label(kind: bytes, frame: bytes) -> bool:
    return _described(kind, frame) is not None


def _label(kind: bytes, frame: bytes) -> Label | None:
    value = _described(kind, frame)
    return None if value is None else Label.from_json(value)


def _described(kind: bytes, frame: bytes) -> str | None:
    """The value of a text of the user's that is described as ours."""
    if kind != b"TXXX" or len(frame) <= _HEAD or frame[9] & _ALTERED:
        return None
    if frame[_HEAD] >= len(_ENCODINGS):
        return None
    encoding = _ENCODINGS[frame[_HEAD]]
    body = frame[_HEAD + 1 :]
    width = 2 if encoding.startswith("utf-16") else 1
    places = range(0, min(len(body) - width + 1, _LONGEST_NAME), width)
    end = next((at for at in places if not any(body[at : at + width])), None)
    if end is None:
        return None
    try:
        if body[:end].decode(encoding) != KEY:
            return None
        return body[end + width :].decode(encoding).rstrip("\0")
    except UnicodeDecodeError:
        return None


def _extended(body: bytes, version: int) -> int:
    """Bytes of the extended header."""
    if len(body) < 4:
        raise broken("MP3")
    return _whole(body[:4]) if version == 4 else 4 + int.from_bytes(body[:4], "big")


def _whole(four: bytes) -> int:
    """A number of seven bits a byte."""
    if any(byte & 0x80 for byte in four):
        raise broken("MP3")
    return sum(byte << shift for byte, shift in zip(four, (21, 14, 7, 0), strict=True))


def _syncsafe(number: int) -> bytes:
    if number >> 28:
        raise broken("MP3")
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def _after_padding(data: bytes, at: int) -> int:
    """Where sound begins: some leave zeros behind the tag that it does not count."""
    most = min(len(data), at + 2**16)
    while at < most and not data[at]:
        at += 1
    return at


def _is_sound(data: bytes, at: int) -> bool:
    """Whether a frame of MPEG layer III begins here."""
    if at + 4 > len(data):
        return False
    first, second, third = data[at : at + 3]
    layer_3 = first == 0xFF and second & 0xE6 == 0xE2 and second & 0x18 != 0x08
    return layer_3 and third >> 4 != 15 and third & 0x0C != 0x0C
