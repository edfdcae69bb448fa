"""A gap: questions that mean the same and were not answered, with what they cost and what people
said to them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from zhanggui.ai import normalise
from zhanggui.base.chinese import arabic, standard, uncourteous
from zhanggui.knowledge.learning import Answers
from zhanggui.service import cues
from zhanggui.service.gaps import anybody
from zhanggui.service.gaps.episodes import CONTENT, Episode
from zhanggui.service.gaps.models import GapDecision

USUAL_MINUTES = 3.0
"""What a question that was lost is taken to have cost, where people have answered none."""


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
class Like:
    """An answer in force."""

    id: str
    question: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that mean the same and were not answered, with what they cost.

    `episodes` oldest first; `typical` is the place of the one whose wording stands for all.
    `recent` and `before` count the second and the first half of the time. `minutes` are people's,
    `lost` conversations that nobody answered or that ended badly; `cost` is minutes with the usual
    ones for each lost. `decided` is what a person last decided on it, and `like` an answer in force
    that says nearly what people said.
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
    like: Like | None = None

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


def usual(asked: Sequence[Episode]) -> float:
    """The minutes that people usually spend on a question."""
    answered = [each for each in asked if each.answers]
    return sum(e.minutes for e in answered) / len(answered) if answered else USUAL_MINUTES


def read(text: str) -> str:
    """A question as it is compared."""
    return arabic(uncourteous(standard(text))) or text


@dataclass(frozen=True, slots=True)
class Measure:
    """By what gaps are told: those of the `days` before `now`, the minutes a question `usually`
    takes people, and the answers in force."""

    now: datetime
    days: int
    usually: float
    answers: Answers


def gap_of(
    members: tuple[Episode, ...], typical: int, decided: GapDecision | None, by: Measure
) -> Gap:
    """The gap of some questions, the oldest first. Blocks."""
    middle = by.now - timedelta(days=by.days / 2)
    recent = sum(each.at >= middle for each in members)
    lost = len({each.conversation_id for each in members if each.is_lost})
    minutes = round(sum(each.minutes for each in members), 1)
    wordings = Counter(anybody.plain(each.text) for each in members)
    own = sum(cues.is_own(read(each.text)) for each in members)
    answers = _answers(members, by.now)
    like = by.answers.like(answers[0].text) if answers else None
    return Gap(
        id=f"gap_{blake2b(members[0].key.encode(), digest_size=12).hexdigest()}",
        episodes=members,
        typical=typical,
        wordings=tuple(sorted(wordings.items(), key=lambda each: (-each[1], each[0]))),
        answers=answers,
        recent=recent,
        before=len(members) - recent,
        minutes=minutes,
        lost=lost,
        cost=round(minutes + lost * by.usually, 1),
        is_personal=2 * own > len(members),
        decided=decided,
        like=Like(like.id, like.question) if like is not None else None,
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
