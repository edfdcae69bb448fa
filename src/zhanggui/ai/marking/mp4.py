"""MP4: ``moov.udta.meta.keys`` has a key ``AIGC``, ``moov.udta.meta.ilst`` its JSON
(TC260-PG-20257A); the same as ffmpeg writes with ``-movflags use_metadata_tags``.

Where the index of the file stands before its pictures and sounds, it says at which byte each
begins; those numbers move with what is written before them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from zhanggui.ai.marking import mp4_meta, xmp
from zhanggui.ai.marking.boxes import Box, box, boxes
from zhanggui.ai.marking.faults import broken, unusual
from zhanggui.ai.marking.label import Label

_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_PICTURES = (b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_TO_SAMPLES = (b"trak", b"mdia", b"minf", b"stbl")


class _Shift(NamedTuple):
    """What stands at `after` or later moves by `by` bytes."""

    after: int
    by: int


def suits(data: bytes) -> bool:
    """Whether the first bytes are an MP4's or a QuickTime file's, and no still picture's."""
    return data[4:8] == b"ftyp" and data[8:12] not in _PICTURES


def read(data: bytes) -> Label | None:
    """The label, if the file has one: where it belongs, else where some write it, in the index
    itself or in XMP. Raises Invalid for a broken file."""
    top = boxes(data, 0, len(data))
    moov = _index(top)
    children = boxes(data, moov.body, moov.end)
    metas = [meta for child in children if child.kind == b"udta" for meta in _metas(data, child)]
    metas += [child for child in children if child.kind == b"meta"]
    for meta in metas:
        label = mp4_meta.read(data, meta)
        if label is not None:
            return label
    packets = [xmp.read(data[each.body + 16 : each.end]) for each in top if _is_xmp(data, each)]
    return next((label for label in packets if label is not None), None)


def write(data: bytes, label: Label) -> bytes:
    """The file with this label and no other; raises Invalid for a broken file, and for one in
    fragments or encrypted, whose parts are found in more ways than one."""
    top = boxes(data, 0, len(data))
    moov = _index(top)
    index = _written(data, moov, label, None)
    shift = _Shift(moov.end, len(index) - (moov.end - moov.start))
    if shift.by and any(each.kind in (b"moof", b"mfra", b"sidx") for each in top):
        raise unusual(
            "MP4",
            "请另存为普通 MP4（不分段）后再试。",
            "Save it as an ordinary MP4 that is not in fragments and try again.",
        )
    if shift.by and any(each.start >= moov.end for each in top):
        index = _written(data, moov, label, shift)
    parts: list[bytes] = []
    for each in top:
        if each is moov:
            parts.append(index)
        elif _is_xmp(data, each):
            parts.append(_without_label(data, each))
        elif each.endless:
            # It goes on to the file's end, wherever that is.
            parts.append(data[each.start :])
        else:
            parts.append(data[each.start : each.end])
    return b"".join(parts)


def _written(data: bytes, moov: Box, label: Label, shift: _Shift | None) -> bytes:
    """The index with the label in it, in the first place for a user's data."""
    parts: list[bytes] = []
    is_said = False
    for child in boxes(data, moov.body, moov.end):
        if child.kind == b"udta":
            parts.append(_user_data(data, child, None if is_said else label))
            is_said = True
        elif child.kind == b"meta":
            parts.append(mp4_meta.without(data, child))
        elif child.kind == b"trak" and shift is not None:
            parts.append(_moved(data, child, _TO_SAMPLES[1:], shift))
        else:
            parts.append(data[child.start : child.end])
    if not is_said:
        parts.append(box(b"udta", mp4_meta.new(label)))
    return box(b"moov", *parts)


def _user_data(data: bytes, udta: Box, label: Label | None) -> bytes:
    """A user's data, with the label in it if one is given."""
    parts: list[bytes] = []
    for child in _children(data, udta):
        if child.kind != b"meta":
            parts.append(data[child.start : child.end])
        elif label is not None and mp4_meta.has_names(data, child):
            parts.append(mp4_meta.write(data, child, label))
            label = None
        else:
            parts.append(mp4_meta.without(data, child))
    if label is not None:
        parts.append(mp4_meta.new(label))
    return box(b"udta", *parts)


def _moved(data: bytes, parent: Box, path: tuple[bytes, ...], shift: _Shift) -> bytes:
    """A box of the index in which the places of samples have moved."""
    parts: list[bytes] = []
    for child in boxes(data, parent.body, parent.end):
        if path and child.kind == path[0]:
            parts.append(_moved(data, child, path[1:], shift))
        elif not path and child.kind in (b"stco", b"co64"):
            parts.append(_moved_table(data, child, shift))
        elif not path and child.kind == b"saio":
            raise unusual("MP4", "请先解除加密再试。", "Remove its encryption first and try again.")
        else:
            parts.append(data[child.start : child.end])
    return box(parent.kind, *parts)


def _moved_table(data: bytes, table: Box, shift: _Shift) -> bytes:
    wide = table.kind == b"co64"
    if table.end - table.body < 8:
        raise broken("MP4")
    (count,) = struct.unpack_from(">I", data, table.body + 4)
    if count * (8 if wide else 4) > table.end - table.body - 8:
        raise broken("MP4")
    # One for each tenth of a second or so: a long film has hundreds of thousands.
    kind = np.dtype(">u8" if wide else ">u4")
    places = np.frombuffer(data, kind, count, table.body + 8).astype(np.int64)
    places[places >= shift.after] += shift.by
    if count and (places.min() < 0 or places.max() > np.iinfo(kind).max):
        raise broken("MP4")
    return box(table.kind, data[table.body : table.body + 8], places.astype(kind).tobytes())


def _index(top: list[Box]) -> Box:
    found = [each for each in top if each.kind == b"moov"]
    if len(found) != 1 or found[0].endless:
        raise broken("MP4")
    return found[0]


def _metas(data: bytes, udta: Box) -> Iterator[Box]:
    return (child for child in _children(data, udta) if child.kind == b"meta")


def _children(data: bytes, udta: Box) -> list[Box]:
    """QuickTime ends a user's data with four zeros."""
    end = udta.end
    if end - udta.body >= 4 and not any(data[end - 4 : end]) and end - udta.body != 8:
        ends_in_zeros = _fits(data, udta.body, end - 4)
        end = end - 4 if ends_in_zeros else end
    return boxes(data, udta.body, end)


def _fits(data: bytes, start: int, end: int) -> bool:
    at = start
    while at + 8 <= end:
        at += max(8, struct.unpack_from(">I", data, at)[0])
    return at == end


def _is_xmp(data: bytes, each: Box) -> bool:
    return each.kind == b"uuid" and data[each.body : each.body + 16] == _XMP_UUID


def _without_label(data: bytes, each: Box) -> bytes:
    """An XMP packet without its label, filled up to its length: nothing may move."""
    packet = data[each.body + 16 : each.end]
    if xmp.read(packet) is None:
        return data[each.start : each.end]
    bare = xmp.without(packet)
    return data[each.start : each.body + 16] + bare[: len(packet)].ljust(len(packet))
