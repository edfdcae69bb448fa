"""What people do with the sample: look at it, judge it, and choose how large it is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.base import clock, events
from zhanggui.base.auth import accounts
from zhanggui.base.errors import not_found
from zhanggui.base.masking import scrub
from zhanggui.base.principals import OWNERS, STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import Indexes
from zhanggui.service.chat import conversations
from zhanggui.service.chat import store as chat_store
from zhanggui.service.chat.models import Message
from zhanggui.service.events import AnswerReviewed, ReviewsSaved
from zhanggui.service.quality import store
from zhanggui.service.quality.models import ServiceReview
from zhanggui.service.quality.sampling import Replied, daily_on, day_of, drawn, end_of
from zhanggui.service.quality.store import Key
from zhanggui.service.views import SourceView

Verdict = Literal["right", "wrong", "better"]
DAYS = 14
"""The last days that are ripe are looked at; what was not judged by then no longer is."""
MOST_SECONDS = 300
"""Longer than that nobody looks at a reply: they have gone away meanwhile."""
_TURNS = 6
_NEXT = timedelta(days=1)
_REPLY = Text("抽检的回复", "sampled reply")


class ReviewTurn(BaseModel):
    """Something that was said before the reply."""

    author: str
    text: str


class ReviewView(BaseModel):
    """A sampled reply: what was asked, what was said before, and what a person thought of it.
    `sources` are the records it rests on, with what they say today; empty for what is no longer
    there. `wording` is the question without phone numbers and the like, as it may be taught."""

    conversation_id: str
    seq: int
    day: date
    at: datetime
    decision: str
    confidence: float
    question: str
    wording: str
    turns: list[ReviewTurn]
    reply: str
    sources: list[SourceView]
    verdict: Verdict | None
    reason: str
    reviewed_at: datetime | None
    reviewed_by: str | None


class ReviewList(Input):
    """Which of the sampled replies."""

    which: Literal["waiting", "judged"] = "waiting"
    page: int = Field(1, ge=1, le=1000)
    size: int = Field(50, ge=1, le=200)


class ReviewPage(Output):
    """Sampled replies of a page, the newest day first. `daily` are sampled a day at most, and
    `waiting` of those of the days from `since` to `until` nobody has judged."""

    items: list[ReviewView]
    total: int
    page: int
    size: int
    waiting: int
    judged: int
    daily: int
    since: date
    until: date


def _last_ripe() -> date:
    return clock.local(clock.now()).date() - timedelta(days=2)


async def _sample(call: Call, given: Input) -> list[Replied]:
    """The sampled replies of the last days that are ripe, the newest day first."""
    until = _last_ripe()
    return await _drawn(call, until - timedelta(days=DAYS - 1), until)


async def _drawn(call: Call, first: date, last: date) -> list[Replied]:
    """The sampled replies of some days, the newest day first."""
    start, end = end_of(first - timedelta(days=1)), end_of(last)
    sample: list[list[Replied]] = []
    async with call.runtime.db.reading(call.shop_id) as session:
        choices = await store.choices(session, call.shop_id)
        async for replies in store.days_of_replies(session, call.shop_id, start, end):
            day = replies[0].day
            most = daily_on(choices, day)
            sample.append(await asyncio.to_thread(drawn, call.shop_id, day, replies, most))
    return [reply for day in reversed(sample) for reply in day]


@tool(
    "service.list_reviews",
    purpose=Text("列出要质检的回复", "Replies to be reviewed"),
    risk="read",
    roles=STAFF,
    rate="120 per minute",
    prepare=_sample,
)
async def list_reviews(call: Call, given: ReviewList) -> ReviewPage:
    """The sample of the last days, to be judged or judged."""
    sample: list[Replied] = call.prepared
    keys = [reply.key for reply in sample]
    said = await store.said(call.session, call.shop_id, keys)
    # Whoever was erased left a reply without words: it stays in the figures, unjudged.
    shown = [
        reply for reply in sample if reply.key in said and said[reply.key].text_sealed is not None
    ]
    judged = await store.reviews(call.session, call.shop_id, keys)
    wanted = [reply for reply in shown if (reply.key in judged) == (given.which == "judged")]
    start = (given.page - 1) * given.size
    page = wanted[start : start + given.size]
    done = sum(reply.key in judged for reply in shown)
    until = _last_ripe()
    return ReviewPage(
        items=await _views(call, page, said, judged),
        total=len(wanted),
        page=given.page,
        size=given.size,
        waiting=len(shown) - done,
        judged=done,
        daily=daily_on(
            await store.choices(call.session, call.shop_id), clock.local(clock.now()).date()
        ),
        since=until - timedelta(days=DAYS - 1),
        until=until,
    )


class ReviewInput(Input):
    """What a person says of a reply; `seconds` is how long they looked at it."""

    conversation_id: str = Field(min_length=1, max_length=40)
    seq: int = Field(ge=1, le=2_147_483_647)
    verdict: Verdict
    reason: str = Field("", max_length=500)
    seconds: int = Field(0, ge=0, le=86_400)


class Reviewed(Output):
    """What was kept."""

    conversation_id: str
    seq: int
    verdict: Verdict
    reason: str


async def _is_drawn(call: Call, given: ReviewInput) -> bool:
    """Whether a reply is in the sample of the last days. What happened and what was chosen by then
    cannot change any more, so this holds when it is written."""
    async with call.runtime.db.reading(call.shop_id) as session:
        found = await store.said(session, call.shop_id, [(given.conversation_id, given.seq)])
    until = _last_ripe()
    for message in found.values():
        day = day_of(message.at)
        # Its event is written a little later than it, and may be of the next day.
        first, last = max(day, until - timedelta(days=DAYS - 1)), min(day + _NEXT, until)
        if first <= last:
            keys = {reply.key for reply in await _drawn(call, first, last)}
            return (given.conversation_id, given.seq) in keys
    return False


@tool(
    "service.review_answer",
    purpose=Text("判定一条抽检的回复", "Judge a sampled reply"),
    risk="draft",
    roles=WORKERS,
    by_person=True,
    prepare=_is_drawn,
)
async def review_answer(call: Call, given: ReviewInput) -> Reviewed:
    """Say whether a sampled reply was right, wrong or could be better, in place of what was said
    before. Raises NotFound for a reply that is not in the sample of the last days: one that
    somebody picked would bias the figures; and for one whose words were erased."""
    key = (given.conversation_id, given.seq)
    if not call.prepared or not await _is_said(call, key):
        raise not_found(_REPLY, f"{given.conversation_id}#{given.seq}")
    row = await store.review(call.session, call.shop_id, key)
    if row is None:
        row = ServiceReview(
            shop_id=call.shop_id, conversation_id=given.conversation_id, seq=given.seq
        )
        call.session.add(row)
    row.verdict, row.reason = given.verdict, scrub(given.reason)
    row.reviewed_at, row.reviewed_by = clock.now(), call.principal.id
    await call.session.flush()
    await events.append(
        call.session,
        AnswerReviewed(
            id=given.conversation_id,
            seq=given.seq,
            verdict=given.verdict,
            seconds=min(given.seconds, MOST_SECONDS),
        ),
    )
    return Reviewed(
        conversation_id=given.conversation_id,
        seq=given.seq,
        verdict=given.verdict,
        reason=row.reason,
    )


async def _is_said(call: Call, key: Key) -> bool:
    """Whether a reply is there to be read. Its conversation is held, so that no words about it are
    written after those in it were erased."""
    await chat_store.conversation(call.session, call.shop_id, key[0], held=True)
    message = (await store.said(call.session, call.shop_id, [key])).get(key)
    return message is not None and message.text_sealed is not None


class ReviewsInput(Input):
    """How many replies of a day are sampled at most; 0 for none."""

    daily: int = Field(ge=0, le=200)


class ReviewsView(Output):
    """How many replies of a day are sampled at most."""

    daily: int


@tool(
    "service.reviews",
    purpose=Text("查看每天抽检多少", "How many replies are sampled"),
    risk="read",
    roles=STAFF,
)
async def reviews(call: Call, given: Nothing) -> ReviewsView:
    """What the shop chose, or what holds without a choice."""
    choices = await store.choices(call.session, call.shop_id)
    return ReviewsView(daily=daily_on(choices, clock.local(clock.now()).date()))


@tool(
    "service.save_reviews",
    purpose=Text("设定每天抽检多少", "Choose how many replies are sampled"),
    risk="act",
    roles=OWNERS,
)
async def save_reviews(call: Call, given: ReviewsInput) -> ReviewsView:
    """Choose how many replies of a day are sampled, from today on: the samples of days that have
    passed stay as they are."""
    await events.append(call.session, ReviewsSaved(daily=given.daily))
    return ReviewsView(daily=given.daily)


async def _views(
    call: Call,
    page: Sequence[Replied],
    said: Mapping[Key, Message],
    judged: Mapping[Key, ServiceReview],
) -> list[ReviewView]:
    before = await store.said(
        call.session,
        call.shop_id,
        [
            (reply.conversation_id, seq)
            for reply in page
            for seq in range(max(1, reply.seq - _TURNS), reply.seq)
        ],
    )
    texts = await _texts(call, [said[reply.key] for reply in page])
    names = await accounts.names(call.session, {row.reviewed_by for row in judged.values()})
    return [
        _view(call, reply, said[reply.key], before, texts, judged.get(reply.key), names)
        for reply in page
    ]


def _view(
    call: Call,
    reply: Replied,
    message: Message,
    before: Mapping[Key, Message],
    texts: Mapping[str, str],
    row: ServiceReview | None,
    names: Mapping[str, str],
) -> ReviewView:
    is_masked = call.principal.role == "viewer"

    def words(said: Message | None) -> str:
        text = conversations.text_of(call.runtime.cipher, said) if said is not None else None
        return scrub(text or "") if is_masked else text or ""

    asked = message.answers or 0
    turns = [
        turn
        for seq in range(max(1, reply.seq - _TURNS), reply.seq)
        if seq != asked
        and (turn := before.get((reply.conversation_id, seq))) is not None
        and turn.author in ("shopper", "ai", "person")
    ]
    question = words(before.get((reply.conversation_id, asked)))
    return ReviewView(
        conversation_id=reply.conversation_id,
        seq=reply.seq,
        day=reply.day,
        at=reply.at,
        decision=reply.decision,
        confidence=reply.confidence,
        question=question,
        wording=scrub(question),
        turns=[ReviewTurn(author=turn.author, text=words(turn)) for turn in turns],
        reply=words(message),
        sources=[SourceView(id=id_, text=scrub(texts.get(id_, ""))) for id_ in message.sources],
        verdict=row.verdict if row is not None else None,  # type: ignore[arg-type]
        reason=row.reason if row is not None else "",
        reviewed_at=row.reviewed_at if row is not None else None,
        reviewed_by=names.get(row.reviewed_by, "") if row is not None else None,
    )


async def _texts(call: Call, messages: Sequence[Message]) -> dict[str, str]:
    """What the shop's records that some messages cite say today."""
    cited = {source for message in messages for source in message.sources}
    if not cited:
        return {}
    index = await call.runtime.service(Indexes).current(call.session, call.shop_id)
    return {entry.id: entry.text for entry in index.retriever.entries if entry.id in cited}
