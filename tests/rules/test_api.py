"""A picture in over HTTP: read, checked, and refused where it is none."""

from __future__ import annotations

import io
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from tests.app.conftest import ok, refused
from tests.rules.test_files import huge

FONT = next(Path(pylopdf_fonts_zh_cn.__file__).parent.rglob("NotoSansSC-Regular.otf"))


def route(shop_id: str) -> str:
    return f"/api/shops/{shop_id}/rules/picture"


def poster(*lines: str) -> bytes:
    """Lines under one another, dark on light, as a PNG."""
    picture = Image.new("RGB", (640, 120 * len(lines) + 40), (236, 228, 214))
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONT), 56)
    for place, line in enumerate(lines):
        draw.text((40, 40 + 120 * place), line, (40, 36, 30), font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


async def test_what_may_not_stand_on_a_picture_has_a_box(owner, shop):
    file = {"file": ("poster.png", poster("青瓷茶杯", "全国销量第一"))}
    told = await ok(owner.post(route(shop), files=file, data={"trade": "家居"}))
    assert told["text"].splitlines() == ["青瓷茶杯", "全国销量第一"]
    assert not told["ok"]
    found = told["findings"][0]
    assert found["finding"]["kind"] == "absolute"
    left, top, right, bottom = found["box"]
    assert 120 < top < bottom <= 280
    assert 20 < left < right <= 640
    assert found["box"] == told["lines"][1]["box"]


async def test_a_lawful_picture_is_left_alone(owner, shop):
    told = await ok(owner.post(route(shop), files={"file": ("a.png", poster("一级能效"))}))
    assert (told["ok"], told["findings"]) == (True, [])


async def test_what_is_no_picture_is_refused(owner, shop):
    await refused(owner.post(route(shop), files={"file": ("a.png", b"no")}), 422, "invalid")


async def test_nobody_reads_pictures_unasked(new_client, shop):
    file = {"file": ("a.png", poster("茶"))}
    response = await new_client().post(route(shop), files=file, headers={"X-Zhanggui": "1"})
    assert response.status_code == 401


async def test_a_picture_that_is_too_large_or_has_too_many_pixels_is_refused(owner, shop):
    many = {"file": ("a.png", huge())}
    await refused(owner.post(route(shop), files=many), 422, "invalid")
    large = {"file": ("a.png", bytes(10 * 2**20))}
    response = await owner.post(route(shop), files=large)
    assert response.status_code == 413
