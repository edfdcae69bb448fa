"""What was spoken, held against the captions."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.ai.speech import Spoken, Timed
from zhanggui.base.errors import Invalid
from zhanggui.studio.film import heard, script
from zhanggui.studio.film.encoding import SAMPLE_RATE

_RATE = 24_000


def _spoken(*parts: str) -> Spoken:
    """Each part for 0.2 s, with 0.1 s of silence before it."""
    words = tuple(Timed(part, 0.3 * n + 0.1, 0.3 * n + 0.3) for n, part in enumerate(parts))
    samples = np.full(int(0.3 * len(parts) * _RATE), 8_000, dtype="<i2")
    return Spoken(samples.tobytes(), _RATE, words, "test")


def test_a_script_ends_every_caption() -> None:
    assert script(["一杯好茶，", "只要129元！", "好"]) == "一杯好茶。只要129元。好。"


def test_captions_are_found_in_what_was_said() -> None:
    # What is not said (a comma) has no word, and a price is one.
    voice = heard(_spoken("好", "茶", "只", "要", "129元"), ["好，茶", "只要129元"])
    (first, second) = voice.timings
    assert first[0] < 0.1 < 0.6 < first[1] <= second[0] < 0.7 < 1.5 <= second[1]
    assert len(voice.part(1)) == pytest.approx((second[1] - second[0]) * SAMPLE_RATE, abs=4)
    assert abs(float(voice.part(1)[0])) < 0.01


def test_a_letter_that_comes_in_both_captions_belongs_to_each() -> None:
    voice = heard(_spoken("好", "茶", "好", "碗"), ["好茶", "好碗"])
    assert voice.timings[0][1] <= voice.timings[1][0]
    assert voice.timings[1][0] > 0.55


def test_a_voice_of_other_words_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        heard(_spoken("别", "的"), ["一杯好茶"])
    assert refused.value.where == "voice"
