"""What can happen to what the shop knows."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from zhanggui.base.events import Event


class FaqSaved(Event):
    """A person wrote or changed an answered question."""

    type: ClassVar[str] = "knowledge.faq_saved"
    zh: ClassVar[str] = "问答新增或修改"
    id: str
    made: bool


class FaqRemoved(Event):
    """A person took an answered question away."""

    type: ClassVar[str] = "knowledge.faq_removed"
    zh: ClassVar[str] = "问答被删除"
    id: str


class PoliciesAdopted(Event):
    """A person took over starter policies."""

    type: ClassVar[str] = "knowledge.policies_adopted"
    zh: ClassVar[str] = "采用了示例规则"
    ids: list[str]


class PolicySaved(Event):
    """A person wrote a policy or changed one of its versions: the one that applies from
    `effective`."""

    type: ClassVar[str] = "knowledge.policy_saved"
    zh: ClassVar[str] = "规则新增或修改"
    id: str
    effective: date
    made: bool


class PolicyVersionRemoved(Event):
    """A person took away the version of a policy that applies from `effective`."""

    type: ClassVar[str] = "knowledge.policy_version_removed"
    zh: ClassVar[str] = "规则的一个版本被删除"
    id: str
    effective: date


class DocumentSaved(Event):
    """A document was added, or one of its versions: how many clauses it has, and whether it is read
    from a file."""

    type: ClassVar[str] = "knowledge.document_saved"
    zh: ClassVar[str] = "文档新增或换了版本"
    id: str
    effective: date
    clauses: int
    from_file: bool
    made: bool


class DocumentRemoved(Event):
    """A person took a document away, or some of its versions."""

    type: ClassVar[str] = "knowledge.document_removed"
    zh: ClassVar[str] = "文档或其版本被删除"
    id: str
    effective: list[date]


class ProposalsMade(Event):
    """Past conversations were read: how many proposals wait, out of how many conversations, and
    the usual (median) minutes of one."""

    type: ClassVar[str] = "knowledge.proposals_made"
    zh: ClassVar[str] = "读完聊天记录，有待采纳的问答"
    waiting: int
    conversations: int
    usual_minutes: float | None = None


class ProposalsDecided(Event):
    """A person took proposals over as answered questions, or turned them down."""

    type: ClassVar[str] = "knowledge.proposals_decided"
    zh: ClassVar[str] = "采纳或放弃了提议的问答"
    ids: list[str]
    accepted: bool


class AnswerProposed(Event):
    """What a person answered a shopper was proposed as an answer for all, or counted with the one
    that was proposed before: in how many conversations it came up."""

    type: ClassVar[str] = "knowledge.answer_proposed"
    zh: ClassVar[str] = "人工的回答被提议为问答"
    id: str
    count: int


class ProposalsReopened(Event):
    """A person took back what they had decided on proposals."""

    type: ClassVar[str] = "knowledge.proposals_reopened"
    zh: ClassVar[str] = "撤回了对提议的问答的处理"
    ids: list[str]


class ConflictJudged(Event):
    """A person said of two entries whether they are in conflict."""

    type: ClassVar[str] = "knowledge.conflict_judged"
    zh: ClassVar[str] = "判断了两条内容是否矛盾"
    id: str
    is_conflict: bool
