"""What of a shop may leave for models, and what left."""

from __future__ import annotations

from typing import Literal

from zhanggui.ai.faults import ModelFault
from zhanggui.ai.models import ModelSharing
from zhanggui.ai.roster import Purpose, Sent

Asks = Literal["anywhere", "near", "nowhere"]
"""Which servers are asked: all that are configured, those in the shop's own house, or none."""


def check(chosen: ModelSharing | None, purpose: Purpose, sent: Sent, *, is_near: bool) -> None:
    """Raise ModelFault ``kept`` where a shop does not let a call leave. Where it chose nothing, all
    may; to a server in its own house nothing leaves."""
    if chosen is None:
        return
    if chosen.asks == "nowhere":
        raise ModelFault("kept")
    if is_near:
        return
    if chosen.asks == "near":
        raise ModelFault("kept")
    if purpose.has_shoppers_words and not chosen.shoppers_words:
        raise ModelFault("kept")
    if sent.pictures and not chosen.pictures:
        raise ModelFault("kept")
