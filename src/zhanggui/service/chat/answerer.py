"""Answers what waits for the program: a plain loop beside the requests.

It is woken by a message and looks by itself now and then. A turn is held in the database while it
is thought about, so several processes share the work, and one that ends leaves its turns to the
others when they have run out.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.crypto import Cipher
from zhanggui.base.ids import new_id
from zhanggui.base.looping import beside, rest
from zhanggui.base.principals import Principal
from zhanggui.base.runtime import Runtime
from zhanggui.base.tools import Call
from zhanggui.base.waking import Waking
from zhanggui.knowledge import Indexes
from zhanggui.service.calibration import calibrations
from zhanggui.service.chat import conversations, desk, store
from zhanggui.service.chat.asked import place_of_question
from zhanggui.service.chat.conversations import LEASE, Taken
from zhanggui.service.chat.models import Conversation, Message
from zhanggui.service.chat.streaming import desk_topic
from zhanggui.service.chat.writing import Reply
from zhanggui.service.replying import AskInput, Thought, TurnInput, tell, think

log = structlog.get_logger(__name__)

AT_ONCE = 4
"""Conversations that are thought about at a time."""
TAKEN_UP = 64
"""Conversations that are taken up at a time: most of these wait for their turn to be thought about,
or for their shop to be read."""
MOST_TRIES = 3
"""How often the program tries to answer before a person is asked."""
_TURNS = 30
"""Messages of the conversation that are thought of."""
_PATIENCE = timedelta(seconds=20)
"""How long a turn waits for a process that has read and measured its shop, this or another; what is
thought before that is worth less."""
_LITTLE_PATIENCE_S = 5
"""The same where a few entries have changed since."""
_LOST = Reply("这个问题我请同事来看，请稍等。", "handoff", cause="failed")
"""What is said where thinking failed every time."""
_PICTURE = Reply("图片收到了，我请同事来看，请稍等。", "handoff", cause="picture")
"""What is said to a picture: nothing here sees, and what is asked with it is about it."""


class Answering(Protocol):
    """Whoever answers what waits, here or in another process: a service of the runtime."""

    def wake(self) -> None:
        """Look for turns now."""

    def expect(self, shop_id: str) -> object:
        """Begin to read the shop: somebody is about to ask."""


class Answerer:
    """The loop of a process; an :class:`Answering`."""

    def __init__(self, runtime: Runtime, *, period: float = 1.0) -> None:
        self._runtime = runtime
        self._period = period
        self._wake = asyncio.Event()
        self._taken: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._reading: dict[str, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Look for turns now."""
        self._wake.set()

    async def run(self) -> None:
        """Run until cancelled; what was being thought about is left to whoever comes next."""
        try:
            while True:
                self._wake.clear()
                try:
                    await self._begin()
                except Exception:
                    log.exception("turns_not_found")
                await rest(self._wake, self._period)
        finally:
            tasks = [*self._taken.values(), *self._reading.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def drain(self) -> None:
        """Answer all that is due, one after another."""
        while due := await store.due(self._runtime.db, clock.now(), 1):
            shop_id, conversation_id = due[0]
            await asyncio.wait({self.expect(shop_id)})
            await self._answer(shop_id, conversation_id)

    async def _begin(self) -> None:
        if len(self._taken) >= TAKEN_UP:
            return  # Whoever ends wakes the loop.
        now = clock.now()
        unread = [shop for shop, reading in self._reading.items() if not reading.done()]
        # Those that are taken up here are held, but perhaps not yet.
        most = TAKEN_UP + len(self._taken)
        due = await store.due(self._runtime.db, now, most, later=unread, before=now - _PATIENCE)
        for turn in due:
            is_new = turn[0] not in self._reading
            self.expect(turn[0])
            if is_new:
                continue  # Another process may have read it; from the next look on it is waited.
            if len(self._taken) < TAKEN_UP and turn not in self._taken:
                task = asyncio.create_task(self._answer(*turn))
                self._taken[turn] = task
                task.add_done_callback(partial(self._ended, turn))

    def _ended(self, turn: tuple[str, str], task: asyncio.Task[None]) -> None:
        del self._taken[turn]
        self.wake()

    async def _answer(self, shop_id: str, conversation_id: str) -> None:
        by, turn = new_id("turn"), None
        try:
            while True:
                turn = await self._take(shop_id, conversation_id, by)
                if turn is None or await self._say(turn):
                    break
        except Exception:
            log.exception("not_answered", conversation=conversation_id)
            if turn is not None:
                await self._try_later(turn.taken)
            else:
                await asyncio.sleep(self._period)  # It would be taken up again at once.
        waking = self._runtime.service(Waking)
        waking.wake(conversation_id)
        waking.wake(desk_topic(shop_id))

    async def _take(self, shop_id: str, conversation_id: str, by: str) -> Turn | None:
        """Take up a turn, or hold it anew with what has come since; None where another has it."""
        async with self._runtime.db.transaction(shop_id) as session:
            taken = await conversations.take(session, shop_id, conversation_id, by=by)
            if taken is None:
                return None
            row = await session.get_one(Conversation, (shop_id, conversation_id))  # It is held.
            said = await store.last_messages(session, shop_id, conversation_id, _TURNS)
            return Turn(taken, row, tuple(said))

    async def _say(self, turn: Turn) -> bool:
        """Think and reply; False when the shopper has written more meanwhile."""
        prepared: Prepared | Fixed = Fixed(_LOST)
        taken = turn.taken
        if taken.tries <= MOST_TRIES:
            since = clock.now()
            async with self._slots:
                if clock.now() - since > LEASE / 2:  # It would not be held until it is said.
                    again = await self._take(taken.shop_id, taken.conversation_id, taken.by)
                    if again is None:
                        return True
                    turn, taken = again, again.taken
                prepared = await self._think(turn)
        async with self._runtime.db.transaction(taken.shop_id) as session:
            await desk.enter(session, taken.shop_id)
            row = await conversations.held(session, taken.shop_id, taken.conversation_id)
            standing = conversations.standing(row, taken)
            if standing == "ours":
                said = await prepared.told(session)
                await conversations.reply(session, self._runtime.cipher, row, taken, said)
        return standing != "newer"

    async def _think(self, turn: Turn) -> Prepared | Fixed:
        runtime, taken, row = self._runtime, turn.taken, turn.row
        given = _asked(runtime.cipher, turn)
        if given is None:
            return Fixed(_PICTURE)
        # Who is anonymous is bound to no buyer, and so has no orders.
        shopper = Principal(row.id, "shopper", buyer_id=row.buyer_id)
        call = Call(runtime, None, taken.shop_id, shopper, taken.by)  # type: ignore[arg-type] # See told.
        thought = await think(call, given)
        if not thought.gathered.index.is_whole and thought.decision.decision != "answer":
            # What was learnt a moment ago is not all there yet, and more is handed over.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LITTLE_PATIENCE_S):
                    await runtime.service(Indexes).whole(taken.shop_id)
            thought = await think(call, given)
        return Prepared(call, given, thought)

    def expect(self, shop_id: str) -> asyncio.Task[None]:
        """Begin to read the shop, if this process has not: somebody is about to ask."""
        reading = self._reading.get(shop_id)
        if reading is None or (reading.done() and reading.exception() is not None):
            reading = asyncio.create_task(self._read(shop_id))
            self._reading[shop_id] = reading
            reading.add_done_callback(lambda _: self.wake())
        return reading

    async def _read(self, shop_id: str) -> None:
        index = await self._runtime.service(Indexes).whole(shop_id)
        await calibrations(self._runtime).current(shop_id, index)

    async def _try_later(self, taken: Taken) -> None:
        try:
            async with self._runtime.db.transaction(taken.shop_id) as session:
                until = clock.now() + timedelta(seconds=2**taken.tries)
                await conversations.let_go(session, taken, until=until)
        except Exception:
            log.exception("turn_not_let_go")  # It runs out by itself.


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that is held, with the conversation and its last messages as they stood then; they are
    unsealed when it is thought about, so that what cannot be is tried, and then handed over, as
    whatever cannot be thought."""

    taken: Taken
    row: Conversation
    last: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is said without thinking."""

    reply: Reply

    async def told(self, session: AsyncSession) -> Reply:
        """The reply as it is."""
        return self.reply


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was thought on a question, ready to be said."""

    call: Call
    given: AskInput
    thought: Thought

    async def told(self, session: AsyncSession) -> Reply:
        """What is said, with all that comes of it written down in this transaction."""
        self.call.session = session
        view = await tell(self.call, self.given, self.thought, says_when=False)
        return Reply(
            text=view.reply,
            decision=view.decision,
            confidence=view.confidence,
            sources=tuple(source.id for source in view.sources),
            work_item_id=view.work_item_id,
            cause=view.cause,
        )


def _asked(cipher: Cipher, turn: Turn) -> AskInput | None:
    """The question to be answered: of several messages in a row the last that is more than thanks,
    with what was said before; None where a picture is among them,
    or nothing that can be read."""
    row, taken, last = turn.row, turn.taken, turn.last
    if any(message.attachments and message.seq > row.answered_seq for message in last):
        return None
    said = [
        (message, text)
        for message in last
        if message.seq <= taken.until and (text := conversations.text_of(cipher, message))
    ]
    place = place_of_question(said, after=row.answered_seq)
    if place is None:
        return None
    return AskInput(
        text=said[place][1],
        order_id=row.order_id,
        product_id=row.product_id,
        turns=[
            TurnInput(role="shopper" if message.author == "shopper" else "shop", text=text)
            for message, text in said[:place]
        ],
    )


@asynccontextmanager
async def answering(runtime: Runtime) -> AsyncIterator[None]:
    """Answer shoppers in this process, for as long as the block lasts."""
    answerer = Answerer(runtime)
    runtime.services[Answering] = answerer
    async with beside(answerer.run()):
        yield
