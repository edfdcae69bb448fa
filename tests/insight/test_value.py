"""The ledger: what was saved, in exact minutes and fen, and what it is compared with."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.service.records import NOW
from zhanggui.base.words import speaking
from zhanggui.insight.value import Price, ledger, price_of, rounded
from zhanggui.service.store import Happened


def priced(minutes=None, wage=None):
    return Price(None if minutes is None else Fraction(minutes), minutes and "shop", wage)


def told(**data):
    return Happened(NOW, "", data)


def test_what_the_program_resolved_is_priced_and_what_people_spent_taken_off():
    found = ledger(
        resolved=10, with_people=4, reviewed=6, review_seconds=90, price=priced("6.5", 3000)
    )
    assert (found.minutes, found.fen) == (Fraction("63.5"), 3175)
    assert [(entry.key, entry.count, entry.minutes) for entry in found.entries] == [
        ("contained", 10, 65), ("reviews", 6, Fraction("-1.5")), ("with_people", 4, 0),
    ]  # fmt: skip
    said = str(found.entries[0].counterfactual)
    assert "10 × 6.5 = 65 分钟" in said
    assert "每小时 30 元" in said
    with speaking("en"):
        assert "10 × 6.5 = 65 minutes" in str(found.entries[0].counterfactual)


def test_where_a_price_is_not_known_nothing_is_made_up():
    free = ledger(resolved=10, with_people=0, reviewed=1, review_seconds=60, price=priced("6"))
    assert (free.minutes, free.fen) == (Fraction(59), None)
    assert "只算时间" in str(free.entries[0].counterfactual)
    none = ledger(resolved=10, with_people=0, reviewed=0, review_seconds=0, price=priced(wage=1))
    assert (none.minutes, none.fen, none.entries[0].minutes) == (None, None, None)
    assert "还不知道" in str(none.entries[0].counterfactual)


def test_the_program_may_cost_more_than_it_saves():
    found = ledger(
        resolved=0, with_people=9, reviewed=9, review_seconds=1800, price=priced("5", 3000)
    )
    assert (found.minutes, found.fen) == (Fraction(-30), -1500)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 2400), st.integers(1, 10**6))
def test_the_sum_is_exact_and_rounded_once(resolved, seconds, tenths, wage):
    found = ledger(
        resolved=resolved, with_people=0, reviewed=0, review_seconds=seconds,
        price=priced(Fraction(tenths, 10), wage),
    )  # fmt: skip
    # In units of a 3,600th of a fen, which everything is a whole number of.
    whole = (resolved * tenths * 6 - seconds) * wage
    assert found.fen == (whole + 1800) // 3600
    assert rounded(Fraction(whole, 3600)) == found.fen


@pytest.mark.parametrize(
    ("saved", "made", "expected"),
    [
        ([], [], (None, None, None)),
        ([], [told(usual_minutes=None), told(usual_minutes=4.5)], (4.5, "learnt", None)),
        ([], [told(usual_minutes=4.5), told(usual_minutes=None)], (4.5, "learnt", None)),
        (
            [told(minutes_per_conversation=6.0, wage_fen_per_hour=2500)],
            [told(usual_minutes=4.5)],
            (6, "shop", 2500),
        ),
        (
            [told(minutes_per_conversation=None, wage_fen_per_hour=2500)],
            [told(usual_minutes=4.5)],
            (4.5, "learnt", 2500),
        ),
    ],
)
def test_the_shops_own_minutes_come_before_those_learnt(saved, made, expected):
    found = price_of(saved, made)
    assert (found.minutes, found.source, found.wage_fen) == expected
