"""A capability is written once, as a tool; every door leads to :func:`call`.

A tool is a typed async function with a name (``room.verb_noun``), a one-line purpose, an input and
an output model, a risk and the roles that may call it::

    @tool("shop.rename", purpose=Text("给店铺改名", "Rename the shop"), risk="act", roles=OWNERS)
    async def rename(call: Call, given: Rename) -> ShopView: ...

Validation, authorisation, confirmation, approval, idempotency, tracing and the audit record happen
in :func:`call` and nowhere else. A tool does not commit: the call's transaction does.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal, get_type_hints

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import approvals, audit, metrics
from zhanggui.base.errors import Conflict, Forbidden, Invalid, NotFound, ZhangguiError
from zhanggui.base.ids import new_id
from zhanggui.base.principals import Principal, Role
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text

log = structlog.get_logger(__name__)

Risk = Literal["read", "draft", "act", "spend"]
"""read changes nothing; draft makes something only staff see; act changes what a shopper or the
outside world sees; spend costs money."""


class Input(BaseModel):
    """Base of tool inputs: unknown fields are refused, so a caller's typo is not ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Output(BaseModel):
    """Base of tool outputs."""


class Nothing(Input):
    """The input of a tool that needs none."""


@dataclass(slots=True)
class Call:
    """What a running tool knows of its call.

    `session` is open on `shop_id` (read-only for a read tool). `confirmed` is the shopper's own
    yes; `approval_id` the merchant's: they are never the same thing.
    """

    runtime: Runtime
    session: AsyncSession
    shop_id: str
    principal: Principal
    id: str
    confirmed: bool = False
    approval_id: str | None = None
    _after_commit: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    def after_commit(self, action: Callable[[], Awaitable[None]]) -> None:
        """Run `action` once the call's transaction has committed, and not otherwise.

        For waking things up. What must happen is written in the transaction and found again at
        start, since the process may end between the two.
        """
        self._after_commit.append(action)


Function = Callable[[Call, Any], Awaitable[BaseModel]]


@dataclass(frozen=True, slots=True)
class Tool:
    """A registered tool."""

    name: str
    purpose: Text
    risk: Risk
    roles: frozenset[Role]
    input: type[Input]
    output: type[BaseModel]
    run: Function
    recorded: bool
    """Whether a call is written to the audit log: all that change, and reads of personal data."""

    @property
    def room(self) -> str:
        """The room the tool belongs to."""
        return self.name.split(".", 1)[0]

    @property
    def changes(self) -> bool:
        """Whether a call may change anything."""
        return self.risk != "read"


REGISTRY: dict[str, Tool] = {}
"""Every registered tool by name."""


