"""Storyboards."""

from __future__ import annotations

from itertools import pairwise, zip_longest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.studio.film.pieces import CAPTIONS, FACTS
from zhanggui.base.errors import Invalid
from zhanggui.studio.film import Voice, spoken, storyboard
from zhanggui.studio.film.timing import LEAST_S, reading_s

_CAPTIONS = st.lists(
    st.text(st.sampled_from("一杯好茶手心握，"), min_size=1, max_size=40), max_size=9
)


@settings(max_examples=60, deadline=None)
@given(_CAPTIONS, st.sampled_from([1, 8, 36]), st.floats(10, 20), st.integers(0, 2**31))
def test_a_storyboard_fills_its_time_and_gives_every_caption_its_own(
    captions: list[str], frames: int, seconds: float, seed: int
) -> None:
    plan = storyboard(FACTS, captions, frames_count=frames, seconds=seconds, seed=seed)
    assert sum(shot.seconds for shot in plan.shots) == pytest.approx(seconds, abs=1e-3)
    assert min(shot.seconds for shot in plan.shots) > 1.0
    assert plan.shots[-1].kind == "card"
    assert all(a.transition.seconds < a.seconds / 2 for a in plan.shots)
    for caption, after in zip_longest(plan.captions, plan.captions[1:]):
        on = caption.end_s - caption.start_s
        assert on >= max(LEAST_S, 0.85 * reading_s(caption.text))
        assert after is None or caption.end_s <= after.start_s


def test_a_turn_is_shown_only_where_there_is_one() -> None:
    kinds = {
        count: [s.kind for s in storyboard(FACTS, CAPTIONS, frames_count=count, seed=1).shots]
        for count in (1, 36)
    }
    assert "spin" in kinds[36]
    assert "spin" not in kinds[1]
    assert "close" in kinds[1]


def test_a_seed_decides_and_another_decides_otherwise() -> None:
    plans = [storyboard(FACTS, CAPTIONS, frames_count=36, seed=seed) for seed in (4, 4, 5, 6, 7)]
    assert plans[0] == plans[1]
    assert len({plan.model_dump_json() for plan in plans}) == 4


def test_cuts_fall_on_half_beats() -> None:
    plan = storyboard(FACTS, CAPTIONS, frames_count=36, seed=2)
    for start in plan.starts():
        beats = start / (plan.beat / 200)
        assert beats == pytest.approx(round(beats), abs=1e-6)


def test_no_transition_comes_twice_in_a_row() -> None:
    for seed in range(20):
        kinds = [s.transition.kind for s in storyboard(FACTS, (), frames_count=36, seed=seed).shots]
        assert all(one != other for one, other in pairwise(kinds))


def test_the_price_is_exact() -> None:
    assert storyboard(FACTS, (), frames_count=1, seed=0).price == "¥129.50"


def test_lengths_no_channel_wants_are_refused() -> None:
    for seconds in (4.0, 60.0):
        with pytest.raises(Invalid):
            storyboard(FACTS, CAPTIONS, frames_count=36, seconds=seconds, seed=0)


def _voice(*seconds: float) -> Voice:
    ends = np.cumsum([each + 0.3 for each in seconds])
    timings = [(end - each - 0.3, end - 0.3) for end, each in zip(ends, seconds, strict=True)]
    return Voice(np.zeros(int(ends[-1] * 8000), np.float32), 8000, tuple(timings))


def test_captions_keep_time_with_a_voice() -> None:
    plan = storyboard(FACTS, CAPTIONS, frames_count=36, seed=1)
    voice = _voice(*[2.0, 4.1, 1.2, 2.7][: len(plan.captions)])
    timed = spoken(plan, voice)
    assert timed.seconds >= plan.seconds
    assert sum(shot.seconds for shot in timed.shots) == pytest.approx(timed.seconds, abs=1e-3)
    starts = timed.starts()
    for number, (caption, long) in enumerate(zip(timed.captions, voice.seconds, strict=True)):
        assert caption.end_s - caption.start_s == pytest.approx(long, abs=1e-6)
        place = next(n for n, shot in enumerate(timed.shots) if shot.caption == number)
        assert starts[place] <= caption.start_s
        assert caption.end_s <= starts[place] + timed.shots[place].seconds + 0.04


def test_a_voice_that_speaks_too_long_loses_its_last_captions() -> None:
    plan = storyboard(FACTS, CAPTIONS, frames_count=36, seed=1)
    timed = spoken(plan, _voice(*[6.5] * len(plan.captions)))
    assert timed.seconds <= 20.0
    assert 0 < len(timed.captions) < len(plan.captions)
    assert sum(shot.seconds for shot in timed.shots) == pytest.approx(timed.seconds, abs=1e-3)


def test_a_voice_with_too_few_parts_is_refused() -> None:
    with pytest.raises(Invalid):
        spoken(storyboard(FACTS, CAPTIONS, frames_count=36, seed=1), _voice(1.0))
