"""English words."""

import pytest

from zhanggui.ai.speech.english import phonemes


@pytest.mark.parametrize(
    ("word", "heard"),
    [("max", "mˈæks"), ("Pro", "pɹˈO"), ("iPhone", "ˈI fˈOn"), ("VIP", "vˈi ˈI pˈi")],
)
def test_words_and_spelling(word, heard):
    assert phonemes(word) == heard


def test_a_short_word_in_capitals_is_spelled():
    assert phonemes("LED") == "ˈɛl ˈi dˈi"
    assert phonemes("led") == "lˈɛd"


def test_a_word_nobody_knows_is_spelled():
    assert phonemes("xqz") == "ˈɛks kjˈu zˈi"
