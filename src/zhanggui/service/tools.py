"""What shoppers, and staff on their behalf, may ask."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai import Engines
from zhanggui.base import clock, events, metrics
from zhanggui.base.errors import Forbidden
from zhanggui.base.masking import scrub
from zhanggui.base.principals import EVERYONE, OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import Indexes
from zhanggui.service.answering import CEILING, CEILINGS, Decision
from zhanggui.service.asking import gather
from zhanggui.service.calibration import calibrations
from zhanggui.service.context import Asked, Turn
from zhanggui.service.events import Answered, ServiceSettingsSaved
from zhanggui.service.models import ServiceSettings
from zhanggui.service.preferences import check, preferences
from zhanggui.service.wording import Worded, word
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


@dataclass(frozen=True, slots=True)
class _Thought:
    """What was decided on a message and in which words, before anything is written down."""

    decision: Decision
    worded: Worded
    is_whole: bool
    ms: float


async def _think(call: Call, given: AskInput) -> _Thought:
    """Decide on a message and find the words; a model may take seconds, and no session waits."""
    started = time.perf_counter()
    runtime, shop_id = call.runtime, call.shop_id
    async with runtime.db.reading(shop_id) as session:
        asked = Asked(
            given.text,
            await _buyer(call, session, given),
            given.order_id,
            given.product_id,
            [Turn(turn.role, turn.text) for turn in given.turns],
        )
        index = await runtime.service(Indexes).current(session, shop_id)
        shift = await calibrations(runtime).current(shop_id, index)
        ceiling = await preferences(runtime).ceiling(session, shop_id)
        gathered = await gather(session, shop_id, index, asked, shift=shift, ceiling=ceiling)
        decision = gathered.decide()
    worded = await word(runtime.service(Engines).chat(), decision, given.text)
    ms = round((time.perf_counter() - started) * 1000, 1)
    return _Thought(decision, worded, index.is_whole, ms)


@tool(
    "service.ask",
    purpose=Text("回答买家的问题", "Answer a shopper"),
    risk="draft",
    roles=EVERYONE,
    rate="120 per minute",
    prepare=_think,
)
async def ask(call: Call, given: AskInput) -> AnswerView:
    """Decide on a shopper's message: answer, ask back, hand over or decline."""
    thought: _Thought = call.prepared
    decision, worded = thought.decision, thought.worded
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
        ),
    )
    return AnswerView(
        decision=decision.decision,
        reply=worded.reply,
        worded_by=worded.by,
        confidence=confidence,
        sources=[SourceView(id=s.id, text=scrub(s.text)) for s in decision.sources],
        reason=str(decision.reason),
        ms=thought.ms,
        is_whole=thought.is_whole,
    )


async def _buyer(call: Call, session: AsyncSession, given: AskInput) -> str | None:
    """The nick the message comes from: a shopper is who they are bound to and nobody else."""
    if call.principal.role != "shopper":
        return given.buyer
    bound = call.principal.buyer_id
    buyer = await session.get(Buyer, (call.shop_id, bound)) if bound else None
    nick = buyer.nick if buyer is not None else ""
    if given.buyer is not None and given.buyer != nick:
        raise Forbidden(
            Text("不能以别人的身份提问", "You may not ask as somebody else"), where="buyer"
        )
    return nick


class SettingsView(Output):
    """What the shop has chosen for its service. `ceiling` is the share of answers that may be
    wrong; `updated_at` is null where it has chosen nothing."""

    ceiling: float
    choices: list[float] = Field(description="The shares there are to choose from.")
    updated_at: datetime | None
    updated_by: str | None


@tool(
    "service.settings",
    purpose=Text("查看客服设置", "How the service is set"),
    risk="read",
    roles=STAFF,
)
async def settings(call: Call, given: Nothing) -> SettingsView:
    """The shop's choice, or what holds without one."""
    row = await call.session.get(ServiceSettings, (call.shop_id,))
    return _settings_view(row)


class SettingsInput(Input):
    """What to choose; a smaller share of wrong answers leaves more to people."""

    ceiling: float = Field(description=f"One of {', '.join(map(str, CEILINGS))}.")


@tool(
    "service.save_settings",
    purpose=Text("保存客服设置", "Set the service"),
    risk="act",
    roles=OWNERS,
)
async def save_settings(call: Call, given: SettingsInput) -> SettingsView:
    """Choose how many answers may be wrong. Raises Invalid for a share that is none to choose."""
    check(given.ceiling)
    row = await call.session.get(ServiceSettings, (call.shop_id,))
    if row is None:
        row = ServiceSettings(shop_id=call.shop_id)
        call.session.add(row)
    row.ceiling, row.updated_at, row.updated_by = given.ceiling, clock.now(), call.principal.id
    await call.session.flush()
    await events.append(call.session, ServiceSettingsSaved(ceiling=given.ceiling))

    async def take_up() -> None:
        preferences(call.runtime).forget(call.shop_id)

    call.after_commit(take_up)
    return _settings_view(row)


def _settings_view(row: ServiceSettings | None) -> SettingsView:
    return SettingsView(
        ceiling=CEILING if row is None else row.ceiling,
        choices=list(CEILINGS),
        updated_at=None if row is None else row.updated_at,
        updated_by=None if row is None else row.updated_by,
    )
