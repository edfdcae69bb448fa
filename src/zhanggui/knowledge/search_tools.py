"""One question to all that the shop has written: answers, policies and documents.

What has the very words comes first, since staff mostly look for the place where something is
written; then, as far as there is room, what likely answers by what it means.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from pydantic import BaseModel

from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import store, versions
from zhanggui.knowledge.indexes import Indexes
from zhanggui.knowledge.ranking import Ranked
from zhanggui.shop.search_tools import SearchInput

_BEFORE, _LONGEST = 24, 120
LIKELY = 0.35
"""How likely an entry has to answer to be shown though it has other words."""


class Hit(BaseModel):
    """A place that was found: `id` is its citation, `of` the id of the answer, policy or document,
    `text` what is written about the place of the match."""

    id: str
    of: str
    title: str
    text: str


class KnowledgeHits(Output):
    """What was found of each kind."""

    answers: list[Hit]
    policies: list[Hit]
    documents: list[Hit]


@tool(
    "knowledge.search",
    purpose=Text("搜索问答、规则和文档", "Search answers, policies and documents"),
    risk="read",
    roles=STAFF,
)
async def search(call: Call, given: SearchInput) -> KnowledgeHits:
    """Answers by question or answer; of policies and documents the clauses that have the words, in
    the version that applies today, else the next to come. After them what is told today and likely
    answers in other words."""
    answers = await store.faqs_page(
        call.session, store.faqs_query(call.shop_id, q=given.q), page=1, size=given.limit
    )
    found = KnowledgeHits(
        answers=[
            Hit(
                id=f"faq:{row.id}", of=row.id, title=row.question, text=excerpt(row.answer, given.q)
            )
            for row in answers.rows
        ],
        policies=await _policies(call, given),
        documents=await _documents(call, given),
    )
    await _add_likely(call, given, found)
    return found


async def _add_likely(call: Call, given: SearchInput, found: KnowledgeHits) -> None:
    """Add what likely answers; nothing where no index was started in this process."""
    indexes = call.runtime.services.get(Indexes)
    if indexes is None:
        return
    index = await indexes.current(call.session, call.shop_id)
    ranked = await asyncio.to_thread(lambda: index.ranking.rank(given.q, given.limit))
    of_kind = {"faq": found.answers, "policy": found.policies, "document": found.documents}
    for each in ranked:
        kind, _, cited = each.entry.id.partition(":")
        hits = of_kind.get(kind)
        if hits is None or each.chance < LIKELY or len(hits) >= given.limit:
            continue
        if all(hit.id != each.entry.id for hit in hits):
            hits.append(_hit(each, cited.partition("#")[0], given.q))


def _hit(ranked: Ranked, of: str, q: str) -> Hit:
    entry = ranked.entry
    title = entry.questions[0] if entry.questions else entry.words
    return Hit(id=entry.id, of=of, title=title, text=excerpt(entry.text, q))


async def _policies(call: Call, given: SearchInput) -> list[Hit]:
    every = versions.by_id(await store.policies(call.session, call.shop_id))
    hits: list[Hit] = []
    for versions_of in every.values():
        policy = versions.shown(versions_of, versions.today())
        clauses = [("", clause) for clause in policy.clauses]
        hits += _hits(f"policy:{policy.id}", policy.id, policy.title, clauses, given.q)
    return hits[: given.limit]


async def _documents(call: Call, given: SearchInput) -> list[Hit]:
    hits: list[Hit] = []
    for document_id in await store.documents_with(call.session, call.shop_id, given.q):
        every = await store.document(call.session, call.shop_id, document_id)
        row = versions.shown(every, versions.today())
        clauses = [(clause["heading"], clause["text"]) for clause in row.clauses]
        hits += _hits(f"document:{row.id}", row.id, row.title, clauses, given.q)
        if len(hits) >= given.limit:
            break
    return hits[: given.limit]


def _hits(cited: str, of: str, title: str, clauses: list[tuple[str, str]], q: str) -> Iterator[Hit]:
    """The clauses that have the words; the first where only the title has them."""
    found = False
    for number, (heading, text) in enumerate(clauses, 1):
        if q.casefold() in heading.casefold() or q.casefold() in text.casefold():
            found = True
            yield Hit(id=f"{cited}#{number}", of=of, title=title, text=excerpt(text, q))
    if not found and clauses and q.casefold() in title.casefold():
        yield Hit(id=f"{cited}#1", of=of, title=title, text=excerpt(clauses[0][1], q))


def excerpt(text: str, q: str) -> str:
    """At most 120 characters of a text, with the words where it has them."""
    at = max(text.casefold().find(q.casefold()), 0)
    start = max(at - _BEFORE, 0) if at + len(q) > _LONGEST else 0
    cut = text[start : start + _LONGEST]
    return f"{'…' if start else ''}{cut}{'…' if start + _LONGEST < len(text) else ''}"
