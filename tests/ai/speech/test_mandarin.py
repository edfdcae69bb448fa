"""Characters as phonemes."""

import pytest

from zhanggui.ai.speech.mandarin import phonemes
from zhanggui.ai.speech.tokens import MOST, tokens


@pytest.mark.parametrize(
    ("character", "heard"),
    [
        ("妈", "ma→"), ("麻", "ma↗"), ("马", "ma↓"), ("骂", "ma↘"), ("吗", "ma"),
        ("字", "ʦɨ↘"), ("知", "ꭧɨ→"), ("日", "ɻɨ↘"), ("你", "ni↓"), ("女", "ny↓"), ("雪", "ɕɥe↓"),
        ("水", "ʂwei↓"), ("牛", "njou↗"), ("论", "lwə↘n"), ("雄", "ɕjʊ↗ŋ"), ("儿", "ɚ↗"),
    ],
)  # fmt: skip
def test_syllables(character, heard):
    assert phonemes(character) == [heard]


def test_the_word_decides_how_a_character_is_read():
    assert phonemes("银行")[1] != phonemes("行走")[0]
    assert phonemes("重新")[0] != phonemes("重量")[0]


def test_one_reading_for_each_character():
    assert len(phonemes("保温杯现货")) == 5


def test_a_character_without_a_reading_is_silent():
    assert phonemes("好\u9fef好") == ["xau↓", "", "xau↓"]


def test_each_token_knows_its_character():
    found = tokens("现货，USB好")
    assert {place for _, place in found} == {-1, 0, 1, 3, 6}
    assert found[-1][1] in (-1, 6)


def test_tokens_are_bounded():
    assert len(tokens("双" * 400)) == MOST
    assert tokens("，") != []
