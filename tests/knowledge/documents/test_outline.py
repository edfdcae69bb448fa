"""Headings, numbers and questions that are only written as such."""

from __future__ import annotations

import pytest

from zhanggui.knowledge.documents.blocks import QUESTION, Block
from zhanggui.knowledge.documents.outline import label_of, outlined


def kinds(*lines: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in outlined(Block("paragraph", line) for line in lines)]


def test_a_short_numbered_line_over_others_is_a_heading():
    assert kinds(
        "第一章 总则", "一、退货", "1. 七天内可退。", "2. 运费您出。", "二、换货", "随时。"
    ) == [
        ("heading", "第一章 总则"),
        ("heading", "一、退货"),
        ("item", "七天内可退。"),
        ("item", "运费您出。"),
        ("heading", "二、换货"),
        ("paragraph", "随时。"),
    ]


def test_a_row_of_short_numbered_lines_is_a_list():
    assert kinds("1. 申请", "2. 寄回", "3. 退款", "三天到账。") == [
        ("item", "申请"),
        ("item", "寄回"),
        ("item", "退款"),
        ("paragraph", "三天到账。"),
    ]


def test_an_article_keeps_its_number():
    assert kinds("第三条 保修期为一年。", "第四条 进水不保。") == [
        ("item", "第三条 保修期为一年。"),
        ("item", "第四条 进水不保。"),
    ]


def test_a_drawn_line_says_nothing():
    assert kinds("退货", "＊＊＊＊＊＊", "----------", "七天。") == [
        ("paragraph", "退货"),
        ("paragraph", "七天。"),
    ]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("（一）范围", "bracket"),
        ("（2）进水", "paren"),
        ("3.2 退货运费", "dotted"),
        ("① 申请", "circle"),
        ("1、申请", "digit"),
        ("十二、其他", "chinese"),
    ],
)
def test_labels(text, style):
    label = label_of(text)
    assert label is not None
    assert label.style == style
    assert not label.text.startswith(label.mark)


@pytest.mark.parametrize("text", ["1.5米以内", "3.5 kg 以上", "2026年起", "一年质保", "-", "12.5%"])
def test_figures_are_no_labels(text):
    assert label_of(text) is None


@pytest.mark.parametrize(
    "lines",
    [
        ("问：能开票吗？", "答：可以。"),
        ("Q1: 能开票吗？", "A1: 可以。"),
        ("问题：能开票吗？", "回答：可以。"),
        ("问：能开票吗？ 答：可以。",),
        ("Q：能开票吗？A：可以。",),
    ],
)
def test_a_question_is_the_heading_of_its_answer(lines):
    found = outlined(Block("paragraph", line) for line in lines)
    assert found == [Block("heading", "能开票吗？", QUESTION), Block("paragraph", "可以。")]


def test_a_question_without_an_answer_is_a_paragraph():
    assert kinds("问：能开票吗？", "联系客服。") == [
        ("paragraph", "问：能开票吗？"),
        ("paragraph", "联系客服。"),
    ]
