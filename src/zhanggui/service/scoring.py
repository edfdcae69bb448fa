"""Whether a conversation was resolved, and whether it went wrong: the packs' rules, to the letter.

Resolved: the decision is acceptable and not `handoff`, every group of strings is included, nothing
forbidden is, one of the given sources is cited (where any is given), and the reply is no longer
than 200 characters with at most three sources. Wrong: `answer` and not resolved, whatever the
kind; or anything forbidden; or too long a reply or too many sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from zhanggui.service.evidence import LONGEST, MOST_SOURCES

COMMON = frozenset(
    ("faq", "product", "policy", "order", "refund", "coupon", "multi_turn", "recommend")
)


class CaseTurn(BaseModel):
    """One message of a judged conversation."""

    role: str
    text: str


class Expectation(BaseModel):
    """What the outcome must be."""

    decisions: list[str]
    sources: list[str] = Field(default_factory=list)
    must_include: list[list[str]] = Field(default_factory=list)
    must_not_include: list[str] = Field(default_factory=list)


class Case(BaseModel):
    """A judged conversation (a line of ``cases.jsonl``)."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(max_length=64)
    kind: str = Field(max_length=24)
    buyer: str | None = None
    product_id: str | None = Field(None, max_length=64)
    order_id: str | None = Field(None, max_length=64)
    turns: list[CaseTurn] = Field(min_length=1)
    expect: Expectation


@dataclass(frozen=True, slots=True)
class Score:
    """`right` says that the decision was acceptable and nothing was wrong: what counts for kinds
    that are not to be resolved."""

    resolved: bool
    wrong: bool
    right: bool


def score(expect: Expectation, decision: str, reply: str, sources: Sequence[str]) -> Score:
    """Judge an outcome."""
    acceptable = decision in expect.decisions
    forbidden = any(text in reply for text in expect.must_not_include)
    pasted = len(reply) > LONGEST or len(sources) > MOST_SOURCES
    included = all(any(text in reply for text in group) for group in expect.must_include)
    cited = not expect.sources or any(source in expect.sources for source in sources)
    resolved = (
        acceptable and decision != "handoff" and included and not forbidden and cited and not pasted
    )
    wrong = (decision == "answer" and not resolved) or forbidden or pasted
    return Score(resolved, wrong, acceptable and not wrong)


@dataclass(frozen=True, slots=True)
class Tried:
    """An outcome for the curve: what happens when it is given, and how sure it is. A decision
    other than `answer` happens whatever the threshold."""

    common: bool
    answers: bool
    confidence: float
    score: Score


class Point(BaseModel):
    """What share of the common kinds is resolved when `max_wrong` of all cases may go wrong, and
    the confidence from which to answer for that; None where no threshold is low enough."""

    max_wrong: float
    resolved: float
    threshold: float | None


def curve(tried: Sequence[Tried], ceilings: Sequence[float]) -> list[Point]:
    """The best point for each ceiling, over every threshold there is."""
    total, common = len(tried), sum(each.common for each in tried)
    thresholds = sorted({each.confidence for each in tried if each.answers})
    points = []
    for threshold in [*thresholds, float("inf")]:
        given = [t for t in tried if not t.answers or t.confidence >= threshold]
        wrong = sum(t.score.wrong for t in given)
        resolved = sum(t.score.resolved and t.common for t in given)
        points.append((threshold, wrong, resolved))
    best = []
    for ceiling in ceilings:
        fitting = [point for point in points if point[1] <= ceiling * total]
        if not fitting:
            best.append(Point(max_wrong=ceiling, resolved=0.0, threshold=None))
            continue
        threshold, _, resolved = max(fitting, key=lambda point: (point[2], point[0]))
        best.append(
            Point(
                max_wrong=ceiling,
                resolved=round(resolved / common, 4) if common else 0.0,
                threshold=round(threshold, 4) if threshold != float("inf") else None,
            )
        )
    return best
