"""A wish in a conversation: read from a message that was not answered, judged, and put into the
reply. What was decided on the message stays as it was, but for one that only fills in what the shop
had asked for: that is handed over whatever record it is like."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhanggui.service import answering, guards, request_reading
from zhanggui.service.answering import Decision
from zhanggui.service.asking import Gathered
from zhanggui.service.judging import judge
from zhanggui.service.requests import Request, Verdict
from zhanggui.service.ruling import OFFER

_SURE = 0.95
_COMES = "我请同事来跟您确认，请稍等。"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a shopper wants done, and what may come of it."""

    request: Request
    verdict: Verdict
    is_handed_over: bool
    goes_on: bool = False
    """Whether the message is what the shop asked for, which no record answers."""

    def answered(self, decision: Decision, *, is_filed: bool) -> Decision:
        """The decision with the reply that the wish calls for: that it was noted, what is missing,
        or why it cannot be."""
        verdict = self.verdict
        if self.goes_on:
            reason, reply = verdict.reason, guards.HANDOFF_REPLY
            decision = Decision("handoff", reply, _SURE, reason, verdict.sources, "change")
        if self.is_handed_over:
            decision = replace(decision, cause="change")
        if not self.is_handed_over or (verdict.outcome == "possible" and not is_filed):
            return decision
        reply = verdict.reply
        if verdict.outcome == "refused":
            reply = reply.removesuffix(OFFER) + _COMES
        return replace(decision, reply=reply, sources=verdict.sources)


def wish(gathered: Gathered, decision: Decision) -> Wish | None:
    """What is wished for in a message that is handed over or asked back about; None where nothing
    is, or where a person is needed for the shopper's sake."""
    goes_on = request_reading.goes_on(gathered.reading)
    if decision.decision not in ("handoff", "clarify") and not goes_on:
        return None
    if answering.guard(gathered.reading, gathered.context) is not None:
        return None
    request = request_reading.read(gathered.reading, gathered.context)
    if request is None:
        return None
    verdict = judge(request, gathered.context, gathered.index.retriever)
    return Wish(request, verdict, goes_on or decision.decision == "handoff", goes_on)
