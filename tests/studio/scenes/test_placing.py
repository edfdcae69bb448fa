"""Where a product comes to stand, whatever the picture's size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.studio.goods import stage, vase
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.pictures import Box, Size
from zhanggui.studio.scenes.footing import Footing, find
from zhanggui.studio.scenes.placing import LARGEST_SCALE, Placing, place
from zhanggui.studio.stages import Podium

SIZES = st.tuples(st.integers(300, 1400), st.integers(300, 1900)).map(lambda pair: Size(*pair))


def slab(width: int, height: int) -> Cutout:
    alpha = np.zeros((900, 900), np.uint8)
    top, left = (900 - height) // 2, (900 - width) // 2
    alpha[top : top + height, left : left + width] = 255
    return Cutout(np.full((900, 900, 3), 90, np.uint8), alpha, 1.0, "drawn")


def box_of(footing: Footing, placing: Placing) -> tuple[float, float, float, float]:
    box = footing.box
    left, top = placing.product @ [box.left, box.top, 1]
    right, bottom = placing.product @ [box.right, box.bottom, 1]
    return left, top, right, bottom


@given(SIZES, st.integers(40, 850), st.integers(40, 850))
def test_a_product_is_never_cut_and_keeps_its_shape(size: Size, width: int, height: int) -> None:
    footing = find(slab(width, height))
    placing = place(stage(), footing, size)
    left, top, right, bottom = box_of(footing, placing)
    assert left >= -0.5
    assert top >= -0.5
    assert right <= size.width + 0.5
    assert bottom <= size.height + 0.5
    (a, b, _), (c, d, _) = placing.product
    assert a == d
    assert b == c == 0
    assert a <= LARGEST_SCALE


@given(SIZES)
def test_the_plate_fills_the_picture(size: Size) -> None:
    placing = place(stage(), find(vase()), size)
    left, top = -placing.plate[:, 2] / placing.zoom
    assert left >= -0.01
    assert top >= -0.01
    assert left + size.width / placing.zoom <= 1200.01
    assert top + size.height / placing.zoom <= 1600.01


@pytest.mark.parametrize(
    "within", [Box(400, 100, 780, 780), Box(20, 200, 380, 780), Box(200, 300, 600, 760)]
)
def test_a_product_comes_into_the_place_that_a_poster_has_for_it(within: Box) -> None:
    footing = find(vase())
    placing = place(stage(), footing, Size(800, 800), within)
    left, top, right, bottom = box_of(footing, placing)
    assert left >= within.left - 1
    assert right <= within.right + 1
    assert top >= within.top - 1
    assert bottom <= within.bottom + 0.06 * within.height + 1


def test_a_base_is_narrower_than_its_podium() -> None:
    podium = stage(podium=Podium(width=0.2, front=0.76))
    footing = find(slab(700, 300))
    placing = place(podium, footing, Size(900, 1200))
    assert footing.base_width * placing.product[0, 0] < 0.2 * 1200 * placing.zoom
