"""How far a batch has come, and how long it will take."""

from __future__ import annotations

import pytest

from zhanggui.studio.batches.progress import progress_of
from zhanggui.studio.models import Item


def item(state="waiting", **steps):
    done = {name: {"cpu_ms": ms, "wall_ms": 2 * ms} for name, ms in steps.items()}
    return Item(
        state=state, planned=["prepare", "scene"], steps=done, cost_micro=0,
        cpu_ms=sum(steps.values()), wall_ms=2 * sum(steps.values()),
    )  # fmt: skip


def test_time_left_is_what_steps_took_over_the_jobs_that_share_them():
    items = [item("done", prepare=1000, scene=3000), item("running", prepare=2000), item(), item()]
    found = progress_of(items, [], jobs=2)
    # By the clock: three scenes of 6 s and two of `prepare` of 3 s, two at once.
    assert found.seconds_left == pytest.approx((3 * 6 + 2 * 3) / 2)
    assert found.share == pytest.approx(12 / 36)
    assert [(step.name, step.done, step.total, step.cpu_ms) for step in found.steps] == [
        ("prepare", 2, 4, 1500), ("scene", 1, 4, 3000),
    ]  # fmt: skip
    assert (found.cpu_ms, found.cpu_ms_per_sku, found.wall_ms_per_sku) == (6000, 4000, 8000)


def test_before_a_batch_tells_what_was_made_last_does():
    late = [{"prepare": {"cpu_ms": 10, "wall_ms": 1000}, "scene": {"cpu_ms": 10, "wall_ms": 3000}}]
    assert progress_of([item()], late, jobs=8).seconds_left == 4.0
    assert progress_of([item()], [], jobs=8).seconds_left is None


def test_what_failed_or_was_cancelled_takes_no_more_time():
    items = [item("done", prepare=1, scene=1), item("failed", prepare=1), item("cancelled")]
    found = progress_of(items, [], jobs=1)
    assert (found.seconds_left, found.share) == (0.0, 1.0)
    assert found.states == {"done": 1, "failed": 1, "cancelled": 1}


def test_a_batch_of_nothing_is_done():
    found = progress_of([], [], jobs=1)
    assert (found.share, found.seconds_left, found.cpu_ms_per_sku) == (1.0, 0.0, None)
