"""The lot: the same for everybody, from every stratum, of days that have passed."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.service.records import at
from zhanggui.service.quality.sampling import (
    DAILY,
    Choice,
    Replied,
    daily_on,
    drawn,
    is_ripe,
    quotas,
)

DAY = date(2026, 6, 10)


def replied(number, decision="answer", confidence=0.9, moment="2026-06-10 12:00"):
    return Replied(f"c{number}", 2, decision, confidence, at(moment))


def test_the_sample_is_the_same_in_whatever_order_the_replies_come():
    replies = [replied(n, confidence=0.7 + n / 400) for n in range(100)]
    first = drawn("s", DAY, replies, 10)
    assert drawn("s", DAY, reversed(replies), 10) == first
    assert len({reply.key for reply in first}) == 10
    assert drawn("other", DAY, replies, 10) != first


def test_what_is_rare_is_looked_at_as_well():
    replies = [replied(n) for n in range(500)]
    replies += [replied(1000, confidence=0.5), replied(1001, "decline"), replied(1002, "clarify")]
    found = Counter(reply.stratum for reply in drawn("s", DAY, replies, 8))
    assert found == {"answer 2": 5, "answer 0": 1, "decline": 1, "clarify": 1}


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 20), min_size=1),
    st.integers(0, 60),
)
def test_as_many_are_drawn_as_are_wanted_and_there(sizes, most):
    given_ = quotas(sizes, most, sorted(sizes))
    assert sum(given_.values()) == min(most, sum(sizes.values()))
    assert all(given_[name] <= sizes[name] for name in sizes)
    # Nobody gives two more than another that has some left.
    for name in sizes:
        left = [given_[other] for other in sizes if given_[other] < sizes[other]]
        assert all(given_[name] <= other + 1 for other in left)


def test_with_few_a_day_no_stratum_is_always_left_out():
    found = set()
    for day in range(30):
        moment = DAY + timedelta(days=day)
        replies = [
            Replied(f"c{day}-{n}", 2, decision, 0.9, at(f"{moment} 12:00"))
            for n, decision in enumerate(["answer"] * 5 + ["clarify", "decline"])
        ]
        found |= {reply.stratum for reply in drawn("s", moment, replies, 1)}
    assert found == {"answer 2", "clarify", "decline"}


def test_a_day_is_ripe_when_another_has_passed():
    assert not is_ripe(DAY, at("2026-06-11 23:59"))
    assert is_ripe(DAY, at("2026-06-12 00:00"))


def test_a_choice_holds_from_its_day_on():
    choices = [Choice(at("2026-06-10 23:59"), 3), Choice(at("2026-06-11 00:00"), 30)]
    assert daily_on([], DAY) == DAILY
    assert daily_on(choices, DAY - timedelta(days=1)) == DAILY
    assert daily_on(choices, DAY) == 3
    assert daily_on(choices, DAY + timedelta(days=1)) == 30
