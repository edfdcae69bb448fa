"""A ``meta`` box of named values (QuickTime's ``mdta``): ``keys`` lists the names, ``ilst`` has a
value for each by the name's number."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from zhanggui.ai.marking.boxes import Box, box, boxes
from zhanggui.ai.marking.faults import broken
from zhanggui.ai.marking.label import KEY, Label

_NAME = KEY.encode()
_HANDLER = b"mdta"
_UTF8 = 1


def new(label: Label) -> bytes:
    """A box with nothing but the label."""
    handler = box(b"hdlr", bytes(8), _HANDLER, bytes(13))
    keys = box(b"keys", bytes(4), struct.pack(">I", 1), box(_HANDLER, _NAME))
    return box(b"meta", bytes(4), handler, keys, box(b"ilst", _item(_number(1), label)))


def has_names(data: bytes, meta: Box) -> bool:
    """Whether the box is of named values; iTunes has another of the same kind."""
    return any(child.kind == b"keys" for child in _children(data, meta))


def write(data: bytes, meta: Box, label: Label) -> bytes:
    """A box of named values with this label and no other. ffmpeg reads the first such box only, so
    the label goes into the one that is there."""
    children = _children(data, meta)
    ours = _numbers(data, children)
    names = sum(len(_names(data, child)) for child in children if child.kind == b"keys")
    number = min(ours, default=_number(names + 1))
    items = [item for item in _items(data, children) if item.kind not in ours]
    parts = [data[meta.body : children[0].start]]
    for child in children:
        if child.kind == b"keys":
            parts.append(data[child.start : child.end] if ours else _one_more(data, child))
        elif child.kind != b"ilst":
            parts.append(data[child.start : child.end])
    values = [data[item.start : item.end] for item in items]
    return box(b"meta", *parts, box(b"ilst", *values, _item(number, label)))


def read(data: bytes, meta: Box) -> Label | None:
    """The label among the values."""
    children = _children(data, meta)
    ours = _numbers(data, children)
    for item in _items(data, children):
        if item.kind not in ours:
            continue
        for value in boxes(data, item.body, item.end):
            if value.kind == b"data" and value.end - value.body >= 8:
                label = Label.from_json(data[value.body + 8 : value.end].rstrip(b"\0"))
                if label is not None:
                    return label
    return None


def without(data: bytes, meta: Box) -> bytes:
    """The box with no label; its name stays and has no value, as the numbers of others follow from
    it. Nothing is left of a box that had nothing else."""
    children = _children(data, meta)
    ours = _numbers(data, children)
    if not ours:
        return data[meta.start : meta.end]
    items = [item for item in _items(data, children) if item.kind not in ours]
    if not items:
        return b""
    parts = [data[meta.body : children[0].start]]
    for child in children:
        if child.kind == b"ilst":
            parts.append(box(b"ilst", *(data[item.start : item.end] for item in items)))
        elif child.kind == b"keys":
            parts.append(_unnamed(data, child))
        else:
            parts.append(data[child.start : child.end])
    return box(b"meta", *parts)


def _number(number: int) -> bytes:
    return struct.pack(">I", number)


def _item(number: bytes, label: Label) -> bytes:
    value = box(b"data", struct.pack(">II", _UTF8, 0), label.as_json().encode())
    return box(number, value)


def _children(data: bytes, meta: Box) -> list[Box]:
    """MP4 begins the box with a version, QuickTime does not."""
    plain = data[meta.body + 4 : meta.body + 8] == b"hdlr"
    start = meta.body if plain else meta.body + 4
    if start > meta.end:
        raise broken("MP4")
    return boxes(data, start, meta.end)


def _items(data: bytes, children: list[Box]) -> Iterator[Box]:
    for child in children:
        if child.kind == b"ilst":
            yield from boxes(data, child.body, child.end)


def _numbers(data: bytes, children: list[Box]) -> set[bytes]:
    """The numbers under which the label's name stands."""
    return {
        _number(number)
        for child in children
        if child.kind == b"keys"
        for number, key in enumerate(_names(data, child), start=1)
        if data[key.body : key.end].rstrip(b"\0") == _NAME
    }


def _names(data: bytes, keys: Box) -> list[Box]:
    if keys.end - keys.body < 8:
        raise broken("MP4")
    return boxes(data, keys.body + 8, keys.end)


def _one_more(data: bytes, keys: Box) -> bytes:
    """The names and the label's behind them."""
    count = _number(len(_names(data, keys)) + 1)
    names = data[keys.body + 8 : keys.end]
    return box(b"keys", data[keys.body : keys.body + 4], count, names, box(_HANDLER, _NAME))


def _unnamed(data: bytes, keys: Box) -> bytes:
    """The names, the label's of which is now nobody's."""
    parts = [data[keys.body : keys.body + 8]]
    for key in _names(data, keys):
        is_ours = data[key.body : key.end].rstrip(b"\0") == _NAME
        name = b"-" if is_ours else data[key.body : key.end]
        parts.append(box(key.kind, name))
    return box(b"keys", *parts)
