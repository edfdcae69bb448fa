import pytest
from pydantic import ValidationError

from zhanggui.base.errors import NotFound
from zhanggui.studio.layout import layout, layouts
from zhanggui.studio.layout.model import Layout, Slot
from zhanggui.studio.posters.grounds import GROUNDS


def test_the_layouts_of_the_package() -> None:
    wanted = {"campaign", "price", "feature", "comparison", "spec", "coupon", "new", "festive"}
    assert wanted <= set(layouts())


@pytest.mark.parametrize("name", sorted(layouts()))
def test_each_suits_every_channel_in_several_ways(name: str) -> None:
    found = layouts()[name]
    for ratio in (1.0, 0.75, 0.5625, 1.2):
        suited = [each for each in found.arrangement if each.aspect[0] <= ratio <= each.aspect[1]]
        assert suited, ratio
    assert len(found.arrangement) >= 3
    assert set(found.grounds) <= set(GROUNDS)


@pytest.mark.parametrize("name", sorted(layouts()))
def test_no_zone_touches_the_product_or_another_zone(name: str) -> None:
    def touch(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        return across > 1e-9 and down > 1e-9

    for each in layouts()[name].arrangement:
        boxes = [each.product, *(zone.box for zone in each.zones)]
        pairs = [(a, b) for at, a in enumerate(boxes) for b in boxes[:at]]
        assert not any(touch(*pair) for pair in pairs), each.id


def test_an_unknown_layout_is_told_with_those_there_are() -> None:
    with pytest.raises(NotFound) as fault:
        layout("baroque")
    assert fault.value.hint is not None
    assert "campaign" in fault.value.hint.en


def test_a_layout_whose_zone_names_no_slot_is_refused() -> None:
    told = layouts()["quiet"].model_dump()
    told["slot"] = [slot for slot in told["slot"] if slot["id"] != "headline"]
    with pytest.raises(ValidationError, match="unknown"):
        Layout.model_validate(told)


def test_sizes_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValidationError, match="smallest"):
        Slot(id="a", holds="headline", ideal=3, smallest=4)
