"""What may be asked of gaps and done about them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.base import clock, events
from zhanggui.base.errors import NotFound, not_found
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import learning
from zhanggui.knowledge.events import ProposalsDecided, ProposalsReopened
from zhanggui.knowledge.learning import MOST_WORDINGS, Written
from zhanggui.knowledge.models import Proposal
from zhanggui.service.chat import store as chat_store
from zhanggui.service.chat.models import Message
from zhanggui.service.events import GapDecided
from zhanggui.service.gaps import anybody, store
from zhanggui.service.gaps.counting import DAYS
from zhanggui.service.gaps.episodes import Episode
from zhanggui.service.gaps.finding import Found, finder, seal
from zhanggui.service.gaps.gap import Gap
from zhanggui.service.gaps.models import GapDecision
from zhanggui.service.gaps.writing import (
    LikeView,
    Wording,
    Words,
    must_be_anybodys,
    must_be_there,
)

GAP = Text("待补问题", "gap")
_SHOWN = 20
_Days = Field(DAYS, ge=7, le=90, description="How many days back questions are looked at.")


class GapList(Input):
    """Which gaps: open ones, or those that were dismissed."""

    status: Literal["open", "dismissed"] = "open"
    days: int = _Days
    page: int = Field(1, ge=1, le=1000)
    size: int = Field(50, ge=1, le=200)


class WordingView(BaseModel):
    """A way it was asked, without what names a person, and how often."""

    text: str
    count: int


class SaidView(BaseModel):
    """What people answered, in how many conversations, and where last. `is_ready` says that it may
    be told to anybody as it is."""

    text: str
    is_ready: bool
    count: int
    conversation_id: str
    seq: int


class GapView(BaseModel):
    """Questions that mean the same and were not answered. `recent` and `before` count the later and
    the earlier half of the days; `minutes` are what people have spent on them, at most five for a
    message; `lost` are conversations that nobody answered or that were rated badly; `cost` is the
    minutes with the usual ones for each lost. `is_again` says that an answer was given before by
    which these are not answered; `is_personal` that most are about one's own order."""

    id: str
    question: str
    status: Literal["open", "dismissed"]
    count: int
    conversations: int
    recent: int
    before: int
    minutes: float
    lost: int
    cost: float
    wordings: list[WordingView]
    answers: list[SaidView]
    like: LikeView | None
    is_again: bool
    is_personal: bool
    first_at: datetime
    last_at: datetime


class GapPage(Output):
    """Gaps of a page, the costliest first. `questions` were not answered in these days, `leaning`
    of them cannot be understood by themselves and are in no gap; `minutes` and `lost` are of all
    open gaps. `is_cut_off` says that there were more conversations than are looked at."""

    items: list[GapView]
    total: int
    page: int
    size: int
    dismissed: int
    questions: int
    leaning: int
    minutes: float
    lost: int
    is_cut_off: bool


class GapInput(Input):
    """Which gap, as it was found."""

    id: str = Field(pattern="^gap_[0-9a-f]{24}$")
    days: int = _Days


async def _find(call: Call, given: GapList | GapInput) -> Found:
    return await finder(call.runtime).current(call.shop_id, given.days)


@tool(
    "service.list_gaps",
    purpose=Text("列出答不上的问题", "List questions that could not be answered"),
    risk="read",
    roles=STAFF,
    rate="60 per minute",
    prepare=_find,
)
async def list_gaps(call: Call, given: GapList) -> GapPage:
    """Questions that were handed over or asked back about because nothing was sure, those that mean
    the same together."""
    found: Found = call.prepared
    dismissed = [gap for gap in found.gaps if gap.is_dismissed]
    open_ = [gap for gap in found.gaps if not gap.is_dismissed]
    shown = open_ if given.status == "open" else dismissed
    start = (given.page - 1) * given.size
    return GapPage(
        items=[view(gap) for gap in shown[start : start + given.size]],
        total=len(shown),
        page=given.page,
        size=given.size,
        dismissed=len(dismissed),
        questions=found.questions,
        leaning=found.leaning,
        minutes=round(sum(gap.minutes for gap in open_), 1),
        lost=sum(gap.lost for gap in open_),
        is_cut_off=found.is_cut_off,
    )


def view(gap: Gap) -> GapView:
    """A gap as staff see it."""
    like = gap.like
    return GapView(
        id=gap.id,
        question=anybody.plain(gap.episodes[gap.typical].text),
        status="dismissed" if gap.is_dismissed else "open",
        count=gap.count,
        conversations=len(gap.conversations),
        recent=gap.recent,
        before=gap.before,
        minutes=gap.minutes,
        lost=gap.lost,
        cost=gap.cost,
        wordings=[WordingView(text=t, count=n) for t, n in gap.wordings[:_SHOWN]],
        answers=[
            SaidView(
                text=each.text,
                is_ready=each.ready is not None,
                count=each.count,
                conversation_id=each.conversation_id,
                seq=each.seq,
            )
            for each in gap.answers
        ],
        like=LikeView(id=like.id, question=like.question) if like is not None else None,
        is_again=gap.decided is not None and gap.decided.status == "answered",
        is_personal=gap.is_personal,
        first_at=gap.episodes[0].at,
        last_at=gap.episodes[-1].at,
    )


class DecidedGap(Output):
    """What was decided on a gap, and the answer that was made or given more wordings."""

    id: str
    status: Literal["answered", "dismissed", "open"]
    faq_id: str | None = None
    proposal_id: str | None = None


