"""Sets that are nearly the same are found as by holding each against every other."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from zhanggui.knowledge.likeness import Effort, alike

SETS = st.lists(st.frozensets(st.sampled_from("abcdefghij"), max_size=9), max_size=12)


@given(SETS, st.sampled_from([0.55, 0.6, 0.75, 1.0]))
def test_all_pairs_that_are_alike_are_found(sets, share):
    expected = {
        (one, other)
        for one, other in combinations(range(len(sets)), 2)
        if sets[one] & sets[other]
        and len(sets[one] & sets[other]) >= share * len(sets[one] | sets[other])
    }
    effort = Effort()
    assert set(alike(sets, share, effort)) == expected
    assert not effort.is_spent


def test_the_effort_ends():
    effort = Effort(5_000)
    found = list(alike([frozenset("ab")] * 1_000, 0.5, effort))
    assert effort.is_spent
    assert 0 < len(found) <= 5_000


def test_what_too_many_have_brings_none_together():
    assert list(alike([frozenset("ab")] * 4, 0.5, Effort(), usual=3)) == []
    assert len(list(alike([frozenset("ab")] * 3, 0.5, Effort(), usual=3))) == 3
