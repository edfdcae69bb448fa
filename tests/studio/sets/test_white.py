"""The white-background picture."""

from __future__ import annotations

import cv2
import numpy as np

from tests.studio.sets._goods import cutout
from zhanggui.studio.channels import channel
from zhanggui.studio.sets import white
from zhanggui.studio.sets.laying import LARGEST_SCALE


def test_the_ground_is_pure_white_and_the_product_in_the_middle() -> None:
    drawn = white.make(cutout(900))
    assert drawn.box is not None
    outside = np.ones(drawn.picture.shape[:2], bool)
    outside[drawn.box.top - 2 : drawn.box.bottom + 2, drawn.box.left - 2 : drawn.box.right + 2] = 0
    assert (drawn.picture[outside] == 255).all()
    assert abs(drawn.box.left + drawn.box.right - 800) <= 2
    assert abs(drawn.box.top + drawn.box.bottom - 800) <= 2
    filled = max(drawn.box.width, drawn.box.height) / 800
    assert 0.8 <= filled <= 0.9
    assert drawn.texts == ()
    assert drawn.notes == ()


def test_pixels_are_the_frames_own_under_one_scale() -> None:
    cut = cutout(700)
    drawn = white.make(cut)
    assert drawn.affine is not None
    (a, b, _), (d, e, _) = drawn.affine
    assert (a, b, d) == (e, 0.0, 0.0)
    matrix = np.array(drawn.affine)
    warped = cv2.warpAffine(cut.rgb, matrix, (800, 800), flags=cv2.INTER_LINEAR)
    alpha = cv2.warpAffine(cut.alpha, matrix, (800, 800), flags=cv2.INTER_LINEAR)
    inside = cv2.erode(alpha, np.ones((7, 7), np.uint8)) > 250
    apart = np.abs(warped.astype(int) - drawn.picture)[inside]
    assert apart.mean() < 2.5


def test_a_small_frame_is_not_blown_up_and_says_so() -> None:
    drawn = white.make(cutout(200))
    assert drawn.affine is not None
    assert drawn.affine[0][0] == LARGEST_SCALE
    assert drawn.notes


def test_the_channel_takes_it() -> None:
    taobao = channel("taobao_white")
    data = taobao.encode(white.make(cutout(900), taobao.size).picture)
    assert len(data) <= min(taobao.most_bytes, white.MOST_BYTES)
