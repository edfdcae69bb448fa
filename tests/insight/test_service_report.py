"""Every figure of the report is what its definition says, to the last digit."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insight import naive
from tests.insight.histories import histories
from tests.service.records import at
from zhanggui.base import clock
from zhanggui.insight import service_report
from zhanggui.insight.definitions import DEFINITIONS
from zhanggui.insight.figures import Measure
from zhanggui.insight.periods import period
from zhanggui.insight.service_report import Read
from zhanggui.insight.sessions import TYPES, read
from zhanggui.insight.value import Price
from zhanggui.service.quality.store import replies_in

START = at("2026-06-01 09:00")
NO_PRICE = Price(None, None, None)


async def read_of(history, chosen, now):
    """What the report is counted from, as the program reads it."""

    async def happened(start, end):
        return [each for each in history if start <= each.at < end and each.type in TYPES]

    def of(type_, end):
        return [each for each in history if chosen.start <= each.at < end and each.type == type_]

    return Read(
        shop_id="s",
        period=chosen,
        now=now,
        sessions=await read(happened, chosen.start, chosen.end, now),
        replies=replies_in(of(naive.ANSWERED, chosen.end)),
        choices=[],
        ratings=of(naive.RATED, chosen.end),
        reviews=of(naive.REVIEWED, now + timedelta(microseconds=1)),
        conversion=Measure(None, 0, 0),
    )


@given(histories(START), st.integers(0, 5), st.integers(0, 6), st.integers(0, 150))
@pytest.mark.asyncio
async def test_the_figures_are_those_of_a_plain_count(history, first, length, later):
    since = clock.local(START).date() + timedelta(days=first)
    now = START + timedelta(days=first, hours=later)
    chosen = period(since, since + timedelta(days=length), now)
    found = await read_of(history, chosen, now)
    expected = naive.count(history, chosen.start, chosen.end, now)
    measured = service_report.measures(found, NO_PRICE)
    assert {key: measured[key].value for key in expected if key in measured} == {
        key: value for key, value in expected.items() if key in measured
    }
    assert dict(service_report.reasons(found)) == expected["causes"]
    days = service_report.by_day(found).values()
    assert sum(each.conversations for each in days) == expected["conversations"]
    assert sum(each.resolved for each in days) == expected["resolved"]
    assert set(measured) == set(DEFINITIONS)
