"""How common characters sound."""

import pytest

from zhanggui.base.chinese import sounds


@pytest.mark.parametrize(
    ("letter", "other"), [("货", "或"), ("块", "快"), ("是", "事"), ("只", "资"), ("生", "森")]
)
def test_what_sounds_the_same_is_alike(letter, other):
    assert other in sounds.alike(letter)
    assert letter in sounds.alike(other)
    assert letter not in sounds.alike(letter)


def test_what_sounds_otherwise_is_not():
    assert "买" not in sounds.alike("货")
    assert sounds.alike("㐂") == ""


def test_one_letter_has_several_sounds():
    assert "虫" in sounds.alike("重")
    assert "中" in sounds.alike("重")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("fahuo", ["fa", "huo"]),
        ("shenme", ["shen", "me"]),
        ("kuai", ["kuai"]),
        ("usb", []),
        ("", []),
    ],
)
def test_pinyin_is_read_in_syllables(text, read):
    assert sounds.syllables(text) == read


def test_a_sound_has_its_letters():
    assert "货" in sounds.read_as("huo")
    assert sounds.read_as("xyz") == ""
