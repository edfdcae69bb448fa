"""Conversations as they are counted: sessions, and the rounds of question and reply in them.

A shopper keeps one conversation for years, so it is counted in *sessions*: one begins with a
message of a shopper who had written nothing for a whole day, and goes on until they have written
nothing for a whole day again. Whatever the shop says in that time belongs to it. So whether a
person followed within 24 hours is whether one spoke in the session, and a session can be told
from the day before it begins and the day after it ends. So what has ended is given away as the
events are read, and only what goes on is kept: as many events as there are, they take no more
memory than those of a day.

A *round* is what Taobao calls 对话轮次: from the first message of the shopper that is not replied
to until the reply. It is for people once the conversation is with them, or the program has handed
it over: its reply that somebody will come is none.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from zhanggui.service.events import (
    ConversationStateChanged,
    MessageAdded,
    MessageAnswered,
    MessageReceived,
)
from zhanggui.service.store import Happened

QUIET = timedelta(hours=24)
"""After as long without a word of the shopper a session has ended."""
TYPES = (
    MessageReceived.type,
    MessageAnswered.type,
    MessageAdded.type,
    ConversationStateChanged.type,
)
"""The events that sessions are read from."""
_PEOPLE = ("waiting", "person")
Key = tuple[str, int]
Reader = Callable[[datetime, datetime], AsyncIterator[Sequence[Happened]]]
"""Gives the events of :data:`TYPES` from a moment on until before another, in their order."""


@dataclass(slots=True)
class Round:
    """From a question on. `replied` is when a person did, null where none has or the program did
    after all; it is open until anybody has."""

    began: datetime
    is_for_people: bool
    replied: datetime | None = None
    is_open: bool = True


@dataclass(slots=True)
class Session:
    """What was said in a conversation without a day's silence of the shopper, who wrote first at
    `began` and last at `last`. `said` are the program's own replies by conversation and number,
    `answers` how many of them were answers; `causes` is why it was handed over, each time."""

    conversation_id: str
    began: datetime
    last: datetime
    said: list[Key] = field(default_factory=list)
    answers: int = 0
    is_involved: bool = False
    is_with_people: bool = False
    has_person_spoken: bool = False
    causes: list[str] = field(default_factory=list)
    program_after: timedelta | None = None
    rounds: list[Round] = field(default_factory=list)

    def has_ended(self, now: datetime) -> bool:
        """Whether nothing can be said in it any more."""
        return now >= self.last + QUIET

    @property
    def people_after(self) -> timedelta | None:
        """How long the first question for people waited for one; null where none was replied to."""
        first = next((each for each in self.rounds if each.is_for_people), None)
        return first.replied - first.began if first is not None and first.replied else None


class Sessions:
    """The sessions of a shop, read from its events in the order they happened."""

    def __init__(self) -> None:
        self._current: dict[str, Session] = {}
        self._ended: list[Session] = []

    def take(self, events: Iterable[Happened]) -> None:
        """Read further events."""
        for at, type_, data in events:
            if type_ == MessageReceived.type:
                self._received(at, data["id"], data.get("state") or "ai")
                continue
            session = self._current.get(data["id"])
            if session is None or session.has_ended(at):
                continue  # Nobody had asked for a day: it belongs to no session.
            if type_ == ConversationStateChanged.type:
                _changed(session, data["before"], data["after"], data["cause"])
            elif type_ == MessageAdded.type or data["by"] == "person":
                _person_spoke(session, at)
            else:
                _program_spoke(session, at, data["seq"], data.get("decision"))

    def ended(self, at: datetime) -> list[Session]:
        """Those that have ended by a moment up to which events were read; each is given once."""
        over = [session for session in self._current.values() if session.has_ended(at)]
        for session in over:
            del self._current[session.conversation_id]
        found, self._ended = [*self._ended, *over], []
        return found

    def left(self) -> list[Session]:
        """Those that were not given yet, whether they have ended or go on."""
        found, self._ended = [*self._ended, *self._current.values()], []
        self._current = {}
        return found

    def go_on(self, until: datetime, now: datetime) -> bool:
        """Whether any that began before a moment has not ended."""
        return any(
            session.began < until and not session.has_ended(now)
            for session in self._current.values()
        )

    def _received(self, at: datetime, conversation_id: str, state: str) -> None:
        session = self._current.get(conversation_id)
        if session is None or session.has_ended(at):
            if session is not None:
                self._ended.append(session)
            session = self._current[conversation_id] = Session(conversation_id, at, at)
        session.last = at
        is_for_people = state in _PEOPLE
        session.is_with_people |= is_for_people
        if _open(session) is None:
            session.rounds.append(Round(at, is_for_people))


async def read(
    happened: Reader, since: datetime, until: datetime, now: datetime
) -> AsyncIterator[list[Session]]:
    """The sessions that began from a moment on until before another, each read to its end, some at
    a time, of the events that `happened` gives. The day before tells whether a message begins
    one."""
    found, limit = Sessions(), now + timedelta(microseconds=1)

    def taken(page: Sequence[Happened]) -> list[Session]:
        found.take(page)
        return begun(found.ended(page[-1].at))

    def begun(sessions: Iterable[Session]) -> list[Session]:
        return [session for session in sessions if since <= session.began < until]

    start, end = since - QUIET, min(until + QUIET, limit)
    while True:
        async for page in happened(start, end):
            yield await asyncio.to_thread(taken, page)
        if end >= limit or not found.go_on(until, end):
            break
        start, end = end, min(end + QUIET, limit)
    yield begun(found.left())


def _open(session: Session) -> Round | None:
    last = session.rounds[-1] if session.rounds else None
    return last if last is not None and last.is_open else None


def _changed(session: Session, before: str, after: str, cause: str | None) -> None:
    if after == "waiting":
        session.causes.append(cause or "other")
    elif after == "person" and before == "ai":
        session.causes.append("taken")
    else:
        return
    session.is_with_people = True
    if (open_ := _open(session)) is not None:
        open_.is_for_people = True


def _person_spoke(session: Session, at: datetime) -> None:
    session.has_person_spoken = session.is_with_people = True
    if (open_ := _open(session)) is not None:
        open_.is_for_people, open_.replied, open_.is_open = True, at, False


def _program_spoke(session: Session, at: datetime, seq: int, decision: str | None) -> None:
    if not session.is_involved and not session.has_person_spoken:
        session.program_after = at - session.began
    session.is_involved = True
    open_ = _open(session)
    if decision == "handoff":
        if open_ is not None:
            open_.is_for_people = True
        return
    session.said.append((session.conversation_id, seq))
    session.answers += decision == "answer"
    if open_ is not None:
        open_.is_open = False
