import numpy as np
import pytest

from zhanggui.studio.lettering import Style, draw, measure
from zhanggui.studio.lettering.fonts import Family, Weight, has
from zhanggui.studio.pictures import Box

FACES: list[tuple[Family, Weight]] = [
    ("sans", "regular"),
    ("sans", "bold"),
    ("sans", "black"),
    ("serif", "regular"),
    ("serif", "bold"),
    ("serif", "black"),
]


def white() -> np.ndarray:
    return np.full((300, 900, 3), 255, np.uint8)


@pytest.mark.parametrize("face", FACES)
def test_ink_stays_in_its_block_and_is_where_it_is_said_to_be(face: tuple[Family, Weight]) -> None:
    page = white()
    setting = measure("骨直刃角，éAgjy（¥19.9）", Style(*face), 60)
    box = draw(page, setting, (40, 30), (0, 0, 0))
    dark = np.argwhere(page.min(axis=2) < 236)
    assert (dark[:, 1].min(), dark[:, 0].min()) == (box.left, box.top)
    assert (dark[:, 1].max() + 1, dark[:, 0].max() + 1) == (box.right, box.bottom)
    block = Box(37, 26, round(43 + setting.width), round(34 + setting.height))
    assert block.holds(box)


def test_the_same_text_gives_the_same_pixels() -> None:
    one, other = white(), white()
    for page in (one, other):
        draw(page, measure("慢慢来", Style("serif", "bold"), 80), (10, 10), (200, 30, 30))
    assert np.array_equal(one, other)


def test_heavier_type_has_more_ink() -> None:
    ink = {}
    for family, weight in FACES:
        page = white()
        draw(page, measure("一杯好茶", Style(family, weight), 80), (10, 10), (0, 0, 0))
        ink[family, weight] = int((255 - page.astype(int)).sum())
    for family in ("sans", "serif"):
        assert ink[family, "regular"] < 0.9 * ink[family, "bold"]
        assert ink[family, "bold"] < 0.95 * ink[family, "black"]


def test_a_struck_price_has_a_line_through_it() -> None:
    page = white()
    draw(page, measure("¥1 1", Style(struck=True), 80), (10, 10), (0, 0, 0))
    middle = page[10 + round((0.88 - 0.36) * 80), 20:110, 0]
    assert (middle < 128).all()


def test_simplified_forms_are_called_up_in_the_traditional_cut() -> None:
    """The traditional 、 stands in the middle of its em; the simplified one at the lower left."""
    page = white()
    box = draw(page, measure("、", Style("sans", "black"), 100), (0, 0), (0, 0, 0))
    assert box.right < 45
    assert box.top > 50


def test_drawn_over_the_edge_it_is_cut_and_nothing_breaks() -> None:
    page = white()
    assert draw(page, measure("茶", Style(), 100), (870, 250), (0, 0, 0)).right == 900
    assert draw(page, measure("茶", Style(), 100), (2000, 0), (0, 0, 0)) == Box(0, 0, 0, 0)


def test_every_font_has_what_posters_say() -> None:
    for family, weight in FACES:
        assert has(family, weight) >= set(map(ord, "¥￥%℃×·—…“”（）【】满减券包邮新品特惠"))
