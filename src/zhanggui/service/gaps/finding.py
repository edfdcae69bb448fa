"""The gaps of a shop: unanswered questions that mean the same, with what they cost.

They are found anew from the conversations, since words that were erased must be gone from them at
once; only what people decided is kept. What was dismissed stays so until it is asked twice as
often, and questions that were given an answer count no more.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai import Engines, VectorStore, normalise
from zhanggui.base import clock
from zhanggui.base.chinese import arabic, standard, uncourteous
from zhanggui.base.crypto import Cipher
from zhanggui.base.runtime import Runtime
from zhanggui.knowledge import Indexes, ShopIndex
from zhanggui.service import cues
from zhanggui.service.chat import conversations
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
from zhanggui.service.gaps.episodes import CONTENT, Episode, episodes
from zhanggui.service.gaps.models import GapDecision
from zhanggui.shop.events import BuyerErased

MOST = 1_500
"""Conversations that are looked at, the latest."""
MOST_KNOWN = 400
"""Known questions that say how alike unlike ones are."""
FRESH = timedelta(seconds=30)
"""How long what was found holds though shoppers go on writing."""
USUAL_MINUTES = 3.0
"""What a question that was lost is taken to have cost, where people have answered none."""
_WORDING = "gap.wording"
_HARD = (GapDecided.type, BuyerErased.type, ConversationEmptied.type, ConversationRated.type)
_SOFT = (MessageReceived.type, MessageAnswered.type, ConversationStateChanged.type)


@dataclass(frozen=True, slots=True)
class Answered:
    """What people said to a question of a gap: in how many conversations nearly so, the message it
    was last said in, and as it may be told to anybody, null where it may not."""

    text: str
    ready: str | None
    count: int
    conversation_id: str
    seq: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that mean the same and were not answered, with what they cost.

    `episodes` oldest first; `typical` is the place of the one whose wording stands for all.
    `recent` and `before` count the second and the first half of the time. `minutes` are people's,
    `lost` conversations that nobody answered or that ended badly; `cost` is minutes with the usual
    ones for each lost. `decided` is what a person last decided on it.
    """

    id: str
    episodes: tuple[Episode, ...]
    typical: int
    wordings: tuple[tuple[str, int], ...]
    answers: tuple[Answered, ...]
    recent: int
    before: int
    minutes: float
    lost: int
    cost: float
    is_personal: bool
    decided: GapDecision | None

    @property
    def count(self) -> int:
        """How often it was asked."""
        return len(self.episodes)

    @property
    def conversations(self) -> list[str]:
        """In which conversations, each once."""
        return list(dict.fromkeys(each.conversation_id for each in self.episodes))

    @property
    def is_dismissed(self) -> bool:
        """Whether it is left alone: dismissed, and not asked twice as often since."""
        known = self.decided
        return known is not None and known.status == "dismissed" and self.count < 2 * known.count


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
        self._known: dict[tuple[str, int], tuple[object, int, datetime, Found]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def current(self, shop_id: str, days: int) -> Found:
        """What is so now, but for what was written within :data:`FRESH`."""
        async with self._locks.setdefault(shop_id, asyncio.Lock()):
            runtime, now = self._runtime, clock.now()
            async with runtime.db.reading(shop_id) as session:
                index = await runtime.service(Indexes).current(session, shop_id)
                hard = (await store.last_event(session, shop_id, _HARD), index.mark)
                soft = await store.last_event(session, shop_id, _SOFT)
                known = self._known.get((shop_id, days))
                if known is not None and known[0] == hard and _holds(known[1:3], soft, now):
                    return known[3]
                ids = await store.unanswered(session, shop_id, now - timedelta(days=days), MOST + 1)
                met = await _met(session, runtime.cipher, shop_id, ids[:MOST], now)
                decided = await store.decisions(session, shop_id)
            given = _Given(
                days, now, met, decided, [_wording(runtime.cipher, row) for row in decided],
                len(ids) > MOST,
            )  # fmt: skip
            found = await asyncio.to_thread(self._find, shop_id, index, given)
            self._known[shop_id, days] = hard, soft, now, found
            return found

    def _find(self, shop_id: str, index: ShopIndex, given: _Given) -> Found:
        """Blocking: run in a thread."""
        since = given.now - timedelta(days=given.days)
        solved = {key for row in given.decided if row.status == "answered" for key in row.members}
        asked = [each for each in given.met if each.at >= since and each.key not in solved]
        usable = [e for e in asked if not anybody.leans(e.text, e.earlier, given.now)]
        usable.sort(key=lambda each: (each.at, each.conversation_id, each.seq))
        anchors = [
            (row, text) for row, text in zip(given.decided, given.wordings, strict=True) if text
        ]
        texts = [read(each.text) for each in usable]
        every = [*texts, *(read(text) for _, text in anchors)]
        vectors = self._vectors(shop_id, every)
        known = known_of(index) if (vectors is not None) == index.retriever.has_vectors else None
        alike = clustering.likeness(every, vectors)
        answered = [each for each in usable if each.answers]
        usual = sum(e.minutes for e in answered) / len(answered) if answered else USUAL_MINUTES
        gaps = []
        for places in clustering.groups(every, vectors, known):
            mine = [place for place in places if place < len(usable)]
            if not mine:
                continue
            here = [anchors[place - len(usable)][0] for place in places if place >= len(usable)]
            members = tuple(usable[place] for place in mine)
            typical = mine.index(clustering.medoid(mine, alike, texts))
            decided = _decided(members, here, given.decided)
            gaps.append(_gap(members, typical, decided, usual, given))
        gaps.sort(key=lambda gap: (-gap.cost, -gap.count, gap.id))
        return Found(
            tuple(gaps), given.days, len(asked), len(asked) - len(usable), given.is_cut_off
        )

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


def _holds(known: tuple[int, datetime], last: int, now: datetime) -> bool:
    """Whether nobody has written since, or what was found is fresh still."""
    return known[0] == last or timedelta(0) <= now - known[1] < FRESH


@dataclass(frozen=True, slots=True)
class _Given:
    days: int
    now: datetime
    met: list[Episode]
    decided: list[GapDecision]
    wordings: list[str | None]
    is_cut_off: bool


def read(text: str) -> str:
    """A question as it is compared."""
    return arabic(uncourteous(standard(text))) or text


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


async def _met(
    session: AsyncSession, cipher: Cipher, shop_id: str, ids: Sequence[str], now: datetime
) -> list[Episode]:
    found: list[Episode] = []
    for row, messages in await store.whole(session, shop_id, ids):
        said = [(message, conversations.text_of(cipher, message)) for message in messages]
        found += episodes(row, said, now)
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


def _gap(
    members: tuple[Episode, ...],
    typical: int,
    decided: GapDecision | None,
    usual: float,
    given: _Given,
) -> Gap:
    middle = given.now - timedelta(days=given.days / 2)
    recent = sum(each.at >= middle for each in members)
    lost = len({each.conversation_id for each in members if each.is_lost})
    minutes = round(sum(each.minutes for each in members), 1)
    wordings = Counter(anybody.plain(each.text) for each in members)
    own = sum(cues.is_own(read(each.text)) for each in members)
    return Gap(
        id=f"gap_{blake2b(members[0].key.encode(), digest_size=12).hexdigest()}",
        episodes=members,
        typical=typical,
        wordings=tuple(sorted(wordings.items(), key=lambda each: (-each[1], each[0]))),
        answers=_answers(members, given.now),
        recent=recent,
        before=len(members) - recent,
        minutes=minutes,
        lost=lost,
        cost=round(minutes + lost * usual, 1),
        is_personal=2 * own > len(members),
        decided=decided,
    )


def _answers(members: Sequence[Episode], now: datetime) -> tuple[Answered, ...]:
    """What people said, each once: what anybody may be told first, then what was said most often
    and went well, then the latest."""
    by_text: dict[str, list[tuple[Episode, str | None]]] = {}
    for each in members:
        if not each.answers:
            continue
        texts = [text for _, text in each.answers]
        ready = anybody.answer_of(texts, (), now)
        shown = ready or anybody.plain(anybody.joined(texts))
        by_text.setdefault(normalise(shown), []).append((each, ready))

    def worth(said: list[tuple[Episode, str | None]]) -> tuple[bool, int, int, datetime]:
        well = sum((each.rating or 0) >= CONTENT for each, _ in said)
        badly = sum(each.is_lost for each, _ in said)
        last = said[-1][0].at
        return said[-1][1] is not None, len(said) + well - badly, well, last

    found = []
    for said in sorted(by_text.values(), key=worth, reverse=True)[:3]:
        each, ready = said[-1]
        texts = [text for _, text in each.answers]
        found.append(
            Answered(
                text=ready or anybody.plain(anybody.joined(texts)),
                ready=ready,
                count=len({episode.conversation_id for episode, _ in said}),
                conversation_id=each.conversation_id,
                seq=each.answers[-1][0],
            )
        )
    return tuple(found)
