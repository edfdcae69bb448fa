"""A file of more parts than any program writes is refused before it fills the memory."""

import struct

import pytest

from zhanggui.ai.marking import read
from zhanggui.ai.marking.faults import MOST_PARTS
from zhanggui.base.errors import Invalid

MANY = MOST_PARTS + 10


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8" + b"\xff" * MANY,
        b"RIFF" + struct.pack("<I", 4 + 8 * MANY) + b"WAVE" + (b"junk" + bytes(4)) * MANY,
    ],
)
def test_it_is_refused(data):
    with pytest.raises(Invalid):
        read(data)
