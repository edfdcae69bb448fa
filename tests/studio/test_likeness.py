"""Structural similarity and perceptual hashes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.studio.goods import vase
from zhanggui.studio.likeness import distance, perceptual_hash, ssim


def test_a_picture_is_like_itself_and_less_like_a_blurred_one() -> None:
    rgb = vase().rgb
    assert ssim(rgb, rgb) == pytest.approx(1)
    blurred = np.asarray(cv2.GaussianBlur(rgb, (0, 0), 2), np.uint8)
    assert ssim(rgb, blurred) < 0.95
    inside = np.zeros(rgb.shape[:2], bool)
    inside[:40, :40] = True  # White paper, blurred or not.
    assert ssim(rgb, blurred, inside) == pytest.approx(1)


def test_nothing_inside_is_no_number() -> None:
    rgb = vase().rgb
    assert np.isnan(ssim(rgb, rgb, np.zeros(rgb.shape[:2], bool)))


def test_a_smaller_copy_has_nearly_the_same_hash_and_another_picture_has_not() -> None:
    rgb = vase().rgb
    small = cv2.resize(rgb, (300, 300), interpolation=cv2.INTER_AREA)
    smaller = np.asarray(small, np.uint8)
    assert distance(perceptual_hash(rgb), perceptual_hash(smaller)) <= 4
    assert distance(perceptual_hash(rgb), perceptual_hash(np.rot90(rgb).copy())) >= 12
