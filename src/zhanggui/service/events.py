"""What can happen when shoppers are served."""

from __future__ import annotations

from typing import ClassVar

from zhanggui.base.events import Event


class ServiceSettingsSaved(Event):
    """A person chose which share of answers may be wrong."""

    type: ClassVar[str] = "service.settings_saved"
    zh: ClassVar[str] = "改了允许答错的比例"
    ceiling: float


class ServiceHoursSaved(Event):
    """A person chose between which local times people answer; null for no set hours."""

    type: ClassVar[str] = "service.hours_saved"
    zh: ClassVar[str] = "改了客服时间"
    opens: str | None
    closes: str | None


class ServiceKeepingSaved(Event):
    """A person chose after how many idle hours conversations are closed, and for how many days
    what anonymous shoppers wrote is kept; null for the usual."""

    type: ClassVar[str] = "service.keeping_saved"
    zh: ClassVar[str] = "改了会话的关闭和保留时间"
    idle_hours: int | None
    retention_days: int | None


class Answered(Event):
    """A shopper's message was decided on: how, how surely, by which records, in how many
    milliseconds. What was said is not in it. `is_trial` says that staff tried a question."""

    type: ClassVar[str] = "service.answered"
    zh: ClassVar[str] = "一个问题有了决定：回答、转人工或不答"
    decision: str
    confidence: float
    sources: list[str]
    ms: float
    is_trial: bool = False


class WorkItemFiled(Event):
    """A shopper wants something done that a person has to do. `again` says that an open item was
    given more to write in place of a second one."""

    type: ClassVar[str] = "service.work_item_filed"
    zh: ClassVar[str] = "有一张要人来办的工作单"
    id: str
    kind: str
    order_id: str
    urgent: bool
    again: bool = False


class WorkItemDecided(Event):
    """A person did what a work item asks for, or dropped it."""

    type: ClassVar[str] = "service.work_item_decided"
    zh: ClassVar[str] = "工作单办好了或放弃了"
    id: str
    kind: str
    order_id: str
    status: str


class CaseSaved(Event):
    """A conversation was kept to judge the service by, or what is expected of it was changed."""

    type: ClassVar[str] = "service.case_saved"
    zh: ClassVar[str] = "存了一个评测用例"
    id: str
    decisions: list[str]


class CasesImported(Event):
    """Conversations to judge the service by were brought in from a file."""

    type: ClassVar[str] = "service.cases_imported"
    zh: ClassVar[str] = "导入了评测用例"
    cases: int


class CaseRemoved(Event):
    """A conversation is no longer kept to judge the service by."""

    type: ClassVar[str] = "service.case_removed"
    zh: ClassVar[str] = "删了一个评测用例"
    id: str


class EvaluationStarted(Event):
    """A person had all cases played."""

    type: ClassVar[str] = "service.evaluation_started"
    zh: ClassVar[str] = "开始评测"
    id: str
    cases: int


class EvaluationFinished(Event):
    """All cases were played: how many of them were right, and how many answers were wrong."""

    type: ClassVar[str] = "service.evaluation_finished"
    zh: ClassVar[str] = "评测完成：答对几个、答错几个"
    id: str
    cases: int
    right: int
    wrong: int


class ConversationStarted(Event):
    """A shopper began to write to the shop."""

    type: ClassVar[str] = "service.conversation_started"
    zh: ClassVar[str] = "买家开始了会话"
    id: str
    channel: str


class MessageReceived(Event):
    """A shopper wrote: the `seq`-th message of a conversation. What it says is not in it. `state`
    is who has the word: the program (``ai``), whoever of the people takes it (``waiting``) or a
    person."""

    type: ClassVar[str] = "service.message_received"
    zh: ClassVar[str] = "收到买家的消息"
    id: str
    seq: int
    state: str | None = None


class MessageAnswered(Event):
    """A shopper's messages up to one were answered, by the program or by a person, so many seconds
    after it; by the program, as it had decided and as sure as it was."""

    type: ClassVar[str] = "service.message_answered"
    zh: ClassVar[str] = "买家的消息得到了回复"
    id: str
    seq: int
    answers: int
    by: str
    seconds: float
    decision: str | None = None
    confidence: float | None = None


