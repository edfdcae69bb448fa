"""Every query of what the shop knows; each takes the shop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any, Literal

import orjson
from sqlalchemy import ColumnElement, Select, String, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from zhanggui.base.events import EventRow
from zhanggui.base.listing import Slice, any_holding, holding, records_of
from zhanggui.knowledge.events import (
    DocumentRemoved,
    DocumentSaved,
    FaqRemoved,
    FaqSaved,
    PoliciesAdopted,
    PolicySaved,
    PolicyVersionRemoved,
    ProposalsDecided,
    ProposalsReopened,
)
from zhanggui.knowledge.models import (
    DismissedConflict,
    Document,
    Faq,
    PastConversation,
    Policy,
    Proposal,
)
from zhanggui.knowledge.topics import TOPICS, Topic
from zhanggui.shop.events import ImportFinished, ImportUndone

CHANGES = tuple(
    event.type
    for event in (
        ImportFinished, ImportUndone, FaqSaved, FaqRemoved, PoliciesAdopted, ProposalsDecided,
        ProposalsReopened,
        PolicySaved, PolicyVersionRemoved, DocumentSaved, DocumentRemoved,
    )
)  # fmt: skip
"""The events after which an index is no longer true."""


async def freshness(session: AsyncSession, shop_id: str) -> int:
    """A number that grows whenever what an index is made of has changed."""
    query = select(func.max(EventRow.seq)).where(
        EventRow.shop_id == shop_id, EventRow.type.in_(CHANGES)
    )
    return int(await session.scalar(query) or 0)


async def changed_at(session: AsyncSession, shop_id: str) -> datetime | None:
    """When what an index is made of last changed; None where nothing was ever written."""
    seq = await freshness(session, shop_id)
    query = select(EventRow.at).where(EventRow.shop_id == shop_id, EventRow.seq == seq)
    return await session.scalar(query)


async def faqs(session: AsyncSession, shop_id: str) -> list[Faq]:
    """Every answered question and quick phrase, by id."""
    return list(await session.scalars(select(Faq).where(Faq.shop_id == shop_id).order_by(Faq.id)))


async def faqs_of(session: AsyncSession, shop_id: str, ids: Sequence[str]) -> list[Faq]:
    """Those of some ids that there are."""
    query = select(Faq).where(Faq.shop_id == shop_id, Faq.id.in_(list(ids)))
    return list(await session.scalars(query))


async def faq_categories(session: AsyncSession, shop_id: str) -> list[str]:
    """Every category of the answered questions, in order."""
    query = (
        select(Faq.category)
        .where(Faq.shop_id == shop_id, Faq.category.is_not(None), Faq.category != "")
        .distinct()
        .order_by(Faq.category)
    )
    return [category for category in await session.scalars(query) if category]


Validity = Literal["any", "told", "coming", "past"]
"""How the days of an answer stand to a day: it is told on it, not yet, or no more."""


def faqs_query(
    shop_id: str,
    *,
    q: str,
    category: str = "",
    validity: Validity = "any",
    today: date | None = None,
) -> Select[Faq]:
    """Answered questions by text, category (empty: any) and days."""
    query = select(Faq).where(Faq.shop_id == shop_id).order_by(Faq.id)
    if q:
        query = query.where(any_holding(q, Faq.question, Faq.answer))
    if category:
        query = query.where(Faq.category == category)
    if validity == "coming":
        query = query.where(Faq.valid_from > today)
    elif validity == "past":
        query = query.where(Faq.valid_until < today)
    elif validity == "told":
        query = query.where(*_told_on(today))
    return query


def _told_on(day: date | None) -> list[ColumnElement[bool]]:
    return [
        or_(Faq.valid_from.is_(None), Faq.valid_from <= day),
        or_(Faq.valid_until.is_(None), Faq.valid_until >= day),
    ]


async def faqs_page(
    session: AsyncSession, query: Select[Faq], *, page: int, size: int
) -> Slice[Faq]:
    """Answered questions of a page of :func:`faqs_query`."""
    return await records_of(session, query, page, size)


async def faq(session: AsyncSession, shop_id: str, faq_id: str) -> Faq | None:
    """One answered question."""
    return await session.get(Faq, (shop_id, faq_id))


async def policies(session: AsyncSession, shop_id: str) -> list[Policy]:
    """Every version of every policy, oldest first."""
    query = select(Policy).where(Policy.shop_id == shop_id).order_by(Policy.id, Policy.effective)
    return list(await session.scalars(query))


async def policy(
    session: AsyncSession, shop_id: str, policy_id: str, effective: date
) -> Policy | None:
    """One version of a policy."""
    return await session.get(Policy, (shop_id, policy_id, effective))


async def documents(session: AsyncSession, shop_id: str) -> list[Document]:
    """Every version of every document, oldest first."""
    query = (
        select(Document)
        .where(Document.shop_id == shop_id)
        .order_by(Document.id, Document.effective)
    )
    return list(await session.scalars(query))


async def document(session: AsyncSession, shop_id: str, document_id: str) -> list[Document]:
    """Every version of one document, oldest first."""
    query = (
        select(Document)
        .where(Document.shop_id == shop_id, Document.id == document_id)
        .order_by(Document.effective)
    )
    return list(await session.scalars(query))


async def documents_with(session: AsyncSession, shop_id: str, q: str, limit: int = 50) -> list[str]:
    """The ids of documents that have a text in a title or a clause of any version, by id."""
    written = orjson.dumps(q).decode()[1:-1]  # As it stands within the column's JSON.
    has = or_(
        Document.title.ilike(holding(q), escape="\\"),
        cast(Document.clauses, String).ilike(holding(written), escape="\\"),
    )
    query = select(Document.id).where(Document.shop_id == shop_id, has).distinct()
    return list(await session.scalars(query.order_by(Document.id).limit(limit)))


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """A version of a document without its clauses: how many there are."""

    id: str
    effective: date
    title: str
    file_name: str | None
    added_at: datetime
    added_by: str
    count: int


async def document_heads(
    session: AsyncSession, shop_id: str, document_id: str | None = None
) -> list[DocumentHead]:
    """Every version of every document, or of one, oldest first, without reading the clauses."""
    query = (
        select(
            Document.id,
            Document.effective,
            Document.title,
            Document.file_name,
            Document.added_at,
            Document.added_by,
            func.json_array_length(Document.clauses),
        )
        .where(Document.shop_id == shop_id)
        .order_by(Document.id, Document.effective)
    )
    if document_id is not None:
        query = query.where(Document.id == document_id)
    return [DocumentHead(*row) for row in await session.execute(query)]


async def read_from_files(session: AsyncSession, shop_id: str) -> list[tuple[str, date, str, str]]:
    """(id, effective, file name, digest) of every version that was read from a file."""
    query = (
        select(Document.id, Document.effective, Document.file_name, Document.digest)
        .where(Document.shop_id == shop_id, Document.digest.is_not(None))
        .order_by(Document.id, Document.effective)
    )
    rows = await session.execute(query)
    return [(id_, day, name or id_, digest) for id_, day, name, digest in rows if digest]


async def keeps_file(session: AsyncSession, shop_id: str, digest: str) -> bool:
    """Whether a version of a document was read from this file."""
    query = (
        select(Document.id).where(Document.shop_id == shop_id, Document.digest == digest).limit(1)
    )
    return await session.scalar(query) is not None


async def proposals_page(
    session: AsyncSession, shop_id: str, *, status: str, page: int, size: int
) -> Slice[Proposal]:
    """Proposals of one status, the most often asked first."""
    query = (
        select(Proposal)
        .where(Proposal.shop_id == shop_id, Proposal.status == status)
        .order_by(Proposal.count.desc(), Proposal.id)
    )
    return await records_of(session, query, page, size)


async def proposals(
    session: AsyncSession, shop_id: str, ids: Sequence[str] | None = None
) -> list[Proposal]:
    """Some proposals (None: all), by id."""
    query = select(Proposal).where(Proposal.shop_id == shop_id).order_by(Proposal.id)
    if ids is not None:
        query = query.where(Proposal.id.in_(list(ids)))
    return list(await session.scalars(query))


async def held_proposals(session: AsyncSession, shop_id: str, ids: Sequence[str]) -> list[Proposal]:
    """Some proposals as they are now, by id, held until the transaction ends."""
    query = (
        select(Proposal)
        .where(Proposal.shop_id == shop_id, Proposal.id.in_(list(ids)))
        .order_by(Proposal.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(await session.scalars(query))


async def proposals_from(
    session: AsyncSession, shop_id: str, source: str, *, status: str | None = None
) -> list[Proposal]:
    """Those of one source, the newest first."""
    query = select(Proposal).where(Proposal.shop_id == shop_id, Proposal.source == source)
    if status is not None:
        query = query.where(Proposal.status == status)
    return list(await session.scalars(query.order_by(Proposal.made_at.desc(), Proposal.id)))


async def past_conversations(
    session: AsyncSession, shop_id: str, limit: int
) -> list[PastConversation]:
    """The newest past conversations, oldest of them first."""
    query = (
        select(PastConversation)
        .where(PastConversation.shop_id == shop_id)
        .order_by(PastConversation.started_at.desc().nulls_last(), PastConversation.id)
        .limit(limit)
    )
    return list(await session.scalars(query))[::-1]


async def wrote_conversations(session: AsyncSession, shop_id: str, import_id: str) -> bool:
    """Whether an import brought past conversations."""
    query = (
        select(PastConversation.id)
        .where(PastConversation.shop_id == shop_id, PastConversation.written_by == import_id)
        .limit(1)
    )
    return await session.scalar(query) is not None


async def conversation_figures(session: AsyncSession, shop_id: str) -> tuple[int, float | None]:
    """How many past conversations there are, and the median minutes of one."""
    query = select(PastConversation.minutes).where(PastConversation.shop_id == shop_id)
    minutes = list(await session.scalars(query))
    known = [each for each in minutes if each is not None]
    return len(minutes), round(median(known), 1) if known else None


async def topics_covered(session: AsyncSession, shop_id: str, day: date) -> dict[Topic, bool]:
    """Whether the shop has an answer, a policy or a document on each topic that has begun by `day`
    and is not over."""
    answers = [_has(Faq.question, words.named) for words in TOPICS.values()]
    queries = [_any(answers).where(Faq.shop_id == shop_id, *_told_on(day))]
    for kept in (Policy, Document):
        clauses = cast(kept.clauses, String)
        texts = [
            or_(_has(kept.title, words.named), _has(clauses, words.ruled))
            for words in TOPICS.values()
        ]
        queries.append(_any(texts).where(kept.shop_id == shop_id, kept.effective <= day))
    found = [(await session.execute(query)).one() for query in queries]
    return {topic: any(row[place] for row in found) for place, topic in enumerate(TOPICS)}


def _has(
    text: ColumnElement[str] | InstrumentedAttribute[str], words: Iterable[str]
) -> ColumnElement[bool]:
    return or_(*(text.contains(word) for word in words))


def _any(conditions: Iterable[ColumnElement[bool]]) -> Select[Any]:
    """For each condition, whether any row meets it."""
    return select(*(func.max(case((each, 1), else_=0)) for each in conditions))


async def dismissed_conflicts(session: AsyncSession, shop_id: str) -> set[str]:
    """The ids of what a person said is no conflict."""
    query = select(DismissedConflict.id).where(DismissedConflict.shop_id == shop_id)
    return set(await session.scalars(query))


async def dismissed_conflict(
    session: AsyncSession, shop_id: str, conflict_id: str
) -> DismissedConflict | None:
    """One of them."""
    return await session.get(DismissedConflict, (shop_id, conflict_id))
