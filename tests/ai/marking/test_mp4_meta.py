"""Values by name."""

import struct

from tests.ai.marking.test_files import LABEL, OTHER
from zhanggui.ai.marking import mp4_meta
from zhanggui.ai.marking.boxes import Box, box, boxes


def named(*names: bytes, quicktime: bool = False) -> bytes:
    """A box with a value for each name, which is the name again."""
    handler = box(b"hdlr", bytes(8), b"mdta", bytes(13))
    keys = box(b"keys", struct.pack(">II", 0, len(names)), *(box(b"mdta", name) for name in names))
    items = [
        box(struct.pack(">I", number), box(b"data", struct.pack(">II", 1, 0), name))
        for number, name in enumerate(names, start=1)
    ]
    return box(b"meta", b"" if quicktime else bytes(4), handler, keys, box(b"ilst", *items))


def only(data: bytes) -> Box:
    (found,) = boxes(data, 0, len(data))
    return found


def test_a_new_box_has_the_label_alone():
    data = mp4_meta.new(LABEL)
    assert mp4_meta.read(data, only(data)) == LABEL
    assert mp4_meta.without(data, only(data)) == b""


def test_a_label_comes_to_the_names_that_are_there():
    for quicktime in (False, True):
        data = named(b"place", b"title", quicktime=quicktime)
        assert mp4_meta.has_names(data, only(data))
        assert mp4_meta.read(data, only(data)) is None
        assert mp4_meta.without(data, only(data)) == data
        written = mp4_meta.write(data, only(data), LABEL)
        assert mp4_meta.read(written, only(written)) == LABEL
        again = mp4_meta.write(written, only(written), OTHER)
        assert mp4_meta.read(again, only(again)) == OTHER
        assert again.count(b"AIGC") == 1
        assert again.count(b"place") == 2


def test_a_label_goes_and_the_numbers_of_others_stay():
    data = named(b"AIGC", b"place")
    bare = mp4_meta.without(data, only(data))
    assert b"AIGC" not in bare
    assert bare.endswith(data[-(8 + 16 + 5) :])
    assert mp4_meta.read(bare, only(bare)) is None


def test_a_value_that_is_no_label_is_none():
    data = named(b"AIGC")
    assert mp4_meta.read(data, only(data)) is None
