"""Blocks into clauses: whole, short enough, nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.knowledge.documents.blocks import LIST, Block
from zhanggui.knowledge.documents.cutting import BETWEEN, LONGEST, Clause, cut, part


def texts(*blocks: Block) -> list[str]:
    return [clause.text for clause in cut(blocks)]


def item(text: str, label: str = "", depth: int = 0) -> Block:
    return Block("item", text, LIST + depth, label)


def test_a_clause_carries_the_headings_it_stands_under():
    found = cut(
        [
            Block("heading", "退换", 1),
            Block("heading", "退货", 2),
            Block("paragraph", "七天内可退。"),
            Block("heading", "换货", 2),
            Block("paragraph", "十五天内可换。"),
            Block("heading", level=1),
            Block("paragraph", "最终解释。"),
        ]
    )
    assert found == [
        Clause("退换 › 退货", "七天内可退。"),
        Clause("退换 › 换货", "十五天内可换。"),
        Clause("", "最终解释。"),
    ]


def test_a_heading_with_nothing_under_it_is_a_statement():
    found = cut([Block("heading", "包邮", 1), Block("heading", "满88元", 2)])
    assert found == [Clause("包邮", "满88元")]


def test_a_long_paragraph_is_parted_after_sentences():
    said = "".join(f"第{n}年内往返运费由本店承担，质保件免费更换。" for n in range(1, 31))
    found = texts(Block("paragraph", said))
    assert len(found) > 1
    assert all(text.endswith("。") and len(text) <= LONGEST for text in found)
    assert "".join(found) == said


def test_a_decimal_is_no_end_of_a_sentence():
    words = "The kettle holds 1.5 litres and weighs 0.9 kg. " * 8
    assert all(piece.endswith("kg.") for piece in part(words))


def test_items_are_told_with_the_line_that_leads_to_them():
    found = texts(
        Block("paragraph", "本店承诺。以下情况不予保修："),
        item("人为摔落"),
        item("进水"),
        item("未经本店同意自行拆开机身、改动线路或者更换非原装配件而引起的一切损坏。"),
        item("丢失"),
        Block("paragraph", "其余照常。"),
    )
    assert found == [
        "本店承诺。",
        "以下情况不予保修：\n人为摔落\n进水",
        "以下情况不予保修：未经本店同意自行拆开机身、改动线路或者更换非原装配件而引起的一切损坏。",
        "以下情况不予保修：\n丢失",
        "其余照常。",
    ]


def test_a_list_in_a_list_is_told_with_both_its_leads():
    found = texts(
        Block("paragraph", "不保："),
        item("人为损坏："),
        item("摔落", depth=1),
        item("进水", depth=1),
        item("过了质保期"),
    )
    assert found == ["不保：人为损坏：\n摔落\n进水", "不保：\n过了质保期"]


def test_many_short_items_are_told_in_several_clauses_each_with_the_lead():
    found = texts(Block("paragraph", "可选颜色："), *[item(f"第{n}号色") for n in range(60)])
    assert len(found) > 1
    assert all(text.startswith("可选颜色：") and len(text) <= LONGEST for text in found)


def test_numbered_steps_stay_together_and_numbered_sentences_apart():
    assert texts(item("申请售后", "1."), item("寄回商品", "2.")) == ["1. 申请售后\n2. 寄回商品"]
    sentences = [item("七天内可退。", "1."), item("十五天内可换。", "2.")]
    assert texts(*sentences) == ["七天内可退。", "十五天内可换。"]


def test_a_row_tells_each_value_with_its_column():
    row = Block("row", cells=(("尺码", "S"), ("胸围：", "88"), ("备注", "")))
    assert texts(row) == ["尺码：S；胸围：88"]


def test_a_row_too_long_for_a_clause_begins_each_with_its_name():
    row = Block("row", cells=(("部件", "电机"), ("说明", "质" * 150), ("备注", "保" * 300)))
    found = texts(row)
    assert len(found) == 4
    assert all(text.startswith("部件：电机；") and len(text) <= LONGEST for text in found)


def test_what_is_said_twice_is_told_once():
    twice = Block("paragraph", "七天内可退。")
    assert texts(twice, twice) == ["七天内可退。"]
    assert len(cut([twice, Block("heading", "换", 1), twice])) == 2


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)
prose = st.text(st.sampled_from("质保七天内可退。！；，、. a1\n“”（）："), min_size=1, max_size=700)
lines = st.one_of(words, prose)
blocks = st.lists(
    st.one_of(
        st.builds(Block, st.just("heading"), lines.map(lambda t: t[:80]), st.integers(0, 3)),
        st.builds(Block, st.just("paragraph"), lines),
        st.builds(
            Block, st.just("item"), lines, st.integers(LIST, LIST + 2), st.sampled_from(["", "1."])
        ),
        st.builds(
            Block,
            st.just("row"),
            cells=st.lists(st.tuples(lines.map(lambda t: t[:20]), lines), max_size=4).map(tuple),
        ),
    ),
    max_size=12,
)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(st.lists(lines, max_size=8))
def test_of_paragraphs_nothing_is_lost_or_invented(paragraphs):
    found = texts(*(Block("paragraph", text) for text in paragraphs))
    distinct: dict[str, None] = {}
    for text in paragraphs:
        distinct.update(dict.fromkeys(part(text)))
    assert found == list(distinct)
    for text in paragraphs:
        assert bare("".join(part(text))) == bare(text)


@given(blocks)
def test_whatever_the_blocks_all_they_say_is_told_and_nothing_else(given_blocks):
    found = cut(given_blocks)
    assert all(0 < len(clause.text) <= LONGEST for clause in found)
    assert len(set(found)) == len(found)
    headings = {bare(text) for clause in found for text in clause.heading.split(BETWEEN)}
    told = "".join(bare(clause.text) for clause in found)
    for block in given_blocks:
        if block.kind in ("paragraph", "item"):
            assert is_told(block.text, told)
        if block.kind == "heading":
            assert bare(block.text) in headings or is_told(block.text, told)
        for _, value in block.cells:
            assert is_told(value, told)
    sources = "".join(b.text + b.label + "".join(map("".join, b.cells)) for b in given_blocks)
    assert set(told) <= set(bare(sources)) | set("：；")


def is_told(said: str, told: str) -> bool:
    """Whether all of `said` is told in its order; a lead may come again in between."""
    rest = iter(told)
    return all(letter in rest for letter in bare(said))


@pytest.mark.parametrize("longest", [1, 7, 190])
@given(text=prose)
def test_parts_are_short_enough(longest, text):
    assert all(0 < len(piece) <= longest for piece in part(text, longest))
