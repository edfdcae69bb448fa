from functools import lru_cache

import cv2
import numpy as np
import pytest

from zhanggui.ai.marking import visible
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.layout import layouts
from zhanggui.studio.pictures import Box, Size
from zhanggui.studio.posters import Drawn, PosterWords, draw

SMALL = Size(400, 400)
WORDS = PosterWords(
    headline=("一锅好汤，慢慢炖出来", "好好吃饭"),
    sub=("高温白瓷，1300℃烧成",),
    points=("釉下装饰，不含釉上彩", "微波炉、洗碗机可用"),
    name="山月饭碗",
    brand="月下",
    badge="新品",
    price_fen=2690,
    was_fen=3900,
    price_label="到手价",
    coupon="满199减20",
    specs=(("材质", "高温白瓷"), ("口径", "11.5cm"), ("容量", "300ml")),
    checks=(("材质", "高温白瓷"), ("口径", "11.5cm")),
)


@lru_cache(maxsize=1)
def jar() -> Cutout:
    """A striped jar, so that a shift of its pixels is seen."""
    rgb = np.full((500, 400, 3), 200, np.uint8)
    rgb[::20, :, 0] = 90
    rgb[:, ::25, 2] = 60
    alpha = np.zeros((500, 400), np.uint8)
    cv2.ellipse(alpha, (200, 260), (120, 190), 0, 0, 360, 255, -1, cv2.LINE_AA)
    return Cutout(rgb, alpha, 1.0, "alpha")


def poster(layout: str, size: Size = SMALL, seed: int = 0) -> Drawn:
    return draw(jar(), WORDS, layout, size, seed=seed)


@pytest.mark.parametrize("size", [Size(400, 400), Size(375, 500), Size(360, 640)])
@pytest.mark.parametrize("name", sorted(layouts()))
def test_texts_touch_nothing_and_read(name: str, size: Size) -> None:
    for seed in (1, 2):
        drawn = poster(name, size, seed)
        mark = visible.badge(*size, drawn.corner)
        boxes = [Box(mark.x, mark.y, mark.x + mark.image.width, mark.y + mark.image.height)]
        assert not boxes[0].overlaps(drawn.box)
        for text in drawn.texts:
            box = Box(*text.box)
            assert Box(0, 0, *size).holds(box)
            assert not any(box.overlaps(each) for each in boxes), text.text
            assert not (drawn.mask[box.top : box.bottom, box.left : box.right] > 25).any()
            assert text.contrast is not None
            assert text.contrast >= 4.5, text
            boxes.append(box)


def test_the_price_is_there_to_the_fen_and_the_former_one_struck() -> None:
    drawn = poster("price")
    said = {text.slot: text.text for text in drawn.texts}
    assert said["price"] == "¥26.9"
    assert said["was"] == "¥39"


def test_a_former_price_that_is_no_higher_is_not_shown() -> None:
    words = WORDS.model_copy(update={"was_fen": 2690})
    drawn = draw(jar(), words, "price", Size(400, 400))
    assert "was" not in {text.slot for text in drawn.texts}


def test_the_product_keeps_its_pixels() -> None:
    """Warped back by the affine, the poster's pixels are the frame's."""
    drawn = poster("campaign", Size(800, 800))
    inverse = cv2.invertAffineTransform(np.array(drawn.affine))
    back = cv2.warpAffine(drawn.picture, inverse, (400, 500), flags=cv2.INTER_LINEAR)
    inner = cv2.erode(jar().alpha, np.ones((15, 15), np.uint8)) == 255
    assert np.abs(back[inner].astype(int) - jar().rgb[inner]).mean() < 12
    (a, b, _), (c, d, _) = drawn.affine
    assert a == d
    assert b == c == 0


def test_what_is_drawn_is_what_the_layout_was_given() -> None:
    given = {*WORDS.headline, *WORDS.sub, *WORDS.points, "山月饭碗", "月下", "新品", "满199减20"}
    given |= {"到手价", "¥26.9", "¥39", "优惠券", *(each for row in WORDS.specs for each in row)}
    for name in layouts():
        assert {text.text for text in poster(name).texts} <= given


def test_the_same_seed_gives_the_same_picture_and_another_another() -> None:
    assert np.array_equal(poster("campaign", seed=5).picture, poster("campaign", seed=5).picture)
    looks = {
        (each.style, each.arrangement) for each in (poster("campaign", seed=s) for s in range(8))
    }
    assert len(looks) >= 3
