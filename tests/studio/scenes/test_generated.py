"""A model's background: the product in it is the shop's own, or the picture is refused."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.studio.goods import plate, stage, vase
from zhanggui.studio.pictures import Pixels, Size
from zhanggui.studio.scenes.composing import Scene, compose
from zhanggui.studio.scenes.generated import put_back

SIZE = Size(500, 500)


@pytest.fixture(scope="module")
def before() -> Scene:
    return compose(vase(texture=30), stage(), plate(), SIZE, seed=1)


def surroundings() -> Pixels:
    """A green gradient, as unlike the grey plate as can be."""
    rows = np.linspace(60, 160, SIZE.height)[:, None]
    return np.dstack([np.repeat(rows * share, SIZE.width, 1) for share in (0.4, 1.0, 0.5)]).astype(
        np.uint8
    )


def drawn(before: Scene, shift: tuple[int, int] = (0, 0), grow: float = 1.0) -> Pixels:
    """What a model might give back: the product redrawn softly on other ground, moved or grown."""
    centre = ((before.box.left + before.box.right) / 2, (before.box.top + before.box.bottom) / 2)
    matrix = cv2.getRotationMatrix2D(centre, 0, grow)
    matrix[:, 2] += shift
    soft = cv2.GaussianBlur(before.picture, (0, 0), 0.8)
    product = cv2.warpAffine(soft, matrix, SIZE)
    mask = cv2.warpAffine(before.mask, matrix, SIZE)[..., None] / 255
    return np.rint(product * mask + surroundings() * (1 - mask)).astype(np.uint8)


def test_the_product_is_its_own_pixels_on_the_drawn_ground(before: Scene) -> None:
    found = put_back(drawn(before), before)
    assert found.scene is not None
    inside = before.mask == 255
    assert np.array_equal(found.scene.picture[inside], before.picture[inside])
    assert (
        np.abs(found.scene.picture[5:40, 5:40].astype(int) - surroundings()[5:40, 5:40]).max() < 3
    )
    assert found.scene.affine == before.affine


def test_a_picture_in_which_the_product_moved_a_little_is_moved_back(before: Scene) -> None:
    found = put_back(drawn(before, shift=(9, -6)), before)
    assert found.scene is not None
    assert found.alike == pytest.approx(put_back(drawn(before), before).alike, abs=0.05)


@pytest.mark.parametrize(
    ("shift", "grow"),
    [((60, 0), 1.0), ((0, 0), 1.12), ((0, 0), 0.6)],
    ids=["far", "grown", "shrunk"],
)
def test_one_in_which_it_was_moved_far_or_is_another_size_is_refused(
    before: Scene, shift: tuple[int, int], grow: float
) -> None:
    assert put_back(drawn(before, shift, grow), before).scene is None


def test_one_without_the_product_is_refused(before: Scene) -> None:
    assert put_back(surroundings(), before).scene is None


def test_a_larger_picture_is_brought_to_size(before: Scene) -> None:
    large = cv2.resize(drawn(before), (1024, 1024), interpolation=cv2.INTER_CUBIC)
    found = put_back(np.asarray(large, np.uint8), before)
    assert found.scene is not None
    assert found.scene.picture.shape == before.picture.shape
