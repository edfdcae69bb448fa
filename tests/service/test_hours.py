"""When people answer, and what is said outside of it."""

from datetime import time

import pytest

from tests.service.records import at
from zhanggui.service.hours import Hours, parse

DAY, NIGHT = Hours(time(9), time(22, 30)), Hours(time(18), time(2))
REPLY = "这个我请同事来帮您处理，请稍等。"


@pytest.mark.parametrize(
    ("hours", "moment", "included"),
    [
        (DAY, "09:00", True),
        (DAY, "22:29", True),
        (DAY, "22:30", False),
        (DAY, "08:59", False),
        (NIGHT, "18:00", True),
        (NIGHT, "01:59", True),
        (NIGHT, "02:00", False),
        (NIGHT, "12:00", False),
    ],
)
def test_hours_may_go_past_midnight(hours, moment, included):
    assert hours.include(at(f"2026-06-10 {moment}")) is included


def test_who_is_handed_over_at_night_hears_when_somebody_is_there():
    night, day = at("2026-06-10 23:00"), at("2026-06-10 12:00")
    assert DAY.told(REPLY, day) == REPLY
    assert DAY.told(REPLY, night) == "这个我请同事来帮您处理，工作时间 9:00–22:30 会回复您。"
    assert DAY.told("已经记下了。", night) == "已经记下了。工作时间 9:00–22:30 会回复您。"


def test_nothing_is_promised_at_once_while_nobody_is_there():
    told = DAY.told("实在抱歉，我马上请同事来为您处理。", at("2026-06-10 23:00"))
    assert told == "实在抱歉，我会请同事来为您处理。工作时间 9:00–22:30 会回复您。"


def test_a_shop_that_has_not_said_has_no_hours():
    assert parse(None, None) is None
    assert parse("09:00", "22:30") == DAY
