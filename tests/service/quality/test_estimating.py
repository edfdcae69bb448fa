"""The share of wrong replies is that of all, whatever was looked at more."""

import random
from datetime import timedelta

import pytest

from tests.service.records import at
from zhanggui.service.quality.estimating import cells_of, estimate, wilson
from zhanggui.service.quality.sampling import DAILY, Replied, drawn

NOON = at("2026-06-01 12:00")


def replied(number, confidence=0.99, day=0, decision="answer"):
    return Replied(f"c{number}", 2, decision, confidence, NOON + timedelta(days=day))


def test_a_reply_weighs_as_many_as_it_stands_for():
    sure = [replied(n) for n in range(90)]
    unsure = [replied(100 + n, 0.5) for n in range(10)]
    # Of 90 sure ones two are looked at, of ten unsure ones too, of which one is wrong.
    seen = [*sure[:2], *unsure[:2]]
    found = estimate(cells_of([*sure, *unsure]), seen, {unsure[0].key})
    assert found.share == 0.05
    assert (found.wrong, found.reviewed, found.covered, found.replies) == (1, 4, 100, 100)
    # Weights 45, 45, 5, 5: they tell as much as (100²/4100) equal ones.
    assert (found.low, found.high) == wilson(0.05, 100 * 100 / 4100)


def test_a_day_without_reviews_is_judged_by_the_other_days_of_its_stratum():
    replies = [replied(n, day=n % 2) for n in range(20)]
    seen = [reply for reply in replies if reply.day == replies[0].day][:5]
    found = estimate(cells_of(replies), seen, {seen[0].key})
    assert (found.share, found.covered) == (0.2, 20)


def test_a_stratum_nobody_looked_at_is_left_out_and_said_to_be():
    replies = [replied(1), replied(2, decision="decline")]
    found = estimate(cells_of(replies), replies[:1], set())
    assert (found.share, found.covered, found.replies) == (0.0, 1, 2)
    assert found.high is not None
    assert found.high > 0.7, "of one reply little is known"


def test_nothing_looked_at_tells_nothing():
    found = estimate(cells_of([replied(1)]), [], set())
    assert (found.share, found.low, found.high, found.replies) == (None, None, None, 1)


def test_the_interval_is_wilsons():
    # Of 10 among 100, as in Brown, Cai and DasGupta (2001).
    low, high = wilson(0.1, 100)
    assert (round(low, 4), round(high, 4)) == (0.0552, 0.1744)
    assert wilson(0.0, 10)[0] == 0.0


def test_on_average_it_is_the_true_share_though_the_unsure_are_looked_at_more():
    rng = random.Random(5)
    shares, truths, plain = [], [], []
    for shop in range(300):
        replies, wrong = [], set()
        for n in range(200):
            confidence = rng.choice([0.6, 0.95, 0.95, 0.99, 0.99, 0.99])
            replies.append(replied(f"{shop}-{n}", confidence, day=n % 3))
            if rng.random() < (0.3 if confidence < 0.8 else 0.02):
                wrong.add(replies[-1].key)
        days = {reply.day for reply in replies}
        seen = [
            reply
            for day in days
            for reply in drawn(f"s{shop}", day, [r for r in replies if r.day == day], DAILY)
        ]
        found = estimate(cells_of(replies), seen, {reply.key for reply in seen} & wrong)
        shares.append(found.share or 0.0)
        plain.append(found.wrong / found.reviewed)
        truths.append(len(wrong) / len(replies))
    truth = sum(truths) / len(truths)
    assert sum(shares) / len(shares) == pytest.approx(truth, abs=0.006)
    assert sum(plain) / len(plain) > truth + 0.03, "counting alone would say too much"
