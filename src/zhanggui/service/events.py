"""What can happen when shoppers are served."""

from __future__ import annotations

from typing import ClassVar

from zhanggui.base.events import Event


class ServiceSettingsSaved(Event):
    """A person chose which share of answers may be wrong."""

    type: ClassVar[str] = "service.settings_saved"
    ceiling: float


class Answered(Event):
    """A shopper's message was decided on: how, how surely, by which records, in how many
    milliseconds. What was said is not in it."""

    type: ClassVar[str] = "service.answered"
    decision: str
    confidence: float
    sources: list[str]
    ms: float
