"""How likely it is that a proposal answers, and that the whole reply does.

Gradient boosted trees twice (:mod:`zhanggui.ai.trees`): over the signals of each proposal, and
then over how the surest stands to the others, which says whether to answer at all. They were learnt
over a dozen trades (``training/weigher.py``) and see no word of any shop, only how records and
question stand to each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from zhanggui.ai import bigrams
from zhanggui.ai.trees import MISSING, Matrix, Trees
from zhanggui.knowledge import Search
from zhanggui.service import cues, kinds
from zhanggui.service.context import Context
from zhanggui.service.cues import Topic
from zhanggui.service.proposals import Kind, Proposal
from zhanggui.service.reading import Reading

VERBATIM = 0.97
"""How likely an answer is, at least, to what is asked in the very words the shop has for it: the
trees were taught on shoppers' words, which never are."""
_FILES = {
    True: Path(__file__).with_name("weights") / "weigher.npz",
    False: Path(__file__).with_name("weights") / "weigher-characters.npz",
}
"""What was learnt where meaning is compared, and where letters alone are."""
_TOP = 5
"""How many of the surest proposals a whole reply is judged by."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt: of proposals, of whole replies, and from which confidence to answer."""

    proposals: Trees
    replies: Trees
    ceilings: Matrix
    """Shares of wrong answers that a merchant may choose from."""
    thresholds: Matrix
    """For each the confidence from which to answer, as shops left out of the teaching needed."""

    def sure_from(self, ceiling: float) -> float:
        """The confidence from which to answer where `ceiling` of all answers may be wrong: that of
        the largest known ceiling that is no larger."""
        fitting = self.thresholds[self.ceilings <= ceiling + 1e-9]
        return float(fitting[-1]) if len(fitting) else 1.01


@cache
def digest(has_meaning: bool) -> str:
    """What tells what was learnt from what another version of the program has."""
    return hashlib.sha256(_FILES[has_meaning].read_bytes()).hexdigest()[:16]


@cache
def learnt(has_meaning: bool) -> Learnt:
    """What was learnt."""
    with np.load(_FILES[has_meaning], allow_pickle=False) as kept:
        return Learnt(
            Trees.of(kept, "proposal"),
            Trees.of(kept, "reply"),
            kept["ceilings"],
            kept["thresholds"],
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


@dataclass(frozen=True, slots=True)
class Weighed:
    """Proposals with what is known of each (`rows`) and how likely each answers (`chances`)."""

    proposals: Sequence[Proposal]
    rows: list[dict[str, float]]
    chances: Matrix


def weigh(
    reading: Reading, context: Context, proposals: Sequence[Proposal], search: Search
) -> Weighed:
    """How likely each proposal answers."""
    sorts = {} if search.vector is None else kinds.sorter().chances(search.vector)
    rows = table(reading, context, proposals, sorts) if proposals else []
    return Weighed(proposals, rows, learnt(search.has_meaning).proposals.chances(rows))


def reply_signals(weighed: Weighed, reply: str, *, told_both: bool) -> dict[str, float]:
    """What is known of a whole reply: of its first proposal, and how that stands to the others.
    `reply` is what would be said, `told_both` that the next is told beside the first."""
    order = np.argsort(-weighed.chances, kind="stable")
    odds = [_odds(weighed.chances[i]) for i in order]
    first = weighed.proposals[order[0]]
    second = weighed.proposals[order[1]] if len(order) > 1 else None
    others = [odds[n] for n, i in enumerate(order) if weighed.proposals[i].kind != first.kind]
    top = [*odds[:_TOP], *[MISSING] * (_TOP - len(odds))]
    return {
        **weighed.rows[order[0]],
        **{f"odds_{place}": each for place, each in enumerate(top)},
        **{f"second_{kind}": float(second is not None and second.kind == kind)
           for kind in get_args(Kind)},
        "odds_ahead": top[0] - top[1],
        "odds_next_ahead": top[1] - top[2],
        "odds_other_kind": others[0] if others else MISSING,
        "expected": float(weighed.chances.sum()),
        "likely_count": float((weighed.chances > 0.2).sum()),
        "possible_count": float((weighed.chances > 0.05).sum()),
        "count": float(len(order)),
        "told_both": float(told_both),
        "odds_beside": top[1] * told_both,
        "alike": MISSING if second is None else _alike(first.reply, second.reply),
        "same_source": float(second is not None and bool(_ids(first) & _ids(second))),
        "reply_length": len(reply) / 100,
    }  # fmt: skip


def _odds(chance: float) -> float:
    kept = min(max(float(chance), 1e-4), 1 - 1e-4)
    return float(np.log(kept / (1 - kept)))


def _alike(one: str, other: str) -> float:
    """The share of letter pairs that two replies have in common, from 0 to 1."""
    pairs, others = set(bigrams(one)), set(bigrams(other))
    return len(pairs & others) / max(len(pairs | others), 1)


def _ids(proposal: Proposal) -> set[str]:
    return {source.id for source in proposal.sources}


def moved(chances: NDArray[np.float64], shift: float) -> NDArray[np.float64]:
    """Probabilities with their log odds moved."""
    kept = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.asarray(1 / (1 + np.exp(-(np.log(kept / (1 - kept)) + shift))))


def is_verbatim(reading: Reading, proposal: Proposal) -> bool:
    """Whether the message is, letter for letter, a question that the shop has answered."""
    alike = proposal.signals.get("characters", 0.0) > 0.999
    return proposal.kind == "faq" and alike and not reading.leans
