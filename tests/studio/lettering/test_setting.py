import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.studio.lettering import Style, fit, measure

BOLD = Style("sans", "bold")


def test_widths_grow_with_the_size() -> None:
    small, large = measure("茶杯 Cup 12", BOLD, 20), measure("茶杯 Cup 12", BOLD, 60)
    assert large.width == pytest.approx(3 * small.width)


def test_the_largest_size_that_fits_is_taken() -> None:
    setting = fit("好茶好水", BOLD, (400, 100), smallest=20, largest=200)
    assert setting is not None
    assert setting.lines == ("好茶好水",)
    assert setting.size == 100


def test_a_text_is_broken_where_that_makes_it_larger() -> None:
    setting = fit("好茶好水", BOLD, (200, 400), smallest=20, largest=200)
    assert setting is not None
    assert setting.lines == ("好茶", "好水")
    assert setting.size == 100


def test_what_does_not_fit_is_told() -> None:
    assert fit("¥1299.90", BOLD, (60, 400), smallest=20, largest=200) is None
    assert fit("好茶好水好杯", BOLD, (200, 400), smallest=50, largest=99, most_lines=1) is None


def test_nothing_to_set_does_not_fit() -> None:
    assert fit(" ", BOLD, (100, 100), smallest=5, largest=9) is None
    assert measure("", BOLD, 20).lines == ()


def test_a_centred_line_leaves_out_the_empty_half_of_its_last_mark() -> None:
    centred = Style("sans", "bold", align="centre")
    setting = measure("好茶，\n好水", centred, 100)
    assert setting.indents[0] > (setting.width - setting.widths[0]) / 2


def test_tracking_widens() -> None:
    assert measure("上新", Style(tracking=0.5), 100).width == pytest.approx(250, rel=1e-4)


@given(
    st.text("茶杯水一二三，。¥0123456789 abcgy", min_size=1, max_size=40).filter(str.strip),
    st.integers(100, 500),
    st.integers(40, 300),
)
def test_what_fits_lies_within_its_room(text: str, width: int, height: int) -> None:
    setting = fit(text, BOLD, (width, height), smallest=8, largest=80)
    if setting is not None:
        assert setting.width <= width + 0.01
        assert setting.height <= height + 0.01
