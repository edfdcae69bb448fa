"""What people answer becomes what the shop knows, once a person says yes.

An answer given to one shopper is *proposed*; asked again it is counted with what was proposed
before, and where the shop has nearly the same answer in force it is proposed as another wording of
that one. Taking a proposal over writes down what that changed, so that it can be taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai import CharacterTfidf, normalise
from zhanggui.base import clock, events
from zhanggui.base.errors import Conflict
from zhanggui.base.words import Text
from zhanggui.knowledge import corpus, sinks, store, versions
from zhanggui.knowledge.events import AnswerProposed
from zhanggui.knowledge.mining import EVIDENCE, SAME_ANSWER
from zhanggui.knowledge.models import Faq, Proposal

MOST_WORDINGS = 50
"""Other ways to ask one question."""
_MOST_SAID = 50


@dataclass(frozen=True, slots=True)
class Taught:
    """A question and what a person answered to it, both impersonal, in a conversation."""

    conversation_id: str
    question: str
    answer: str


async def propose(session: AsyncSession, shop_id: str, taught: Taught) -> Proposal | None:
    """Propose an answer, or count it with the one that was proposed before; None where the question
    has been decided on. The same from the same conversation changes nothing."""
    known = await _known(session, shop_id, taught.question)
    if known is not None and known.status != "waiting":
        return None
    if known is None:
        proposal_id = id_of(taught.question)
        if await session.get(Proposal, (shop_id, proposal_id)) is not None:
            return None  # It was decided, and its words are gone since.
        known = Proposal(
            shop_id=shop_id,
            id=proposal_id,
            status="waiting",
            source="desk",
            said=[],
            made_at=clock.now(),
        )
        session.add(known)
    said = _said(taught)
    if said in known.said:
        return known
    others = [each for each in known.said if each["conversation"] != taught.conversation_id]
    _put(known, [*others, said][-_MOST_SAID:])
    if known.faq_id is None:
        like = await answer_like(session, shop_id, taught.answer)
        known.faq_id = like.id if like is not None else None
    await session.flush()
    await events.append(session, AnswerProposed(id=known.id, count=known.count))
    return known


def id_of(question: str) -> str:
    """The id of the desk's proposal of a question."""
    digest = hashlib.blake2b(normalise(question).encode(), digest_size=12)
    return f"ask_{digest.hexdigest()}"


def _said(taught: Taught) -> dict[str, str]:
    return {
        "conversation": taught.conversation_id,
        "question": taught.question,
        "answer": taught.answer,
    }


def _put(row: Proposal, said: Sequence[dict[str, Any]]) -> None:
    """Have a proposal say what was said last; the first question names it."""
    questions = list(dict.fromkeys(each["question"] for each in said))
    conversations = list(dict.fromkeys(each["conversation"] for each in said))
    row.said = list(said)
    row.question, row.similar = questions[0], questions[1:]
    row.answer = said[-1]["answer"]
    row.count, row.evidence = len(conversations), conversations[-EVIDENCE:]


async def _known(session: AsyncSession, shop_id: str, question: str) -> Proposal | None:
    """The desk's proposal of this question, also in nearly the same letters."""
    rows = await store.proposals_from(session, shop_id, "desk")
    texts = [(text, row) for row in rows for text in (row.question, *row.similar) if text]
    if not texts:
        return None
    scores = CharacterTfidf([text for text, _ in texts]).similarities(question)
    best = int(scores.argmax())
    return texts[best][1] if scores[best] >= SAME_ANSWER else None


async def answer_like(session: AsyncSession, shop_id: str, answer: str) -> Faq | None:
    """The answer in force that says nearly the same."""
    rows = list(corpus.told(await store.faqs(session, shop_id), versions.today()))
    rows = [row for row in rows if row.question]
    if not rows:
        return None
    scores = CharacterTfidf([row.answer for row in rows]).similarities(answer)
    best = int(scores.argmax())
    return rows[best] if scores[best] >= SAME_ANSWER else None