class AnswerGap(GapInput):
    """The answer to a gap, and the ways of asking that lead to it; with a `faq_id` they are
    wordings of that answer, and `answer` is not used."""

    question: Wording
    similar: list[Wording] = Field(default_factory=list, max_length=MOST_WORDINGS)
    answer: Words
    faq_id: str | None = Field(None, max_length=64)


@tool(
    "service.answer_gap",
    purpose=Text("给答不上的问题补上回答", "Answer what could not be answered"),
    risk="act",
    roles=WORKERS,
    prepare=_find,
)
async def answer_gap(call: Call, given: AnswerGap) -> DecidedGap:
    """Write an answer to a gap, which the next shopper is given. Raises NotFound for a gap that is
    no more and for an answer that is not there, and Invalid for words that name a person."""
    gap = _gap(call, given.id)
    must_be_anybodys(given.question, *given.similar, given.answer)
    await must_be_there(call, given.faq_id)
    written = Written(
        id=f"pro{gap.id}",
        question=given.question,
        similar=given.similar,
        answer=given.answer,
        count=len(gap.conversations),
        evidence=gap.conversations,
        faq_id=given.faq_id,
    )
    row = await learning.write(
        call.session, call.shop_id, written, source="gap", by=call.principal.id
    )
    await _decide(call, gap, "answered", row.id)
    await events.append(call.session, ProposalsDecided(ids=[row.id], accepted=True))
    return DecidedGap(
        id=gap.id, status="answered", faq_id=row.made["faq_id"] if row.made else None,
        proposal_id=row.id,
    )  # fmt: skip


@tool(
    "service.dismiss_gap",
    purpose=Text("不再提示一个答不上的问题", "Leave a gap alone"),
    risk="act",
    roles=WORKERS,
    prepare=_find,
)
async def dismiss_gap(call: Call, given: GapInput) -> DecidedGap:
    """Leave a gap alone until it is asked twice as often. Raises NotFound."""
    gap = _gap(call, given.id)
    await _decide(call, gap, "dismissed", None)
    return DecidedGap(id=gap.id, status="dismissed")


class ReopenGap(Input):
    """Which gap."""

    id: str = Field(pattern="^gap_[0-9a-f]{24}$")


@tool(
    "service.reopen_gap",
    purpose=Text("重新打开一个答不上的问题", "Open a gap again"),
    risk="act",
    roles=WORKERS,
)
async def reopen_gap(call: Call, given: ReopenGap) -> DecidedGap:
    """Take back what was decided on a gap: an answer that was made for it goes, or is as it was.
    Raises NotFound, and Conflict where that answer was changed since."""
    row = await store.decision(call.session, call.shop_id, given.id)
    if row is None:
        raise not_found(GAP, given.id)
    if row.proposal_id is not None:
        await _take_back(call, row.proposal_id)
    await call.session.delete(row)
    conversations_ = {member.split("#")[0] for member in row.members}
    await events.append(
        call.session,
        GapDecided(
            id=row.id, status="open", count=row.count, conversations=len(conversations_), minutes=0
        ),
    )
    return DecidedGap(id=row.id, status="open")


async def _take_back(call: Call, proposal_id: str) -> None:
    proposal = await call.session.get(Proposal, (call.shop_id, proposal_id))
    if proposal is not None:
        await learning.take_back(call.session, proposal)
        await call.session.delete(proposal)
        await call.session.flush()
        await events.append(call.session, ProposalsReopened(ids=[proposal_id]))


def _gap(call: Call, gap_id: str) -> Gap:
    found: Found = call.prepared
    for gap in found.gaps:
        if gap.id == gap_id:
            return gap
    raise _changed(gap_id)


def _changed(gap_id: str) -> NotFound:
    return NotFound(
        Text("这组问题已经变了", "These questions have changed"),
        hint=Text("刷新列表再看。", "Refresh the list."),
        where=gap_id,
    )


async def _decide(
    call: Call, gap: Gap, status: Literal["answered", "dismissed"], proposal_id: str | None
) -> None:
    session, shop_id, typical = call.session, call.shop_id, gap.episodes[gap.typical]
    await _must_be_said(call, gap, typical)
    row = await store.decision(session, shop_id, gap.id)
    if row is None:
        row = GapDecision(shop_id=shop_id, id=gap.id)
        session.add(row)
    row.status, row.proposal_id, row.count = status, proposal_id, gap.count
    row.members = [each.key for each in gap.episodes]
    row.wording_sealed = seal(call.runtime.cipher, shop_id, anybody.plain(typical.text))
    row.conversation_id = typical.conversation_id
    row.decided_at, row.decided_by = clock.now(), call.principal.id
    await session.flush()
    await events.append(
        session,
        GapDecided(
            id=gap.id, status=status, count=gap.count,
            conversations=len(gap.conversations), minutes=gap.minutes,
        ),
    )  # fmt: skip


async def _must_be_said(call: Call, gap: Gap, typical: Episode) -> None:
    """Hold the conversation that is quoted; raises NotFound where it was emptied since the gap was
    found."""
    key = (typical.conversation_id, typical.seq)
    await chat_store.conversation(call.session, call.shop_id, key[0], held=True)
    message = await call.session.get(Message, (call.shop_id, *key))
    if message is None or message.text_sealed is None:
        raise _changed(gap.id)
