"""Questions the shop is asked again and again, and what its people usually answer.

Pure and deterministic: exchanges in, proposals out. Exchanges whose answers say the same are put
together first (people paste their answers), then groups whose questions are alike; a group that
was asked in enough conversations becomes a proposal.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhanggui.ai import CharacterTfidf, normalise
from zhanggui.knowledge import impersonal
from zhanggui.shop.files import ChatLogRecord, Speaker

ENOUGH = 3
"""In how many conversations a question must come up to be proposed."""
SAME_ANSWER = 0.8
SAME_QUESTION = 0.6
"""Cosines of characters from which two texts are taken to say the same. A person decides on every
proposal, so these only balance splitting against lumping."""
WORDINGS = 8
"""Similar wordings kept with a proposal."""
EVIDENCE = 20


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and the answer a person gave to it, in a conversation."""

    conversation_id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Mined:
    """A proposal: the most central question, other wordings, the usual answer, in how many
    conversations it came up, and the ids of some of them."""

    id: str
    question: str
    similar: tuple[str, ...]
    answer: str
    count: int
    evidence: tuple[str, ...]


def exchanges(log: ChatLogRecord) -> list[dict[str, Any]]:
    """What was asked and answered in a conversation, scrubbed, as ``{"question", "answer"}``.

    An exchange that names a number, a place or a person belongs to somebody and is left out; what
    a robot said is no person's answer.
    """
    found = []
    asked: list[str] = []
    said: list[str] = []

    def close() -> None:
        pair = _pair(" ".join(asked), " ".join(said), log)
        if pair is not None:
            found.append(pair)

    for message in log.messages:
        if message.speaker is Speaker.BUYER:
            if said:
                close()
                asked, said = [], []
            asked.append(message.text)
        elif message.speaker is Speaker.AGENT and asked:
            said.append(message.text)
    if said:
        close()
    return found


def _pair(question: str, answer: str, log: ChatLogRecord) -> dict[str, Any] | None:
    question, answer = impersonal.without_greeting(question), answer.strip()
    names = [name for name in (log.buyer_nick, log.agent) if name]
    names += [message.name for message in log.messages]
    if not impersonal.is_impersonal(f"{question}\n{answer}", names):
        return None
    if not impersonal.fits(question, answer):
        return None
    return {"question": question, "answer": answer}


def minutes(log: ChatLogRecord) -> float | None:
    """From the first message to the last; None where the log gives no times."""
    times = [message.sent_at for message in log.messages if message.sent_at is not None]
    if len(times) < 2:
        return None
    return round((max(times) - min(times)).total_seconds() / 60, 2)


@dataclass(slots=True)
class _Group:
    members: list[Exchange] = field(default_factory=list)

    @property
    def conversations(self) -> list[str]:
        return list(dict.fromkeys(member.conversation_id for member in self.members))


def mine(found: Iterable[Exchange], known: Sequence[str]) -> list[Mined]:
    """Proposals from exchanges, the most often asked first; `known` are wordings that the shop
    already answers, which are not proposed again."""
    groups = _by_question(_by_answer(list(found)))
    known_by = CharacterTfidf(known) if known else None
    mined = []
    for group in groups:
        if len(group.conversations) < ENOUGH:
            continue
        proposal = _propose(group)
        if known_by is None or known_by.similarities(proposal.question).max() < SAME_ANSWER:
            mined.append(proposal)
    return sorted(mined, key=lambda each: (-each.count, each.id))


def _by_answer(found: list[Exchange]) -> list[_Group]:
    by_text: dict[str, _Group] = {}
    for exchange in found:
        by_text.setdefault(normalise(exchange.answer), _Group()).members.append(exchange)
    groups = sorted(by_text.items(), key=lambda item: (-len(item[1].members), item[0]))
    return _lump([text for text, _ in groups], [group for _, group in groups], SAME_ANSWER)


def _by_question(groups: list[_Group]) -> list[_Group]:
    groups = sorted(groups, key=lambda g: (-len(g.members), g.members[0].question))
    return _lump([_central(group)[0] for group in groups], groups, SAME_QUESTION)


def _lump(texts: list[str], groups: list[_Group], alike: float) -> list[_Group]:
    """Give each group, largest first, those after it whose text is alike."""
    if not groups:
        return []
    space = CharacterTfidf(texts)
    taken = [False] * len(groups)
    lumped = []
    for index, group in enumerate(groups):
        if taken[index]:
            continue
        scores = space.similarities(texts[index])
        for other in range(index + 1, len(groups)):
            if not taken[other] and scores[other] >= alike:
                taken[other] = True
                group.members.extend(groups[other].members)
        lumped.append(group)
    return lumped


def _central(group: _Group) -> list[str]:
    """The group's distinct questions, the one most like the others first."""
    counts = Counter(member.question for member in group.members)
    texts = sorted(counts)[:200]
    space = CharacterTfidf(texts)
    weights = [counts[text] for text in texts]
    centrality = {text: float(space.similarities(text) @ weights) for text in texts}
    return sorted(texts, key=lambda text: (-centrality[text], len(text), text))


def _propose(group: _Group) -> Mined:
    questions = _central(group)
    answers = Counter(member.answer for member in group.members)
    answer = min(answers, key=lambda text: (-answers[text], len(text), text))
    digest = hashlib.blake2b(normalise(answer).encode(), digest_size=12).hexdigest()
    conversations = group.conversations
    return Mined(
        f"pro_{digest}",
        questions[0],
        tuple(questions[1 : 1 + WORDINGS]),
        answer,
        len(conversations),
        tuple(sorted(conversations)[:EVIDENCE]),
    )
