from datetime import date

import numpy as np
import pytest

from zhanggui.base.errors import NotFound
from zhanggui.studio.channels import channel, channels
from zhanggui.studio.pictures import Box


def test_the_channels_a_listing_needs_are_there_with_a_day() -> None:
    sizes = {each.id: tuple(each.size) for each in channels()}
    assert sizes["taobao_main"] == (800, 800)
    assert sizes["taobao_main_large"] == (1440, 1440)
    assert sizes["taobao_tall"] == (750, 1000)
    assert sizes["taobao_white"] == (800, 800)
    assert sizes["taobao_detail"] == (750, 0)
    assert sizes["xiaohongshu"] == (1242, 1660)
    assert sizes["douyin"] == sizes["channels"] == (1080, 1920)
    assert all(each.as_of >= date(2026, 1, 1) for each in channels())
    assert len(sizes) == len(channels())


def test_an_unknown_channel_is_told_with_those_there_are() -> None:
    with pytest.raises(NotFound) as fault:
        channel("ebay")
    assert fault.value.hint is not None
    assert "taobao_main" in fault.value.hint.en


def test_a_picture_comes_within_its_limit() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (800, 800, 3), dtype=np.uint8)
    white = channel("taobao_white")
    data = white.encode(noise)
    assert data[:2] == b"\xff\xd8"
    assert len(data) < len(channel("taobao_main").encode(noise))


def test_a_sparse_white_picture_is_made_as_large_as_quality_can() -> None:
    page = np.full((800, 800, 3), 255, np.uint8)
    page[300:500, 300:500] = np.random.default_rng(1).integers(
        90, 110, (200, 200, 3), dtype=np.uint8
    )
    white = channel("taobao_white")
    assert len(white.encode(page)) >= len(channel("taobao_main").encode(page))


def test_what_lies_over_a_film_is_left_clear() -> None:
    assert channel("douyin").clear == Box(0, 154, 929, 1536)
    assert channel("taobao_main").clear == Box(0, 0, 800, 800)


def test_names_carry_their_number() -> None:
    assert channel("taobao_main").file_name(3) == "主图03"
    assert channel("taobao_white").file_name() == "白底图"
