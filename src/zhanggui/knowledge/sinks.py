"""What the room keeps of a shop's files: answered questions, policies, past conversations."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai import normalise
from zhanggui.base import clock, events
from zhanggui.knowledge import mining, store
from zhanggui.knowledge.events import ProposalsMade
from zhanggui.knowledge.mining import Exchange
from zhanggui.knowledge.models import ALWAYS, Faq, PastConversation, Policy, Proposal
from zhanggui.shop.files import ChatLogRecord, FaqRecord, PolicyRecord
from zhanggui.shop.importing.sinks import Loading, Sink, register

NEWEST = 20_000
"""Past conversations that are read for proposals."""


def faq_id(question: str, answer: str = "") -> str:
    """The id of a question that came without one: the same for the same question always. A quick
    phrase is told apart by its answer too."""
    text = f"{normalise(question)}\0{normalise(answer)}"
    return "q" + hashlib.blake2b(text.encode(), digest_size=10).hexdigest()


async def _faqs(loading: Loading, records: Sequence[FaqRecord]) -> None:
    rows = [
        {
            "id": record.faq_id
            or faq_id(record.question, record.answer if record.is_phrase else ""),
            "question": record.question,
            "similar": list(record.similar),
            "answer": record.answer,
            "category": record.category,
            "is_phrase": record.is_phrase,
        }
        for record in records
    ]
    await loading.writer.write(Faq, rows)


async def _policies(loading: Loading, records: Sequence[PolicyRecord]) -> None:
    rows = [
        {
            "id": record.policy_id,
            "effective": record.effective or ALWAYS,
            "title": record.title,
            "clauses": list(record.clauses),
            "is_starter": False,
        }
        for record in records
    ]
    await loading.writer.write(Policy, rows)


async def _conversations(loading: Loading, records: Sequence[ChatLogRecord]) -> None:
    rows = []
    for record in records:
        times = [message.sent_at for message in record.messages if message.sent_at is not None]
        rows.append(
            {
                "id": record.conversation_id,
                "started_at": min(times, default=None),
                "minutes": mining.minutes(record),
                "exchanges": mining.exchanges(record),
            }
        )
    await loading.writer.write(PastConversation, rows)


async def _propose_if_new(loading: Loading) -> None:
    if await store.wrote_conversations(loading.session, loading.shop_id, loading.import_id):
        await propose(loading.session, loading.shop_id)


async def _propose_again(loading: Loading) -> None:
    if await store.proposals(loading.session, loading.shop_id):
        await propose(loading.session, loading.shop_id)


async def propose(session: AsyncSession, shop_id: str) -> None:
    """Read the past conversations and set the proposals that wait of them anew; what a person has
    decided stays decided, and what was answered at the desk is no concern of theirs."""
    past = await store.past_conversations(session, shop_id, NEWEST)
    found = [
        Exchange(conversation.id, each["question"], each["answer"])
        for conversation in past
        for each in conversation.exchanges
    ]
    known = [
        wording
        for faq in await store.faqs(session, shop_id)
        for wording in (faq.question, *faq.similar)
        if wording
    ]
    decided = {p.id for p in await store.proposals(session, shop_id) if p.status != "waiting"}
    await session.execute(
        delete(Proposal).where(
            Proposal.shop_id == shop_id, Proposal.status == "waiting", Proposal.source == "log"
        )
    )
    fresh = [each for each in mining.mine(found, known) if each.id not in decided]
    for each in fresh:
        session.add(
            Proposal(
                shop_id=shop_id,
                id=each.id,
                status="waiting",
                question=each.question,
                similar=list(each.similar),
                answer=each.answer,
                count=each.count,
                evidence=list(each.evidence),
                made_at=clock.now(),
            )
        )
    total, usual = await store.conversation_figures(session, shop_id)
    await events.append(
        session, ProposalsMade(waiting=len(fresh), conversations=total, usual_minutes=usual)
    )


register(Sink(FaqRecord, _faqs, order=60, tables=(Faq,)))
register(Sink(PolicyRecord, _policies, order=61, tables=(Policy,)))
register(
    Sink(
        ChatLogRecord,
        _conversations,
        order=62,
        tables=(PastConversation,),
        finish=_propose_if_new,
        undo=_propose_again,
    )
)
