"""Who asked before they ordered, and paid that day or the next."""

from tests.service.records import at
from zhanggui.insight.inquiries import Asked, Ordered, conversion

LATER = at("2026-06-20 00:00")


def asked(moment="2026-06-10 12:00", buyer="b1", order=None, made=None):
    return Asked(buyer, at(moment), order, at(made) if made else None)


def ordered(made, paid=None, buyer="b1"):
    return Ordered(buyer, at(made), at(paid) if paid else None)


def paid_of(asked, orders, now=LATER):
    found = conversion(asked, orders, now)
    return found.of, found.n


def test_who_pays_by_the_end_of_the_next_day_has_paid():
    for paid, expected in (("2026-06-11 23:59", 1), ("2026-06-12 00:00", 0)):
        assert paid_of([asked()], [ordered("2026-06-10 13:00", paid)]) == (expected, 1)
    assert paid_of([asked()], [ordered("2026-06-10 13:00")]) == (0, 1)
    assert paid_of([asked()], [ordered("2026-06-10 13:00", "2026-06-10 13:01", "b2")]) == (0, 1)


def test_who_had_ordered_that_day_or_asks_about_an_order_asks_after_the_sale():
    assert paid_of([asked()], [ordered("2026-06-10 11:59", "2026-06-10 12:01")]) == (0, 0)
    assert paid_of([asked(order="A", made="2026-06-08 12:00")], []) == (0, 0)
    assert paid_of([asked(order="A")], []) == (0, 0), "nobody knows when it was placed"
    yesterdays = ordered("2026-06-09 11:59", "2026-06-09 12:01")
    assert paid_of([asked()], [yesterdays]) == (0, 1), "it was not for this question"


def test_an_order_that_came_of_a_session_is_not_what_it_was_about():
    made = "2026-06-10 12:30"
    first, later = asked(order="A", made=made), asked("2026-06-12 09:00", order="A", made=made)
    assert paid_of([first, later], [ordered(made, "2026-06-10 12:31")]) == (1, 1)
    evening = asked("2026-06-10 20:00", order="A", made=made)
    assert paid_of([evening], [ordered(made, "2026-06-10 12:31")]) == (0, 0)


def test_a_buyer_counts_once_a_day_from_when_they_first_asked():
    twice = [asked("2026-06-10 15:00"), asked("2026-06-10 09:00"), asked("2026-06-11 09:00")]
    order = ordered("2026-06-10 10:00", "2026-06-10 10:01")
    assert paid_of(twice, [order]) == (1, 2)


def test_a_day_counts_once_the_next_is_over():
    assert paid_of([asked()], [], at("2026-06-11 23:59")) == (0, 0)
    assert paid_of([asked()], [], at("2026-06-12 00:00")) == (0, 1)
    assert conversion([], [], LATER).value is None
