"""What only MP3 has."""

import struct

import pytest

from tests.ai.marking.samples import contents, metadata, samples
from tests.ai.marking.test_files import LABEL
from zhanggui.ai.marking import mp3
from zhanggui.base.errors import Invalid

JSON = '{"AIGC":{"Label":"2"}}'


def tagged(version: int, frames: bytes, flags: int = 0, behind: bytes = b"") -> bytes:
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3" + bytes((version, 0, flags)) + size + frames + behind + samples()["mp3-bare"]


def frame(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack(">I", len(body)) + bytes(2) + body


def test_ffmpeg_finds_the_label_by_its_name_and_keeps_the_rest():
    written = mp3.write(samples()["mp3-v3"], LABEL)
    assert metadata(written) == metadata(samples()["mp3-v3"]) | {"AIGC": LABEL.as_json()}
    assert written[-128:] == samples()["mp3-v3"][-128:]


@pytest.mark.parametrize(
    "body",
    [
        b"\0AIGC\0" + JSON.encode(),
        b"\3AIGC\0" + JSON.encode() + b"\0",
        b"\1" + "AIGC\0".encode("utf-16") + JSON.encode("utf-16"),
        b"\2" + f"AIGC\0{JSON}".encode("utf-16-be"),
    ],
)
def test_labels_of_others_are_read_and_replaced(body):
    data = tagged(3, frame(b"TIT2", b"\0bowl") + frame(b"TXXX", body) + bytes(20))
    found = mp3.read(data)
    assert found is not None
    assert found.made == "2"
    written = mp3.write(data, LABEL)
    assert mp3.read(written) == LABEL
    assert written.count(b"TXXX") == 1
    assert b"bowl" in written


def test_other_texts_of_the_users_stay():
    data = tagged(4, frame(b"TXXX", b"\0mood\0calm") + frame(b"TXXX", b"\x09AIGC\0x"))
    assert mp3.read(data) is None
    assert mp3.write(data, LABEL).count(b"TXXX") == 3


def test_a_tag_with_all_that_a_tag_may_have():
    """An extended header, escaped bytes, and in version 4 a footer."""
    three = struct.pack(">IHI", 6, 0, 0) + frame(b"TIT2", b"\0\xff\xe0").replace(b"\xff", b"\xff\0")
    written = mp3.write(tagged(3, three, 0xC0), LABEL)
    assert mp3.read(written) == LABEL
    assert written[5] == 0
    assert b"TIT2" + struct.pack(">I", 3) + bytes(3) + b"\xff\xe0" in written
    four = bytes((0, 0, 0, 6, 1, 0)) + frame(b"TIT2", b"\0bowl")
    data = tagged(4, four, 0x50, behind=bytes(10))
    written = mp3.write(data, LABEL)
    assert mp3.read(written) == LABEL
    assert contents("mp3", written) == contents("mp3", samples()["mp3-bare"])


def test_an_old_tag_is_refused_with_what_to_do():
    with pytest.raises(Invalid) as refused:
        mp3.write(tagged(2, b"TT2\0\0\1x"), LABEL)
    assert refused.value.hint is not None
    assert "ID3" in refused.value.hint.en


@pytest.mark.parametrize("data", [b"ID3", b"ID3\4\0\0\x80\0\0\0", b"ID3\4\0\0\0\0\0\0nothing"])
def test_a_tag_without_sound_is_refused(data):
    with pytest.raises(Invalid, match="MP3"):
        mp3.read(data)
