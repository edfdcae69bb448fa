"""What only JPEG has."""

import struct

import pytest
from PIL import Image

from tests.ai.marking.samples import contents, picture, samples
from tests.ai.marking.test_files import LABEL
from zhanggui.ai.marking import jpeg
from zhanggui.base.errors import Invalid

USER_COMMENT = 0x9286


def with_segment(data: bytes, body: bytes) -> bytes:
    return data[:2] + b"\xff\xe9" + struct.pack(">H", len(body) + 2) + body + data[2:]


def test_the_packet_stands_behind_exif():
    written = jpeg.write(samples()["jpeg-exif"], LABEL)
    assert written.find(b"Exif\0") < written.find(b"TC260") < written.find(b"\xff\xda")
    assert "檐下碗铺".encode() in written


def test_a_label_in_a_users_comment_is_read_and_gives_way():
    exif = Image.Exif()
    exif.get_ifd(0x8769)[USER_COMMENT] = b'ASCII\0\0\0{"AIGC":{"Label":"3"}}'
    data = picture("JPEG", exif=exif)
    found = jpeg.read(data)
    assert found is not None
    assert found.made == "3"
    written = jpeg.write(data, LABEL)
    assert jpeg.read(written) == LABEL
    assert b'{"AIGC"' not in written
    assert contents("jpeg", written)[0] == contents("jpeg", data)[0]


def test_a_label_in_a_segment_of_its_own_is_read_and_gives_way():
    data = with_segment(samples()["jpeg"], b'AIGC{"Label":"2"}')
    assert jpeg.read(data) is not None
    written = jpeg.write(data, LABEL)
    assert jpeg.read(written) == LABEL
    assert b"AIGC{" not in written


def test_a_packet_that_has_no_room_is_refused_with_what_to_do():
    space = b"http://ns.adobe.com/xap/1.0/\0<x><RDF>" + b" " * 65_400 + b"</RDF></x>"
    data = samples()["jpeg"]
    data = data[:2] + b"\xff\xe1" + struct.pack(">H", len(space) + 2) + space + data[2:]
    with pytest.raises(Invalid) as refused:
        jpeg.write(data, LABEL)
    assert refused.value.hint is not None
    assert "XMP" in refused.value.hint.en


def test_bytes_that_fill_up_before_a_segment_are_no_fault():
    data = samples()["jpeg"]
    filled = data[:2] + b"\xff\xff\xff" + data[2:]
    assert jpeg.read(jpeg.write(filled, LABEL)) == LABEL
