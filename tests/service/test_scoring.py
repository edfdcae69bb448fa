"""The packs' rules, one by one."""

import pytest

from zhanggui.service.scoring import Expectation, Score, Tried, curve, score

EXPECT = Expectation(
    decisions=["answer", "clarify"],
    sources=["faq:1", "policy:r#2"],
    must_include=[["七天", "7天"], ["运费"]],
    must_not_include=["保证"],
)
GOOD = "7天内可以退，运费您出。"


@pytest.mark.parametrize(
    ("decision", "reply", "sources", "resolved", "wrong"),
    [
        ("answer", GOOD, ["faq:1"], True, False),
        ("answer", GOOD, ["faq:9", "policy:r#2"], True, False),
        ("clarify", GOOD, ["faq:1"], True, False),
        ("handoff", GOOD, ["faq:1"], False, False),
        ("decline", GOOD, ["faq:1"], False, False),
        ("answer", "7天内可以退。", ["faq:1"], False, True),
        ("clarify", "7天内可以退。", ["faq:1"], False, False),
        ("answer", GOOD, ["faq:9"], False, True),
        ("answer", GOOD, [], False, True),
        ("answer", GOOD + "保证退。", ["faq:1"], False, True),
        ("handoff", "保证退。", [], False, True),
        ("answer", GOOD + "。" * (200 - len(GOOD)), ["faq:1"], True, False),
        ("answer", GOOD + "。" * (201 - len(GOOD)), ["faq:1"], False, True),
        ("answer", GOOD, ["faq:1", "faq:2", "faq:3"], True, False),
        ("answer", GOOD, ["faq:1", "faq:2", "faq:3", "faq:4"], False, True),
    ],
)
def test_resolved_and_wrong(decision, reply, sources, resolved, wrong):
    found = score(EXPECT, decision, reply, sources)
    assert (found.resolved, found.wrong) == (resolved, wrong)


def test_an_answer_where_none_is_acceptable_is_wrong():
    expect = Expectation(decisions=["handoff", "clarify"])
    assert score(expect, "answer", "有的", []) == Score(False, True, False)
    assert score(expect, "handoff", "请稍等", []) == Score(False, False, True)
    assert score(expect, "decline", "不行", []) == Score(False, False, False)


def test_a_handoff_is_never_resolved_however_acceptable():
    expect = Expectation(decisions=["handoff"], sources=["policy:r#1"])
    assert score(expect, "handoff", "请稍等", ["policy:r#1"]).resolved is False


def test_where_no_source_is_needed_none_is_asked_for():
    assert score(Expectation(decisions=["answer"]), "answer", "在的", []).resolved


def tried(confidence, right, *, common=True, answers=True):
    return Tried(common, answers, confidence, Score(right, not right, right))


def test_the_curve_answers_as_low_as_the_ceiling_allows():
    cases = [tried(0.9, True), tried(0.8, False), tried(0.7, True), tried(0.6, False)]
    points = curve(cases, [0.0, 0.25, 0.5])
    assert [(p.resolved, p.threshold) for p in points] == [(0.25, 0.9), (0.5, 0.7), (0.5, 0.7)]


def test_the_shares_of_the_curve_are_of_common_kinds_and_of_all_cases():
    other = [tried(0.95, False, common=False)] + [tried(0.1, True, common=False)] * 2
    (point,) = curve([tried(0.9, True), *other], [0.25])
    assert point.resolved == 1.0


def test_equally_sure_answers_come_together():
    (point,) = curve([tried(0.5, True), tried(0.5, False)], [0.4])
    assert (point.resolved, point.threshold) == (0.0, None)


def test_what_is_no_answer_happens_at_every_threshold():
    asking = tried(0.2, True, answers=False)
    (point,) = curve([asking, tried(0.9, False)], [0.0])
    assert point.resolved == 0.5
    harmful = Tried(True, False, 0.2, Score(False, True, False))
    (point,) = curve([harmful, tried(0.9, True)], [0.1])
    assert (point.resolved, point.threshold) == (0.0, None)
