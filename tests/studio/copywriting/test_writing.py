"""Copy is written of facts alone, differs from take to take, and is the same for the same seed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.studio.copywriting._goods import BARE, CREAM, DRESS, MUG, STRANGE, demo_goods, facts
from zhanggui.studio.copywriting import grounded, lines_of, write
from zhanggui.studio.copywriting.takes import NOTE_TITLE, TITLE_BYTES
from zhanggui.studio.facts import Facts

GOODS = [MUG, DRESS, CREAM, BARE, STRANGE]


@pytest.mark.parametrize("known", GOODS, ids=lambda each: each.title)
def test_every_line_is_grounded_and_lawful(known: Facts) -> None:
    for take in write(known, seed=4).takes:
        assert [line for line in lines_of(take) if grounded(line, known)] == []


def test_titles_fit_and_name_the_product() -> None:
    for known in demo_goods()[::7]:
        for title in write(known, seed=1).titles:
            assert len(title.encode("gbk")) <= TITLE_BYTES
            assert known.title in title


def test_a_title_never_repeats_a_word_group() -> None:
    for title in write(MUG, seed=2, takes=4).titles:
        pieces = title.split()
        assert len(set(pieces)) == len(pieces)
        assert title.count("马克杯") == 1


def test_takes_differ_and_the_same_seed_writes_the_same() -> None:
    first, again, other = write(MUG, seed=4), write(MUG, seed=4), write(MUG, seed=5)
    assert first == again
    assert first != other
    assert len(set(first.titles)) == 3
    bodies = [{point.body for point in take.points} for take in first.takes]
    assert not bodies[0] & bodies[1]


def test_points_are_five_at_most_and_say_nothing_twice() -> None:
    points = write(MUG, seed=4).first.points
    assert len(points) == 5
    assert len({point.rests_on for point in points}) == 5
    assert all(point.rests_on and len(point.head) <= 12 for point in points)


def test_fewer_facts_make_fewer_words() -> None:
    bare = write(BARE, seed=4).first
    assert bare.points == ()
    assert sum(map(len, lines_of(bare))) < sum(map(len, lines_of(write(MUG, seed=4).first))) / 2


def test_what_a_product_is_not_for_is_said_beforehand() -> None:
    take = write(MUG, seed=4).first
    warned = "".join(line.text for line in take.cautions)
    assert "烤箱" in warned
    assert "明火" in warned
    assert not any("烤箱" in point.head for point in take.points)


def test_the_note_fits_and_the_script_is_timed_without_gaps() -> None:
    for take in write(DRESS, seed=3).takes:
        assert len(take.note.title) <= NOTE_TITLE
        assert [part.start for part in take.script[1:]] == [part.end for part in take.script[:-1]]
        assert take.script[0].start == 0


def test_a_price_is_told_exactly_and_only_where_there_is_one() -> None:
    priced = "".join(lines_of(write(MUG, seed=4).first))
    assert "59元" in priced
    unpriced = write(MUG.model_copy(update={"price_fen": None}), seed=4).first
    assert "元" not in "".join(lines_of(unpriced))


def test_measure_words_agree_with_nouns() -> None:
    assert "这条连衣裙" in "".join(lines_of(write(DRESS, seed=1, takes=4).first)) + "".join(
        line for take in write(DRESS, seed=1, takes=4).takes for line in lines_of(take)
    )
    said = "".join(line for take in write(MUG, seed=1, takes=4).takes for line in lines_of(take))
    assert "件马克杯" not in said


def test_an_unlawful_line_is_written_otherwise_or_dropped() -> None:
    def strict(text: str) -> tuple[str, ...]:
        return ("绝对化",) if "粗陶" in text and "马克杯" not in text else ()

    copy = write(MUG, seed=4, lawful=strict)
    assert any("绝对化" in each for each in copy.dropped)
    for take in copy.takes:
        assert not [line for line in lines_of(take) if strict(line)]


def test_the_merchants_own_points_lead_unless_they_claim_too_much() -> None:
    known = MUG.model_copy(update={"points": ("杯口外翻，喝水不烫嘴。", "杯底有一圈防滑纹。")})
    points = write(known, seed=4).first.points
    assert [point.body for point in points[:2]] == ["杯口外翻，喝水不烫嘴。", "杯底有一圈防滑纹。"]


def test_copy_reads_as_one_page() -> None:
    page = write(MUG, seed=4).as_markdown()
    assert page.count("# 第 ") == 3
    assert "粗陶马克杯" in page


_names = st.sampled_from(
    ["材质", "颜色", "容量", "微波炉", "功能", "洗涤", "防水", "适合", "质保", "口味", "奇怪的名字"]
)
_values = st.sampled_from(
    [
        *("有", "无", "不可以", "支持", "可以，盖子也能进", "316不锈钢", "≤36dB", "约8分钟(220V)"),
        *("不防水,吸水快干", "", "，", "1.7L", "棉65% 聚酯纤维35%", "一个特别长的值" * 9),
        *("12×8×3cm", "1,299", "😀"),
    ]
)


@settings(max_examples=25, deadline=None)
@given(
    st.text(max_size=40),
    st.sampled_from([None, "女装", "杯子", "🙂/未知"]),
    st.dictionaries(_names, _values, max_size=8),
    st.integers(0, 10),
)
def test_any_facts_are_written_of_within_the_limits(
    title: str, category: str | None, attributes: dict[str, str], seed: int
) -> None:
    known = Facts(product_id="x", title=title, category=category, attributes=attributes)
    for take in write(known, seed=seed, takes=2).takes:
        assert len(take.title.text.encode("gbk", "replace")) <= TITLE_BYTES
        assert len(take.note.title) <= NOTE_TITLE
        assert len(take.points) <= 5
        assert not [line for line in lines_of(take) if grounded(line, known)]


def test_a_stuffed_title_is_called_by_its_noun() -> None:
    known = facts("手冲咖啡壶细口壶不锈钢家用挂耳冲泡壶办公室便携", "咖啡壶", 材质="304不锈钢")
    title = write(known, seed=1).titles[0]
    assert title.startswith("手冲咖啡壶")


def test_the_rules_of_its_trade_are_held() -> None:
    known = CREAM.model_copy(update={"points": ("全网最好的面霜，三天祛斑。", "质地轻薄。")})
    copy = write(known, seed=4)
    assert any("最好" in each for each in copy.dropped)
    assert not [line for take in copy.takes for line in lines_of(take) if "最好" in line]
