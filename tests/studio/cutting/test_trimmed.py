"""A mask that took some of the floor with it is trimmed to the product's foot, and no further."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from zhanggui.studio.cutting.edges import trimmed
from zhanggui.studio.cutting.ground import lab_of
from zhanggui.studio.pictures import Pixels


def standing(colour: tuple[int, int, int]) -> tuple[Pixels, np.ndarray]:
    """A block on a light floor with a contact shadow, and its true mask."""
    picture = np.full((400, 400, 3), 236, np.uint8)
    shadow: np.ndarray = np.zeros((400, 400), np.float32)
    cv2.ellipse(shadow, (200, 302), (95, 10), 0, 0, 360, 0.35, -1)
    shadow = cv2.GaussianBlur(shadow, (0, 0), 6)
    picture = (picture * (1 - shadow[..., None])).astype(np.uint8)
    true = np.zeros((400, 400), bool)
    true[80:300, 120:280] = True
    picture[true] = colour
    return picture, true


@pytest.mark.parametrize("colour", [(40, 80, 160), (190, 150, 110), (120, 122, 121)])
def test_what_is_floor_goes_and_the_product_stays(colour: tuple[int, int, int]) -> None:
    picture, true = standing(colour)
    taken = true.copy()
    taken[300:309, 124:270] = True
    taken[290:306, 280:290] = True
    found = trimmed(taken, lab_of(picture))
    assert (found & ~true).sum() < 0.25 * (taken & ~true).sum()
    assert (true & ~found).sum() < 0.005 * true.sum()


def test_a_true_mask_stays_as_it_is() -> None:
    picture, true = standing((40, 80, 160))
    assert (trimmed(true, lab_of(picture)) ^ true).sum() < 0.004 * true.sum()


def test_where_product_and_floor_are_alike_nothing_is_taken() -> None:
    picture = np.full((300, 300, 3), 240, np.uint8)
    mask = np.zeros((300, 300), bool)
    mask[60:220, 90:210] = True
    assert np.array_equal(trimmed(mask, lab_of(picture)), mask)
