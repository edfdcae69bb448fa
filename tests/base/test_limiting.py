import pytest
from limits import parse

from zhanggui.base.errors import TooMany
from zhanggui.base.limiting import RateLimits

RULE = parse("3 per hour")


@pytest.mark.usefixtures("uncounted_time")
def test_enough_is_enough_and_says_when_to_come_back():
    limits = RateLimits()
    for _ in range(3):
        limits.hit(RULE, "a")
    with pytest.raises(TooMany) as refused:
        limits.hit(RULE, "a")
    assert 0 < refused.value.retry_after <= 3600


@pytest.mark.usefixtures("uncounted_time")
def test_one_callers_tries_are_not_anothers():
    limits = RateLimits()
    for _ in range(3):
        limits.hit(RULE, "a")
    limits.hit(RULE, "b")
    limits.hit(parse("4 per hour"), "a")


def test_a_success_begins_the_count_anew():
    limits = RateLimits()
    for _ in range(3):
        limits.hit(RULE, "a")
    limits.forget(RULE, "a")
    limits.hit(RULE, "a")
