"""What only WAV has."""

import struct

import pytest

from tests.ai.marking.samples import contents, samples
from tests.ai.marking.test_files import LABEL
from zhanggui.ai.marking import wav
from zhanggui.base.errors import Invalid


def test_the_chunk_stands_before_the_samples():
    written = wav.write(samples()["wav"], LABEL)
    chunk = b"AIGC" + struct.pack("<I", len(LABEL.as_json())) + LABEL.as_json().encode()
    assert 0 < written.find(chunk) < written.find(b"data")


@pytest.mark.parametrize("unknown", [0, 0xFFFFFFFF])
def test_a_sound_that_was_written_to_a_pipe_is_marked(unknown):
    data = bytearray(samples()["wav"])
    place = data.find(b"data") + 4
    data[4:8] = data[place : place + 4] = struct.pack("<I", unknown)
    written = wav.write(bytes(data), LABEL)
    assert wav.read(written) == LABEL
    assert contents("wav", written) == contents("wav", samples()["wav"])


def test_the_form_for_huge_sounds_is_refused_with_what_to_do():
    with pytest.raises(Invalid) as refused:
        wav.write(b"RF64" + samples()["wav"][4:], LABEL)
    assert refused.value.hint is not None
    assert "WAV" in refused.value.hint.en
