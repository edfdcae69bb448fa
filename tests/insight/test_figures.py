"""Where the lines are that Taobao draws, and what a share of nothing is."""

from datetime import timedelta

import pytest

from tests.service.records import at
from zhanggui.insight.figures import automation, quantile, responses, share, tally, waits
from zhanggui.insight.sessions import Round, Session

LATER = at("2026-06-12 00:00")


def session(began="2026-06-10 12:00", seconds=None, is_open=False):
    """One question for people, replied to after so many seconds."""
    start = at(began)
    replied = None if seconds is None else start + timedelta(seconds=seconds)
    return Session("c", start, start, rounds=[Round(start, True, replied, is_open)])


@pytest.mark.parametrize(
    ("seconds", "within", "mean"),
    [(180, 1.0, 180.0), (180.5, 0.0, 180.5), (600, 0.0, 600.0), (7200, 0.0, 600.0)],
)
def test_three_minutes_are_within_and_ten_the_most(seconds, within, mean):
    found = responses(waits([session(seconds=seconds)], LATER))
    assert (found.within.value, found.mean.value) == (within, mean)


def test_nobodys_reply_counts_as_ten_minutes_once_they_have_passed():
    asked = [session(is_open=True)]
    assert responses(waits(asked, at("2026-06-10 12:09"))).within.n == 0
    late = responses(waits(asked, at("2026-06-10 12:10")))
    assert (late.within.value, late.mean.value) == (0.0, 600.0)


@pytest.mark.parametrize(("began", "n"), [("07:59", 0), ("08:00", 1), ("22:59", 1), ("23:00", 0)])
def test_taobao_measures_from_eight_to_eleven(began, n):
    assert responses(waits([session(f"2026-06-10 {began}", 1)], LATER)).within.n == n


def test_a_share_of_nothing_is_not_known():
    assert share(0, 0).value is None
    assert automation(tally([], set(), LATER)).value is None
    assert quantile([], 0.5).value is None


def test_a_quantile_is_one_of_the_waits():
    took = [timedelta(seconds=n) for n in (4, 1, 3, 2)]
    assert (quantile(took, 0.5).value, quantile(took, 0.9).value) == (2.0, 4.0)
