"""A reply that could be given, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhanggui.base.words import Text
from zhanggui.service.evidence import LONGEST, MOST_SOURCES, Evidence, unsupported
from zhanggui.service.guards import Decided


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reply and its evidence. `confidence` of what was found by retrieval is the shop's
    calibrated probability; of a look-up in a record it is a rank among look-ups (the surer it is
    which record is meant, the higher), not a measured probability."""

    reply: str
    sources: list[Evidence]
    confidence: float
    decision: Decided = "answer"
    reason: Text = field(default=Text("记录里有答案", "A record has the answer"))

    @property
    def is_sound(self) -> bool:
        """Whether the reply may be sent: not empty, not too long, and every figure of it in a
        source."""
        return (
            0 < len(self.reply) <= LONGEST
            and len(self.sources) <= MOST_SOURCES
            and not unsupported(self.reply, self.sources)
        )