async def withdraw(session: AsyncSession, shop_id: str, conversation_ids: Iterable[str]) -> None:
    """Take what was said in some conversations out of the proposals: one that rests on nothing else
    goes, and of one that was decided only the decision stays."""
    gone = set(conversation_ids)
    for row in await store.proposals_from(session, shop_id, "desk"):
        left = [each for each in row.said if each["conversation"] not in gone]
        if len(left) == len(row.said):
            continue
        if left:
            _put(row, left)
        elif row.status == "waiting":
            await session.delete(row)
        else:
            row.said, row.evidence, row.similar = [], [], []
            row.question = row.answer = ""
    await session.flush()


Source = Literal["desk", "gap"]


@dataclass(frozen=True, slots=True)
class Written:
    """An answer that a person wrote from what was asked, with other ways to ask; with a `faq_id`
    all of these are wordings of that one."""

    id: str
    question: str
    similar: Sequence[str]
    answer: str
    count: int
    evidence: Sequence[str]
    faq_id: str | None = None


async def write(
    session: AsyncSession, shop_id: str, written: Written, *, source: Source, by: str
) -> Proposal:
    """Take over at once what a person wrote; in place of what waits under its id."""
    row = await session.get(Proposal, (shop_id, written.id))
    if row is None:
        row = Proposal(shop_id=shop_id, id=written.id, said=[], made_at=clock.now(), source=source)
        row.status = "waiting"
        session.add(row)
    row.question, row.answer = written.question, written.answer
    row.similar = [each for each in dict.fromkeys(written.similar) if each != written.question]
    row.count, row.evidence = written.count, list(written.evidence)[:EVIDENCE]
    row.faq_id = written.faq_id
    await take(session, row, by=by)
    return row


async def take(session: AsyncSession, row: Proposal, *, by: str) -> str:
    """Take a proposal over: as an answer of its own, or as wordings of the one it names, if that is
    still there. Gives the answer's id."""
    if not row.question:
        raise _emptied(row)
    joined = await store.faq(session, row.shop_id, row.faq_id) if row.faq_id else None
    faq_id = joined.id if joined is not None else sinks.faq_id(row.question)
    faq = joined if joined is not None else await store.faq(session, row.shop_id, faq_id)
    before = _state(faq) if faq is not None else None
    if faq is None:
        faq = Faq(shop_id=row.shop_id, id=faq_id, is_phrase=False)
        session.add(faq)
    if joined is not None:
        asked = dict.fromkeys((*faq.similar, row.question, *row.similar))
        faq.similar = [each for each in asked if each != faq.question][:MOST_WORDINGS]
    else:
        faq.question, faq.similar, faq.answer = row.question, row.similar, row.answer
        faq.valid_from = faq.valid_until = None
    faq.written_by = None
    row.status, row.decided_at, row.decided_by = "accepted", clock.now(), by
    row.made = {"faq_id": faq_id, "before": before, "after": _state(faq)}
    await session.flush()
    return faq_id


def turn_down(row: Proposal, *, by: str) -> None:
    """Do not take a proposal over; the same question is not proposed again."""
    row.status, row.decided_at, row.decided_by = "declined", clock.now(), by


async def take_back(session: AsyncSession, row: Proposal) -> None:
    """Let a proposal wait again, with what taking it over changed as it was before. Raises Conflict
    where that was changed since."""
    if not row.question:
        raise _emptied(row)
    made = row.made
    if row.status == "accepted" and made is not None:
        faq = await store.faq(session, row.shop_id, made["faq_id"])
        if faq is not None and _state(faq) != made["after"]:
            raise Conflict(
                Text("这条问答后来又改过", "The answer was changed since"),
                hint=Text("请到问答里直接修改。", "Change it among the answers."),
                where=made["faq_id"],
            )
        if faq is not None and made["before"] is None:
            await session.delete(faq)
        elif faq is not None:
            before = made["before"]
            faq.question, faq.similar = before["question"], before["similar"]
            faq.answer = before["answer"]
    row.status, row.made = "waiting", None
    row.decided_at = row.decided_by = None
    await session.flush()


def _emptied(row: Proposal) -> Conflict:
    return Conflict(
        Text("这条建议的内容已经抹去", "The words of this proposal were erased"),
        hint=Text("请到问答里另写一条。", "Write the answer anew among the answers."),
        where=row.id,
    )


def _state(faq: Faq) -> dict[str, Any]:
    return {"question": faq.question, "similar": list(faq.similar), "answer": faq.answer}
