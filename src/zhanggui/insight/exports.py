"""The service report to take away, day by day."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

from zhanggui.base import clock, exports
from zhanggui.base.exports import Export
from zhanggui.base.sheets import Column, Row
from zhanggui.base.tools import Call
from zhanggui.base.words import Text
from zhanggui.insight import service_report
from zhanggui.insight.periods import MOST, period
from zhanggui.insight.tools import PeriodInput


async def days(call: Call, given: PeriodInput) -> AsyncIterator[list[Row]]:
    """A row for each day of the period; none where there was no conversation in it."""
    now = clock.now()
    chosen = period(given.since, given.until, now)
    served = await service_report.served(call.session, call.shop_id, chosen, now)
    if not served.counted.whole.conversations:
        return
    yield [
        (
            day,
            counted.conversations,
            counted.involved,
            counted.resolved,
            counted.contained,
            counted.with_people,
        )
        for day, counted in served.counted.days.items()
    ]


def a_year(call: Call, given: PeriodInput) -> AsyncIterator[list[Row]]:
    """A row for each day of the last year."""
    today = clock.local(clock.now()).date()
    return days(call, PeriodInput(since=today - timedelta(days=MOST - 1), until=today))


exports.register(
    Export(
        "service_days",
        Text("客服报表", "Service report"),
        "insight.service_report",
        (
            Column(Text("日期", "Day"), "day"),
            Column(Text("会话", "Conversations"), "count"),
            Column(Text("智能客服参与", "The program spoke"), "count"),
            Column(Text("智能客服解决", "The program resolved"), "count"),
            Column(Text("没有交给人", "Never with people"), "count"),
            Column(Text("交给人", "With people"), "count"),
        ),
        days,
        whole=a_year,
    )
)
