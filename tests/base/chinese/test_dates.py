"""Days as shoppers say them, on Wednesday the 10th of June 2026 at noon."""

from datetime import date, datetime

import pytest

from zhanggui.base.chinese import moments
from zhanggui.base.clock import SHANGHAI

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天付的", date(2026, 6, 9)),
        ("前天", date(2026, 6, 8)),
        ("明天能到吗", date(2026, 6, 11)),
        ("3天前", date(2026, 6, 7)),
        ("两周前买的", date(2026, 5, 27)),
        ("周六能到吗", date(2026, 6, 13)),
        ("上周六", date(2026, 6, 6)),
        ("周六买的", date(2026, 6, 6)),
        ("下周三收到", date(2026, 6, 17)),
        ("上个月30号", date(2026, 5, 30)),
        ("12号到吗", date(2026, 6, 12)),
        ("12号付的", date(2026, 5, 12)),
        ("3月15号", date(2026, 3, 15)),
        ("6.18号", date(2026, 6, 18)),
        ("12月3号买的", date(2025, 12, 3)),
        ("2024年3月8日", date(2024, 3, 8)),
        ("去年双十一", date(2025, 11, 11)),
        ("双11买的", date(2025, 11, 11)),
        ("五一发货吗", date(2026, 5, 1)),
        ("国庆发货吗", date(2026, 10, 1)),
        ("明天收到", date(2026, 6, 11)),
    ],
)
def test_the_day_that_is_meant(text, day):
    (found,) = moments(text, NOW)
    assert found.day == day
    assert not found.month_only


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("昨天下午五点半付的", 17, 30),
        ("昨晚下的单", 20, 0),
        ("今天16:05", 16, 5),
        ("3月8号中午", 12, 0),
        ("明天", None, 0),
    ],
)
def test_the_time_of_day_where_it_is_said(text, hour, minute):
    (found,) = moments(text, NOW)
    assert (found.hour, found.minute) == (hour, minute)


def test_a_month_alone_is_known_as_such():
    (found,) = moments("12月买的", NOW)
    assert (found.day, found.month_only) == (date(2025, 12, 1), True)


def test_every_day_of_a_text_is_found():
    assert [m.day.day for m in moments("昨天下的单 今天付的款", NOW)] == [9, 10]


@pytest.mark.parametrize(
    "text", ["2月30号", "32号", "13月5号", "12号楼", "3号线", "七夕发吗", "99999999999天前"]
)
def test_what_is_no_day_is_none(text):
    assert moments(text, NOW) == []


def test_a_leap_day_said_with_its_year_is_understood_whatever_follows():
    (found,) = moments("2028年2月29日付款的", NOW)
    assert found.day == date(2028, 2, 29)


def test_a_minute_that_is_none_is_left_out():
    (moment,) = moments("昨天10:75付款的", NOW)
    assert (moment.hour, moment.minute) == (10, 0)
