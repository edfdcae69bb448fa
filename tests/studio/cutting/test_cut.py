"""Products are cut out of plain grounds, and what cannot be is said to be doubtful."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.studio.cutting._pictures import good, iou, jar
from zhanggui.studio import pictures
from zhanggui.studio.cutting import cut
from zhanggui.studio.cutting.ground import lab_of
from zhanggui.studio.pictures import Pixels


@pytest.mark.parametrize(
    ("ground", "name"), [("frames", "003"), ("frames", "030"), ("grey", "010")]
)
def test_a_rendered_mug_is_cut_out_of_plain_ground(ground: str, name: str):
    rgb, mask = good("mug", ground, name)

    found = cut(rgb)

    assert iou(found.alpha, mask) > 0.975
    assert found.method == "key"
    assert not found.is_doubtful
    assert found.confidence > 0.75


def test_a_thin_handle_stays_and_one_sees_through_it():
    rgb, mask = good("teapot", "frames", "003")

    found = cut(rgb)

    assert iou(found.alpha, mask) > 0.95
    wire = (mask > 200) & ~cv2.dilate(cv2.erode(mask, np.ones((13, 13))), np.ones((25, 25))).astype(
        bool
    )
    assert wire.sum() > 300
    assert (found.alpha[wire] > 100).mean() > 0.85


def test_a_shadow_is_not_the_product():
    rgb, mask = jar(shadow=0.5)

    found = cut(rgb)

    assert iou(found.alpha, mask) > 0.95
    assert (found.alpha[mask == 0] > 127).mean() < 0.005


def test_a_hole_of_a_handle_is_ground():
    rgb, mask = jar(handle=9)

    found = cut(rgb)

    assert iou(found.alpha, mask) > 0.94
    assert found.alpha[160:180, 205:220].max() < 60


@settings(max_examples=12, deadline=None, derandomize=True)
@given(
    hue=st.integers(0, 179),
    level=st.integers(110, 245),
    tint=st.tuples(*[st.integers(-8, 8)] * 3),
    seed=st.integers(0, 1000),
)
def test_other_colours_on_other_grounds(
    hue: int, level: int, tint: tuple[int, int, int], seed: int
):
    hsv = np.array([[[hue, 190, 150]]], np.uint8)
    red, green, blue = (int(c) for c in cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)[0, 0])
    ground = (level + tint[0], level + tint[1], level + tint[2])
    rgb, mask = jar((red, green, blue), ground, seed=seed)

    found = cut(rgb)

    assert iou(found.alpha, mask) > 0.93 or found.is_doubtful


def test_the_products_pixels_are_the_frames_own():
    rgb, mask = good("mug", "frames", "030")

    found = cut(rgb)

    whole = found.alpha == 255
    assert np.array_equal(found.rgb[whole], rgb[whole])
    deep = cv2.erode(mask, np.ones((9, 9), np.uint8)) == 255
    assert (found.alpha[deep] == 255).mean() > 0.995


def test_soft_edges_do_not_carry_the_grounds_colour():
    """On black, no pixel of a dark red jar's edge is as light as the white ground it stood on."""
    rgb, _ = jar((120, 30, 30), (245, 245, 245))

    found = cut(rgb)

    edge = (found.alpha > 20) & (found.alpha < 235)
    assert edge.sum() > 100
    laid = (found.rgb * (found.alpha[..., None] / 255.0)).astype(np.uint8)
    assert np.percentile(lab_of(laid)[edge][:, 0], 95) < 45


def test_a_files_own_alpha_is_taken():
    rgb, mask = jar()

    found = cut(rgb, mask)

    assert found.method == "alpha"
    assert np.array_equal(found.alpha, mask)
    assert np.array_equal(found.rgb, rgb)


def test_an_alpha_that_hides_nothing_is_passed_over():
    rgb, mask = jar()

    found = cut(rgb, np.full(mask.shape, 255, np.uint8))

    assert found.method != "alpha"
    assert iou(found.alpha, mask) > 0.95


def test_a_cluttered_ground_is_doubtful_without_weights():
    rgb, _ = good("mug", "clutter", "012")

    assert cut(rgb).is_doubtful


def test_nothing_is_found_where_nothing_is():
    plain: Pixels = np.full((200, 300, 3), 238, np.uint8)

    found = cut(plain)

    assert found.doubts == ("empty",)
    assert found.confidence == 0


def test_a_product_that_leaves_the_frame_is_doubtful():
    rgb, _ = jar()

    found = cut(np.ascontiguousarray(rgb[:, 140:]))

    assert "touches_edge" in found.doubts


def test_a_product_hardly_other_than_its_ground_is_doubtful_or_right():
    rgb, mask = jar((235, 234, 231), (240, 240, 238), noise=2.0)

    found = cut(rgb)

    assert found.is_doubtful or iou(found.alpha, mask) > 0.9


def test_the_same_frame_gives_the_same_bytes():
    rgb, _ = good("mug", "clutter", "012")

    one, other = cut(rgb, seed=7), cut(rgb, seed=7)

    assert np.array_equal(one.alpha, other.alpha)
    assert np.array_equal(one.rgb, other.rgb)
    assert one.confidence == other.confidence


def test_jpeg_at_sixty_and_a_large_copy_are_cut_as_well():
    rgb, mask = good("mug", "grey", "010")
    worse, _ = pictures.read(pictures.encoded(rgb, "jpg", quality=60))
    larger = np.asarray(cv2.resize(rgb, (1400, 1400), interpolation=cv2.INTER_CUBIC), np.uint8)

    assert iou(cut(worse).alpha, mask) > 0.96
    found = cut(larger)
    assert found.alpha.shape == (1400, 1400)
    back = cv2.resize(found.alpha, mask.shape, interpolation=cv2.INTER_AREA)
    assert iou(np.asarray(back, np.uint8), mask) > 0.97
