"""A model of each kind is tried out, and says what it did and cost or what to mend."""

from __future__ import annotations

import pytest

from zhanggui.ai.trying import tried
from zhanggui.base.words import speaking


@pytest.mark.parametrize(
    ("name", "said", "cost"),
    [
        ("first", "png, ", 200_000),
        ("edit", "png, ", 300_000),
        ("clip", "mp4, ", 2_500_000),
        ("moving", "mp4, ", 3_000_000),
        ("speaker", "wav, ", 1_000),
        ("vectors", "a vector of 64", 2),
        ("order", "scores 0.", None),
    ],
)
async def test_what_it_did_and_cost(media, roster, purpose, calls, name, said, cost):
    with speaking("en"):
        trial = await tried(roster, name, purpose, media)
    assert (trial.is_well, trial.why) == (True, None)
    assert str(trial.said).startswith(said)
    assert cost is None or trial.cost_micro == cost
    assert (trial.picture or "").startswith("data:image/jpeg;base64,") == ("png" in said)
    assert await calls() == [(name, "answered", trial.cost_micro)]


@pytest.mark.parametrize(
    ("name", "fault", "why"),
    [
        ("first", "rejected", "DataInspectionFailed"),
        ("first", "throttled", "too many requests"),
        ("clip", "failed", "InternalError.Algo"),
        ("first", "expired", "it may be paid"),
        ("speaker", "error", "HTTP 500"),
        ("vectors", "throttled", "HTTP 429"),
    ],
)
async def test_why_it_did_not(media, roster, purpose, state, name, fault, why):
    state.faults[fault] = 9
    with speaking("en"):
        trial = await tried(roster, name, purpose, media)
    assert not trial.is_well
    assert why in str(trial.why)
    assert trial.hint
    assert len(state.asked) == 1


async def test_one_without_a_key_is_not_asked(media, roster, purpose, state, monkeypatch):
    monkeypatch.delenv("TEST_DASHSCOPE_KEY")
    assert not (await tried(roster, "first", purpose, media)).is_well
    assert not state.asked
