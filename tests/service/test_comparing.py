"""What has become of a case between two evaluations."""

from dataclasses import dataclass

import pytest

from zhanggui.service.comparing import change, changes


@dataclass
class Outcome:
    case_id: str
    is_right: bool
    reply: str = "可以"
    decision: str = "answer"


RIGHT, WRONG = Outcome("c", True), Outcome("c", False)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (RIGHT, None, "new"),
        (RIGHT, WRONG, "better"),
        (WRONG, RIGHT, "worse"),
        (RIGHT, RIGHT, "same"),
        (RIGHT, Outcome("c", True, "可以的"), "changed"),
        (WRONG, Outcome("c", False, decision="handoff"), "changed"),
    ],
)
def test_a_case_is_better_or_worse_or_worded_otherwise(now, before, expected):
    assert change(now, before) == expected


def test_cases_are_told_apart_by_their_id():
    now = [Outcome("a", True), Outcome("b", False)]
    assert changes(now, {"b": Outcome("b", True)}) == {"a": "new", "b": "worse"}
