"""How often the first candidate is right: learnt from the shop's own entries, left out in turn.

Each known question is asked twice: once with that one wording hidden (its entry can still be found
by its others: was it?), once with the whole entry hidden (whatever comes first is wrong). A
logistic curve over the first candidate's features is fitted to what happened. It needs no judged
conversations and no threshold carried over from another shop. Statements without questions (a
clause) are asked for by a part of themselves, so that a shop with no FAQ is calibrated too.

The shop's wordings are tidier than shoppers', so the estimate is optimistic; the evaluation shows
by how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from zhanggui.knowledge.retrieval import FEATURES, Candidate, Retriever, Way
from zhanggui.knowledge.signals import Signals

SAMPLE = 300
"""Questions asked at most; the standard error of a share is then below 3%."""
_RIDGE = 1.0
_SHORTEST = 6

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibrator:
    """P(the first candidate is right), and the confidence from which to answer."""

    weights: Matrix
    """Of the intercept and each feature, for features as they are."""
    threshold: float
    asked: int
    """How many questions it was learnt from."""

    def confidence(self, first: Candidate) -> float:
        """The probability, from 0 to 1, that `first` answers the question."""
        return float(_sigmoid(self.weights[0] + first.features @ self.weights[1:]))


NEVER = 1.01
"""A threshold that no confidence reaches."""

UNCALIBRATED = Calibrator(np.zeros(FEATURES + 1), NEVER, 0)
"""For a shop that knows nothing to ask itself: never sure."""


def calibrate(
    retriever: Retriever, ceiling: float, random: Random, way: Way = "fused"
) -> Calibrator:
    """Learn from `retriever`'s own entries; `ceiling` is the share of questions that may be
    answered wrongly (0.05 for 5%). What is learnt holds for entries ordered in that `way`."""
    features, right = _trials(retriever, random, way)
    if len(right) == 0 or right.all() or not right.any():
        return UNCALIBRATED
    weights = _fit(features, right)
    confidence = _sigmoid(weights[0] + features @ weights[1:])
    return Calibrator(weights, _threshold(confidence, right, ceiling), len(right))


def _trials(retriever: Retriever, random: Random, way: Way) -> tuple[Matrix, NDArray[np.bool_]]:
    """The features of the first candidate of each trial, shape (n, FEATURES), and whether it was
    the right one."""
    rows = list(range(len(retriever.asked)))
    random.shuffle(rows)
    counts = np.bincount(retriever.wordings.owners, minlength=len(retriever.entries))
    features, right = [], []
    for row in rows:
        wording = retriever.asked[row]
        if retriever.entries[wording.owner].kind == "product":
            continue  # Goods are asked for by their attributes, not in these words.
        is_question = wording.role == "query"
        if is_question and counts[wording.owner] < 2:
            continue
        if not is_question and retriever.entries[wording.owner].questions:
            continue
        signals = _ask(retriever, row, random)
        hidden = retriever.wordings.owners == wording.owner
        only = np.zeros_like(hidden)
        only[row] = is_question
        for hide, may_be_right in ((only, True), (hidden, False)):
            found = retriever.rank(signals.without(hide), limit=2, way=way)
            if found:
                features.append(found[0].features)
                hit = found[0].entry is retriever.entries[wording.owner]
                right.append(may_be_right and hit)
        if len(right) >= 2 * SAMPLE:
            break
    return np.array(features).reshape(-1, FEATURES), np.array(right, np.bool_)


def _ask(retriever: Retriever, row: int, random: Random) -> Signals:
    """The signals of a question for wording `row`."""
    wording = retriever.asked[row]
    if wording.role == "query":
        vectors = retriever.wordings.vectors
        return retriever.wordings.signals(wording.text, None if vectors is None else vectors[row])
    text = wording.text
    length = max(_SHORTEST, len(text) // 3)
    start = random.randrange(max(len(text) - length, 0) + 1)
    return retriever.signals(text[start : start + length])


def _fit(features: Matrix, right: NDArray[np.bool_]) -> Matrix:
    """Ridge logistic regression by Newton's method (Hastie et al., ESL 4.4.1)."""
    centre, scale = features.mean(0), features.std(0)
    scale[scale == 0] = 1
    design = np.column_stack([np.ones(len(features)), (features - centre) / scale])
    weights = np.zeros(design.shape[1])
    penalty = np.diag([0.0] + [_RIDGE] * features.shape[1])
    for _ in range(25):
        chance = _sigmoid(design @ weights)
        gradient = design.T @ (right - chance) - penalty @ weights
        curvature = (design.T * (chance * (1 - chance))) @ design + penalty
        curvature[0, 0] += 1e-9
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    plain = weights[1:] / scale
    return np.concatenate([[weights[0] - plain @ centre], plain])


def _threshold(confidence: Matrix, right: NDArray[np.bool_], ceiling: float) -> float:
    """The lowest confidence such that answering from there up is wrong for at most `ceiling` of
    all trials."""
    order = np.argsort(-confidence, kind="stable")
    sorted_ = confidence[order]
    wrong = np.cumsum(~right[order])
    # A threshold lets in everything that is as sure, so only the last of equals can be one.
    last = np.append(sorted_[1:] < sorted_[:-1], True)
    allowed = np.flatnonzero(last & (wrong <= ceiling * len(right)))
    return float(sorted_[allowed[-1]]) if len(allowed) else NEVER


def _sigmoid(x: Matrix | float) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))
