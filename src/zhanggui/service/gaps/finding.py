"""The gaps of a shop: unanswered questions that mean the same, with what they cost.

They are found anew from the conversations, since words that were erased must be gone from them at
once; only what people decided is kept. What was dismissed stays so until it is asked twice as
often, and questions that were given an answer count no more; neither do those that what the shop
has learnt since answers (`rechecking`).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai import Engines, VectorStore
from zhanggui.base import clock
from zhanggui.base.crypto import Cipher
from zhanggui.base.runtime import Runtime
from zhanggui.knowledge import Indexes, ShopIndex
from zhanggui.knowledge import store as knowledge_store
from zhanggui.knowledge.learning import Answers
from zhanggui.knowledge.models import Faq
from zhanggui.service.chat import conversations
from zhanggui.service.chat.models import Conversation, Message
from zhanggui.service.events import (
    ConversationEmptied,
    ConversationRated,
    ConversationStateChanged,
    GapDecided,
    MessageAnswered,
    MessageReceived,
)
from zhanggui.service.gaps import anybody, clustering, store
from zhanggui.service.gaps.clustering import Known, Vectors
from zhanggui.service.gaps.episodes import Episode, episodes
from zhanggui.service.gaps.gap import Gap, Measure, gap_of, read, usual
from zhanggui.service.gaps.models import GapDecision
from zhanggui.service.gaps.rechecking import Rechecked, Rechecker
from zhanggui.shop.events import BuyerErased

MOST = 1_500
"""Conversations that are looked at, the latest."""
MOST_KNOWN = 400
"""Known questions that say how alike unlike ones are."""
FRESH = timedelta(seconds=30)
"""How long what was found holds though shoppers go on writing."""
REMEMBERED = 32
"""Shops and numbers of days for which it is remembered what was found."""
_WORDING = "gap.wording"
_HARD = (GapDecided.type, BuyerErased.type, ConversationEmptied.type, ConversationRated.type)
_SOFT = (MessageReceived.type, MessageAnswered.type, ConversationStateChanged.type)


@dataclass(frozen=True, slots=True)
class Found:
    """The gaps of a shop, the costliest first, in the last `days`. `leaning` questions were left
    out since they cannot be understood by themselves; `is_cut_off` says that there were more
    conversations than are looked at."""

    gaps: tuple[Gap, ...]
    days: int
    questions: int
    leaning: int
    is_cut_off: bool


class Finder:
    """Finds gaps and keeps what it found for a little: a service of the runtime."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: OrderedDict[tuple[str, int], _Kept] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}
        self._rechecker = Rechecker(runtime)

    async def current(self, shop_id: str, days: int, *, exact: bool = False) -> Found:
        """What is so now, but for what was written within :data:`FRESH`; with that too where it
        has to be `exact`."""
        async with self._locks.setdefault(shop_id, asyncio.Lock()):
            runtime, now = self._runtime, clock.now()
            async with runtime.db.reading(shop_id) as session:
                index = await runtime.service(Indexes).current(session, shop_id)
                hard = (await store.last_event(session, shop_id, _HARD), index.mark, index.is_whole)
                soft = await store.last_event(session, shop_id, _SOFT)
                known = self._known.get((shop_id, days))
                if known is not None and not known.holds(hard, soft, now, exact=exact):
                    known = None
                given = await self._read(session, shop_id, days, now) if known is None else None
            if given is not None:
                whole, answers = await asyncio.to_thread(self._find, shop_id, index, given)
                known = _Kept(hard, soft, now, given.since, whole, answers, whole, is_done=False)
            assert known is not None  # noqa: S101 # It was found anew, or holds.
            if not known.is_done:
                asked = _asked_before(known.whole, known.since)
                again = await self._rechecker.among(shop_id, index, asked)
                known = await asyncio.to_thread(_without, known, again)
            self._known[shop_id, days] = known
            self._known.move_to_end((shop_id, days))
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            return known.found

    async def _read(self, session: AsyncSession, shop_id: str, days: int, now: datetime) -> _Given:
        ids = await store.unanswered(session, shop_id, now - timedelta(days=days), MOST + 1)
        changed_at = await knowledge_store.changed_at(session, shop_id)
        return _Given(
            days=days,
            now=now,
            since=max(changed_at or _midnight(now), _midnight(now)),
            cipher=self._runtime.cipher,
            met=await store.whole(session, shop_id, ids[:MOST]),
            decided=await store.decisions(session, shop_id),
            faqs=await knowledge_store.faqs(session, shop_id),
            is_cut_off=len(ids) > MOST,
        )

    def _find(self, shop_id: str, index: ShopIndex, given: _Given) -> tuple[Found, Answers]:
        """Blocking: run in a thread."""
        since = given.now - timedelta(days=given.days)
        solved = {key for row in given.decided if row.status == "answered" for key in row.members}
        asked = [each for each in _met(given) if each.at >= since and each.key not in solved]
        usable = [e for e in asked if not anybody.leans(e.text, e.earlier, given.now)]
        usable.sort(key=lambda each: (each.at, each.conversation_id, each.seq))
        wordings = [(row, _wording(given.cipher, row)) for row in given.decided]
        anchors = [(row, text) for row, text in wordings if text]
        texts = [read(each.text) for each in usable]
        every = [*texts, *(read(text) for _, text in anchors)]
        vectors = self._vectors(shop_id, every)
        known = known_of(index) if (vectors is not None) == index.retriever.has_vectors else None
        alike = clustering.likeness(every, vectors)
        answers = Answers(given.faqs, clock.local(given.now).date())
        by, gaps = Measure(given.now, given.days, usual(usable), answers), []
        for places in clustering.groups(every, vectors, known):
            mine = [place for place in places if place < len(usable)]
            if not mine:
                continue
            here = [anchors[place - len(usable)][0] for place in places if place >= len(usable)]
            members = tuple(usable[place] for place in mine)
            typical = mine.index(clustering.medoid(mine, alike, texts))
            decided = _decided(members, here, given.decided)
            gaps.append(gap_of(members, typical, decided, by))
        found = Found(
            _ordered(gaps), given.days, len(asked), len(asked) - len(usable), given.is_cut_off
        )
        return found, answers

    def _vectors(self, shop_id: str, texts: Sequence[str]) -> Vectors | None:
        embedder = self._runtime.service(Engines).embedder()
        if embedder is None or not texts:
            return None
        kept = VectorStore(self._runtime.settings.data / "gaps" / shop_id, embedder)
        asked = [(text, "query") for text in texts]
        kept.fill(asked)  # type: ignore[arg-type]
        kept.retain(asked)  # type: ignore[arg-type] # Nothing stays of words that are gone.
        return kept.get(asked)[0]  # type: ignore[arg-type]


