"""When what was written is heard, by the syllables it is said in."""

from itertools import pairwise

import pytest

from zhanggui.ai.speech.timing import spread


def test_a_text_is_spread_over_its_sound():
    words = spread("七天内可以退。运费12元", 6.0)
    assert "".join(word.text for word in words) == "七天内可以退运费12元"
    assert words[0].start_s == 0
    assert words[-1].end_s == pytest.approx(6.0, abs=0.01)
    assert all(a.end_s <= b.start_s + 0.001 for a, b in pairwise(words))


def test_what_is_said_in_more_syllables_takes_longer():
    price, yuan = spread("12元", 3.0)[0], spread("二元", 2.0)[0]
    assert price.end_s - price.start_s >= yuan.end_s - yuan.start_s


def test_where_nothing_is_said_nothing_is_heard():
    assert spread("……", 3.0) == ()
    assert all(word.end_s >= word.start_s for word in spread("七天，退。", 0.1))
