"""Days that are looked at, and those they are compared with."""

from datetime import date, timedelta

import pytest

from tests.service.records import at
from zhanggui.base.errors import Invalid
from zhanggui.insight.periods import period

NOW = at("2026-06-10 15:00")


def test_the_last_seven_days_up_to_now_are_usual():
    found = period(None, None, NOW)
    assert (found.since, found.until) == (date(2026, 6, 4), date(2026, 6, 10))
    assert found.end == NOW + timedelta(microseconds=1)
    assert (found.start, len(found.days)) == (at("2026-06-04 00:00"), 7)


@pytest.mark.parametrize(
    ("since", "until", "earlier"),
    [("06-03", "06-03", "05-27"), ("06-01", "06-07", "05-25"), ("05-01", "05-30", "03-27")],
)
def test_the_period_before_has_the_same_weekdays(since, until, earlier):
    found = period(date.fromisoformat(f"2026-{since}"), date.fromisoformat(f"2026-{until}"), NOW)
    before = found.before()
    assert before.since == date.fromisoformat(f"2026-{earlier}")
    assert before.since.weekday() == found.since.weekday()
    assert len(before.days) == len(found.days)
    assert before.end <= found.start


def test_a_day_that_goes_on_is_compared_up_to_the_same_time():
    before = period(date(2026, 6, 10), None, NOW).before()
    assert before.end == at("2026-06-03 15:00") + timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-06-09", "2026-06-08"), ("2026-06-11", None), ("2025-06-01", "2026-06-08")],
)
def test_days_that_are_none_to_choose_are_refused(since, until):
    with pytest.raises(Invalid) as refused:
        period(date.fromisoformat(since), until and date.fromisoformat(until), NOW)
    assert refused.value.where == "since"
