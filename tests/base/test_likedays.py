"""Like days: which they are, and what is usual on them."""

from datetime import date, datetime, timedelta

from zhanggui.base import likedays
from zhanggui.base.clock import SHANGHAI

UNTIL = datetime(2026, 6, 10, 0, 30, tzinfo=SHANGHAI)


def test_like_days_are_the_same_weekday_up_to_the_same_time_of_the_shops_day():
    days = likedays.windows(UNTIL.astimezone(tz=None))
    assert [day.date for day in days] == [
        date(2026, 5, 13), date(2026, 5, 20), date(2026, 5, 27), date(2026, 6, 3),
        date(2026, 6, 10),
    ]  # fmt: skip
    assert {day.date.weekday() for day in days} == {2}
    assert all(day.end - day.start == timedelta(minutes=30) for day in days)
    assert days[-1].end == UNTIL


def test_what_is_usual_is_the_median_of_the_days_that_are_known():
    days = likedays.windows(UNTIL)
    found = likedays.compare(days, [None, 100, 2, 4, 9])
    assert (found.value, found.usual) == (9, 4)
    assert [day.value for day in found.days] == [None, 100, 2, 4, 9]
    assert likedays.compare(days, [None, None, None, None, 9]).usual is None
    assert likedays.compare(days, [1, 2, 3, 4, None]).value is None


def test_a_day_before_the_first_record_is_not_known_and_one_after_it_had_none():
    days = likedays.windows(UNTIL)
    first = datetime(2026, 5, 27, 23, 0, tzinfo=SHANGHAI)
    assert likedays.from_first(days, {3: 7}, first) == [None, None, 0, 7, 0]
    assert likedays.from_first(days, {}, None) == [None] * 5
