import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.studio.facts import Facts
from zhanggui.studio.posters import PosterWords, from_facts, money, plan

MUG = Facts(
    product_id="mug",
    title="山野粗陶马克杯 手作陶瓷咖啡杯",
    brand="山野",
    price_fen=6900,
    was_fen=9900,
    attributes={"材质": "陶瓷", "颜色": ["雾蓝", "米白"], "空": None},
    points=("釉面自然流淌。", "杯口收圆"),
)


@pytest.mark.parametrize(
    ("fen", "written"), [(5900, "¥59"), (5990, "¥59.9"), (5995, "¥59.95"), (5, "¥0.05"), (0, "¥0")]
)
def test_money_is_written_as_shops_write_it(fen: int, written: str) -> None:
    assert money(fen) == written


@given(st.integers(0, 10**9))
def test_money_says_every_fen(fen: int) -> None:
    yuan, _, rest = money(fen).removeprefix("¥").partition(".")
    assert int(yuan) * 100 + int((rest + "00")[:2]) == fen


def test_words_come_from_the_facts_without_the_former_price() -> None:
    words = from_facts(MUG)
    assert words.headline[0] == "釉面自然流淌"
    assert words.points == ("杯口收圆",)
    assert words.specs == (("材质", "陶瓷"), ("颜色", "雾蓝、米白"))
    assert words.price_fen == 6900
    assert words.was_fen is None


def test_what_is_not_said_is_not_there() -> None:
    assert set(PosterWords(headline=("好好吃饭",), coupon=" ").said()) == {"headline"}


def test_fewer_points_and_a_bare_price_are_shorter_wordings() -> None:
    said = PosterWords(
        points=("一", "二", "三"), price_fen=100, was_fen=200, price_label="到手价"
    ).said()
    assert list(said["points"]) == [("一", "二", "三"), ("一", "二")]
    assert list(said["price"])[-1] == ("¥1", "", "")


def test_a_set_takes_other_layouts_and_only_those_with_their_words() -> None:
    taken = plan(MUG, 4, 7)
    assert len(set(taken)) == 4
    assert "coupon" not in plan(MUG, 9, 7)
    assert plan(MUG, 4, 7) == taken


def test_a_feast_and_a_coupon_are_heeded() -> None:
    given_both = MUG.model_copy(update={"campaign": "年货节", "coupon": "满199减20"})
    assert plan(given_both, 1, 1) == ("festive",)
    assert "coupon" in plan(given_both, 4, 1)


def test_without_any_words_there_is_no_layout() -> None:
    assert plan(Facts(product_id="x"), 4, 0) == ()