def finder(runtime: Runtime) -> Finder:
    """The runtime's, made at the first call."""
    found: Finder = runtime.services.setdefault(Finder, Finder(runtime))
    return found


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was found at a moment, with the events it rests on: the `whole` of it, and what is left
    of that without what is answered by now, as far as that is known. What was asked before `since`
    may be answered by now."""

    hard: object
    soft: int
    at: datetime
    since: datetime
    whole: Found
    answers: Answers
    found: Found
    is_done: bool

    def holds(self, hard: object, soft: int, now: datetime, *, exact: bool) -> bool:
        """Whether nobody has written since, or it is fresh still and need not be `exact`, and
        nothing else has changed."""
        is_fresh = timedelta(0) <= now - self.at < FRESH and not exact
        return self.hard == hard and (self.soft == soft or is_fresh)


@dataclass(frozen=True, slots=True)
class _Given:
    """What gaps are found from, as it was read."""

    days: int
    now: datetime
    since: datetime
    cipher: Cipher
    met: list[tuple[Conversation, list[Message]]]
    decided: list[GapDecision]
    faqs: list[Faq]
    is_cut_off: bool


def _midnight(now: datetime) -> datetime:
    """When the day began: from then on other answers and versions may be in force."""
    return clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _asked_before(found: Found, since: datetime) -> list[str]:
    """What was asked before a moment in gaps that are not left alone, the costliest first. What was
    asked after it the program has tried to answer from what the shop knows now."""
    return [
        each.text
        for gap in found.gaps
        if not gap.is_dismissed
        for each in gap.episodes
        if each.at < since
    ]


def _without(known: _Kept, again: Rechecked) -> _Kept:
    """What was found without what is answered by now. Blocks."""
    found = _left(known, again) if again.answered else known.whole
    return replace(known, found=found, is_done=again.is_whole)


def _left(known: _Kept, again: Rechecked) -> Found:
    whole = known.whole
    asked = [each for gap in whole.gaps for each in gap.episodes]
    by, gaps, gone = Measure(known.at, whole.days, usual(asked), known.answers), [], 0
    for gap in whole.gaps:
        left = tuple(
            each
            for each in gap.episodes
            if gap.is_dismissed or each.at >= known.since or each.text not in again.answered
        )
        gone += gap.count - len(left)
        if len(left) == gap.count:
            gaps.append(gap)
        elif left:
            spoken = gap.episodes[gap.typical]
            typical = left.index(spoken) if spoken in left else 0
            gaps.append(gap_of(left, typical, gap.decided, by))
    return replace(whole, gaps=_ordered(gaps), questions=whole.questions - gone)


def _ordered(gaps: list[Gap]) -> tuple[Gap, ...]:
    return tuple(sorted(gaps, key=lambda gap: (-gap.cost, -gap.count, gap.id)))


def known_of(index: ShopIndex) -> Known:
    """The shop's own questions, evenly chosen where they are many."""
    retriever = index.retriever
    places = [n for n, each in enumerate(retriever.asked) if each.role == "query"]
    places = places[:: max(1, -(-len(places) // MOST_KNOWN))]
    vectors = retriever.wordings.vectors
    return Known(
        [read(retriever.asked[n].text) for n in places],
        np.array([retriever.asked[n].owner for n in places], np.int32),
        vectors[places] if vectors is not None else None,
    )


def _met(given: _Given) -> list[Episode]:
    found: list[Episode] = []
    for row, messages in given.met:
        said = [(message, conversations.text_of(given.cipher, message)) for message in messages]
        found += episodes(row, said, given.now)
    return found


def seal(cipher: Cipher, shop_id: str, wording: str) -> bytes:
    """A wording as it is kept."""
    return cipher.encrypt(wording, shop_id=shop_id, field=_WORDING)


def _wording(cipher: Cipher, row: GapDecision) -> str | None:
    if row.wording_sealed is None:
        return None
    return cipher.decrypt(row.wording_sealed, shop_id=row.shop_id, field=_WORDING)


def _decided(
    members: Sequence[Episode], here: Sequence[GapDecision], decided: Sequence[GapDecision]
) -> GapDecision | None:
    """The last decision on these questions: its typical wording is among them, or they are most of
    what it was about."""
    keys = {each.key for each in members}
    for row in decided:
        if row in here:
            return row
        if row.status == "dismissed" and 2 * len(keys & set(row.members)) > len(row.members):
            return row
    return None
