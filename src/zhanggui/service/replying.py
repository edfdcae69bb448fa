"""From a shopper's message to what is said: :func:`think` decides and finds the words, and changes
nothing; :func:`tell` writes down what became of it, in the transaction of whoever says it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai import Purpose, Speak, language_of
from zhanggui.base import clock, events, metrics
from zhanggui.base.errors import Forbidden
from zhanggui.base.runtime import Runtime
from zhanggui.base.tools import Call, Input, Output
from zhanggui.base.words import Text
from zhanggui.knowledge import Indexes
from zhanggui.service import asker, explaining, views, wishing, work
from zhanggui.service.answering import Decision
from zhanggui.service.asking import Gathered, gather
from zhanggui.service.calibration import PATIENCE_S, calibrations
from zhanggui.service.context import Asked, Turn
from zhanggui.service.events import Answered
from zhanggui.service.explaining import Explanation
from zhanggui.service.guards import Cause
from zhanggui.service.hours import Hours
from zhanggui.service.preferences import preferences
from zhanggui.service.requests import NAMES, Kind, Outcome
from zhanggui.service.views import SourceView
from zhanggui.service.wishing import Wish
from zhanggui.service.wording import PATIENCE, PROMPT, Worded, word


class TurnInput(Input):
    """An earlier message of the conversation."""

    role: Literal["shopper", "shop"]
    text: str = Field(max_length=2000)


class AskInput(Input):
    """A shopper's message, and what the channel knows: the buyer's nick, what they have open."""

    text: str = Field(min_length=1, max_length=2000)
    buyer: str | None = Field(None, max_length=200, description="The buyer's nick.")
    order_id: str | None = Field(None, max_length=64, description="The order they have open.")
    product_id: str | None = Field(None, max_length=64, description="The page they are on.")
    turns: list[TurnInput] = Field(
        default_factory=list, max_length=50, description="Earlier messages, oldest first."
    )
    files_work: bool = Field(
        False,
        description="Whether a change that is handed over becomes a work item; a shopper's does.",
    )
    explain: bool = Field(
        False, description="Whether to tell what was weighed as well; not for shoppers."
    )


class WishView(BaseModel):
    """What the shopper wants done, as it was read: by which order, what is filled in (masked), what
    has to be asked for still, and what may come of it."""

    kind: Kind
    name: str
    order_id: str | None
    filled: dict[str, str]
    missing: list[str]
    outcome: Outcome


class AnswerView(Output):
    """What is done with the message. `reply` is for the shopper, in the shop's language; `reason`
    is for staff."""

    decision: Literal["answer", "clarify", "handoff", "decline"]
    reply: str
    worded_by: str = Field(
        description="Whose words they are: embedded, model, or refused: and the check that a"
        " model's words did not pass, so that the embedded ones were sent."
    )
    confidence: float
    sources: list[SourceView]
    reason: str
    ms: float
    is_whole: bool = Field(
        description="Whether all that the shop knows had been read; before, more is handed over."
    )
    request: WishView | None = Field(
        None, description="The change that is handed over or asked more about."
    )
    work_item_id: str | None = Field(None, description="The work item a person was given.")
    cause: Cause | None = Field(None, description="Why a person is asked.")
    explanation: Explanation | None = Field(
        None, description="What was weighed, where that was asked for."
    )


@dataclass(frozen=True, slots=True)
class Thought:
    """What was decided on a message and in which words, before anything is written down."""

    gathered: Gathered
    decision: Decision
    worded: Worded
    wish: Wish | None
    ms: float
    hours: Hours | None
    explanation: Explanation | None


async def think(call: Call, given: AskInput) -> Thought:
    """Decide on a message and find the words; a model may take seconds, and no session waits.
    Raises Forbidden where a shopper asks what was weighed."""
    if given.explain and call.principal.role == "shopper":
        raise Forbidden(
            Text("买家看不到比较的过程", "What is weighed is not for shoppers"), where="explain"
        )
    started = time.perf_counter()
    runtime, shop_id = call.runtime, call.shop_id
    async with runtime.db.reading(shop_id) as session:
        asked = Asked(
            given.text,
            await asker.nick(call, session, given.buyer),
            given.order_id,
            given.product_id,
            [Turn(turn.role, turn.text) for turn in given.turns],
        )
        hours = await preferences(runtime).hours(session, shop_id)
        gathered = await _gathered(runtime, session, shop_id, asked)
        decision = gathered.decide()
        wish = wishing.wish(gathered, decision)
    speak = _speaker(call) if wish is None else None
    private = [asked.buyer] if asked.buyer else []
    worded = await word(speak, decision, given.text, private=private)
    ms = round((time.perf_counter() - started) * 1000, 1)
    explanation = explaining.explain(gathered, wish) if given.explain else None
    return Thought(gathered, decision, worded, wish, ms, hours, explanation)


def _speaker(call: Call) -> Speak | None:
    language = language_of(call.runtime)
    if not language.can("fast"):
        return None
    purpose = Purpose(
        call.shop_id, "service", PROMPT.tag, call.principal.id, has_shoppers_words=True
    )
    return partial(language.reply, "fast", purpose=purpose, patience_s=PATIENCE)


async def gathering(runtime: Runtime, shop_id: str, asked: Asked) -> Gathered:
    """All that bears on a message, whoever is going to answer it."""
    async with runtime.db.reading(shop_id) as session:
        return await _gathered(runtime, session, shop_id, asked)


async def _gathered(
    runtime: Runtime, session: AsyncSession, shop_id: str, asked: Asked
) -> Gathered:
    index = await runtime.service(Indexes).current(session, shop_id)
    shift = await calibrations(runtime).current(shop_id, index, patience_s=PATIENCE_S)
    ceiling = await preferences(runtime).ceiling(session, shop_id)
    return await gather(session, shop_id, index, asked, shift=shift, ceiling=ceiling)


async def tell(
    call: Call,
    given: AskInput,
    thought: Thought,
    *,
    says_when: bool = True,
    is_trial: bool | None = None,
) -> AnswerView:
    """Write down what was decided, in the call's transaction, and give what is to be said; a change
    that is handed over becomes a work item here. A channel that says itself when a person will
    answer leaves `says_when` out; one in which staff pass a shopper's words on says that it
    `is_trial` not."""
    decision, worded, wish = thought.decision, thought.worded, thought.wish
    filed = None
    if wish is not None:
        if given.files_work or call.principal.role == "shopper":
            filed = await _file(call, thought.gathered, wish)
        decision = wish.answered(decision, is_filed=filed is not None)
        worded = Worded(reply=decision.reply, by="embedded")
    metrics.ANSWERS.labels(decision.decision).inc()
    metrics.WORDINGS.labels(worded.by).inc()
    confidence = round(decision.confidence, 3)
    await events.append(
        call.session,
        Answered(
            decision=decision.decision,
            confidence=confidence,
            sources=[source.id for source in decision.sources],
            ms=thought.ms,
            is_trial=_is_trial(call, given) if is_trial is None else is_trial,
        ),
    )
    return AnswerView(
        decision=decision.decision,
        reply=_reply(worded, decision, thought.hours if says_when else None),
        worded_by=worded.by,
        confidence=confidence,
        sources=views.sources(decision.sources),
        reason=str(decision.reason),
        ms=thought.ms,
        is_whole=thought.gathered.index.is_whole,
        request=_view(wish) if wish is not None else None,
        work_item_id=filed,
        cause=decision.cause if decision.decision == "handoff" else None,
        explanation=thought.explanation,
    )


def _reply(worded: Worded, decision: Decision, hours: Hours | None) -> str:
    if hours is None or decision.decision != "handoff":
        return worded.reply
    return hours.told(worded.reply, clock.now())


def _is_trial(call: Call, given: AskInput) -> bool:
    """Whether staff asked to see what would be said; a channel comes with a key, or files work."""
    by_hand = call.principal.kind in ("person", "system") and call.principal.role != "shopper"
    return by_hand and not given.files_work


async def _file(call: Call, gathered: Gathered, wish: Wish) -> str | None:
    """The work item of a wish that a person can fulfil."""
    if not wish.is_handed_over or wish.verdict.outcome != "possible":
        return None
    return await work.file(
        call.session, call.runtime.cipher, call.shop_id, wish.request, wish.verdict,
        gathered.context, by=call.principal.id,
    )  # fmt: skip


def _view(wish: Wish) -> WishView:
    request, verdict = wish.request, wish.verdict
    return WishView(
        kind=request.kind,
        name=str(NAMES[request.kind]),
        order_id=request.order_id,
        filled=request.details.masked(),
        missing=list(verdict.missing),
        outcome=verdict.outcome,
    )
