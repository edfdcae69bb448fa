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
    milliseconds. What was said is not in it. `is_trial` says that staff tried a question."""

    type: ClassVar[str] = "service.answered"
    decision: str
    confidence: float
    sources: list[str]
    ms: float
    is_trial: bool = False


class WorkItemFiled(Event):
    """A shopper wants something done that a person has to do. `again` says that an open item was
    given more to write in place of a second one."""

    type: ClassVar[str] = "service.work_item_filed"
    id: str
    kind: str
    order_id: str
    urgent: bool
    again: bool = False


class WorkItemDecided(Event):
    """A person did what a work item asks for, or dropped it."""

    type: ClassVar[str] = "service.work_item_decided"
    id: str
    kind: str
    order_id: str
    status: str
