"""What only WebP has."""

import io

from PIL import Image

from tests.ai.marking.samples import samples
from tests.ai.marking.test_files import LABEL
from zhanggui.ai.marking import webp


def test_a_plain_picture_is_extended_by_what_it_is():
    for name, is_clear in (("webp-lossy", 0), ("webp-lossless", 0), ("webp-alpha", 0x10)):
        data = webp.write(samples()[name], LABEL)
        head = data[20:30]
        assert data[12:16] == b"VP8X"
        assert head[0] == 0x04 | is_clear
        assert (int.from_bytes(head[4:7], "little"), int.from_bytes(head[7:10], "little")) == (
            31,
            23,
        )


def test_the_packet_is_the_one_that_readers_find():
    with Image.open(io.BytesIO(webp.write(samples()["webp-exif"], LABEL))) as image:
        packet = image.info["xmp"]
    assert b"TC260:AIGC" in packet
    assert "檐下碗铺".encode() in packet
