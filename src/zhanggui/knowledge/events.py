"""What can happen to what the shop knows."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from zhanggui.base.events import Event


class FaqSaved(Event):
    """A person wrote or changed an answered question."""

    type: ClassVar[str] = "knowledge.faq_saved"
    id: str
    made: bool


class FaqRemoved(Event):
    """A person took an answered question away."""

    type: ClassVar[str] = "knowledge.faq_removed"
    id: str


class PoliciesAdopted(Event):
    """A person took over starter policies."""

    type: ClassVar[str] = "knowledge.policies_adopted"
    ids: list[str]


class PolicySaved(Event):
    """A person wrote a policy or changed one of its versions: the one that applies from
    `effective`."""

    type: ClassVar[str] = "knowledge.policy_saved"
    id: str
    effective: date
    made: bool


class PolicyVersionRemoved(Event):
    """A person took away the version of a policy that applies from `effective`."""

    type: ClassVar[str] = "knowledge.policy_version_removed"
    id: str
    effective: date


class DocumentSaved(Event):
    """A document was added, or one of its versions: how many clauses it has, and whether it is read
    from a file."""

    type: ClassVar[str] = "knowledge.document_saved"
    id: str
    effective: date
    clauses: int
    from_file: bool
    made: bool


class DocumentRemoved(Event):
    """A person took a document away, or some of its versions."""

    type: ClassVar[str] = "knowledge.document_removed"
    id: str
    effective: list[date]


class ProposalsMade(Event):
    """Past conversations were read: how many proposals wait, out of how many conversations, and
    the usual (median) minutes of one."""

    type: ClassVar[str] = "knowledge.proposals_made"
    waiting: int
    conversations: int
    usual_minutes: float | None = None


class ProposalsDecided(Event):
    """A person took proposals over as answered questions, or turned them down."""

    type: ClassVar[str] = "knowledge.proposals_decided"
    ids: list[str]
    accepted: bool


class ConflictJudged(Event):
    """A person said of two entries whether they are in conflict."""

    type: ClassVar[str] = "knowledge.conflict_judged"
    id: str
    is_conflict: bool
