"""Events of conversations as they may come, to count figures from."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from zhanggui.service.store import Happened

CONVERSATIONS = ("a", "b", "c")
_STATES = ("ai", "ai", "ai", "waiting", "person")
_WAITS = (0, 1, 59, 179, 180, 181, 600, 3600, 5 * 3600, 86_399, 86_400, 90_000, 108_000)
_DECISIONS = ("answer", "answer", "answer", "clarify", "handoff", "decline")
_CAUSES = ("unsure", "complaint", None)


def _event(kind, conversation, seq, pick):
    """One event of a kind; `pick` chooses among values."""
    data = {"id": conversation, "seq": seq}
    if kind == "received":
        return "service.message_received", data | {"state": pick(_STATES)}
    if kind == "program":
        more = {"answers": seq - 1, "by": "ai", "seconds": 1.0, "confidence": pick((0.5, 0.9, 1.0))}
        return "service.message_answered", data | more | {"decision": pick(_DECISIONS)}
    if kind == "person":
        more = {"answers": seq - 1, "by": "person", "seconds": 1.0}
        return "service.message_answered", data | more | {"decision": None, "confidence": None}
    if kind == "added":
        return "service.message_added", data
    if kind == "changed":
        states = ("ai", "waiting", "person", "closed")
        changed = {"before": pick(states), "after": pick(states), "cause": pick(_CAUSES)}
        return "service.conversation_state_changed", {"id": conversation} | changed
    if kind == "rated":
        return "service.conversation_rated", {"id": conversation, "rating": pick((1, 2, 3, 4, 5))}
    verdict = {"verdict": pick(("right", "wrong", "better")), "seconds": pick((0, 7, 300))}
    reviewed = {"id": conversation, "seq": max(1, seq - pick((1, 2, 3)))} | verdict
    return "service.answer_reviewed", reviewed


_KINDS = ("received",) * 4 + ("program",) * 3 + ("person", "added", "changed", "rated", "reviewed")


def told(start, count, pick, conversations=CONVERSATIONS, waits=_WAITS):
    """Events one after another from a moment on."""
    at, events, seqs = start, [], dict.fromkeys(conversations, 0)
    for _ in range(count):
        at += timedelta(seconds=pick(waits))
        conversation = pick(conversations)
        seqs[conversation] += 1
        type_, data = _event(pick(_KINDS), conversation, seqs[conversation], pick)
        events.append(Happened(at, type_, data))
    return events


@st.composite
def histories(draw, start):
    """Events of three conversations, in whatever order."""
    count = draw(st.integers(0, 40))
    return told(start, count, lambda values: draw(st.sampled_from(values)))


def busy(
    start: datetime, seed: int, *, conversations: int, events: int, seconds: int
) -> list[Happened]:
    """Many events of many conversations, so many seconds apart on average."""
    rng = random.Random(seed)
    names = [f"conv_{seed}_{n}" for n in range(conversations)]
    waits = [0, seconds // 2, seconds, 2 * seconds]
    history: list[Happened] = told(start, events, rng.choice, names, waits)
    return history


def pages_of(history, size, *types):
    """Gives the events of some types from a moment on until before another, so many at a time."""

    async def happened(start, end):
        found = [each for each in history if start <= each.at < end and each.type in types]
        for place in range(0, len(found), size):
            yield found[place : place + size]

    return happened


@dataclass(frozen=True)
class Bought:
    """Who had conversations and what was ordered: of a conversation its buyer and the order it
    names, of an order its buyer, when it was placed and when paid; None for what is not known."""

    conversations: dict[str, tuple[str | None, str | None]]
    orders: dict[str, tuple[str | None, datetime | None, datetime | None]]


def bought(history: list[Happened], seed: int) -> Bought:
    """Orders soon after, and before, what was written in conversations, some of which name one."""
    rng = random.Random(seed)
    found = Bought({}, {})
    written = [each for each in history if each.type == "service.message_received"]
    ids = list(dict.fromkeys(each.data["id"] for each in written))
    buyers = {id_: rng.choice((None, f"buyer_{n // 2}")) for n, id_ in enumerate(ids)}
    of: dict[str, list[str]] = {}
    for number, each in enumerate(rng.sample(written, len(written) // 3)):
        made = each.at + timedelta(hours=rng.choice((-30, -2, 0, 0, 1, 20, 50)))
        paid = rng.choice((None, made + timedelta(minutes=rng.choice((0, 5, 1800)))))
        buyer = buyers[each.data["id"]]
        order_id = f"{seed}{number:08}"
        is_dated, is_known = rng.random() < 0.9, rng.random() < 0.8
        found.orders[order_id] = (buyer if is_known else None, made if is_dated else None, paid)
        of.setdefault(each.data["id"], []).append(order_id)
    for id_, buyer in buyers.items():
        named = rng.choice((None, *of.get(id_, ["gone"])))
        found.conversations[id_] = (buyer, named)
    return found
