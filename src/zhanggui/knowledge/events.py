"""What can happen to what the shop knows."""

from __future__ import annotations

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
