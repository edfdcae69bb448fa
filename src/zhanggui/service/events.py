"""What can happen when shoppers are served."""

from __future__ import annotations

from typing import ClassVar

from zhanggui.base.events import Event


class ServiceSettingsSaved(Event):
    """A person chose which share of answers may be wrong."""

    type: ClassVar[str] = "service.settings_saved"
    ceiling: float


class ServiceHoursSaved(Event):
    """A person chose between which local times people answer; null for no set hours."""

    type: ClassVar[str] = "service.hours_saved"
    opens: str | None
    closes: str | None


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


class CaseSaved(Event):
    """A conversation was kept to judge the service by, or what is expected of it was changed."""

    type: ClassVar[str] = "service.case_saved"
    id: str
    decisions: list[str]


class CasesImported(Event):
    """Conversations to judge the service by were brought in from a file."""

    type: ClassVar[str] = "service.cases_imported"
    cases: int


class CaseRemoved(Event):
    """A conversation is no longer kept to judge the service by."""

    type: ClassVar[str] = "service.case_removed"
    id: str


class EvaluationStarted(Event):
    """A person had all cases played."""

    type: ClassVar[str] = "service.evaluation_started"
    id: str
    cases: int


class EvaluationFinished(Event):
    """All cases were played: how many of them were right, and how many answers were wrong."""

    type: ClassVar[str] = "service.evaluation_finished"
    id: str
    cases: int
    right: int
    wrong: int


class ConversationStarted(Event):
    """A shopper began to write to the shop."""

    type: ClassVar[str] = "service.conversation_started"
    id: str
    channel: str


class MessageReceived(Event):
    """A shopper wrote: the `seq`-th message of a conversation. What it says is not in it."""

    type: ClassVar[str] = "service.message_received"
    id: str
    seq: int


class MessageAnswered(Event):
    """A shopper's messages up to one were answered, by the program or by a person, so many seconds
    after it."""

    type: ClassVar[str] = "service.message_answered"
    id: str
    seq: int
    answers: int
    by: str
    seconds: float


class ConversationStateChanged(Event):
    """A conversation changed hands: to the program, to whoever of the people takes it, to a person,
    or it was closed. `cause` is why the program handed it over."""

    type: ClassVar[str] = "service.conversation_state_changed"
    id: str
    before: str
    after: str
    cause: str | None = None


class ConversationAssigned(Event):
    """A conversation that waits for a person became somebody's to answer, or everybody's again."""

    type: ClassVar[str] = "service.conversation_assigned"
    id: str
    to: str | None
    by: str


class ConversationRated(Event):
    """A shopper said how content they are, from 1 to 5."""

    type: ClassVar[str] = "service.conversation_rated"
    id: str
    rating: int


class WidgetSaved(Event):
    """A person chose how the chat on the shop's pages looks and which addresses may carry it."""

    type: ClassVar[str] = "service.widget_saved"
    is_on: bool
    origins: int


class WidgetKeyRotated(Event):
    """A person gave the chat on the shop's pages a new key; the one before no longer works."""

    type: ClassVar[str] = "service.widget_key_rotated"
    rotation: int


class WidgetSeen(Event):
    """A conversation was started from one of the shop's own pages for the first time."""

    type: ClassVar[str] = "service.widget_seen"
