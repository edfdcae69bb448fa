from hypothesis import given
from hypothesis import strategies as st

from zhanggui.studio.lettering import Style, measure
from zhanggui.studio.lettering.breaking import atoms, joined

BODY = Style("sans", "regular")


def lines(text: str, letters: float) -> tuple[str, ...]:
    return measure(text, BODY, 40, letters * 40).lines


def parts(text: str) -> list[str]:
    return [part.text for part in atoms(text)]


def test_a_number_keeps_its_unit() -> None:
    assert parts("满300元减40元") == ["满", "300元", "减", "40元"]
    assert parts("容量500ml") == ["容", "量", "500ml"]
    assert parts("24小时保温") == ["24小时", "保", "温"]
    assert parts("规格20×30cm") == ["规", "格", "20×30cm"]


def test_a_price_is_one_part() -> None:
    assert parts("到手¥1,299.90起") == ["到", "手", "¥1,299.90起"]
    assert "￥59.90" in parts("只要￥59.90")


def test_closing_marks_hang_on_and_opening_ones_lead() -> None:
    assert parts("好（很好）。") == ["好", "（很", "好）。"]
    assert parts("“好”") == ["“好”"]


def test_dashes_and_ellipses_of_two_stay_together() -> None:
    assert parts("等……他") == ["等……", "他"]
    assert parts("茶——水") == ["茶——", "水"]


def test_latin_words_stay_whole_and_spaces_separate() -> None:
    assert parts("Type C 快充") == ["Type", "C", "快", "充"]
    assert lines("Type-C 快充 PD3.0", 4) == ("Type-C", "快充", "PD3.0")


def test_a_joint_of_latin_words_may_part() -> None:
    assert parts("coffee/tea") == ["coffee/", "tea"]
    assert parts("1/2") == ["1/2"]


def test_no_character_is_left_alone() -> None:
    assert all(len(line) > 1 for line in lines("把好茶带回家去喝", 7))
    assert lines("把好茶带回家去喝", 7) != ("把好茶带回家去", "喝")


def test_lines_are_even_and_end_at_a_comma_rather_than_in_a_word() -> None:
    assert lines("一杯好茶，慢慢来喝", 6) == ("一杯好茶，", "慢慢来喝")


def test_a_given_line_break_is_kept() -> None:
    assert measure("夏日\n上新", BODY, 40).lines == ("夏日", "上新")


TEXT = st.text("茶杯水一二三，。、！（）“”《》¥0123456789.% abcXYZ…—", min_size=1, max_size=60)


@given(TEXT, st.integers(6, 20))
def test_nothing_is_lost_and_no_line_begins_with_a_closing_mark(text: str, letters: int) -> None:
    setting = measure(text, BODY, 20, letters * 20)
    assert "".join("".join(setting.lines).split()) == "".join(text.split())
    for line in setting.lines[1:]:
        # A mark after a space stands by itself: somebody put it there.
        assert line[0] not in "，。、！）”》" or f" {line[0]}" in text or f"（{line[0]}" in text


@given(TEXT)
def test_parts_join_to_the_text(text: str) -> None:
    assert joined(atoms(text)).split() == text.split()
