"""The plates that ship: what is known of each agrees with its file, and they differ."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from PIL import Image

from zhanggui.studio.likeness import distance, perceptual_hash
from zhanggui.studio.stages import Stage, plate, stages
from zhanggui.studio.stages.catalogue import plate_path

STAGES = stages()
each_stage = pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.id)


@each_stage
def test_a_plate_is_there_and_as_large_as_is_said(stage: Stage) -> None:
    with Image.open(plate_path(stage)) as picture:
        assert picture.size == (stage.width, stage.height)
    assert abs(stage.width / stage.height - 3 / 4) < 0.001


@each_stage
def test_places_lie_in_the_plate_and_agree_with_each_other(stage: Stage) -> None:
    left, top, right, bottom = stage.safe
    assert 0 <= left < stage.stand[0] < right <= 1
    assert 0 <= top < bottom <= 1
    assert top - 0.05 <= stage.stand[1] <= bottom + 0.01
    if stage.kind == "standing":
        assert 0.68 <= stage.stand[1] <= 0.78
        assert stage.horizon < stage.floor_line < stage.stand[1]
    if stage.podium is not None:
        assert 0.15 < stage.podium.width < 1
        assert stage.stand[1] < stage.podium.front < 1


@each_stage
def test_light_is_a_direction_a_colour_and_a_share(stage: Stage) -> None:
    assert math.hypot(*stage.light.towards) == pytest.approx(1, abs=1e-3)
    assert np.mean(stage.light.colour) == pytest.approx(1, abs=1e-2)
    assert np.mean(stage.ambient) == pytest.approx(1, abs=1e-2)
    if stage.style != "neon":
        assert 0.15 < stage.light.share < 0.98


@each_stage
def test_a_plate_is_no_black_frame_and_hardly_burnt_out(stage: Stage) -> None:
    rgb = plate(stage)
    grey = rgb.mean(axis=2)
    assert 12 < grey.mean() < 247
    assert (rgb.min(axis=2) >= 254).mean() < 0.03


@each_stage
def test_where_the_product_rises_is_calmer_than_the_plate_may_be(stage: Stage) -> None:
    """Columns beside a tall product hold no prop: no strong upright edge in the middle."""
    rgb = plate(stage).mean(axis=2)
    low, high = int(0.3 * stage.height), int(0.55 * stage.height)
    middle = rgb[low:high, int(0.38 * stage.width) : int(0.62 * stage.width)]
    assert np.abs(np.diff(middle, axis=1)).mean() < 6


def test_there_are_enough_of_enough_styles_and_they_are_small() -> None:
    assert len(STAGES) >= 40
    assert len({each.style for each in STAGES}) >= 14
    assert sum(plate_path(each).stat().st_size for each in STAGES) <= 25_000_000
    kinds = [each.kind for each in STAGES]
    assert kinds.count("flat_lay") >= 4
    assert kinds.count("hanging") >= 3
    assert kinds.count("folded") >= 2


def test_at_least_fourteen_differ_in_what_is_built_and_how_it_is_lit() -> None:
    """Colours do not count: what is compared is where things are and where light comes from."""
    built = {
        (
            each.kind,
            each.pitch,
            each.fov,
            round(each.floor_line, 2),
            each.podium and (round(each.podium.width, 2), round(each.podium.front, 2)),
            tuple(round(part, 1) for part in each.light.towards),
        )
        for each in STAGES
    }
    assert len(built) >= 14


def test_plates_of_different_styles_look_different() -> None:
    """Nearly all by the 12 bits that eight pictures of a product must differ by, none by few."""
    hashes = [(each, perceptual_hash(plate(each))) for each in STAGES if each.kind == "standing"]
    apart = [
        distance(one, other)
        for (first, one), (second, other) in itertools.combinations(hashes, 2)
        if first.style != second.style
    ]
    assert min(apart) >= 4
    assert np.mean([each >= 12 for each in apart]) >= 0.95


def test_podiums_come_narrow_and_wide() -> None:
    widths = [each.podium.width for each in STAGES if each.podium is not None]
    assert min(widths) < 0.5
    assert max(widths) > 0.75
