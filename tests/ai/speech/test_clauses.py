"""Clauses."""

from zhanggui.ai.speech.clauses import MOST, clauses


def test_sentences_are_clauses_and_know_where_they_were_written():
    text = "原价¥199。现货！"
    first, second = clauses(text)
    assert first.said == "原价一百九十九元。"
    assert text[slice(*first.spans[0])] == "原"
    assert {text[slice(*span)] for span in first.spans[2:8]} == {"¥199"}
    assert second.said == "现货！"
    assert text[slice(*second.spans[0])] == "现"


def test_digits_are_one_even_where_they_are_said_in_as_many_characters():
    (clause,) = clauses("双11")
    assert clause.said == "双十一"
    assert clause.spans == ((0, 1), (1, 3), (1, 3))


def test_a_long_sentence_is_cut_at_commas():
    parts = list(clauses("这件衣服很好看，" * 20))
    assert all(len(part.said) <= MOST for part in parts)
    assert all(part.said.endswith("，") for part in parts)
    assert "".join(part.said for part in parts) == "这件衣服很好看，" * 20


def test_a_sentence_without_a_pause_is_cut_all_the_same():
    parts = list(clauses("好" * 200))
    assert all(len(part.said) <= MOST for part in parts)
    assert sum(len(part.said) for part in parts) == 200


def test_marks_alone_are_no_clause():
    assert not list(clauses("。。。！！（）"))
    assert not list(clauses(""))
