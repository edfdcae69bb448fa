"""What may be asked of the engines, and what models cost and may cost."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date, timedelta

from pydantic import BaseModel, Field

from zhanggui.ai import store
from zhanggui.ai.engines import Capability, Engines
from zhanggui.ai.events import ModelBudgetChanged
from zhanggui.ai.language.asking import Purpose, kind_words
from zhanggui.ai.language.configuration import ROLES, Role
from zhanggui.ai.language.faults import ModelFault
from zhanggui.ai.ledger import forecast_micro
from zhanggui.ai.models import ModelBudget, ModelDay
from zhanggui.ai.opening import language_of
from zhanggui.ai.protocols import ChatMessage, ChatRequest
from zhanggui.ai.store import WHOLE_SHOP
from zhanggui.base import clock, events
from zhanggui.base.errors import Invalid, not_found
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text

_MODEL = Text("模型", "model")
_LONGEST = timedelta(days=366)


class EngineView(BaseModel):
    """What answers for a capability. `degraded` says that it stands in for the engine that was
    meant to, and `why` for what reason; `is_there` is false where nobody has brought one."""

    capability: Capability
    engine: str
    is_there: bool
    degraded: bool
    why: str | None


class EngineList(Output):
    """The engines of this process, one for each capability."""

    items: list[EngineView]


@tool("ai.status", purpose=Text("查看模型状态", "Show the engines"), risk="read", roles=STAFF)
async def status(call: Call, given: Nothing) -> EngineList:
    """What each capability is served by; loads nothing."""
    embed = call.runtime.service(Engines).status()
    names = language_of(call.runtime).names("fast")
    return EngineList(
        items=[
            EngineView(
                capability=embed.capability,
                engine=embed.engine,
                is_there=True,
                degraded=embed.degraded,
                why=str(embed.why) if embed.why is not None else None,
            ),
            EngineView(
                capability="chat",
                engine=", ".join(names) or "none",
                is_there=bool(names),
                degraded=False,
                why=None,
            ),
        ]
    )


class ModelView(BaseModel):
    """A configured model: its server, the roles it plays, and prices in yuan for a million tokens.
    `is_keyless` says that the variable `key_env`, which should hold its key, is not set."""

    name: str
    model: str
    provider: str
    address: str
    key_env: str | None
    is_keyless: bool
    roles: list[Role]
    price_read: float
    price_written: float


class ModelList(Output):
    """The configured models, and for each role who plays it, in the order they are asked; a role
    nobody plays is done in the embedded way."""

    items: list[ModelView]
    roles: dict[Role, list[str]]


@tool("ai.models", purpose=Text("列出模型", "List the models"), risk="read", roles=STAFF)
async def models(call: Call, given: Nothing) -> ModelList:
    """The models that ``models.toml`` names; no key is told."""
    language = language_of(call.runtime)
    found = language.configuration
    return ModelList(
        items=[
            ModelView(
                name=name,
                model=model.model,
                provider=model.provider,
                address=found.providers[model.provider].base_url,
                key_env=found.providers[model.provider].key_env,
                is_keyless=found.providers[model.provider].is_keyless,
                roles=[role for role in ROLES if name in found.of_role(role)],
                price_read=float(model.price_read),
                price_written=float(model.price_written),
            )
            for name, model in found.models.items()
        ],
        roles={role: language.names(role) for role in ROLES},
    )


class ModelChoice(Input):
    """One of the configured models."""

    name: str = Field(max_length=64)


class Trial(Output):
    """How a model did: what it wrote, its tokens, what that cost in millionths of a yuan, and how
    long it took; or why it did not."""

    name: str
    is_well: bool
    said: str | None = None
    read: int = 0
    written: int = 0
    cost_micro: int = 0
    ms: int = 0
    why: str | None = None


_TRIED = ChatRequest(
    [ChatMessage("user", "用一句话跟买家打个招呼，不超过二十个字。")], most_tokens=100
)


async def _try(call: Call, given: ModelChoice) -> Trial:
    language = language_of(call.runtime)
    model = language.configuration.models.get(given.name)
    if model is None:
        raise not_found(_MODEL, given.name)
    purpose = Purpose(call.shop_id, "ai", "trial", call.principal.id)
    started = time.perf_counter()
    try:
        reply = await language.only(given.name, _TRIED, purpose)
    except ModelFault as fault:
        told = str(kind_words(fault.kind))
        return Trial(name=given.name, is_well=False, why=told, ms=_ms_since(started))
    tokens = reply.tokens
    return Trial(
        name=given.name,
        is_well=True,
        said=reply.text.strip()[:200],
        read=tokens.read,
        written=tokens.written,
        cost_micro=model.cost_micro(tokens.read, tokens.written),
        ms=_ms_since(started),
    )


def _ms_since(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)


@tool(
    "ai.try_model",
    purpose=Text("试一下模型", "Try a model"),
    risk="act",
    roles=OWNERS,
    rate="20 per minute",
    prepare=_try,
)
async def try_model(call: Call, given: ModelChoice) -> Trial:
    """Ask a model for a greeting, with a real request that costs what such a request costs. Raises
    NotFound, and BudgetSpent where nothing may be spent."""
    trial: Trial = call.prepared
    return trial


class UsagePeriod(Input):
    """Days of the shop's zone, both included; this month where nothing is said."""

    since: date | None = None
    until: date | None = None


