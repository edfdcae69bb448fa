"""How what a reply rests on is shown."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from zhanggui.base.masking import scrub
from zhanggui.service.evidence import Evidence


class SourceView(BaseModel):
    """A record the reply rests on, as it is cited and what it says."""

    id: str
    text: str


def sources(evidence: Iterable[Evidence]) -> list[SourceView]:
    """Records as they are shown, without phone numbers and the like."""
    return [SourceView(id=each.id, text=scrub(each.text)) for each in evidence]
