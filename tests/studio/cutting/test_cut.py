"""Products are cut out of plain grounds, and what cannot be is said to be doubtful."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.studio.cutting._pictures import good, iou, jar
from zhanggui.studio import pictures
from zhanggui.studio.cutting import cut, isnet
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


def _half_seen() -> tuple[Pixels, Pixels]:
    """A bottle whose body has the ground's own colour, a pattern on it, and its mask."""
    rgb = np.full((400, 400, 3), 235, np.uint8)
    mask = np.zeros((400, 400), np.uint8)
    mask[60:350, 130:270] = 255
    cv2.rectangle(rgb, (130, 60), (270, 200), (30, 60, 120), -1)
    for row in range(230, 350, 20):
        for left in (140, 185, 230):
            cv2.line(rgb, (left, row), (left + 28, row), (200, 200, 200), 2)
    return rgb, mask


class _Net:
    """A net that finds what it is told to, and counts how often it is asked."""

    def __init__(self, mask: Pixels) -> None:
        self.mask, self.asked = mask, 0

    def __call__(self, rgb: Pixels, weights: Path) -> np.ndarray:
        self.asked += 1
        whole = rgb.shape[:2] == self.mask.shape
        return np.where(self.mask > 127, 0.99, 0.01) if whole else np.full(rgb.shape[:2], 0.99)


def test_what_a_key_leaves_out_is_doubted():
    found = cut(_half_seen()[0])

    assert found.method == "key"
    assert found.alpha[260:340].mean() < 60
    assert "left_out" in found.doubts


def test_a_net_is_asked_of_what_is_doubted_and_outvotes_the_key(monkeypatch):
    rgb, mask = _half_seen()
    monkeypatch.setattr(isnet, "saliency", _Net(mask))

    found = cut(rgb, weights=Path("isnet.onnx"))

    assert found.method == "isnet"
    assert iou(found.alpha, mask) > 0.97
    assert "left_out" not in found.doubts


def test_a_net_is_asked_of_what_is_sure_only_where_a_second_look_is_wanted(monkeypatch):
    rgb, mask = jar()
    net = _Net(mask)
    monkeypatch.setattr(isnet, "saliency", net)

    once = cut(rgb, weights=Path("isnet.onnx"))
    assert net.asked == 0
    again = cut(rgb, weights=Path("isnet.onnx"), twice=True)

    assert net.asked == 1
    assert (once.method, again.method) == ("key", "key")
    assert iou(again.alpha, mask) >= iou(once.alpha, mask) - 0.01
    assert not again.is_doubtful


def test_a_net_that_finds_another_thing_from_closer_by_is_doubted(monkeypatch):
    rgb, mask = _half_seen()
    rgb[:, ::7] = 90
    net = _Net(mask)
    monkeypatch.setattr(
        isnet,
        "saliency",
        lambda seen, at: net(seen, at) if seen.shape == rgb.shape else np.zeros(seen.shape[:2]),
    )

    assert "methods_disagree" in cut(rgb, weights=Path("isnet.onnx"), twice=True).doubts


def test_pieces_of_which_none_is_the_product_are_doubted():
    rgb = np.full((400, 400, 3), 238, np.uint8)
    for left in (60, 170, 280):
        cv2.circle(rgb, (left + 30, 200), 28, (120, 40, 40), -1)

    assert "scattered" in cut(rgb).doubts


def test_a_shadow_painted_into_a_files_own_alpha_goes_and_what_is_sheer_stays():
    rgb = np.zeros((300, 300, 3), np.uint8)
    alpha = np.zeros((300, 300), np.uint8)
    rgb[60:200, 80:220], alpha[60:200, 80:220] = (200, 60, 60), 255
    alpha[100:140, 120:160], rgb[100:140, 120:160] = 90, (20, 20, 20)
    shadow = cv2.GaussianBlur(cv2.ellipse(np.zeros((300, 300), np.float32), (150, 230), (80, 20),
                                          0, 0, 360, 100.0, -1), (0, 0), 6)  # fmt: skip
    alpha = np.maximum(alpha, shadow.astype(np.uint8))

    found = cut(rgb, alpha)

    assert found.method == "alpha"
    assert found.alpha[215:].max() == 0
    assert found.alpha[120, 140] == 90
