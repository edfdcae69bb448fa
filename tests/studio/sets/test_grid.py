"""Nine pictures of one set, and one picture cut in nine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.studio.sets._goods import FACTS, copy, still, views
from zhanggui.studio.copywriting import write
from zhanggui.studio.facts import Facts
from zhanggui.studio.lettering import contrast
from zhanggui.studio.pictures import Box, Size
from zhanggui.studio.sets import Drawn, cutting_up, grid


def _is_well_set(drawn: Drawn) -> None:
    height, width = drawn.picture.shape[:2]
    boxes = [Box(*text.box) for text in drawn.texts]
    for place, box in enumerate(boxes):
        assert Box(0, 0, width, height).holds(box)
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])
    assert all(text.contrast and text.contrast >= contrast.ENOUGH for text in drawn.texts)
    if drawn.box is not None and drawn.name in ("hero", "price", "angle"):
        assert not any(box.overlaps(drawn.box) for box in boxes)


def test_nine_of_one_manner() -> None:
    made = grid.make(FACTS, copy(), views(), [still(), still()])
    assert len(made) == 9
    assert [drawn.name for drawn in made].count("scene") == 2
    assert {"hero", "point", "spec", "price", "care"} <= {drawn.name for drawn in made}
    numbers = [next(t.text for t in drawn.texts if t.slot == "number") for drawn in made]
    assert numbers == [f"{place:02d}" for place in range(1, 10)]
    for drawn in made:
        assert drawn.picture.shape == (800, 800, 3)
        _is_well_set(drawn)
    price = next(drawn for drawn in made if drawn.name == "price")
    assert "¥59.50" in [text.text for text in price.texts]


def test_without_price_care_or_scenes_other_sides_take_their_places() -> None:
    bare = Facts(product_id="x", title="花瓶", attributes={"材质": "玻璃"})
    made = grid.make(bare, write(bare), views())
    assert len(made) == 9
    assert not {"price", "care", "scene"} & {drawn.name for drawn in made}


def test_the_same_input_gives_the_same_pixels() -> None:
    one, two = (grid.make(FACTS, copy(), views(), [still()]) for _ in range(2))
    for first, second in zip(one, two, strict=True):
        assert np.array_equal(first.picture, second.picture)
        assert first.texts == second.texts


def test_a_scene_keeps_its_affine_through_the_crop() -> None:
    made = grid.make(FACTS, copy(), views(), [still()])
    drawn = next(each for each in made if each.name == "scene")
    assert drawn.affine is not None
    assert drawn.box is not None
    (a, _, c), (_, e, f) = drawn.affine
    assert a == pytest.approx(e, rel=0.01)
    # The left upper corner of the product in its frame comes where the box begins.
    assert (a * 130 + c, e * 110 + f) == pytest.approx((drawn.box.left, drawn.box.top), abs=3)


def test_cut_in_nine_the_pieces_are_one_picture() -> None:
    pieces = cutting_up.make(FACTS, copy(), views()[0], size=Size(300, 300))
    assert [piece.picture.shape for piece in pieces] == [(300, 300, 3)] * 9
    for piece in pieces:
        _is_well_set(piece)
    said = [text.text for piece in pieces for text in piece.texts]
    assert "¥59.50" in said
    middle = pieces[4]
    assert middle.affine is not None
    assert middle.box == Box(0, 0, 300, 300) or middle.box is not None


_words = st.text("一二三四杯碗慢光好用家的，abc123%", min_size=1, max_size=40)


@settings(max_examples=5, deadline=None)
@given(_words, _words, _words, st.integers(1, 99_999_999))
def test_any_words_are_set_without_overlap(title: str, name: str, value: str, fen: int) -> None:
    known = Facts(
        product_id="x", title=title, brand=name[:12], price_fen=fen,
        attributes={name: value, "材质": value, "洗涤": value},
    )  # fmt: skip
    for drawn in grid.make(known, write(known, takes=1), views(1), size=Size(320, 320)):
        _is_well_set(drawn)
        if drawn.name == "price":
            assert [text for text in drawn.texts if text.slot == "price"]
