import pytest
from pydantic import ValidationError

from zhanggui.base.complaints import invalid, refuse_unstorable
from zhanggui.base.errors import Invalid
from zhanggui.base.tools import Input
from zhanggui.base.words import speaking


class Given(Input):
    count: int
    names: list[str] = []


def problem(given):
    try:
        Given.model_validate(given)
    except ValidationError as error:
        return invalid(error.errors(), "given")
    raise AssertionError("it was right")


@pytest.mark.parametrize(
    ("given", "where", "zh", "en"),
    [
        ({}, "count", "没有填写", "is missing"),
        ({"count": "x"}, "count", "整数", "whole number"),
        ({"count": 1, "names": ["a", 2]}, "names.1", "文字", "text"),
        ({"count": 1, "other": 1}, "other", "不是这里的字段", "not a field"),
    ],
)
def test_it_names_the_field_in_the_readers_language(given, where, zh, en):
    found = problem(given)
    assert found.where == where
    assert zh in str(found.what)
    with speaking("en"):
        assert en in str(found.what)


def test_it_does_not_repeat_what_was_given():
    found = problem({"count": "tel 13812345678"})
    assert "13812345678" not in found.what.zh + found.what.en


@pytest.mark.parametrize("value", [{"a": ["x\x00"]}, {"a\x00": 1}, {"a": {"b": -(2**63) - 1}}])
def test_what_no_column_holds_is_refused(value):
    with pytest.raises(Invalid):
        refuse_unstorable(value)


def test_what_a_column_holds_passes():
    refuse_unstorable({"a": ["x", 2**63 - 1, None, 1.5, True]})
