"""A reply that could be given, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from zhanggui.base.words import Text
from zhanggui.service.evidence import LONGEST, MOST_SOURCES, Evidence, unsupported
from zhanggui.service.guards import Decided

Kind = Literal[
    "faq", "policy", "coupon", "price_after", "attribute", "difference", "offer", "order",
    "ship_due", "pay_due", "refund", "recommend", "which_order", "change", "ask_address",
]  # fmt: skip


@dataclass(slots=True)
class Proposal:
    """A reply and its evidence. `about` is the text by which it is judged whether it answers (the
    record's own words); `signals` are what is known of that besides, by name, each in the range
    that :mod:`zhanggui.service.weighing` says. `computed` are figures that are not in a record
    but worked out from those cited, so that :attr:`is_sound` lets them pass."""

    kind: Kind
    reply: str
    sources: list[Evidence]
    about: str
    signals: dict[str, float] = field(default_factory=dict)
    computed: str = ""
    decision: Decided = "answer"
    reason: Text = field(default=Text("记录里有答案", "A record has the answer"))

    @property
    def is_sound(self) -> bool:
        """Whether the reply may be sent: it says something, is not too long, and every figure of
        it is in a source or worked out from one."""
        known = [*self.sources, Evidence("", self.computed)]
        return (
            any(letter.isalnum() for letter in self.reply)
            and len(self.reply) <= LONGEST
            and len(self.sources) <= MOST_SOURCES
            and not unsupported(self.reply, known)
        )
