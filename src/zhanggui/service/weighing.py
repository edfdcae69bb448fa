"""How likely it is that a proposal answers: gradient boosted trees over its signals.

The trees were learnt over a dozen trades (``training/weigher.py``); they see no word of any shop,
only how records and question stand to each other. A signal that a kind of proposal does not have
is :data:`MISSING`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from zhanggui.knowledge import Search
from zhanggui.service import cues, kinds
from zhanggui.service.context import Context
from zhanggui.service.cues import Topic
from zhanggui.service.proposals import Kind, Proposal
from zhanggui.service.reading import Reading

MISSING = -9.0
VERBATIM = 0.97
"""How likely an answer is, at least, to what is asked in the very words the shop has for it: the
trees were taught on shoppers' words, which never are."""
_ARRAYS = (
    "roots", "feature", "threshold", "left", "right", "value", "ceilings", "thresholds",
    "scale",
)  # fmt: skip
_FILES = {
    True: Path(__file__).with_name("weights") / "weigher.npz",
    False: Path(__file__).with_name("weights") / "weigher-characters.npz",
}
"""What was learnt where meaning is compared, and where letters alone are."""
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of binary trees. Node `i` goes to `left[i]` where signal `feature[i]` is at most
    `threshold[i]`, else to `right[i]`; a leaf has `left[i]` of -1 and adds `value[i]`."""

    names: list[str]
    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: Matrix
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Matrix
    ceilings: Matrix
    """Shares of wrong answers that a merchant may choose from."""
    thresholds: Matrix
    """For each the confidence from which to answer, as shops left out of the teaching needed."""
    scale: Matrix
    """Of :func:`doubts` in the log odds that the whole reply resolves the question."""

    def confidence(self, chances: tuple[float, float], *, told_both: bool) -> float:
        """How sure a whole reply is: from the likelihoods of the surest proposal and of the next,
        which is told beside it or stands against it."""
        return float(1 / (1 + np.exp(-doubts(chances, told_both) @ self.scale)))

    def sure_from(self, ceiling: float) -> float:
        """The confidence from which to answer where `ceiling` of all answers may be wrong: that of
        the largest known ceiling that is no larger."""
        fitting = self.thresholds[self.ceilings <= ceiling + 1e-9]
        return float(fitting[-1]) if len(fitting) else 1.01

    def scores(self, rows: Matrix) -> Matrix:
        """The log odds of each row, shape (n,)."""
        at = np.repeat(self.roots[None], len(rows), 0)
        lines = np.arange(len(rows))[:, None]
        while True:
            inner = self.left[at] >= 0
            if not inner.any():
                return np.asarray(self.value[at].sum(1))
            goes_left = rows[lines, self.feature[at]] <= self.threshold[at]
            following = np.where(goes_left, self.left[at], self.right[at])
            at = np.where(inner, following, at)


def doubts(chances: tuple[float, float], told_both: bool) -> Matrix:
    """What a reply's confidence is learnt from, shape (5,)."""
    first, second = (float(np.log(c / (1 - c))) for c in np.clip(chances, 1e-4, 1 - 1e-4))
    return np.array([1.0, first, second, float(told_both), second * told_both])


@cache
def trees(has_meaning: bool) -> Trees:
    """What was learnt."""
    with np.load(_FILES[has_meaning], allow_pickle=False) as kept:
        return Trees(
            [str(name) for name in kept["names"]],
            *(kept[each] for each in _ARRAYS),
        )


def question_signals(reading: Reading, context: Context) -> dict[str, float]:
    """What is known of the question whatever is proposed."""
    topics = cues.topics(reading.understood)
    return {
        **{f"q_{topic}": float(topic in topics) for topic in Topic},
        "q_own": float(cues.is_own(reading.text)),
        "q_leans": float(reading.leans),
        "q_turns": float(min(len(reading.asked.turns), 4)),
        "q_page": float(context.product is not None),
        "q_order": float(context.order is not None),
        "q_buyer": float(reading.asked.buyer is not None),
        "q_orders": float(min(len(context.orders), 5)),
        "q_cases": float(min(len(context.refunds), 3)),
        "q_length": min(len(reading.text), 60) / 30,
        "q_yes_no": float(reading.mood.yes_no),
        "q_when": float(reading.mood.when or reading.mood.how_long),
        "q_amount": float(reading.mood.how_much),
        "q_why": float(reading.mood.why),
        "q_how": float(reading.mood.how),
        "q_which": float(reading.mood.which),
        "q_where": float(reading.mood.where),
        "q_difference": float(reading.mood.difference),
        "q_quantities": float(min(len(reading.quantities), 3)),
        "q_moments": float(min(len(reading.moments), 3)),
    }


def table(
    reading: Reading,
    context: Context,
    proposals: Sequence[Proposal],
    sorts: Mapping[str, float],
) -> list[dict[str, float]]:
    """Every signal of each proposal, by name: its own, the question's (with `sorts`, what sort of
    question it is), and how it stands to the others."""
    shared = {**question_signals(reading, context), **sorts}
    every_kind = get_args(Kind)
    best = {
        kind: max((p.signals.get("meaning", 0.0) for p in proposals if p.kind == kind), default=0.0)
        for kind in ("faq", "policy", "attribute", "coupon")
    }
    top = max(best.values())
    rows = []
    for proposal in proposals:
        meaning = proposal.signals.get("meaning", MISSING)
        rows.append(
            {
                **shared,
                **{f"kind_{kind}": float(proposal.kind == kind) for kind in every_kind},
                **{f"best_{kind}": value for kind, value in best.items()},
                "behind": top - meaning if meaning > 0 else MISSING,
                "behind_kind": best.get(proposal.kind, 0.0) - meaning if meaning > 0 else MISSING,
                "rivals": float(sum(v > top - 0.02 for v in best.values())),
                **proposal.signals,
            }
        )
    return rows


def likelihoods(
    reading: Reading, context: Context, proposals: Sequence[Proposal], search: Search
) -> NDArray[np.float64]:
    """P(it answers) of each proposal, shape (n,)."""
    if not proposals:
        return np.zeros(0)
    sorts = {} if search.vector is None else kinds.sorter().chances(search.vector)
    learnt = trees(search.has_meaning)
    found = table(reading, context, proposals, sorts)
    rows = np.array([[row.get(n, MISSING) for n in learnt.names] for row in found], np.float64)
    return 1 / (1 + np.exp(-np.clip(learnt.scores(rows), -30, 30)))


def moved(chances: NDArray[np.float64], shift: float) -> NDArray[np.float64]:
    """Probabilities with their log odds moved."""
    kept = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.asarray(1 / (1 + np.exp(-(np.log(kept / (1 - kept)) + shift))))


def is_verbatim(reading: Reading, proposal: Proposal) -> bool:
    """Whether the message is, letter for letter, a question that the shop has answered."""
    alike = proposal.signals.get("characters", 0.0) > 0.999
    return proposal.kind == "faq" and alike and not reading.leans
