"""What may be kept of a person's own answer, from the conversation it was given in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import events
from zhanggui.base.errors import Conflict, not_found
from zhanggui.base.principals import WORKERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import learning
from zhanggui.knowledge import store as knowledge_store
from zhanggui.knowledge.events import ProposalsDecided
from zhanggui.knowledge.learning import Answers, Written
from zhanggui.knowledge.models import Faq, Proposal
from zhanggui.knowledge.versions import today
from zhanggui.service.chat import conversations
from zhanggui.service.chat import store as chat_store
from zhanggui.service.chat.models import Message
from zhanggui.service.gaps import anybody
from zhanggui.service.gaps.episodes import Said
from zhanggui.service.gaps.lessons import names_of
from zhanggui.service.gaps.writing import (
    LikeView,
    Wording,
    Words,
    must_be_anybodys,
    must_be_there,
)

_SAID = 100


class LessonInput(Input):
    """A person's message in a conversation."""

    id: str = Field(min_length=1, max_length=40)
    seq: int = Field(ge=1, le=2_147_483_647)


class LessonView(Output):
    """A question and a person's answer as they could be kept for all shoppers: cleaned where they
    are anybody's, else masked and to be put right by hand, which `question_is_ready` and
    `answer_is_ready` say. `like` is an answer in force that says nearly the same."""

    question: str
    answer: str
    question_is_ready: bool
    answer_is_ready: bool
    like: LikeView | None


async def _prepare(call: Call, given: LessonInput) -> LessonView:
    """Compare with what the shop knows, beside the loop."""
    runtime, shop_id = call.runtime, call.shop_id
    async with runtime.db.reading(shop_id) as session:
        said, names, place = await _said(call, session, given)
        faqs = await knowledge_store.faqs(session, shop_id)
    return await asyncio.to_thread(_lesson, said, names, place, faqs, today())


def _lesson(
    said: Said, names: Sequence[str], place: int, faqs: Sequence[Faq], day: date
) -> LessonView:
    message, text = said[place]
    at = message.at
    before = [words for m, words in said[:place] if m.author == "shopper" and words is not None]
    asked, earlier = (before[-1], before[:-1]) if before else ("", [])
    question = anybody.question_of(asked, earlier, names, at)
    answer = anybody.answer_of([text or ""], names, at)
    like = Answers(faqs, day).like(answer) if answer else None
    return LessonView(
        question=(question or anybody.plain(asked))[:200],
        answer=answer or anybody.plain(text or ""),
        question_is_ready=question is not None,
        answer_is_ready=answer is not None,
        like=LikeView(id=like.id, question=like.question) if like is not None else None,
    )


@tool(
    "service.lesson",
    purpose=Text("把人工回答整理成问答", "See what a person's answer could teach"),
    risk="read",
    roles=WORKERS,
    prepare=_prepare,
)
async def lesson(call: Call, given: LessonInput) -> LessonView:
    """What could be kept of a person's answer and the question before it. Raises NotFound."""
    found: LessonView = call.prepared
    return found


class KeepInput(LessonInput):
    """The question and answer to be kept; with a `faq_id` the question is another wording of that
    answer, and `answer` is not used."""

    question: Wording
    answer: Words
    faq_id: str | None = Field(None, max_length=64)


class Kept(Output):
    """The answer, and the proposal it was made by, which can be reopened to take it back."""

    faq_id: str
    proposal_id: str


@tool(
    "service.keep_answer",
    purpose=Text("把人工回答存为问答", "Keep a person's answer for all shoppers"),
    risk="act",
    roles=WORKERS,
)
async def keep_answer(call: Call, given: KeepInput) -> Kept:
    """Keep a person's answer, which the next shopper is given. Raises NotFound, Conflict where the
    question was decided on before, and Invalid for words that name a person."""
    await _said(call, call.session, given)
    must_be_anybodys(given.question, given.answer)
    await must_be_there(call, given.faq_id)
    proposal_id = learning.id_of(given.question)
    known = await call.session.get(Proposal, (call.shop_id, proposal_id))
    if known is not None and known.status == "accepted":
        raise Conflict(
            Text("这个问题已经存过了", "This question was kept before"),
            hint=Text("到问答里修改它的回答。", "Change its answer among the answers."),
            where="question",
        )
    written = Written(
        id=proposal_id,
        question=given.question,
        similar=known.similar if known is not None else (),
        answer=given.answer,
        count=known.count if known is not None else 1,
        evidence=known.evidence if known is not None else [given.id],
        faq_id=given.faq_id,
    )
    row = await learning.write(
        call.session, call.shop_id, written, source="desk", by=call.principal.id
    )
    await events.append(call.session, ProposalsDecided(ids=[row.id], accepted=True))
    return Kept(faq_id=row.made["faq_id"] if row.made else "", proposal_id=row.id)


async def _said(
    call: Call, session: AsyncSession, given: LessonInput
) -> tuple[Said, Sequence[str], int]:
    """What was said up to a person's message, who took part, and its place; raises NotFound."""
    shop_id = call.shop_id
    row = await chat_store.conversation(session, shop_id, given.id)
    if row is None:
        raise conversations.unknown(given.id)
    after = max(given.seq - _SAID, 0)
    messages: list[Message] = [
        message
        for message in await chat_store.messages(session, shop_id, row.id, after=after, limit=_SAID)
        if message.seq <= given.seq
    ]
    if not messages or messages[-1].seq != given.seq or messages[-1].author != "person":
        raise not_found(Text("人工回复", "person's message"), str(given.seq))
    cipher = call.runtime.cipher
    said = [(message, conversations.text_of(cipher, message)) for message in messages]
    return said, await names_of(session, row, messages), len(said) - 1
