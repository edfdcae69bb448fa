"""From a message, what is known and what was found to one decision. Pure: it reads no table.

Safety first (`guards`), then whatever look-ups in records and retrieval propose; the surest sound
proposal is taken if it is sure enough, and else a person is. A proposal whose reply has a figure
that none of its sources has is never sent.

No language model takes part: a reply is a record's own words or a frame around its values. How
sure retrieval is comes from the shop's own entries (`knowledge.calibration`); how sure a look-up is
has not been measured and is a rank (`service.proposals`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhanggui.base.words import Text
from zhanggui.knowledge import Calibrator, Candidate
from zhanggui.service import coupons, cues, goods, guards, orders
from zhanggui.service.context import Asked, Context
from zhanggui.service.cues import Topic
from zhanggui.service.evidence import Evidence, shorten
from zhanggui.service.guards import Decided
from zhanggui.service.proposals import Proposal

SURE = 0.5
"""From which a look-up's proposal is taken."""
_RECORDS = {Topic.ORDER, Topic.REFUND, Topic.CHANGE, Topic.STOCK, Topic.PRICE}
"""Topics whose answer is in a record, so that what retrieval finds is weighed down."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a message: what the shopper reads, how sure it is, the records it rests on
    and why, for staff."""

    decision: Decided
    reply: str
    confidence: float
    reason: Text
    sources: list[Evidence] = field(default_factory=list)


def decide(
    asked: Asked,
    context: Context,
    found: Sequence[Candidate],
    calibrator: Calibrator,
    *,
    floor: float | None = None,
) -> Decision:
    """The decision on a message. `floor` is the confidence from which to answer, in place of the
    shop's own threshold: an evaluation draws its curve with it."""
    guarded = guards.guard(asked.text)
    if guarded is None and context.foreign:
        guarded = guards.privacy()
    if guarded is not None:
        return Decision(guarded.decision, guarded.reply, guarded.confidence, guarded.reason)
    topics = cues.topics(asked.whole)
    proposals = orders.propose(asked, context, topics)
    proposals += coupons.propose(asked, context, topics)
    proposals += goods.propose(asked, context, topics)
    sure = SURE if floor is None else floor
    proposals = [each for each in proposals if each.confidence >= sure and each.is_sound]
    threshold = calibrator.threshold if floor is None else floor
    retrieved = _retrieved(topics, found, calibrator, threshold)
    if retrieved is not None and retrieved.is_sound:
        proposals.append(retrieved)
    if not proposals:
        return _hand_off(found, calibrator)
    best = max(proposals, key=lambda each: each.confidence)
    return Decision(best.decision, best.reply, best.confidence, best.reason, best.sources)


def _retrieved(
    topics: set[Topic], found: Sequence[Candidate], calibrator: Calibrator, threshold: float
) -> Proposal | None:
    """What the first entry says, where the shop's own left-out questions say that is enough."""
    told = [candidate for candidate in found if candidate.entry.kind != "product"]
    if not told or told[0] is not found[0]:
        return None
    first = told[0]
    confidence = calibrator.confidence(first)
    if confidence < threshold:
        return None
    if topics & _RECORDS:
        confidence *= 0.9
    reply = shorten(first.entry.text)
    source = Evidence(first.entry.id, _statement(first))
    reason = Text("店铺知识里有答案", "What the shop knows has the answer")
    return Proposal(reply, [source], confidence, "answer", reason)


def _statement(candidate: Candidate) -> str:
    entry = candidate.entry
    return f"{entry.questions[0]} {entry.text}" if entry.questions else entry.text


def _hand_off(found: Sequence[Candidate], calibrator: Calibrator) -> Decision:
    confidence = 1 - calibrator.confidence(found[0]) if found else 1.0
    reason = Text(
        "没有足够把握的答案，转人工", "Nothing is known surely enough; a person takes over"
    )
    return Decision("handoff", guards.HANDOFF_REPLY, confidence, reason)
