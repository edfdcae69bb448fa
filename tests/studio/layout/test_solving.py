from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.base.errors import Invalid
from zhanggui.studio.layout import Solved, layout, layouts, solve
from zhanggui.studio.layout.blocks import Words
from zhanggui.studio.layout.solving import Corner, _cheapest, _Option
from zhanggui.studio.pictures import Box, Size

NO_MARK: dict[Corner, Box] = {"top_right": Box(0, 0, 0, 0)}
SQUARE = Size(800, 800)


def words(headline: Sequence[str] = ("好好吃饭",)) -> dict[str, Sequence[Words]]:
    return {
        "headline": headline,
        "sub": ["高温白瓷，1300℃烧成"],
        "points": [("釉下装饰", "微波炉可用"), ("釉下装饰",)],
        "price": [("¥26", "¥39", "到手价"), ("¥26", "", "")],
        "brand": ["月下"],
        "badge": ["新品"],
        "coupon": ["满199减20"],
        "name": ["山月饭碗"],
        "specs": [(("材质", "白瓷"), ("口径", "11.5cm"))],
        "checks": [(("材质", "白瓷"), ("口径", "11.5cm"))],
    }


def boxes(solved: Solved) -> list[tuple[float, float, float, float]]:
    return [
        (each.x, each.y, each.x + each.setting.width, each.y + each.setting.height)
        for placed in solved.placed
        for each in placed.block.pieces
        if each.group is None
    ]


def size_of(solved: Solved, slot: str) -> float:
    return next(each.block.size for each in solved.placed if each.slot.id == slot)


@pytest.mark.parametrize("name", sorted(layouts()))
@pytest.mark.parametrize("size", [SQUARE, Size(750, 1000), Size(1080, 1920)])
def test_nothing_touches_and_all_is_inside(name: str, size: Size) -> None:
    for seed in range(3):
        solved = solve(layout(name), words(), size, (3, 4), marks=NO_MARK, seed=seed)
        found = boxes(solved)
        for at, one in enumerate(found):
            assert one[0] >= 0
            assert one[1] >= 0
            assert one[2] <= size.width
            assert one[3] <= size.height
            others = [*found[:at], tuple(map(float, solved.product))]
            for other in others:
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert across <= 0.5 or down <= 0.5, (name, one, other)


def test_a_longer_headline_is_set_smaller() -> None:
    short = solve(layout("campaign"), words(), SQUARE, (1, 1), marks=NO_MARK)
    long = words(["把周末过慢一点，和一只好用的马克杯一起，坐下来晒晒太阳"])
    solved = solve(layout("campaign"), long, SQUARE, (1, 1), marks=NO_MARK)
    assert size_of(solved, "headline") < size_of(short, "headline")


def test_where_there_is_no_room_the_shorter_wording_is_taken() -> None:
    long = "把周末过慢一点" * 6
    solved = solve(layout("price"), words([long, "慢一点"]), SQUARE, (1, 1), marks=NO_MARK)
    said = [piece.text for each in solved.placed for piece in each.block.pieces]
    assert "慢一点" in said
    assert long not in said


def test_what_matters_less_is_dropped_before_what_matters_more() -> None:
    said = words(["把周末过慢一点，和一只好用的马克杯一起坐下来晒晒太阳"])
    said["sub"] = ["一句很长很长的话，说了许多别的事情，因此怎么也放不进这里来，" * 3]
    solved = solve(layout("campaign"), said, SQUARE, (1, 1), marks=NO_MARK)
    assert "sub" in solved.dropped
    assert {"headline", "price"} <= {each.slot.id for each in solved.placed}


def test_what_cannot_fit_is_refused_and_not_cut() -> None:
    with pytest.raises(Invalid) as fault:
        solve(layout("campaign"), words(["长" * 900]), SQUARE, (1, 1), marks=NO_MARK)
    assert fault.value.where == "headline"


@pytest.mark.parametrize("name", sorted(layouts()))
def test_the_place_of_the_ai_mark_stays_free(name: str) -> None:
    mark = Box(564, 688, 774, 774)
    solved = solve(layout(name), words(), SQUARE, (3, 4), marks={"bottom_right": mark})
    assert not solved.product.overlaps(mark)
    for left, top, right, bottom in boxes(solved):
        assert not Box(int(left), int(top), int(right), int(bottom)).overlaps(mark)


def test_the_same_seed_arranges_the_same_and_seeds_differ() -> None:
    def arranged(seed: int) -> str:
        return solve(
            layout("feature"), words(), SQUARE, (3, 4), marks=NO_MARK, seed=seed
        ).arrangement

    assert arranged(4) == arranged(4)
    assert len({arranged(seed) for seed in range(12)}) > 1


OPTIONS = st.lists(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4),
    min_size=1,
    max_size=4,
)


@given(OPTIONS, st.integers(0, 25))
def test_the_knapsack_is_solved_exactly(told: list[list[tuple[int, int]]], room: int) -> None:
    several = [[_Option(float(a), float(b), None) for a, b in each] for each in told]
    fitting = [
        sum(each.cost for each in chosen)
        for chosen in product(*several)
        if sum(each.length for each in chosen) <= room
    ]
    found = _cheapest(several, float(room))
    if found is None:
        assert not fitting
    else:
        assert sum(each.length for each in found) <= room
        assert sum(each.cost for each in found) == min(fitting)
