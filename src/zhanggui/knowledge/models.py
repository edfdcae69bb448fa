"""The tables of what the shop knows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped
from zhanggui.shop.models import Imported

ALWAYS = date(2000, 1, 1)
"""Since when a policy or document applies that does not say."""


class Faq(Imported, ShopScoped, Base):
    """A question and the shop's answer, told from the day `valid_from` to the day `valid_until`,
    both included. `similar` are other wordings of the question; a quick phrase (快捷短语) may have
    an empty question."""

    __tablename__ = "faqs"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    question: Mapped[str] = mapped_column(Text, default="")
    similar: Mapped[list[str]] = mapped_column(default=list)
    answer: Mapped[str] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(String(200))
    is_phrase: Mapped[bool] = mapped_column(Boolean, default=False)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]


class Policy(Imported, ShopScoped, Base):
    """A version of a policy: it applies from `effective` until the next one's. `clauses[n - 1]` is
    cited as ``policy:<id>#<n>``."""

    __tablename__ = "policies"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    effective: Mapped[date] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    clauses: Mapped[list[str]]
    is_starter: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether it is one of ours, adopted unchanged."""


class Document(ShopScoped, Base):
    """A version of a document: it applies from `effective` until the next one's. `clauses` are
    ``{"heading", "text"}``; the n-th is cited as ``document:<id>#<n>``.

    `file_name` and `digest` (SHA-256, by which it lies in the blobs) are of the file it was read
    from, None for one that was written by hand.
    """

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    effective: Mapped[date] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str | None] = mapped_column(String(200))
    digest: Mapped[str | None] = mapped_column(String(64))
    clauses: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(64))


class PastConversation(Imported, ShopScoped, Base):
    """A conversation people have had with the shop, without who it was.

    `exchanges` are ``{"question", "answer"}``, scrubbed; those that are about one person or one
    order are left out.
    """

    __tablename__ = "past_conversations"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    started_at: Mapped[datetime | None]
    minutes: Mapped[float | None] = mapped_column(Float)
    exchanges: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class Proposal(ShopScoped, Base):
    """A question and answer that past conversations teach, waiting for a person's yes.

    `count` is in how many conversations it was asked, `evidence` the ids of some of them. `source`
    is ``log``, a file of chats, ``desk``, what a person answered here, or ``gap``, written for
    questions that nobody could answer. Of the desk's, `said` are ``{"conversation", "question",
    "answer"}``, so that what one shopper's words gave can be taken out again. With a `faq_id` it is
    another wording of that answer. `made` is what taking it over changed
    (:mod:`zhanggui.knowledge.learning`).
    """

    __tablename__ = "knowledge_proposals"
    __table_args__ = (Index("knowledge_proposals_by_status", "shop_id", "status", "count"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(Text)
    similar: Mapped[list[str]]
    answer: Mapped[str] = mapped_column(Text)
    count: Mapped[int] = mapped_column(Integer)
    evidence: Mapped[list[str]]
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(8), default="log")
    said: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    faq_id: Mapped[str | None] = mapped_column(String(64))
    made: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class DismissedConflict(ShopScoped, Base):
    """Two entries of which a person said that they go together; the id is of the two as they were
    written (:attr:`zhanggui.knowledge.conflicts.Conflict.id`)."""

    __tablename__ = "dismissed_conflicts"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    dismissed_at: Mapped[datetime]
    dismissed_by: Mapped[str] = mapped_column(String(64))
