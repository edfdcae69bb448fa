"""What may be asked of the engines, and what models cost and may cost."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.ai import prompt_tools, setup_tools, sharing_tools, spending, store
from zhanggui.ai.configuration import ROLES, Does, Role
from zhanggui.ai.engines import Capability, Engines, EngineStatus
from zhanggui.ai.events import ModelBudgetChanged
from zhanggui.ai.ledger import must_spend
from zhanggui.ai.models import ModelBudget
from zhanggui.ai.opening import current_of, media_of, roster_of
from zhanggui.ai.roster import Purpose
from zhanggui.ai.setup_views import ServerView, server_views
from zhanggui.ai.spending import Usage
from zhanggui.ai.store import WHOLE_SHOP
from zhanggui.ai.trying import Trial, tried
from zhanggui.base import clock, events
from zhanggui.base.choosing import Choosing
from zhanggui.base.errors import not_found
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text

__all__ = ["prompt_tools", "setup_tools", "sharing_tools"]

_MODEL = Text("模型", "model")


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
    engines, roster = call.runtime.service(Engines), roster_of(call.runtime)
    speech = engines.speech_status()
    names = roster.names("fast")
    return EngineList(
        items=[
            _engine(engines.status()),
            EngineView(
                capability="chat",
                engine=", ".join(names) or "none",
                is_there=bool(names),
                degraded=False,
                why=None,
            ),
            _engine(speech)
            if speech is not None
            else EngineView(
                capability="speech", engine="none", is_there=False, degraded=False, why=None
            ),
        ]
    )


def _engine(found: EngineStatus) -> EngineView:
    return EngineView(
        capability=found.capability,
        engine=found.engine,
        is_there=True,
        degraded=found.degraded,
        why=str(found.why) if found.why is not None else None,
    )


class ModelView(BaseModel):
    """A configured model: what it does, its server, the roles it plays, and its prices in yuan: of
    a million tokens, a picture, a second of film and ten thousand characters. `is_keyless` says
    that the variable `key_env`, which should hold its key, is not set."""

    name: str
    does: Does
    model: str
    provider: str
    address: str
    key_env: str | None
    is_keyless: bool
    sees: bool
    roles: list[Role]
    price_read: float
    price_written: float
    price_picture: float
    price_second: float
    price_characters: float


class ModelList(Output):
    """The configured models, and for each role who plays it, in the order they are asked; a role
    nobody plays is done in the embedded way. `problem` says why a file that was changed is not
    used: what was read before it holds. `can_undo` says whether the former file can be put back."""

    items: list[ModelView]
    roles: dict[Role, list[str]]
    servers: list[ServerView]
    problem: str | None
    can_undo: bool


@tool("ai.models", purpose=Text("列出模型", "List the models"), risk="read", roles=STAFF)
async def models(call: Call, given: Nothing) -> ModelList:
    """The models that ``models.toml`` names; no key is told, its last characters to owners."""
    current = current_of(call.runtime)
    roster, problem = current.roster, current.problem
    found = roster.configuration
    return ModelList(
        items=[
            ModelView(
                name=name,
                does=model.does,
                model=model.model,
                provider=model.provider,
                address=found.providers[model.provider].base_url,
                key_env=found.providers[model.provider].key_env,
                is_keyless=found.providers[model.provider].is_keyless,
                sees=model.sees,
                roles=[role for role in ROLES if name in found.of_role(role)],
                price_read=float(model.price_read),
                price_written=float(model.price_written),
                price_picture=float(model.price_picture),
                price_second=float(model.price_second),
                price_characters=float(model.price_characters),
            )
            for name, model in found.models.items()
        ],
        roles={role: roster.names(role) for role in ROLES},
        servers=server_views(found, is_owners=call.principal.role in OWNERS),
        problem=f"{problem.what} {problem.hint or ''}".strip() if problem is not None else None,
        can_undo=setup_tools.can_undo(call.runtime.settings),
    )


class ModelChoice(Input):
    """One of the configured models."""

    name: str = Field(max_length=64)


async def _try(call: Call, given: ModelChoice) -> Trial:
    roster = roster_of(call.runtime)
    if given.name not in roster.configuration.models:
        raise not_found(_MODEL, given.name)
    purpose = Purpose(call.shop_id, "ai", "trial", call.principal.id)
    return await tried(roster, given.name, purpose, media_of(call.runtime))


@tool(
    "ai.try_model",
    purpose=Text("试一下模型", "Try a model"),
    risk="act",
    roles=OWNERS,
    # It is asked before anything could be approved, so nobody's assistant may propose it.
    by_person=True,
    rate="20 per minute",
    prepare=_try,
)
async def try_model(call: Call, given: ModelChoice) -> Trial:
    """Ask a model for the least that its kind does (a greeting, a picture, a film of five seconds,
    a spoken word), with a real request that costs what such a request costs; a film takes minutes.
    Raises NotFound, and BudgetSpent where nothing may be spent."""
    trial: Trial = call.prepared
    return trial


class UsagePeriod(Input):
    """Days of the shop's zone, both included; this month where nothing is said."""

    since: date | None = None
    until: date | None = None


@tool("ai.usage", purpose=Text("查看模型用量", "Show what models cost"), risk="read", roles=STAFF)
async def usage(call: Call, given: UsagePeriod) -> Usage:
    """What models cost, and what they may. Raises Invalid for days the wrong way round, or of more
    than a year."""
    return await spending.usage(call.session, call.shop_id, given.since, given.until)


Limit = Literal["daily_fen", "monthly_fen"]


class BudgetInput(Choosing[Limit]):
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
    """Say what may be spent on models. What is under way goes on; the next call is held to it.
    Raises Invalid for a room that spends nothing on models."""
    session, shop_id = call.session, call.shop_id
    must_spend(given.room)
    row = await store.budget(session, shop_id, given.room)
    if row is None:
        row = ModelBudget(shop_id=shop_id, room=given.room)
        session.add(row)
    for name in given.sets:
        setattr(row, name, getattr(given, name))
    row.changed_at, row.changed_by = clock.now(), call.principal.id
    await session.flush()
    if row.daily_fen is None and row.monthly_fen is None:
        await session.delete(row)  # What holds nothing is not there.
    changed = ModelBudgetChanged(
        room=given.room, daily_fen=row.daily_fen, monthly_fen=row.monthly_fen
    )
    await events.append(session, changed)
    call.after_commit(partial(roster_of(call.runtime).limits_changed, shop_id))
    return await spending.usage(session, shop_id, None, None)