def tool(
    name: str, *, purpose: Text, risk: Risk, roles: frozenset[Role], recorded: bool = False
) -> Callable[[Function], Function]:
    """Register an ``async (Call, Input) -> Output`` function as a tool.

    Set `recorded` on a read that shows personal data in full.
    """

    def register(run: Function) -> Function:
        if name in REGISTRY and REGISTRY[name].run.__module__ != run.__module__:
            raise TypeError(f"two tools are called {name}")
        hints = get_type_hints(run)
        given = next(v for k, v in hints.items() if k not in ("call", "return"))
        REGISTRY[name] = Tool(
            name, purpose, risk, roles, given, hints["return"], run, recorded or risk != "read"
        )
        return run

    return register


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call came to: an output, or an approval it waits for (`output` is None then)."""

    call_id: str
    output: BaseModel | None
    approval: approvals.ApprovalView | None = None
    replayed: bool = False


async def call(
    runtime: Runtime,
    name: str,
    given: BaseModel | dict[str, Any],
    *,
    shop_id: str,
    principal: Principal,
    idempotency_key: str | None = None,
    confirmed: bool = False,
    approval_id: str | None = None,
) -> Outcome:
    """Call a tool.

    With an `idempotency_key`, a second call with the same input returns the first one's output,
    and one with another input raises Conflict. Raises Invalid, Forbidden, NotFound or whatever
    error of the vocabulary the tool itself raises; nothing is committed then.
    """
    found = REGISTRY.get(name)
    if found is None:
        raise NotFound(Text(f"没有这个功能：{name}", f"No such tool: {name}"), where=name)
    started = time.perf_counter()
    call_id = new_id("call")
    outcome = "error"
    try:
        result = await _call(
            runtime,
            found,
            given,
            Call(
                runtime,
                None,  # type: ignore[arg-type] # Opened below, before the tool sees it.
                shop_id,
                principal,
                call_id,
                confirmed,
                approval_id,
            ),
            idempotency_key,
        )
        outcome = "waiting" if result.approval else "replayed" if result.replayed else "done"
        return result
    except ZhangguiError as error:
        outcome = error.code
        raise
    finally:
        took = time.perf_counter() - started
        metrics.TOOL_CALLS.labels(name, outcome).inc()
        metrics.TOOL_SECONDS.labels(name).observe(took)
        log.info(
            "tool_call",
            tool=name,
            call=call_id,
            shop=shop_id,
            principal=principal.id,
            outcome=outcome,
            ms=round(took * 1000, 1),
        )


async def _call(
    runtime: Runtime,
    found: Tool,
    raw: BaseModel | dict[str, Any],
    context: Call,
    idempotency_key: str | None,
) -> Outcome:
    authorise(found, context.principal)
    given = validate(found, raw)
    needs_shopper = context.principal.role == "shopper" and found.risk in ("act", "spend")
    if needs_shopper and not context.confirmed:
        raise Conflict(
            Text("需要您先确认", "Please confirm first"),
            hint=Text("确认后再提交一次。", "Submit again once the shopper has said yes."),
        )
    open_session = runtime.db.transaction if found.recorded else runtime.db.reading
    async with open_session(context.shop_id) as session:
        context.session = session
        fingerprint = _fingerprint(found, given)
        if idempotency_key and found.changes:
            earlier = await audit.find(session, context.shop_id, found.name, idempotency_key)
            if earlier is not None:
                return _replay(found, earlier, fingerprint)
        if found.changes and context.approval_id is None:
            waiting = await approvals.require(session, found, given, context.principal)
            if waiting is not None:
                return Outcome(context.id, None, approval=waiting)
        output = await found.run(context, given)
        if found.recorded:
            await audit.record(
                session,
                audit.Entry(
                    id=context.id,
                    tool=found.name,
                    risk=found.risk,
                    principal=context.principal,
                    idempotency_key=idempotency_key,
                    fingerprint=fingerprint,
                    approval_id=context.approval_id,
                    output=output.model_dump(mode="json") if idempotency_key else None,
                ),
            )
    for action in context._after_commit:
        await action()
    return Outcome(context.id, output)


def authorise(found: Tool, principal: Principal) -> None:
    """Raise Forbidden unless the principal's role may call the tool."""
    if principal.role not in found.roles:
        raise Forbidden(
            Text(
                f"您的角色不能使用“{found.purpose.zh}”",
                f"Your role may not use “{found.purpose.en}”",
            ),
            hint=Text("请店主为您调整权限。", "Ask the shop's owner for the right role."),
            where=found.name,
        )


def validate(found: Tool, raw: BaseModel | dict[str, Any]) -> Input:
    """The tool's input from JSON-like data; raises Invalid naming the first wrong field."""
    try:
        if isinstance(raw, BaseModel):
            raw = raw.model_dump()
        return found.input.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or found.name
        raise Invalid(
            Text(f"“{where}”填写有误：{first['msg']}", f"“{where}” is not right: {first['msg']}"),
            hint=Text("请改正后再试。", "Correct it and try again."),
            where=where,
        ) from error


def _fingerprint(found: Tool, given: Input) -> str:
    text = json.dumps(given.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{found.name}\n{text}".encode()).hexdigest()


def _replay(found: Tool, earlier: audit.ToolCallRow, fingerprint: str) -> Outcome:
    if earlier.fingerprint != fingerprint:
        raise Conflict(
            Text("同一个幂等键不能用于不同的内容", "This idempotency key has other input"),
            hint=Text("换一个新的幂等键。", "Use a new idempotency key."),
        )
    return Outcome(earlier.id, found.output.model_validate(earlier.output), replayed=True)
