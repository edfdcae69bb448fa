"""Chunks."""

import pytest

from zhanggui.ai.marking import riff
from zhanggui.base.errors import Invalid


def test_chunks_are_read_as_they_were_written():
    parts = [riff.chunk(b"odd ", b"123"), riff.chunk(b"even", b"1234"), riff.chunk(b"none", b"")]
    data = riff.file(b"TEST", parts)
    assert riff.is_form(data, b"TEST")
    assert [(kind, data[start:end]) for kind, start, end in riff.chunks(data, "x")] == [
        (b"odd ", b"123"), (b"even", b"1234"), (b"none", b""),
    ]  # fmt: skip


def test_a_chunk_may_not_end_behind_the_file():
    data = bytearray(riff.file(b"TEST", [riff.chunk(b"odd ", b"123")]))
    data[16] = 9
    with pytest.raises(Invalid):
        list(riff.chunks(bytes(data), "x"))
