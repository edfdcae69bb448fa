"""Frames in the planes of H.264."""

from __future__ import annotations

import av
import numpy as np
import pytest

from tests.studio.film.pieces import scenes
from zhanggui.studio.film.moves import about, matrix
from zhanggui.studio.film.planes import enlarged, lay, layer, masked, mixed, planes, rgb, warped
from zhanggui.studio.film.storyboard import View
from zhanggui.studio.pictures import Size


def test_a_picture_comes_back_from_its_planes() -> None:
    picture = scenes(1)[0]
    again = rgb(planes(picture))
    assert np.abs(again.astype(int) - picture).mean() < 1.5


def test_planes_are_those_that_libav_makes_for_bt709() -> None:
    colours = np.array([[200, 30, 40], [20, 160, 60], [30, 40, 220], [255, 255, 255], [0, 0, 0]])
    for colour in colours:
        picture = np.broadcast_to(colour.astype(np.uint8), (16, 16, 3)).copy()
        frame = av.VideoFrame.from_ndarray(picture, "rgb24")
        theirs = frame.reformat(format="yuv444p", dst_colorspace="ITU709").to_ndarray()[:, 8, 8]
        ours = planes(picture)
        mine = [int(ours.y[8, 8]), *map(int, ours.uv[4, 4])]
        assert np.abs(theirs.astype(int) - mine).max() <= 1


def test_an_odd_size_is_refused() -> None:
    with pytest.raises(ValueError, match="odd"):
        planes(np.zeros((10, 9, 3), dtype=np.uint8))


def test_a_layer_covers_where_it_is_solid_and_nothing_where_it_is_not() -> None:
    frame = planes(np.full((20, 20, 3), 90, dtype=np.uint8))
    alpha = np.zeros((8, 8), dtype=np.uint8)
    alpha[:, :4] = 255
    lay(frame, layer(np.full((8, 8, 3), 250, dtype=np.uint8), alpha), 6, 6)
    shown = rgb(frame)
    assert abs(int(shown[10, 7, 0]) - 250) <= 2
    assert abs(int(shown[10, 13, 0]) - 90) <= 2
    assert abs(int(shown[2, 2, 0]) - 90) <= 2


def test_a_layer_may_reach_over_every_edge() -> None:
    white = layer(np.full((8, 8, 3), 255, np.uint8), np.full((8, 8), 255, np.uint8))
    for x, y in ((-4, -4), (16, 16), (-20, 0), (0, 40)):
        frame = planes(np.zeros((20, 20, 3), dtype=np.uint8))
        lay(frame, white, x, y)
        expected = max(0, min(20, x + 8) - max(0, x)) * max(0, min(20, y + 8) - max(0, y))
        assert int((frame.y > 200).sum()) == expected


def test_a_view_keeps_inside_its_picture_and_luma_with_chroma() -> None:
    # A picture whose luma and chroma both tell the place: any shift between them would show.
    ramp = np.linspace(20, 235, 200)
    picture = np.zeros((200, 200, 3), dtype=np.uint8)
    picture[:, :, 0] = ramp
    picture[:, :, 2] = ramp[::-1]
    source = enlarged(planes(picture), 1.5)
    size = Size(100, 100)
    shown = rgb(warped(source, matrix(View(x=0.9, y=0.5, zoom=2.0), source.size, size), size))
    assert abs(int(shown[50, -1, 0]) - int(picture[100, -1, 0])) <= 4
    assert abs(int(shown[50, 0, 0]) - int(picture[100, 100, 0])) <= 4
    assert np.abs(shown[50, :, 0].astype(int) + shown[50, :, 2] - 255).max() <= 5


def test_scaling_about_a_place_leaves_it_there() -> None:
    move = about(30.0, 40.0, 1.7, 30.0, 40.0)
    assert np.allclose(move @ np.array([30.0, 40.0, 1.0]), [30.0, 40.0])


def test_mixtures_and_masks_have_both_pictures_at_their_ends() -> None:
    first, second = (planes(picture) for picture in scenes(2))
    assert np.array_equal(mixed(first, second, 0.0).y, first.y)
    assert np.array_equal(mixed(first, second, 1.0).uv, second.uv)
    mask = np.zeros(first.y.shape, dtype=np.uint8)
    mask[:, :100] = 255
    both = masked(first, second, mask)
    assert np.abs(both.y[:, :100].astype(int) - second.y[:, :100]).max() <= 1
    assert np.abs(both.y[:, 100:].astype(int) - first.y[:, 100:]).max() <= 1