class UsageView(BaseModel):
    """What a room's calls to a model came to on a day: `failed` of the calls were not answered;
    `cost_micro` is in millionths of a yuan, and `ms` their mean."""

    day: date
    room: str
    model: str
    calls: int
    failed: int
    read: int
    written: int
    cost_micro: int
    ms: int


class BudgetView(BaseModel):
    """What a room, or with ``*`` the whole shop, may spend, in fen, and has spent, in millionths of
    a yuan; null is as much as it likes."""

    room: str
    daily_fen: int | None
    monthly_fen: int | None
    today_micro: int
    month_micro: int


class Usage(Output):
    """What models cost by day, room and model, the budgets, and what this month will have cost at
    its end if it goes on as in its last week, in millionths of a yuan."""

    since: date
    until: date
    items: list[UsageView]
    cost_micro: int
    month_micro: int
    forecast_micro: int
    budgets: list[BudgetView]


@tool("ai.usage", purpose=Text("查看模型用量", "Show what models cost"), risk="read", roles=STAFF)
async def usage(call: Call, given: UsagePeriod) -> Usage:
    """What models cost, and what they may. Raises Invalid for days the wrong way round, or of more
    than a year."""
    return await _usage(call, given)


class BudgetInput(Input):
    """What a room may spend on models in a day and in a month, in fen, or with ``*`` the whole
    shop; null is as much as it likes, 0 is nothing."""

    room: str = Field(WHOLE_SHOP, pattern=r"^(\*|[a-z]{1,24})$")
    daily_fen: int | None = Field(None, ge=0, le=100_000_000)
    monthly_fen: int | None = Field(None, ge=0, le=3_000_000_000)


@tool(
    "ai.save_budget",
    purpose=Text("设置模型预算", "Set a budget for models"),
    risk="act",
    roles=OWNERS,
)
async def save_budget(call: Call, given: BudgetInput) -> Usage:
    """Say what may be spent on models. What is under way goes on; the next call is held to it."""
    session, shop_id = call.session, call.shop_id
    row = await store.budget(session, shop_id, given.room)
    if row is None:
        row = ModelBudget(shop_id=shop_id, room=given.room)
        session.add(row)
    row.daily_fen, row.monthly_fen = given.daily_fen, given.monthly_fen
    row.changed_at, row.changed_by = clock.now(), call.principal.id
    await session.flush()
    changed = ModelBudgetChanged(
        room=given.room, daily_fen=given.daily_fen, monthly_fen=given.monthly_fen
    )
    await events.append(session, changed)
    return await _usage(call, UsagePeriod())


async def _usage(call: Call, given: UsagePeriod) -> Usage:
    session, shop_id = call.session, call.shop_id
    today = clock.local(clock.now()).date()
    since = given.since or (given.until or today).replace(day=1)
    until = given.until or max(today, since)
    if not since <= until <= since + _LONGEST:
        raise Invalid(
            Text("日期顺序不对，或超过一年", "The days are the wrong way round, or over a year"),
            hint=Text("请选不超过 366 天的一段。", "Choose at most 366 days."),
            where="since",
        )
    rows = await store.days(session, shop_id, since, until)
    month = await store.days(session, shop_id, today.replace(day=1), today)
    return Usage(
        since=since,
        until=until,
        items=[_view(row) for row in rows],
        cost_micro=sum(row.cost_micro for row in rows),
        month_micro=sum(row.cost_micro for row in month),
        forecast_micro=forecast_micro(month, today),
        budgets=[
            BudgetView(
                room=each.room,
                daily_fen=each.daily_fen,
                monthly_fen=each.monthly_fen,
                today_micro=_spent((row for row in month if row.day == today), each.room),
                month_micro=_spent(month, each.room),
            )
            for each in await store.budgets(session, shop_id)
        ],
    )


def _spent(rows: Iterable[ModelDay], room: str) -> int:
    return sum(row.cost_micro for row in rows if room in (WHOLE_SHOP, row.room))


def _view(row: ModelDay) -> UsageView:
    return UsageView(
        day=row.day,
        room=row.room,
        model=row.model,
        calls=row.calls,
        failed=row.failed,
        read=row.read,
        written=row.written,
        cost_micro=row.cost_micro,
        ms=round(row.ms / row.calls),
    )
