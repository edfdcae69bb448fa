"""What people answer becomes what the shop knows, once a person says yes.

An answer given to one shopper is *proposed*; asked again it is counted with what was proposed
before, and where the shop has nearly the same answer in force it is proposed as another wording of
that one. Comparing takes long and is done apart from writing: what it needs is read (`known`),
thought about in a thread (`place`), and written in a short transaction (`propose`). Taking a
proposal over writes down what that changed, so that it can be taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
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


class Answers:
    """The answers in force, among which one that says nearly the same is found. Making one and
    asking it block."""

    def __init__(self, faqs: Iterable[Faq], today: date) -> None:
        self._faqs = [faq for faq in corpus.told(faqs, today) if faq.question]
        self._letters = CharacterTfidf([faq.answer for faq in self._faqs]) if self._faqs else None

    def like(self, answer: str) -> Faq | None:
        """The one that says nearly the same."""
        if self._letters is None:
            return None
        scores = self._letters.similarities(answer)
        best = int(scores.argmax())
        return self._faqs[best] if scores[best] >= SAME_ANSWER else None


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared with: the desk's proposals, the newest first, and the answers, as they were
    read on the day `today`."""

    proposals: Sequence[Proposal]
    faqs: Sequence[Faq]
    today: date


async def known(session: AsyncSession, shop_id: str) -> Known:
    """What a shop's answers are compared with now."""
    return Known(
        await store.proposals_from(session, shop_id, "desk"),
        await store.faqs(session, shop_id),
        versions.today(),
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """Where something taught belongs: to a proposal, which there may be or not, and to the answer
    in force that says nearly the same."""

    taught: Taught
    proposal_id: str
    faq_id: str | None


def place(known: Known, taught: Iterable[Taught]) -> list[Placed]:
    """Where each of what was taught belongs, one after another; what has been decided on is left
    out. Blocks."""
    answers = Answers(known.faqs, known.today)
    decided = {row.id for row in known.proposals if row.status != "waiting"}
    asked = [
        (text, row.id) for row in known.proposals for text in (row.question, *row.similar) if text
    ]
    found = []
    for each in taught:
        proposal_id = _asked_before(asked, each.question) or id_of(each.question)
        if proposal_id in decided:
            continue
        asked.insert(0, (each.question, proposal_id))
        like = answers.like(each.answer)
        found.append(Placed(each, proposal_id, like.id if like is not None else None))
    return found


def _asked_before(asked: Sequence[tuple[str, str]], question: str) -> str | None:
    """The proposal of this question, also in nearly the same letters."""
    if not asked:
        return None
    scores = CharacterTfidf([text for text, _ in asked]).similarities(question)
    best = int(scores.argmax())
    return asked[best][1] if scores[best] >= SAME_ANSWER else None


async def propose(session: AsyncSession, shop_id: str, placed: Sequence[Placed]) -> list[Proposal]:
    """Propose answers, or count them with what was proposed before, and give what waits for a
    person of them; none where the question has been decided on meanwhile. The same from the same
    conversation changes nothing. The caller holds the conversations: what was said in one that is
    emptied at the same time must not be written after it."""
    ids = sorted({each.proposal_id for each in placed})
    rows = {row.id: row for row in await store.held_proposals(session, shop_id, ids)}
    found: dict[str, Proposal] = {}
    for each in placed:
        row = rows.get(each.proposal_id)
        if row is None:
            row = rows[each.proposal_id] = _new(session, shop_id, each.proposal_id)
        if row.status == "waiting":
            found[row.id] = row
            await _add(session, row, each)
    return list(found.values())


def _new(session: AsyncSession, shop_id: str, proposal_id: str) -> Proposal:
    row = Proposal(
        shop_id=shop_id,
        id=proposal_id,
        status="waiting",
        source="desk",
        said=[],
        made_at=clock.now(),
    )
    session.add(row)
    return row


async def _add(session: AsyncSession, row: Proposal, placed: Placed) -> None:
    taught, said = placed.taught, _said(placed.taught)
    if said in row.said:
        return
    others = [each for each in row.said if each["conversation"] != taught.conversation_id]
    _put(row, [*others, said][-_MOST_SAID:])
    if row.faq_id is None:
        row.faq_id = placed.faq_id
    await session.flush()
    await events.append(session, AnswerProposed(id=row.id, count=row.count))


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


async def withdraw(session: AsyncSession, shop_id: str, conversation_ids: Iterable[str]) -> None:
    """Take what was said in some conversations out of the proposals: one that rests on nothing else
    goes, and of one that was decided only the decision stays. The caller holds the conversations,
    so that nobody adds to what is looked for."""
    gone = set(conversation_ids)
    rows = await store.proposals_from(session, shop_id, "desk")
    ids = [row.id for row in rows if any(each["conversation"] in gone for each in row.said)]
    # Held and read again: what another conversation gave meanwhile is not to be lost, nor what
    # goes to be written back by whoever adds to it.
    for row in await store.held_proposals(session, shop_id, ids):
        left = [each for each in row.said if each["conversation"] not in gone]
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
        # What an earlier release took over says nothing of the days.
        if faq is not None and _state(faq) != {**_state(faq), **made["after"]}:
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
            if "valid_from" in before:
                faq.valid_from = _day(before["valid_from"])
                faq.valid_until = _day(before["valid_until"])
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
    return {
        "question": faq.question,
        "similar": list(faq.similar),
        "answer": faq.answer,
        "valid_from": _said_day(faq.valid_from),
        "valid_until": _said_day(faq.valid_until),
    }


def _said_day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said is not None else None
