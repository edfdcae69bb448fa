"""Boxes of an MP4 file."""

import struct

import pytest

from zhanggui.ai.marking.boxes import Box, box, boxes
from zhanggui.base.errors import Invalid


def test_boxes_are_read_as_they_were_written():
    data = box(b"one ", b"1") + box(b"two ", box(b"in  ", b"2"), b"")
    assert boxes(data, 0, len(data)) == [Box(b"one ", 0, 8, 9), Box(b"two ", 9, 17, 26)]
    assert boxes(data, 17, 26) == [Box(b"in  ", 17, 25, 26)]


def test_a_box_may_be_long_and_the_last_have_no_length():
    data = struct.pack(">I4sQ", 1, b"long", 17) + b"x" + struct.pack(">I4s", 0, b"last") + b"yz"
    assert boxes(data, 0, len(data)) == [
        Box(b"long", 0, 16, 17), Box(b"last", 17, 25, 27, endless=True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"short",
        struct.pack(">I4s", 7, b"tiny"),
        struct.pack(">I4s", 9, b"past"),
        struct.pack(">I4s", 1, b"long"),
        struct.pack(">I4sQ", 1, b"long", 15),
        struct.pack(">I4sQ", 1, b"long", 2**63),
        box(b"one ") + b"\0\0\0",
    ],
)
def test_boxes_that_do_not_fill_their_place_are_refused(data):
    with pytest.raises(Invalid, match="MP4"):
        boxes(data, 0, len(data))


def test_within_a_box_none_may_be_without_a_length():
    data = struct.pack(">I4s", 0, b"last") + b"and more"
    with pytest.raises(Invalid):
        boxes(data, 0, 8)
