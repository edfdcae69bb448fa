"""Numbers in Mandarin."""

import pytest

from zhanggui.ai.speech.counting import amount, by_digit, number, whole


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("0", "零"), ("10", "十"), ("12", "十二"), ("20", "二十"), ("102", "一百零二"),
        ("110", "一百一十"), ("200", "二百"), ("2000", "两千"), ("2002", "两千零二"),
        ("10000", "一万"), ("20000", "两万"), ("22000", "两万二千"), ("100010", "十万零一十"),
        ("10010000", "一千零一万"), ("100000000", "一亿"), ("100000001", "一亿零一"),
        ("2026", "两千零二十六"), ("007", "七"), ("150000", "十五万"), ("101000", "十万一千"),
        ("12345678", "一千二百三十四万五千六百七十八"),
    ],
)  # fmt: skip
def test_whole_numbers(digits, said):
    assert whole(digits) == said


def test_a_number_too_long_is_read_digit_by_digit():
    assert whole("1" * 17) == "一" * 17


def test_decimals_and_commas():
    assert number("1,299.5") == "一千二百九十九点五"
    assert number("0.05") == "零点零五"
    assert number(".5") == "零点五"


def test_two_of_something():
    assert number("2", is_counted=True) == "两"
    assert number("12", is_counted=True) == "十二"
    assert number("2.5", is_counted=True) == "二点五"


def test_money_has_no_zeros_at_its_end():
    assert amount("128.50") == "一百二十八点五"
    assert amount("99.00") == "九十九"
    assert amount("100") == "一百"


def test_what_is_looked_up_has_its_own_one():
    assert by_digit("110", one="幺") == "幺幺零"
