"""Tables: which row names the columns, and tables of questions."""

from __future__ import annotations

from zhanggui.knowledge.documents.cutting import cut
from zhanggui.knowledge.documents.tables import table_blocks


def told(rows, headed=None):
    return [(c.heading, c.text) for c in cut(table_blocks(rows, headed=headed))]


def test_the_first_row_names_the_columns():
    rows = [["尺码", "胸围", "衣长"], ["S", "88", "60"], ["M", "92", "62"]]
    assert told(rows) == [("", "尺码：S；胸围：88；衣长：60"), ("", "尺码：M；胸围：92；衣长：62")]


def test_two_columns_of_like_measures_have_names_and_those_of_properties_none():
    assert told([["尺码", "胸围"], ["S", "88"], ["M", "92"]])[0] == ("", "尺码：S；胸围：88")
    properties = [["材质", "不锈钢"], ["容量", "1.5L"], ["功率", "1500W"]]
    assert told(properties)[0] == ("", "材质：不锈钢")


def test_names_that_only_markdown_is_sure_of():
    assert told([["甲", "乙"], ["丙", "丁"]], headed=True) == [("", "甲：丙；乙：丁")]


def test_a_table_of_questions_puts_each_over_its_answer():
    rows = [
        ["分类", "问题", "答案", "备注"],
        ["物流", "包邮吗", "满88包邮\n偏远除外", ""],
        ["物流", "发什么快递", "顺丰", "可换"],
        ["", "", "只有答案", ""],
    ]
    assert told(rows) == [
        ("物流 › 包邮吗", "满88包邮"),
        ("物流 › 包邮吗", "偏远除外"),
        ("物流 › 发什么快递", "顺丰"),
        ("物流 › 发什么快递", "备注：可换"),
        ("", "答案：只有答案"),
    ]


def test_blank_rows_and_columns_are_none():
    assert told([["", "部件", ""], ["", "电机", ""], ["", "", ""]]) == [("", "部件"), ("", "电机")]
    assert told([]) == []
