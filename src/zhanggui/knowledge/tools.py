"""What may be asked of, and done with, what the shop has answered; policies and documents have
tools of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field
from sqlalchemy import Select

from zhanggui.base import events
from zhanggui.base.errors import Conflict, Invalid, not_found
from zhanggui.base.principals import OWNERS, STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import (
    bulk_tools,
    conflict_tools,
    document_tools,
    guide,
    learning,
    policy_tools,
    search_tools,
    sinks,
    store,
    versions,
)
from zhanggui.knowledge.events import FaqRemoved, FaqSaved, ProposalsDecided, ProposalsReopened
from zhanggui.knowledge.learning import MOST_WORDINGS
from zhanggui.knowledge.models import Faq, Proposal
from zhanggui.knowledge.views import FaqView, faq_view
from zhanggui.shop.views import PageInput

__all__ = [
    "bulk_tools",
    "conflict_tools",
    "document_tools",
    "guide",
    "policy_tools",
    "search_tools",
    "sinks",
]

PROPOSAL = Text("建议", "proposal")

_Wording = Field(min_length=1, max_length=200)


class FaqListInput(PageInput):
    """Which answered questions: of a category, and by the days on which they are told."""

    category: str = Field("", max_length=200, description="All categories when left out.")
    validity: store.Validity = Field("any", description="How their days stand to today.")


class FaqPage(Output):
    """Answered questions of a page, and every category there is."""

    items: list[FaqView]
    total: int
    page: int
    size: int
    categories: list[str]


def faqs_asked(call: Call, given: FaqListInput) -> Select[Faq]:
    """The answered questions that are asked for."""
    return store.faqs_query(
        call.shop_id,
        q=given.q,
        category=given.category,
        validity=given.validity,
        today=versions.today(),
    )


@tool("knowledge.list_faqs", purpose=Text("列出问答", "List answers"), risk="read", roles=STAFF)
async def list_faqs(call: Call, given: FaqListInput) -> FaqPage:
    """Answered questions and quick phrases, by id or found by text."""
    query = faqs_asked(call, given)
    found = await store.faqs_page(call.session, query, page=given.page, size=given.size)
    return FaqPage(
        items=[faq_view(row) for row in found.rows],
        total=found.total,
        page=given.page,
        size=given.size,
        categories=await store.faq_categories(call.session, call.shop_id),
    )


class FaqInput(Input):
    """A question and its answer; with an id, the one to change."""

    id: str | None = Field(None, min_length=1, max_length=64)
    question: str = _Wording
    similar: list[str] = Field(default_factory=list, max_length=MOST_WORDINGS)
    answer: str = Field(min_length=1, max_length=2000)
    category: str | None = Field(None, max_length=200)
    valid_from: date | None = Field(None, description="The first day on which it is told.")
    valid_until: date | None = Field(None, description="The last day on which it is told.")


@tool("knowledge.save_faq", purpose=Text("保存问答", "Save an answer"), risk="act", roles=OWNERS)
async def save_faq(call: Call, given: FaqInput) -> FaqView:
    """Write an answered question, or change one. Raises NotFound for an id that is not there, and
    Invalid for days the wrong way round."""
    if given.valid_from and given.valid_until and given.valid_until < given.valid_from:
        raise bulk_tools.days_turned()
    faq_id = given.id or sinks.faq_id(given.question)
    row = await store.faq(call.session, call.shop_id, faq_id)
    if row is None and given.id is not None:
        raise not_found(bulk_tools.FAQ, given.id)
    made = row is None
    if row is None:
        row = Faq(shop_id=call.shop_id, id=faq_id)
        call.session.add(row)
    row.question, row.answer, row.category = given.question, given.answer, given.category
    row.similar = [wording for wording in dict.fromkeys(given.similar) if wording]
    row.valid_from, row.valid_until = given.valid_from, given.valid_until
    row.is_phrase = False
    row.written_by = None
    await call.session.flush()
    await events.append(call.session, FaqSaved(id=faq_id, made=made))
    return faq_view(row)


class FaqChoice(Input):
    """Which answered question."""

    id: str = Field(min_length=1, max_length=64)


@tool("knowledge.get_faq", purpose=Text("查看一条问答", "Read an answer"), risk="read", roles=STAFF)
async def get_faq(call: Call, given: FaqChoice) -> FaqView:
    """One answered question. Raises NotFound."""
    return faq_view(await _faq(call, given.id))


async def _faq(call: Call, faq_id: str) -> Faq:
    row = await store.faq(call.session, call.shop_id, faq_id)
    if row is None:
        raise not_found(bulk_tools.FAQ, faq_id)
    return row


class WordingInput(Input):
    """Another way to ask an answered question."""

    id: str = Field(min_length=1, max_length=64)
    wording: str = _Wording


@tool(
    "knowledge.add_wording",
    purpose=Text("给问答添加问法", "Add a way of asking to an answer"),
    risk="act",
    roles=OWNERS,
)
async def add_wording(call: Call, given: WordingInput) -> FaqView:
    """Have an answer told to another wording as well; one it has already changes nothing. Raises
    NotFound, and Invalid where it has as many as it may."""
    row = await _faq(call, given.id)
    if given.wording in (row.question, *row.similar):
        return faq_view(row)
    if len(row.similar) >= MOST_WORDINGS:
        raise _too_many("wording")
    row.similar = [*row.similar, given.wording]
    row.written_by = None
    await call.session.flush()
    await events.append(call.session, FaqSaved(id=given.id, made=False))
    return faq_view(row)


def _too_many(where: str) -> Invalid:
    return Invalid(
        Text(f"一条问答最多 {MOST_WORDINGS} 种问法", f"At most {MOST_WORDINGS} wordings"),
        hint=Text("先去掉几种相近的问法。", "Take away some that are nearly the same."),
        where=where,
    )


class Removed(Output):
    """What was taken away."""

    id: str


@tool(
    "knowledge.remove_faq", purpose=Text("删除问答", "Remove an answer"), risk="act", roles=OWNERS
)
async def remove_faq(call: Call, given: FaqChoice) -> Removed:
    """Take an answered question away. Raises NotFound."""
    await call.session.delete(await _faq(call, given.id))
    await events.append(call.session, FaqRemoved(id=given.id))
    return Removed(id=given.id)


class MergeInput(Input):
    """Two answered questions: the one that stays, and the one that becomes wordings of it."""

    keep: str = Field(min_length=1, max_length=64)
    drop: str = Field(min_length=1, max_length=64)


@tool(
    "knowledge.merge_faqs", purpose=Text("合并两条问答", "Merge two answers"), risk="act",
    roles=OWNERS,
)  # fmt: skip
async def merge_faqs(call: Call, given: MergeInput) -> FaqView:
    """Have one answer told to the wordings of another, which is taken away. Raises NotFound, and
    Invalid where both are one or together have too many wordings."""
    if given.keep == given.drop:
        raise Invalid(
            Text("这是同一条问答", "These are one answer"),
            hint=Text("请选两条不同的。", "Choose two."),
            where="drop",
        )
    kept, dropped = await _faq(call, given.keep), await _faq(call, given.drop)
    asked = dict.fromkeys((*kept.similar, dropped.question, *dropped.similar))
    similar = [wording for wording in asked if wording not in ("", kept.question)]
    if len(similar) > MOST_WORDINGS:
        raise _too_many("drop")
    kept.similar, kept.written_by = similar, None
    await call.session.delete(dropped)
    await call.session.flush()
    await events.append(call.session, FaqSaved(id=kept.id, made=False))
    await events.append(call.session, FaqRemoved(id=given.drop))
    return faq_view(kept)


class ProposalInput(PageInput):
    """Which proposals."""

    status: Literal["waiting", "accepted", "declined"] = "waiting"


class ProposalView(BaseModel):
    """A question found in past conversations, the usual answer, and what it rests on. `source` is
    where from: files of chats, what people answered at the desk, or gaps. With a `faq_id` it is
    another wording of that answer, whose question is `faq_question`."""

    id: str
    status: str
    source: Literal["log", "desk", "gap"]
    faq_id: str | None
    faq_question: str | None
    question: str
    similar: list[str]
    answer: str
    count: int
    evidence: list[str]
    made_at: datetime


class ProposalPage(Output):
    """Proposals of a page, the most often asked first; `usual_minutes` is the median length of the
    `conversations` that were read."""

    items: list[ProposalView]
    total: int
    page: int
    size: int
    conversations: int
    usual_minutes: float | None


@tool(
    "knowledge.list_proposals",
    purpose=Text("列出从聊天记录提出的问答", "List answers proposed from chat logs"),
    risk="read",
    roles=STAFF,
)
async def list_proposals(call: Call, given: ProposalInput) -> ProposalPage:
    """Questions and answers proposed from past conversations."""
    found = await store.proposals_page(
        call.session, call.shop_id, status=given.status, page=given.page, size=given.size
    )
    conversations, usual = await store.conversation_figures(call.session, call.shop_id)
    joined = [row.faq_id for row in found.rows if row.faq_id is not None]
    faqs = await store.faqs_of(call.session, call.shop_id, joined)
    questions = {row.id: row.question for row in faqs}
    return ProposalPage(
        items=[_proposal(row, questions) for row in found.rows],
        total=found.total,
        page=given.page,
        size=given.size,
        conversations=conversations,
        usual_minutes=usual,
    )


def _proposal(row: Proposal, questions: Mapping[str, str]) -> ProposalView:
    return ProposalView(
        id=row.id,
        status=row.status,
        source=row.source,  # type: ignore[arg-type]
        faq_id=row.faq_id,
        faq_question=questions.get(row.faq_id or ""),
        question=row.question,
        similar=row.similar,
        answer=row.answer,
        count=row.count,
        evidence=row.evidence,
        made_at=row.made_at,
    )


class DecideInput(Input):
    """Which proposals, and whether they become answers."""

    ids: list[str] = Field(min_length=1, max_length=500)
    accept: bool


class Decided(Output):
    """The proposals decided, and the answers made of them."""

    ids: list[str]
    faq_ids: list[str]


@tool(
    "knowledge.decide_proposals",
    purpose=Text("处理问答建议", "Decide on proposed answers"),
    risk="act",
    roles=WORKERS,
)
async def decide_proposals(call: Call, given: DecideInput) -> Decided:
    """Take proposals over as answers, or turn them down for good. Raises NotFound and Conflict."""
    ids = list(dict.fromkeys(given.ids))
    rows = {row.id: row for row in await store.held_proposals(call.session, call.shop_id, ids)}
    made = []
    for proposal_id in ids:
        row = rows.get(proposal_id)
        if row is None:
            raise not_found(PROPOSAL, proposal_id)
        if row.status != "waiting":
            raise Conflict(
                Text("这条建议已经处理过", "This proposal has been decided"),
                hint=Text("刷新列表。", "Refresh the list."),
                where=proposal_id,
            )
        if given.accept:
            made.append(await learning.take(call.session, row, by=call.principal.id))
        else:
            learning.turn_down(row, by=call.principal.id)
    await events.append(call.session, ProposalsDecided(ids=ids, accepted=given.accept))
    return Decided(ids=ids, faq_ids=made)


class ReopenInput(Input):
    """Which proposals."""

    ids: list[str] = Field(min_length=1, max_length=500)


class Reopened(Output):
    """The proposals that wait again."""

    ids: list[str]


@tool(
    "knowledge.reopen_proposals",
    purpose=Text("撤回对问答建议的处理", "Take back a decision on proposed answers"),
    risk="act",
    roles=WORKERS,
)
async def reopen_proposals(call: Call, given: ReopenInput) -> Reopened:
    """Let decided proposals wait again; the answers made of them go, or are as before. Raises
    NotFound, and Conflict where an answer was changed since."""
    ids = list(dict.fromkeys(given.ids))
    rows = {row.id: row for row in await store.held_proposals(call.session, call.shop_id, ids)}
    for proposal_id in ids:
        if proposal_id not in rows:
            raise not_found(PROPOSAL, proposal_id)
        await learning.take_back(call.session, rows[proposal_id])
    await events.append(call.session, ProposalsReopened(ids=ids))
    return Reopened(ids=ids)
