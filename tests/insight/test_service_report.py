"""Every figure of the report is what its definition says, to the last digit."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insight import naive
from tests.insight.histories import histories, pages_of
from tests.service.records import at
from zhanggui.base import clock
from zhanggui.insight import service_report
from zhanggui.insight.counting import Counted, Reviews, estimated
from zhanggui.insight.definitions import DEFINITIONS
from zhanggui.insight.figures import Measure
from zhanggui.insight.periods import period
from zhanggui.insight.service_report import Read
from zhanggui.insight.sessions import TYPES, read
from zhanggui.insight.value import Price
from zhanggui.service.quality.store import by_day

START = at("2026-06-01 09:00")
MICROSECOND = timedelta(microseconds=1)
NO_PRICE = Price(None, None, None)


async def read_of(history, chosen, now, size):
    """What the report is counted from, as the program reads it, so many events at a time."""
    reviews = Reviews(chosen)
    async for page in pages_of(history, size, naive.REVIEWED)(chosen.start, now + MICROSECOND):
        reviews.take(page)
    counted = Counted(chosen, reviews.wrong, now)
    async for some in read(pages_of(history, size, *TYPES), chosen.start, chosen.end, now):
        counted.take(some)
    ratings: dict[str, int] = {}
    async for page in pages_of(history, size, naive.RATED)(chosen.start, chosen.end):
        ratings |= {each.data["id"]: each.data["rating"] for each in page}
    days = by_day(pages_of(history, size, naive.ANSWERED)(chosen.start, chosen.end))
    wrong = await estimated(days, shop_id="s", choices=[], reviews=reviews, now=now)
    return Read(counted, reviews, wrong, ratings.values(), Measure(None, 0, 0))


@given(
    histories(START),
    st.integers(0, 5),
    st.integers(0, 6),
    st.integers(0, 150),
    st.integers(1, 9),
)
@pytest.mark.asyncio
async def test_the_figures_are_those_of_a_plain_count(history, first, length, later, size):
    since = clock.local(START).date() + timedelta(days=first)
    now = START + timedelta(days=first, hours=later)
    chosen = period(since, since + timedelta(days=length), now)
    found = await read_of(history, chosen, now, size)
    expected = naive.count(history, chosen.start, chosen.end, now)
    measured = service_report.measures(found, NO_PRICE)
    assert {key: measured[key].value for key in expected if key in measured} == {
        key: value for key, value in expected.items() if key in measured
    }
    assert dict(found.counted.causes) == expected["causes"]
    days = found.counted.days.values()
    assert sum(each.conversations for each in days) == expected["conversations"]
    assert sum(each.resolved for each in days) == expected["resolved"]
    assert set(measured) == set(DEFINITIONS)
