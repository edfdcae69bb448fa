"""The base of a product, read off its outline."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.studio.goods import stool, vase
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.scenes.footing import find


def test_a_round_base_stands_on_its_whole_width_and_its_middle_lies_behind_its_front() -> None:
    found = find(vase(700))
    radius = 700 // 5
    assert found.base_width == pytest.approx(2 * radius, rel=0.12)
    assert found.depth == pytest.approx(radius // 6, abs=8)
    assert found.anchor("standing")[1] == pytest.approx(700 * 5 // 6, abs=8)


def test_only_the_legs_of_a_stool_touch() -> None:
    found = find(stool(600))
    touching = found.columns[found.contact > 0.5]
    assert touching.min() == pytest.approx(150, abs=2)
    assert touching.max() == pytest.approx(450, abs=2)
    between = (found.columns > 175) & (found.columns < 425)
    assert found.contact[between].max() < 0.05
    assert found.floor[between] == pytest.approx(500, abs=1)


def test_a_ball_touches_in_its_middle_only() -> None:
    alpha = np.zeros((500, 500), np.uint8)
    cv2.circle(alpha, (250, 250), 180, 255, -1)
    found = find(Cutout(np.zeros((500, 500, 3), np.uint8), alpha, 1.0, "drawn"))
    assert found.base_width < 0.6 * 360
    assert sum(found.base) / 2 == pytest.approx(250, abs=3)


def test_a_picture_with_nothing_in_it_is_no_fault() -> None:
    empty = Cutout(np.zeros((50, 40, 3), np.uint8), np.zeros((50, 40), np.uint8), 0.0, "none")
    assert find(empty).base == (0.0, 40.0)


def test_what_lies_is_held_in_its_middle_and_what_hangs_at_its_top() -> None:
    found = find(vase(700))
    assert found.anchor("flat_lay")[1] == pytest.approx((found.box.top + found.box.bottom) / 2)
    assert found.anchor("hanging")[1] == found.box.top
