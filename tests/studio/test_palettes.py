from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from zhanggui.studio.brand import DEFAULT, Brand
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.lettering.contrast import ratio
from zhanggui.studio.palettes import Scheme, Share, palette, product_colours

COLOUR = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


def cutout() -> Cutout:
    rgb = np.full((80, 80, 3), (30, 90, 170), np.uint8)
    rgb[:20] = (230, 200, 40)
    alpha = np.full((80, 80), 255, np.uint8)
    alpha[:, :10] = 0
    return Cutout(rgb, alpha, 1.0, "alpha")


def test_the_products_colours_are_found_with_their_shares() -> None:
    first, second = product_colours(cutout(), count=2)[:2]
    assert np.abs(np.array(first.colour) - (30, 90, 170)).max() <= 3
    assert first.share == pytest.approx(0.75, abs=0.05)
    assert np.abs(np.array(second.colour) - (230, 200, 40)).max() <= 3


def test_the_same_seed_finds_the_same_colours() -> None:
    assert product_colours(cutout(), seed=3) == product_colours(cutout(), seed=3)


def test_an_empty_cutout_is_grey() -> None:
    nothing = Cutout(np.zeros((9, 9, 3), np.uint8), np.zeros((9, 9), np.uint8), 0.0, "none")
    assert product_colours(nothing) == (Share((128, 128, 128), 1.0),)


@given(st.sampled_from(get_args(Scheme)), COLOUR, st.floats(-20, 20))
def test_type_reads_on_every_palette(
    scheme: Scheme, colour: tuple[int, int, int], turn: float
) -> None:
    look = palette(scheme, DEFAULT, (Share(colour, 1.0),), turn)
    for ground in (look.ground, look.other):
        for ink in (look.ink, look.muted, look.accent):
            assert ratio(ink, ground) >= 4.4
    assert ratio(look.on_accent, look.accent) >= 4.4
    assert ratio(look.on_panel, look.panel) >= 7


def test_the_brands_colour_leads() -> None:
    green = palette("deep", Brand(colours=("#0a7d3c",)), (Share((200, 30, 30), 1.0),))
    assert green.ground[1] > green.ground[0]


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValidationError):
        Brand(colours=("green",))
