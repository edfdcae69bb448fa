"""What only PNG has."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.ai.marking.samples import picture, pixels, samples
from tests.ai.marking.test_files import LABEL
from zhanggui.ai.marking import png
from zhanggui.base.errors import Invalid


def test_other_texts_stay_and_a_packed_packet_is_unpacked():
    with Image.open(io.BytesIO(png.write(samples()["png-text"], LABEL))) as image:
        image.load()
        text = image.text  # type: ignore[attr-defined]
    assert text["Title"] == "碗"
    assert "檐下碗铺 &amp; Co" in text["XML:com.adobe.xmp"]
    assert "TC260:AIGC" in text["XML:com.adobe.xmp"]


@pytest.mark.parametrize("written", ['{"AIGC":{"Label":"2"}}', '{"Label":"2"}'])
def test_a_label_in_a_text_of_its_own_is_read_and_gives_way(written):
    info = PngInfo()
    info.add_text("AIGC", written)
    data = picture("PNG", pixels(), pnginfo=info)
    found = png.read(data)
    assert found is not None
    assert found.made == "2"
    assert png.write(data, LABEL) == png.write(samples()["png"], LABEL)


def test_what_follows_the_picture_stays():
    assert png.write(samples()["png"] + b"tail", LABEL).endswith(b"tail")


def test_a_chunk_with_a_wrong_checksum_is_refused():
    data = bytearray(samples()["png"])
    data[20] ^= 1
    with pytest.raises(Invalid, match="PNG"):
        png.read(bytes(data))
