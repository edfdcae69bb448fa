"""What shoppers, and staff on their behalf, may ask."""

from __future__ import annotations

import time
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.base import events, metrics
from zhanggui.base.errors import Forbidden
from zhanggui.base.masking import scrub
from zhanggui.base.principals import EVERYONE
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import Indexes
from zhanggui.service.asking import gather
from zhanggui.service.calibration import calibrations
from zhanggui.service.context import Asked, Turn
from zhanggui.service.events import Answered
from zhanggui.shop.models import Buyer


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


class SourceView(BaseModel):
    """A record the reply rests on, as it is cited and what it says."""

    id: str
    text: str


class AnswerView(Output):
    """What is done with the message. `reply` is for the shopper, in the shop's language; `reason`
    is for staff."""

    decision: Literal["answer", "clarify", "handoff", "decline"]
    reply: str
    confidence: float
    sources: list[SourceView]
    reason: str
    ms: float
    is_whole: bool = Field(
        description="Whether all that the shop knows had been read; before, more is handed over."
    )


@tool(
    "service.ask",
    purpose=Text("回答买家的问题", "Answer a shopper"),
    risk="draft",
    roles=EVERYONE,
    rate="120 per minute",
)
async def ask(call: Call, given: AskInput) -> AnswerView:
    """Decide on a shopper's message: answer, ask back, hand over or decline."""
    started = time.perf_counter()
    asked = Asked(
        given.text,
        await _buyer(call, given),
        given.order_id,
        given.product_id,
        [Turn(turn.role, turn.text) for turn in given.turns],
    )
    index = await call.runtime.service(Indexes).current(call.session, call.shop_id)
    shift = await calibrations(call.runtime).current(call.shop_id, index)
    gathered = await gather(call.session, call.shop_id, index, asked, shift=shift)
    decision = gathered.decide()
    ms = round((time.perf_counter() - started) * 1000, 1)
    metrics.ANSWERS.labels(decision.decision).inc()
    confidence = round(decision.confidence, 3)
    await events.append(
        call.session,
        Answered(
            decision=decision.decision,
            confidence=confidence,
            sources=[source.id for source in decision.sources],
            ms=ms,
        ),
    )
    return AnswerView(
        decision=decision.decision,
        reply=decision.reply,
        confidence=confidence,
        sources=[SourceView(id=s.id, text=scrub(s.text)) for s in decision.sources],
        reason=str(decision.reason),
        ms=ms,
        is_whole=index.is_whole,
    )


async def _buyer(call: Call, given: AskInput) -> str | None:
    """The nick the message comes from: a shopper is who they are bound to and nobody else."""
    if call.principal.role != "shopper":
        return given.buyer
    bound = call.principal.buyer_id
    buyer = await call.session.get(Buyer, (call.shop_id, bound)) if bound else None
    nick = buyer.nick if buyer is not None else ""
    if given.buyer is not None and given.buyer != nick:
        raise Forbidden(
            Text("不能以别人的身份提问", "You may not ask as somebody else"), where="buyer"
        )
    return nick
