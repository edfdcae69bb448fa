import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.studio.lettering import contrast
from zhanggui.studio.pictures import Box

BOX = Box(20, 20, 80, 60)
COLOUR = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


def plain(colour: tuple[int, int, int]) -> np.ndarray:
    return np.full((80, 100, 3), colour, np.uint8)


def test_ratios_are_those_of_wcag() -> None:
    assert contrast.ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast.ratio((255, 255, 255), (118, 118, 118)) == pytest.approx(4.54, abs=0.01)
    assert contrast.ratio((255, 0, 0), (255, 255, 255)) == pytest.approx(3.998, abs=0.01)


def test_a_bright_corner_counts_as_the_whole() -> None:
    page = plain((10, 10, 10))
    assert contrast.behind(page, BOX, contrast.WHITE) > 15
    page[20:60, 70:80] = 250
    assert contrast.behind(page, BOX, contrast.WHITE) < 1.2


@given(COLOUR)
def test_on_a_plain_ground_some_ink_always_reads(colour: tuple[int, int, int]) -> None:
    ink = contrast.ink_for(plain(colour), BOX)
    assert ink is not None
    assert contrast.ratio(ink, colour) >= 4.49


@given(COLOUR, COLOUR)
def test_a_toned_colour_reads(colour: tuple[int, int, int], ground: tuple[int, int, int]) -> None:
    assert contrast.ratio(contrast.toned(colour, ground), ground) >= 4.4


def test_a_colour_that_reads_is_left_as_it_is() -> None:
    assert contrast.toned((150, 0, 0), (255, 255, 255)) == (150, 0, 0)


def test_a_scrim_makes_white_read_on_noise_and_leaves_what_it_must_not_touch() -> None:
    page = np.random.default_rng(1).integers(0, 256, (80, 100, 3), dtype=np.uint8)
    keep = np.zeros((80, 100), np.uint8)
    keep[:, 85:] = 255
    before = page.copy()
    assert contrast.scrim(page, BOX, contrast.WHITE, keep=keep) >= contrast.ENOUGH
    assert np.array_equal(page[:, 85:], before[:, 85:])
    assert contrast.behind(page, BOX, contrast.WHITE) >= contrast.ENOUGH


def test_a_scrim_is_not_laid_where_it_reads_already() -> None:
    page = plain((20, 20, 20))
    contrast.scrim(page, BOX, contrast.WHITE)
    assert (page == 20).all()


def test_a_box_outside_the_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="no pixel"):
        contrast.behind(plain((0, 0, 0)), Box(200, 0, 210, 10), contrast.WHITE)
