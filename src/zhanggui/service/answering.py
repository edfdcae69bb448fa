"""From a message, what is known and what was found to one decision. Pure: it reads no table.

Safety first (`guards`). Then everything that could be said is proposed (records looked up, entries
found, what follows from them), each proposal is weighed (`weighing`), and the surest is given if
it is sure enough; with it the next where that is likely too and both are short. Else a person is
asked. A reply with a figure that none of its sources has, and that was not worked out from them, is
never sent.

No language model takes part: a reply is a record's own words or a frame around its values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from zhanggui.base.words import Text
from zhanggui.knowledge import Search, ShopIndex
from zhanggui.service import changes, coupons, goods, guards, orders, recommending, told, weighing
from zhanggui.service.context import Context
from zhanggui.service.evidence import LONGEST, MOST_SOURCES, Evidence
from zhanggui.service.guards import Cause, Decided
from zhanggui.service.proposals import Proposal
from zhanggui.service.reading import Reading

CEILINGS = (0.01, 0.02, 0.03, 0.05, 0.08)
"""The shares of wrong answers that a merchant may choose from: for each there is a confidence from
which to answer (:attr:`zhanggui.service.weighing.Trees.ceilings`)."""
CEILING = 0.05
"""The share that is allowed where nothing else is chosen."""
BESIDE = 0.2
"""From which likelihood a second record is told beside the first."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a message: what the shopper reads, how sure it is, the records it rests on
    and why, for staff; `cause` is why a person is asked."""

    decision: Decided
    reply: str
    confidence: float
    reason: Text
    sources: list[Evidence] = field(default_factory=list)
    cause: Cause | None = None


def proposals(
    reading: Reading, context: Context, search: Search, index: ShopIndex
) -> list[Proposal]:
    """Everything that could be said and is sound."""
    focus = goods.meant(reading, context, search)
    found = told.propose(reading, context, search, focus[0].product if focus else None)
    found += goods.propose(reading, search, focus)
    found += orders.propose(reading, context, index)
    found += changes.propose(reading, context, index)
    found += coupons.propose(reading, context, search, focus)
    found += recommending.propose(reading, context, search, focus)
    return [each for each in found if each.is_sound]


def decide(
    reading: Reading,
    context: Context,
    found: Sequence[Proposal],
    search: Search,
    *,
    shift: float = 0.0,
    ceiling: float = CEILING,
    floor: float | None = None,
) -> Decision:
    """The decision on a message. `shift` moves the log odds of what the shop has written down
    (:mod:`zhanggui.service.calibration`); `ceiling` is the share of wrong answers that is allowed;
    `floor` is a confidence from which to answer in its place: an evaluation draws its curve with
    it."""
    guarded = guard(reading, context)
    if guarded is not None:
        return guarded
    if not found:
        return _hand_off(0.0)
    nobody = next((each for each in found if each.signals.get("nobody")), None)
    if nobody is not None:
        return Decision(nobody.decision, nobody.reply, 0.95, nobody.reason)
    choice = choose(reading, context, found, search, shift=shift)
    learnt = weighing.learnt(search.has_meaning)
    if choice.confidence < (learnt.sure_from(ceiling) if floor is None else floor):
        return _hand_off(choice.confidence)
    best = choice.best
    return Decision(
        best.first.decision, best.reply, choice.confidence, best.first.reason, best.sources
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """How likely each of some proposals answers, which would be told, and how sure the whole reply
    is, each from 0 to 1."""

    chances: NDArray[np.float64]
    best: Composed
    confidence: float


def choose(
    reading: Reading,
    context: Context,
    found: Sequence[Proposal],
    search: Search,
    *,
    shift: float = 0.0,
) -> Choice:
    """The best of at least one proposal; `shift` as in :func:`decide`."""
    weighed = weighing.weigh(reading, context, found, search)
    likely = weighed.chances
    if shift:
        written = np.array([each.kind in ("faq", "policy") for each in found], np.bool_)
        likely = np.where(written, weighing.moved(likely, shift), likely)
    same = np.array([weighing.is_verbatim(reading, each) for each in found], np.bool_)
    likely = np.where(same, np.maximum(likely, weighing.VERBATIM), likely)
    best = compose(found, likely)
    signals = weighing.reply_signals(
        replace(weighed, chances=likely), best.reply, told_both=best.second is not None
    )
    confidence = float(weighing.learnt(search.has_meaning).replies.chances([signals])[0])
    if weighing.is_verbatim(reading, best.first):
        confidence = max(confidence, weighing.VERBATIM)
    return Choice(likely, best, confidence)


def guard(reading: Reading, context: Context) -> Decision | None:
    """The decision where safety, small talk or another's privacy makes it."""
    guarded = guards.guard(reading.asked.text)
    if guarded is None and context.foreign:
        guarded = guards.privacy()
    if guarded is None:
        return None
    return Decision(
        guarded.decision, guarded.reply, guarded.confidence, guarded.reason, cause=guarded.cause
    )


@dataclass(frozen=True, slots=True)
class Composed:
    """What would be told: the surest proposal, and the one beside it where there is one."""

    first: Proposal
    second: Proposal | None

    @property
    def reply(self) -> str:
        """What the shopper reads."""
        if self.second is None:
            return self.first.reply
        gap = "" if self.first.reply.endswith(("。", "！", "？", "；", "!", "?")) else "。"
        return f"{self.first.reply}{gap}{self.second.reply}"

    @property
    def sources(self) -> list[Evidence]:
        """What it rests on."""
        both = (*self.first.sources, *(self.second.sources if self.second else ()))
        return list({source.id: source for source in both}.values())


def compose(found: Sequence[Proposal], likely: NDArray[np.float64]) -> Composed:
    """The surest proposal, with the next beside it where there is room and doubt."""
    order = np.argsort(-likely, kind="stable")
    first = found[order[0]]
    if first.decision == "answer":
        for place in order[1:4]:
            other = found[place]
            if likely[place] < BESIDE:
                break
            if other.decision == "answer" and _goes_beside(first, other):
                return Composed(first, other)
    return Composed(first, None)


def _goes_beside(first: Proposal, other: Proposal) -> bool:
    sources = {source.id for source in (*first.sources, *other.sources)}
    fits = len(first.reply) + len(other.reply) < LONGEST and len(sources) <= MOST_SOURCES
    return fits and other.reply not in first.reply


def _hand_off(sure: float) -> Decision:
    reason = Text(
        "没有足够把握的答案，转人工", "Nothing is known surely enough; a person takes over"
    )
    return Decision("handoff", guards.HANDOFF_REPLY, 1 - sure, reason, cause="unsure")
