"""What a person finds when they take a conversation over: what it is about, what was tried, and a
reply that they may send, with its records.

All of it is put together from what is stored and what the engine would have said had it been surer;
nothing is made up. Phone numbers and the like are left out of the summary.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from zhanggui.base.masking import scrub
from zhanggui.base.words import Text
from zhanggui.service.answering import choose
from zhanggui.service.asking import Gathered
from zhanggui.service.chat.asked import Said
from zhanggui.service.chat.models import Conversation
from zhanggui.service.evidence import Evidence
from zhanggui.service.guards import Cause, guard

Mood = Literal["calm", "angry", "danger"]
_QUOTED = 60
"""Characters of a message in a summary."""
_MOST_TRIED = 3
_APOLOGY = "非常抱歉给您带来不好的体验，我是人工客服，马上为您处理。"
_SAFETY = "请先停止使用并确保安全，如有受伤请及时就医。我马上为您处理，方便告诉我现在的情况吗？"
_NEXT: dict[str, Text] = {
    "asked": Text("打个招呼，问清楚要办什么", "Say hello and ask what they need"),
    "danger": Text("先确认人是否安全，再报给店主", "Make sure nobody is hurt, then tell the owner"),
    "complaint": Text("先致歉，核实订单，给出处理时间", "Apologise, check the order, say by when"),
    "angry": Text("先致歉，再问清楚原因", "Apologise, then ask what went wrong"),
    "change": Text("处理这张工作单，办好后告诉买家", "Do the work item, then tell the shopper"),
    "unsure": Text("核对草稿和来源，改好后发送", "Check the draft and its records, then send it"),
    "picture": Text("看图片，再问清楚要什么", "Look at the picture, then ask what they need"),
    "failed": Text("自己回答；程序没有想出来", "Answer it yourself; the program failed"),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """Something the program said: how it decided, and how it began."""

    seq: int
    decision: str
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a conversation is about. `need` is what the shopper wrote since they were last
    answered, or last of all."""

    need: list[str]
    tried: list[Tried]
    mood: Mood
    next: Text | None


def summary(row: Conversation, said: Said) -> Summary:
    """Of a conversation with what was said in it, oldest first."""
    asked = [(message, text) for message, text in said if message.author == "shopper"]
    open_ = [text for message, text in asked if message.seq > _answered_before(row, said)]
    need = open_ or [text for _, text in asked[-1:]]
    tried = [
        Tried(message.seq, message.decision, _short(text))
        for message, text in said
        if message.author == "ai" and message.decision not in (None, "handoff")
    ]
    return Summary(
        need=[_short(text) for text in need],
        tried=tried[-_MOST_TRIED:],
        mood=_mood(text for _, text in asked[-5:]),
        next=_NEXT.get(row.cause or ""),
    )


def _answered_before(row: Conversation, said: Said) -> int:
    """Up to where the shopper was really answered: a reply that only hands over answers nothing,
    and a person answers what was handed over to them."""
    return max(
        (
            message.seq if message.author == "person" else message.answers or 0
            for message, _ in said
            if message.author == "person"
            or (message.author == "ai" and message.decision not in (None, "handoff"))
        ),
        default=0,
    )


def _mood(texts: Iterable[str]) -> Mood:
    moods: dict[Cause | None, Mood] = {
        "danger": "danger",
        "angry": "angry",
        "complaint": "angry",
    }
    found = [moods.get(guarded.cause) for text in texts if (guarded := guard(text)) is not None]
    if "danger" in found:
        return "danger"
    return "angry" if "angry" in found else "calm"


def _short(text: str) -> str:
    plain = scrub(" ".join(text.split()))
    return plain if len(plain) <= _QUOTED else plain[: _QUOTED - 1] + "…"


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply a person may send: how sure the program is of it, and its records. `is_form` says
    that it is a usual phrase, made for no shop."""

    text: str
    confidence: float
    sources: list[Evidence]
    is_form: bool = False


def draft(gathered: Gathered) -> Draft | None:
    """What the program would have said had it been surer; None where it knows nothing."""
    guarded = guard(gathered.reading.asked.text)
    if guarded is not None and guarded.cause == "danger":
        return Draft(_SAFETY, 0.0, [], is_form=True)
    if guarded is not None and guarded.cause in ("complaint", "angry"):
        return Draft(_APOLOGY, 0.0, [], is_form=True)
    found = [each for each in gathered.proposals if each.decision == "answer"]
    if not found:
        return None
    choice = choose(
        gathered.reading, gathered.context, found, gathered.search, shift=gathered.shift
    )
    return Draft(choice.best.reply, round(choice.confidence, 3), choice.best.sources)
