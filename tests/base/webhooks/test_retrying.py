"""When what failed is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from zhanggui.base.webhooks import retrying

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_each_wait_is_its_delay_or_up_to_a_tenth_more():
    for attempts, delay in enumerate(retrying.DELAYS, 1):
        waits = set()
        for seed in range(20):
            wait = retrying.wait(attempts, None, Random(seed))
            assert wait is not None
            assert delay <= wait <= delay * 1.1
            waits.add(wait)
        assert len(waits) > 10
    assert retrying.wait(len(retrying.DELAYS) + 1, None, Random(1)) is None


def test_who_asks_for_more_time_has_it():
    hour = timedelta(hours=1)
    assert retrying.wait(1, hour, Random(1)) == hour
    assert retrying.wait(9, hour, Random(1)) == retrying.wait(9, None, Random(1))


@pytest.mark.parametrize(
    ("code", "asked", "seconds"),
    [
        (429, "120", 120),
        (503, "0", 0),
        (429, "Mon, 01 Jun 2026 12:01:00 GMT", 60),
        (429, "Mon, 01 Jun 2026 11:00:00 GMT", 0),
        (429, "99999999999999999999999", 86400),
        (429, "soon", None),
        (429, "-5", None),
        (429, "Mon, 01 Jun 2026 12:01:00 -0000", None),
        (429, None, None),
        (500, "120", None),
    ],
)
def test_what_a_receiver_asks_for_is_understood(code, asked, seconds):
    held = retrying.held(code, asked, NOW)
    assert held == (None if seconds is None else timedelta(seconds=seconds))
