"""What the program could not answer in a conversation, and what became of it there. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhanggui.service import guards
from zhanggui.service.chat.asked import place_of_question
from zhanggui.service.chat.models import Conversation, Message

Said = Sequence[tuple[Message, str | None]]
"""The messages of a conversation, oldest first, with what they say: None once it was erased."""

_OPEN_CAUSES = (None, "unsure")
LONGEST_PAUSE = timedelta(minutes=5)
"""What a person spends on a message at most: after a longer pause they did something else."""
PATIENCE = timedelta(hours=24)
"""After so long without an answer a shopper is taken to be lost."""
CONTENT, DISCONTENT = 4, 2
"""Ratings from which, and up to which, a conversation went well or badly."""


@dataclass(frozen=True, slots=True)
class Episode:
    """A question the program handed over or asked back about, being unsure.

    `text` is the question, `earlier` what the shopper had asked before it, `answers` what people
    said to it, with the numbers of these messages. `minutes` are people's: for each of their
    messages the time since the one before it, at most :data:`LONGEST_PAUSE`. `is_lost`: nobody
    answered within :data:`PATIENCE` or before it was closed, or the shopper was discontent.
    """

    conversation_id: str
    seq: int
    at: datetime
    text: str
    earlier: tuple[str, ...]
    answers: tuple[tuple[int, str], ...]
    answered_by: frozenset[str]
    minutes: float
    is_lost: bool
    rating: int | None

    @property
    def key(self) -> str:
        """By what it is known."""
        return f"{self.conversation_id}#{self.seq}"


def episodes(row: Conversation, said: Said, now: datetime) -> list[Episode]:
    """Those of a conversation whose words are still there, oldest first."""
    talk = [(message, text) for message, text in said if message.author not in ("note", "system")]
    marks = [place for place, (message, _) in enumerate(talk) if _is_unanswered(message)]
    found: list[Episode] = []
    skipped = False
    for nth, place in enumerate(marks):
        end = marks[nth + 1] if nth + 1 < len(marks) else len(talk)
        if skipped:
            skipped = False
            continue
        if talk[place][0].decision == "clarify":
            following = next((m for m, _ in talk[place + 1 :] if m.author != "shopper"), None)
            if following is not None and following.decision in ("answer", "decline"):
                continue  # What it asked for was what it needed.
            if following is not None and following.decision is not None and end < len(talk):
                # It is handed over with the answer to what was asked: one question, not two.
                skipped = True
                end = marks[nth + 2] if nth + 2 < len(marks) else len(talk)
        episode = _episode(row, talk, place, end, now)
        if episode is not None:
            found.append(episode)
    return found


def _is_unanswered(message: Message) -> bool:
    if message.author != "ai" or message.answers is None:
        return False
    if message.decision == "clarify":
        return True
    return message.decision == "handoff" and message.cause in _OPEN_CAUSES


def _episode(row: Conversation, talk: Said, place: int, end: int, now: datetime) -> Episode | None:
    reply = talk[place][0]
    before = [
        (message, text)
        for message, text in talk[:place]
        if text and message.seq <= (reply.answers or 0)
    ]
    answered = max((m.seq for m, _ in before if m.author != "shopper"), default=0)
    asked = place_of_question(before, after=answered)
    if asked is None:
        return None
    question, text = before[asked]
    if guards.guard(text) is not None:
        return None
    answers, minutes, people = [], 0.0, set()
    at = reply.at
    for message, words in talk[place + 1 : end]:
        if message.author == "ai" and message.decision in ("answer", "decline"):
            break
        if message.author == "person":
            minutes += min(message.at - at, LONGEST_PAUSE).total_seconds() / 60
            people.add(message.author_id or "")
            if words:
                answers.append((message.seq, words))
        at = message.at
    waits = not people and (row.state == "closed" or now - reply.at > PATIENCE)
    is_lost = waits or (row.rating is not None and row.rating <= DISCONTENT)
    earlier = tuple(words for message, words in before[:asked] if message.author == "shopper")
    return Episode(
        conversation_id=row.id,
        seq=question.seq,
        at=question.at,
        text=text,
        earlier=earlier,
        answers=tuple(answers),
        answered_by=frozenset(people),
        minutes=round(minutes, 2),
        is_lost=is_lost,
        rating=row.rating,
    )
