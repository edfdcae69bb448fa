"""A product on a stage: its own pixels, and shadows that agree with the light."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.studio.goods import plate, stage, stool, vase
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.pictures import Pixels, Size
from zhanggui.studio.scenes.composing import Scene, compose, light_leans, mirrored

SIZE = Size(600, 600)


def composed(**given: object) -> Scene:
    return compose(vase(texture=14), stage(**given), plate(), SIZE, seed=3)  # type: ignore[arg-type]


def luma(picture: Pixels) -> np.ndarray:
    return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float64)


def test_the_product_is_the_frame_warped_by_the_affine_and_nothing_else() -> None:
    cutout = vase()
    made = compose(cutout, stage(), plate(), SIZE, seed=3)
    warped = cv2.warpAffine(cutout.rgb, np.array(made.affine), SIZE, flags=cv2.INTER_LINEAR)
    inside = cv2.erode(made.mask, np.ones((7, 7), np.uint8)) > 250
    assert inside.sum() > 10_000
    assert np.abs(made.picture[inside].astype(int) - warped[inside].astype(int)).max() <= 1


def test_a_coloured_light_changes_the_products_colour_a_little_and_its_lightness_not() -> None:
    warm = {"ambient": (1.6, 0.9, 0.5)}
    plain, graded = composed(), composed(**warm)
    inside = cv2.erode(plain.mask, np.ones((7, 7), np.uint8)) > 250
    change = graded.picture[inside].mean(axis=0) - plain.picture[inside].mean(axis=0)
    assert 1 < change[0] < 12
    assert -12 < change[2] < -1
    assert abs(luma(graded.picture)[inside].mean() - luma(plain.picture)[inside].mean()) < 1.5


@pytest.mark.parametrize(("x", "dark"), [(-0.7, "right"), (0.7, "left")])
def test_the_shadow_falls_away_from_the_light(x: float, dark: str) -> None:
    cutout = vase(lit_from=-0.5 if x < 0 else 0.5)
    made = compose(cutout, stage((x, 0.7, 0.3)), plate(), SIZE, seed=3)
    rows = slice(made.box.bottom - 90, made.box.bottom - 10)
    left = luma(made.picture)[rows, max(made.box.left - 90, 0) : made.box.left - 6].mean()
    right = luma(made.picture)[rows, made.box.right + 6 : made.box.right + 90].mean()
    assert (right < left - 8) if dark == "right" else (left < right - 8)


def test_the_plate_is_turned_over_when_the_product_is_lit_from_the_other_side() -> None:
    from_right = vase(lit_from=0.5)
    assert light_leans(from_right) > 0 > light_leans(vase(lit_from=-0.5))
    uneven = plate()
    uneven[:, :600] = 90
    made = compose(from_right, stage((-0.7, 0.7, 0.3)), uneven, SIZE, seed=3)
    assert luma(made.picture)[20, 40] > luma(made.picture)[20, -40]


def test_a_mirrored_stage_is_itself_when_mirrored_again() -> None:
    uneven = stage(stand=(0.4, 0.7), safe=(0.1, 0.2, 0.7, 0.8))
    assert mirrored(mirrored(uneven)).stand == pytest.approx(uneven.stand)
    assert mirrored(uneven).safe == pytest.approx((0.3, 0.2, 0.9, 0.8))


def test_it_is_darkest_where_the_product_touches() -> None:
    made = composed()
    middle = (made.box.left + made.box.right) // 2
    below = luma(made.picture)[made.box.bottom : made.box.bottom + 60, middle - 10 : middle + 10]
    assert below[1].mean() < below[40].mean() - 20


def test_between_the_legs_of_a_stool_no_contact_is_drawn() -> None:
    made = compose(stool(), stage(softness=30.0), plate(), SIZE, seed=3)
    below = luma(made.picture)[made.box.bottom + 1 : made.box.bottom + 3]
    scale = made.affine[0][0]
    leg = round(made.affine[0][2] + scale * 160)
    between = round(made.affine[0][2] + scale * 300)
    assert below[:, leg - 2 : leg + 3].mean() < below[:, between - 2 : between + 3].mean() - 25


def test_a_shining_floor_shows_the_product() -> None:
    dull, shining = composed(), composed(reflectivity=0.5, roughness=0.0)
    rows = slice(dull.box.bottom + 12, dull.box.bottom + 30)
    columns = slice(dull.box.left + 40, dull.box.right - 40)
    away = dull.picture[rows, columns].astype(int) - shining.picture[rows, columns].astype(int)
    assert away[..., 2].mean() > 10  # The vase has little blue.


def test_the_same_seed_gives_the_same_picture() -> None:
    first, second = composed(grain=2.0), composed(grain=2.0)
    assert np.array_equal(first.picture, second.picture)
    other = compose(vase(), stage(grain=2.0), plate(), SIZE, seed=4)
    assert not np.array_equal(first.picture, other.picture)


def test_a_hanging_product_throws_its_shadow_on_the_wall_beside_it() -> None:
    made = composed(kind="hanging", stand=(0.5, 0.2), safe=(0.2, 0.2, 0.8, 0.9))
    rows = slice(made.box.top + 60, made.box.bottom - 60)
    right = luma(made.picture)[rows, made.box.right + 2 : made.box.right + 10].mean()
    assert right < 190


def test_through_glass_the_stage_is_seen_and_its_mirrored_lamps_stay() -> None:
    grey = np.full((600, 600, 3), 220, np.uint8)
    alpha = np.zeros((600, 600), np.uint8)
    alpha[150:500, 200:400] = 255
    grey[200:260, 230:260] = 255
    grey[150:500, 200:208] = 90
    glass = Cutout(grey, alpha, 0.9, "key", ("glass",))
    green = plate()
    green[:] = (40, 160, 60)
    made = compose(glass, stage(), green, SIZE, seed=1)
    x = (made.box.left + made.box.right) // 2
    y = made.box.top + made.box.height // 2
    assert made.picture[y, x, 1] > made.picture[y, x, 0] + 60  # Green comes through.
    (scale, _, left), (_, _, top) = made.affine
    lamp = made.picture[round(top + scale * 230), round(left + scale * 245)]
    assert lamp.min() > made.picture[y, x].min() + 3
    rim = made.picture[y, round(left + scale * 203)]
    assert rim[1] < made.picture[y, x, 1] - 40
