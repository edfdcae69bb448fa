"""A person's good answer becomes a proposed one: when the conversation it was given in ends well.

It ended well if it was closed, the shopper was content, or thanked after a person's answer; a bad
rating takes the proposals out again. A consumer of the event log does this, since comparing with
what the shop knows takes too long for whoever closes or writes: it reads, thinks in a thread, and
writes in a transaction that holds the conversations it learnt from. What changed meanwhile is
looked at again, so that nothing is quoted of a conversation which is emptied at the same time.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.auth import accounts
from zhanggui.base.chinese import is_thanks
from zhanggui.base.crypto import Cipher
from zhanggui.base.events import Consumer, Dispatcher, Handler, OutdatedError, Recorded
from zhanggui.base.looping import beside
from zhanggui.base.runtime import Runtime
from zhanggui.knowledge import learning
from zhanggui.knowledge.learning import Placed, Taught
from zhanggui.service.chat import conversations
from zhanggui.service.chat import store as chat_store
from zhanggui.service.chat.models import Conversation, Message
from zhanggui.service.events import ConversationRated, ConversationStateChanged, MessageReceived
from zhanggui.service.gaps import anybody, store
from zhanggui.service.gaps.episodes import CONTENT, DISCONTENT, Episode, Said, episodes
from zhanggui.shop.models import Buyer

_HEARD = re.compile(
    r"^(?:好[的滴哒嘞]?|嗯+|哦+|噢+|行|ok|明白了?|知道了?|了解了?|收到)[啦了呀啊哦哈,，。.!！~～\s]*",
    re.I,
)
"""What is said before thanks."""
NAME = "service.lessons"
_TYPES = (ConversationStateChanged, ConversationRated, MessageReceived)


def consumer(runtime: Runtime) -> Consumer:
    """Learns from the conversations that end."""
    types = frozenset(event.type for event in _TYPES)
    return Consumer(NAME, types, prepare=partial(_prepare, runtime))


@asynccontextmanager
async def learning_from_people(runtime: Runtime) -> AsyncIterator[None]:
    """Learn, for as long as the block lasts."""
    async with beside(Dispatcher(runtime.db, [consumer(runtime)]).run()):
        yield


@dataclass(frozen=True, slots=True)
class _Ended:
    """A conversation that went badly, or well with what was taught in it, as of its `version`."""

    conversation_id: str
    version: int
    is_bad: bool
    taught: Sequence[Taught] = ()


async def _prepare(runtime: Runtime, told: Sequence[Recorded]) -> Handler:
    """Think about the conversations that may have ended; gives what writes down what was learnt."""
    shop_id = told[0].shop_id
    async with runtime.db.reading(shop_id) as session:
        ids = await store.with_people(session, shop_id, _ids(told))
        met = await store.whole(session, shop_id, ids)
        names = {row.id: await names_of(session, row, messages) for row, messages in met}
    ended = await asyncio.to_thread(_ended, runtime.cipher, met, names)
    taught = [each for one in ended for each in one.taught]
    placed: list[Placed] = []
    if taught:
        async with runtime.db.reading(shop_id) as session:
            known = await learning.known(session, shop_id)
        placed = await asyncio.to_thread(learning.place, known, taught)
    return partial(_write, shop_id, ended, placed)


def _ended(
    cipher: Cipher,
    met: Sequence[tuple[Conversation, Sequence[Message]]],
    names: Mapping[str, Sequence[str]],
) -> list[_Ended]:
    """Those of some conversations that teach something, or no longer. Blocks."""
    found = []
    for row, messages in met:
        if row.rating is not None and row.rating <= DISCONTENT:
            found.append(_Ended(row.id, row.version, is_bad=True))
            continue
        said = [(message, conversations.text_of(cipher, message)) for message in messages]
        taught = lessons(row, said, names[row.id]) if ended_well(row, said) else []
        if taught:
            found.append(_Ended(row.id, row.version, is_bad=False, taught=taught))
    return found


async def _write(
    shop_id: str,
    ended: Sequence[_Ended],
    placed: Sequence[Placed],
    session: AsyncSession,
    told: Sequence[Recorded],
) -> None:
    versions = {each.conversation_id: each.version for each in ended}
    rows = await chat_store.held_by_id(session, shop_id, sorted(versions))
    if {row.id: row.version for row in rows} != versions:
        raise OutdatedError
    await learning.withdraw(session, shop_id, [e.conversation_id for e in ended if e.is_bad])
    await learning.propose(session, shop_id, placed)


def _ids(told: Sequence[Recorded]) -> list[str]:
    """The conversations that may have ended, each once."""
    found: dict[str, None] = {}
    for each in told:
        event = each.event
        if isinstance(event, ConversationStateChanged) and event.after != "closed":
            continue
        if isinstance(event, ConversationStateChanged | ConversationRated | MessageReceived):
            found[event.id] = None
    return list(found)


def ended_well(row: Conversation, said: Said) -> bool:
    """Whether the shopper seems to have what they needed, of one who was not discontent."""
    if row.state == "closed" or (row.rating is not None and row.rating >= CONTENT):
        return True
    spoken = [(message, text) for message, text in said if message.author not in ("note", "system")]
    if len(spoken) < 2:
        return False
    (before, _), (last, text) = spoken[-2:]
    return before.author == "person" and last.author == "shopper" and _thanks(text or "")


def _thanks(text: str) -> bool:
    return is_thanks(_HEARD.sub("", text.strip()))


def lessons(row: Conversation, said: Said, names: Sequence[str]) -> list[Taught]:
    """What people answered in a conversation that may be told to anybody, with the question."""
    found = []
    for episode in episodes(row, said, clock.now()):
        taught = _taught(episode, names)
        if taught is not None:
            found.append(taught)
    return found


def _taught(episode: Episode, names: Sequence[str]) -> Taught | None:
    if not episode.answers:
        return None
    at = episode.at
    question = anybody.question_of(episode.text, episode.earlier, names, at)
    answer = anybody.answer_of([text for _, text in episode.answers], names, at)
    if question is None or answer is None:
        return None
    return Taught(episode.conversation_id, question, answer)


async def names_of(
    session: AsyncSession, row: Conversation, messages: Sequence[Message]
) -> list[str]:
    """Who took part: the buyer's nick and the names of those who answered."""
    people = {m.author_id for m in messages if m.author == "person" and m.author_id}
    names = list((await accounts.names(session, people)).values())
    buyer = await session.get(Buyer, (row.shop_id, row.buyer_id)) if row.buyer_id else None
    return [*names, buyer.nick] if buyer is not None else names