class MessageAdded(Event):
    """A person wrote to a shopper whose messages had been replied to: the program had handed them
    over, or there was more to say."""

    type: ClassVar[str] = "service.message_added"
    zh: ClassVar[str] = "客服主动说了话，或接着转人工的话回复"
    id: str
    seq: int


class ConversationStateChanged(Event):
    """A conversation changed hands: to the program, to whoever of the people takes it, to a person,
    or it was closed. `cause` is why the program handed it over."""

    type: ClassVar[str] = "service.conversation_state_changed"
    zh: ClassVar[str] = "会话换人接手，或已结束"
    id: str
    before: str
    after: str
    cause: str | None = None


class ConversationAssigned(Event):
    """A conversation that waits for a person became somebody's to answer, or everybody's again.
    Who answers in the client of another system is told by that system's name, such as ``wecom``."""

    type: ClassVar[str] = "service.conversation_assigned"
    zh: ClassVar[str] = "等待人工的会话分给了某位同事，或回到队列"
    id: str
    to: str | None
    by: str


class PromiseNear(Event):
    """A shopper was told by when a person will answer, nobody has, and there are no more seconds
    left than an answer may take; told once for each promise, in time to keep it."""

    type: ClassVar[str] = "service.promise_near"
    zh: ClassVar[str] = "答应买家的回复时间快到了"
    id: str
    seconds: float


class PromiseKept(Event):
    """A promise to answer by a moment is over: `is_kept` says whether somebody answered by then,
    `by` who did (a person, the program after it was given the word again, or null where it was
    closed without), and `seconds` how long after the moment that was; before it, it is negative."""

    type: ClassVar[str] = "service.promise_kept"
    zh: ClassVar[str] = "答应买家的回复时间守住了，或没有守住"
    id: str
    is_kept: bool
    by: str | None
    seconds: float


class ConversationEmptied(Event):
    """What was said in a conversation with somebody unknown was erased: the days the shop keeps it
    were over."""

    type: ClassVar[str] = "service.conversation_emptied"
    zh: ClassVar[str] = "一段会话的内容到期抹去了"
    id: str


class ConversationRated(Event):
    """A shopper said how content they are, from 1 to 5."""

    type: ClassVar[str] = "service.conversation_rated"
    zh: ClassVar[str] = "买家打了分"
    id: str
    rating: int


class AnswerReviewed(Event):
    """A person judged a sampled reply of the program, the `seq`-th message of a conversation:
    ``right``, ``wrong``, or one that could be ``better``; they looked at it for so many seconds."""

    type: ClassVar[str] = "service.answer_reviewed"
    zh: ClassVar[str] = "质检判定了一条智能客服的回复"
    id: str
    seq: int
    verdict: str
    seconds: int


class ReviewsSaved(Event):
    """A person chose how many replies of a day are sampled for review at most, from that day on."""

    type: ClassVar[str] = "service.reviews_saved"
    zh: ClassVar[str] = "改了每天抽检的条数"
    daily: int


class GapDecided(Event):
    """A person decided on questions that could not be answered: they were given an answer,
    dismissed, or are open again; with how often and in how many conversations they were asked, and
    the minutes people have spent on them."""

    type: ClassVar[str] = "service.gap_decided"
    zh: ClassVar[str] = "处理了一个答不上的问题"
    id: str
    status: str
    count: int
    conversations: int
    minutes: float


class WidgetSaved(Event):
    """A person chose how the chat on the shop's pages looks and which addresses may carry it."""

    type: ClassVar[str] = "service.widget_saved"
    zh: ClassVar[str] = "改了网页聊天的设置"
    is_on: bool
    origins: int


class WidgetKeyRotated(Event):
    """A person gave the chat on the shop's pages a new key; the one before no longer works."""

    type: ClassVar[str] = "service.widget_key_rotated"
    zh: ClassVar[str] = "网页聊天换了钥匙"
    rotation: int


class WidgetSeen(Event):
    """A conversation was started from one of the shop's own pages for the first time."""

    type: ClassVar[str] = "service.widget_seen"
    zh: ClassVar[str] = "网页聊天第一次有人用"
