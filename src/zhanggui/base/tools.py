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
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar, get_type_hints

import structlog
from limits import RateLimitItem, parse
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import approvals, audit, complaints, metrics
from zhanggui.base.approvals import Key
from zhanggui.base.db import hold
from zhanggui.base.errors import Conflict, Forbidden, NotFound, ZhangguiError
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
    yes; `approval_id` the merchant's: they are never the same thing. `prepared` is what the tool's
    `prepare` gave.
    """

    runtime: Runtime
    session: AsyncSession
    shop_id: str
    principal: Principal
    id: str
    confirmed: bool = False
    approval_id: str | None = None
    prepared: Any = None
    _after_commit: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    def after_commit(self, action: Callable[[], Awaitable[None]]) -> None:
        """Run `action` once the call's transaction has committed, and not otherwise.

        For waking things up. What must happen is written in the transaction and found again at
        start, since the process may end between the two.
        """
        self._after_commit.append(action)


Function = Callable[[Call, Any], Awaitable[BaseModel]]
Preparation = Callable[[Call, Any], Awaitable[Any]]
F = TypeVar("F", bound=Function)


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

    by_person: bool = False
    """Whether only a person may call it, never an API key or an assistant."""
    secret: bool = False
    """Whether the output is shown once and never kept, as a new key is."""
    rate: RateLimitItem | None = None
    """How often one caller may call it, where that is less than any call's limit."""
    prepare: Preparation | None = None
    """What is done before the transaction opens, and changes nothing."""
    again: Function | None = None
    """What gives the output once more where it is not to be kept, and changes nothing."""

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
    name: str,
    *,
    purpose: Text,
    risk: Risk,
    roles: frozenset[Role],
    recorded: bool = False,
    by_person: bool = False,
    secret: bool = False,
    rate: str | None = None,
    prepare: Preparation | None = None,
    again: Function | None = None,
) -> Callable[[F], F]:
    """Register an ``async (Call, Input) -> Output`` function as a tool.

    Set `recorded` on a read that shows personal data in full, `by_person` on what only a person may
    do, `secret` where the output must not be kept, and `rate` (``60 per minute``) on what is
    expensive. What takes long and changes nothing belongs into `prepare`: it runs before the
    transaction opens (for an approved call, inside the decision's), with sessions of its own if it
    needs any, and what it gives is ``call.prepared``. On SQLite every other writer waits while a
    transaction is open.

    An output is kept beside its idempotency key, in the clear and for good. Set `again` where it
    has words that are erased some day: it is kept no more, and a call that is repeated is given
    what `again` makes of what is there then.
    """

    def register(run: F) -> F:
        if name in REGISTRY and REGISTRY[name].run.__module__ != run.__module__:
            raise TypeError(f"two tools are called {name}")
        hints = get_type_hints(run)
        given = next(v for k, v in hints.items() if k not in ("call", "return"))
        REGISTRY[name] = Tool(
            name=name,
            purpose=purpose,
            risk=risk,
            roles=roles,
            input=given,
            output=hints["return"],
            run=run,
            recorded=recorded or risk != "read",
            by_person=by_person,
            secret=secret,
            rate=parse(rate) if rate else None,
            prepare=prepare,
            again=again,
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
) -> Outcome:
    """Call a tool.

    With an `idempotency_key`, a second call by the same caller with the same input returns what
    came of the first (with a tool's `again`, as it stands by then), and any other call with that
    key raises Conflict; a read ignores the key.
    Raises Invalid, Forbidden, NotFound or whatever error of the vocabulary the tool itself raises;
    nothing is committed then.
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
    fingerprint = _fingerprint(found, given, context.principal)
    key = Key(idempotency_key, fingerprint) if idempotency_key and found.changes else None
    if key is not None and found.prepare is not None:
        async with runtime.db.reading(context.shop_id) as session:  # Not thought of twice.
            earlier = await _known(session, found, given, context, key)
        if earlier is not None:
            return earlier
    await _prepare(found, given, context)
    open_session = runtime.db.transaction if found.recorded else runtime.db.reading
    async with open_session(context.shop_id) as session:
        context.session = session
        if key is not None:
            await hold(session, f"{context.shop_id}/{found.name}/{key.key}")
            earlier = await _known(session, found, given, context, key)
            if earlier is not None:
                return earlier
        if found.changes:
            waiting = await approvals.require(
                session, context.runtime.cipher, found, given, context.principal, key
            )
            if waiting is not None:
                return Outcome(context.id, None, approval=waiting)
        output = await _run(found, given, context, fingerprint, idempotency_key if key else None)
    for action in context._after_commit:
        await action()
    return Outcome(context.id, output)


async def run_approved(deciding: Call, approval: approvals.ApprovalRow) -> BaseModel:
    """Run the very call that was proposed, inside the transaction of the call that approves it.

    Both commit or neither does: an approved call has run, one that failed still waits, and none
    runs twice. It runs with the decider's authority.
    """
    found = REGISTRY.get(approval.tool)
    if found is None:
        raise NotFound(Text("这个功能已不存在", "This tool no longer exists"), where=approval.tool)
    authorise(found, deciding.principal)
    given = validate(found, approvals.given_of(approval, deciding.runtime.cipher))
    context = Call(
        runtime=deciding.runtime,
        session=deciding.session,
        shop_id=deciding.shop_id,
        principal=deciding.principal,
        id=new_id("call"),
        approval_id=approval.id,
        _after_commit=deciding._after_commit,
    )
    await _prepare(found, given, context)
    # One proposed without a key has none of its proposer's: the record then hashes the decider's.
    fingerprint = approval.fingerprint or _fingerprint(found, given, deciding.principal)
    return await _run(found, given, context, fingerprint, approval.idempotency_key)


async def _prepare(found: Tool, given: Input, context: Call) -> None:
    if found.prepare is not None:
        context.prepared = await found.prepare(context, given)


async def _run(
    found: Tool, given: Input, context: Call, fingerprint: str, idempotency_key: str | None
) -> BaseModel:
    output = await found.run(context, given)
    if found.recorded:
        keeps = idempotency_key is not None and not found.secret and found.again is None
        await audit.record(
            context.session,
            audit.Entry(
                id=context.id,
                tool=found.name,
                risk=found.risk,
                principal=context.principal,
                idempotency_key=idempotency_key,
                fingerprint=fingerprint,
                approval_id=context.approval_id,
                output=output.model_dump(mode="json") if keeps else None,
            ),
        )
    return output


async def _known(
    session: AsyncSession, found: Tool, given: Input, context: Call, key: Key
) -> Outcome | None:
    """What came of an earlier call with this key, if there was one."""
    shop_id = context.shop_id
    ran = await audit.find(session, shop_id, found.name, key.key)
    if ran is not None:
        _same(ran.fingerprint, key)
        if found.secret:
            raise Conflict(
                Text("结果只显示一次，无法再取", "The result was shown once and is not kept"),
                hint=Text("需要的话请重新操作一次。", "Do it anew, with a new idempotency key."),
            )
        if found.again is not None:
            output = await found.again(replace(context, session=session), given)
        else:
            output = found.output.model_validate(ran.output)
        return Outcome(ran.id, output, replayed=True)
    proposed = await approvals.find(session, shop_id, found.name, key.key)
    if proposed is not None:
        _same(proposed.fingerprint, key)
        waiting = approvals.view(proposed, str(found.purpose), context.runtime.cipher)
        return Outcome(proposed.id, None, approval=waiting, replayed=True)
    return None


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
    if found.by_person and principal.kind not in ("person", "system"):
        raise Forbidden(
            Text(f"“{found.purpose.zh}”要由本人操作", f"“{found.purpose.en}” takes a person"),
            hint=Text("请登录控制台操作。", "Sign in to the console to do this."),
            where=found.name,
        )


def validate(found: Tool, raw: BaseModel | dict[str, Any]) -> Input:
    """The tool's input from JSON-like data; raises Invalid naming the first wrong field."""
    if isinstance(raw, BaseModel):
        raw = raw.model_dump()
    try:
        given = found.input.model_validate(raw)
    except ValidationError as error:
        raise complaints.invalid(error.errors(), found.name) from error
    complaints.refuse_unstorable(given.model_dump())
    return given


def _fingerprint(found: Tool, given: Input, principal: Principal) -> str:
    text = json.dumps(given.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{found.name}\n{principal.id}\n{text}".encode()).hexdigest()


def _same(fingerprint: str, key: Key) -> None:
    if fingerprint != key.fingerprint:
        raise Conflict(
            Text("同一个幂等键不能用于不同的内容", "This idempotency key has other input"),
            hint=Text("换一个新的幂等键。", "Use a new idempotency key."),
        )
