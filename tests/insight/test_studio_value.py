"""The studio's line of the ledger."""

from datetime import timedelta
from fractions import Fraction

from tests.service.records import NOW
from zhanggui.base.words import speaking
from zhanggui.insight.studio_value import Made, entry_of, made_in
from zhanggui.insight.value import Price, ledger, with_entry
from zhanggui.service.store import Happened
from zhanggui.studio.events import BaselineSaved, ItemFailed, ItemMade

DAY = timedelta(days=1)


def approved(product, at, sku=None):
    return Happened(at, "studio.works_approved", {"product_id": product, "sku_id": sku})


def ended(at, cost=0, wall=20_000, kind=ItemMade.type):
    return Happened(at, kind, {"cost_micro": cost, "wall_ms": wall})


def test_a_sku_counts_once_when_something_of_it_was_first_approved():
    approvals = [
        approved("p1", NOW - DAY),
        approved("p1", NOW),
        approved("p2", NOW),
        approved("p2", NOW + DAY),
        approved("p2", NOW, "red"),
    ]
    assert made_in(approvals, [], NOW, NOW + DAY).skus == 2
    assert made_in(approvals, [], NOW - DAY, NOW).skus == 1


def test_what_failed_costs_as_well():
    items = [
        ended(NOW, 10_000),
        ended(NOW, 5_000, 40_000),
        ended(NOW, 25_000, 1, ItemFailed.type),
        ended(NOW - DAY, 99),
    ]
    assert made_in([], items, NOW, NOW + DAY) == Made(0, 40_000, 30.0)


def test_it_is_priced_against_what_the_shop_says_of_work_by_hand():
    baseline = BaselineSaved(minutes_per_sku=90.5, fen_per_sku=25_000)
    found = entry_of(Made(4, 150_000, 31.0), baseline)
    assert (found.count, found.minutes, found.fen) == (4, Fraction(362), Fraction(99_985))
    said = str(found.counterfactual)
    assert "每个 90.5 分钟、250 元" in said
    assert "0.15 元" in said
    with speaking("en"):
        assert "It took 31 seconds each." in str(found.counterfactual)


def test_where_the_shop_says_nothing_nothing_is_made_up():
    found = entry_of(Made(4, 0, None), None)
    assert (found.minutes, found.fen) == (None, None)
    assert "还不知道" in str(found.counterfactual)


def test_the_ledger_is_the_sum_of_what_is_known():
    unknown = ledger(
        resolved=1, with_people=0, reviewed=0, review_seconds=0, price=Price(None, None, None)
    )
    known = ledger(
        resolved=2, with_people=0, reviewed=0, review_seconds=0,
        price=Price(Fraction(5), "shop", 3000),
    )  # fmt: skip
    made = entry_of(Made(1, 0, None), BaselineSaved(minutes_per_sku=60, fen_per_sku=100))
    assert with_entry(known, None) is known
    assert (with_entry(known, made).minutes, with_entry(known, made).fen) == (Fraction(70), 600)
    assert (with_entry(unknown, made).minutes, with_entry(unknown, made).fen) == (Fraction(60), 100)
    assert with_entry(known, made).entries[-1].key == "studio"
