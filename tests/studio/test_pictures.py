"""Pictures as they come from cameras and editors."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.rules.test_files import huge
from zhanggui.base.errors import Invalid
from zhanggui.studio.keeping import shrunk
from zhanggui.studio.pictures import encoded, read, within


def file_of(picture: Image.Image, kind: str = "PNG", **given: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **given)
    return out.getvalue()


def test_sixteen_bits_are_scaled_and_not_cut_off() -> None:
    deep = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    rgb, alpha = read(file_of(Image.fromarray(deep)))
    assert alpha is None
    assert 110 < rgb.mean() < 145


def test_a_picture_is_turned_as_its_camera_was() -> None:
    wide = Image.new("RGB", (80, 40), (200, 30, 30))
    exif = Image.Exif()
    exif[0x0112] = 6
    rgb, _ = read(file_of(wide, "JPEG", exif=exif.tobytes()))
    assert rgb.shape == (80, 40, 3)


def test_an_alpha_that_says_nothing_is_none_and_one_that_does_is_kept() -> None:
    assert read(file_of(Image.new("RGBA", (9, 9), (1, 2, 3, 255))))[1] is None
    clear = Image.new("RGBA", (9, 9), (1, 2, 3, 255))
    clear.putpixel((0, 0), (0, 0, 0, 0))
    alpha = read(file_of(clear))[1]
    assert alpha is not None
    assert alpha[0, 0] == 0


def test_cmyk_becomes_rgb() -> None:
    rgb, _ = read(file_of(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG"))
    assert rgb[4, 4, 0] > 150 > rgb[4, 4, 1]


def test_broken_tags_of_a_camera_stop_nobody() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x011A] = 6, 72.5
    data = file_of(Image.new("RGB", (8, 4), (1, 2, 3)), "JPEG", exif=exif.tobytes())
    at = data.index(b"\x01\x1a\x00\x05", data.index(b"Exif"))
    broken = data[:at] + b"\x01\x1a\x00\x02" + data[at + 4 :]
    assert read(broken)[0].shape == (8, 4, 3)
    with Image.open(io.BytesIO(shrunk(broken, 160))) as small:
        assert small.size == (4, 8)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe0 torn", huge()])
def test_what_is_no_picture_says_so(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "torn.jpg"
    path.write_bytes(data)
    with pytest.raises(Invalid):
        read(path)


def test_a_limit_of_bytes_is_kept_where_quality_can() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 300, 3), dtype=np.uint8)
    assert len(within(noise, "jpg", 60_000)) <= 60_000 < len(encoded(noise, "jpg"))
