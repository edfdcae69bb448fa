"""Routes made from tools: ``GET`` for what reads, ``POST`` for what changes something."""

from __future__ import annotations

import types
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from fastapi import APIRouter, Body, Depends, Header, Query, Request
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel

from zhanggui.base import tools
from zhanggui.base.approvals import ApprovalView
from zhanggui.base.http.callers import Caller, caller, runtime_of
from zhanggui.base.http.problems import DOCUMENTED
from zhanggui.base.limiting import RateLimits
from zhanggui.base.tools import Tool

_SCALARS = (str, int, float, bool, date, datetime, AwareDatetime, Enum)

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=128,
        pattern=r"^[\x21-\x7e]+$",
        description="A second call with the same key and input returns what came of the first",
    ),
]
Confirmed = Annotated[
    Literal["1"] | None,
    Header(alias="X-Zhanggui-Confirmed", description="The shopper's own yes, as `1`"),
]


class Waiting(BaseModel):
    """The call waits for a person: nothing has happened yet."""

    approval: ApprovalView


WAITS: dict[int | str, dict[str, Any]] = {
    202: {"model": Waiting, "description": "The call waits for a person"}
}
"""What OpenAPI is told of a route whose call may wait."""


def waits_for(approval: ApprovalView) -> JSONResponse:
    """The answer to a call that waits."""
    return JSONResponse(Waiting(approval=approval).model_dump(mode="json"), 202)


def routes_for(registry: Mapping[str, Tool]) -> APIRouter:
    """A route under ``/api/shops/{shop_id}/tools/`` for each tool.

    Raises TypeError for a read tool whose input is not flat: it has to fit into a query.
    """
    router = APIRouter(prefix="/api/shops/{shop_id}/tools")
    for tool in registry.values():
        endpoint = _changing(tool) if tool.changes else _reading(tool)
        responses = dict(DOCUMENTED)
        if tool.changes:
            responses |= WAITS
        router.add_api_route(
            f"/{tool.name}",
            endpoint,
            methods=["POST" if tool.changes else "GET"],
            name=tool.name,
            operation_id=tool.name,
            summary=tool.purpose.en,
            description=tool.purpose.zh,
            response_model=tool.output,
            responses=responses,
            tags=[tool.room],
        )
    return router


Endpoint = Callable[..., Awaitable[Any]]


def _reading(tool: Tool) -> Endpoint:
    must_be_flat(tool)

    async def endpoint(
        request: Request, found: Annotated[Caller, Depends(caller)], given: Any
    ) -> Any:
        return await _call(request, tool, found, given)

    endpoint.__annotations__["given"] = Annotated[tool.input, Query()]
    return endpoint


def _changing(tool: Tool) -> Endpoint:
    async def endpoint(
        request: Request,
        found: Annotated[Caller, Depends(caller)],
        given: Any,
        idempotency_key: IdempotencyKey = None,
        confirmed: Confirmed = None,
    ) -> Any:
        return await _call(
            request,
            tool,
            found,
            given,
            idempotency_key=idempotency_key,
            confirmed=confirmed is not None,
        )

    endpoint.__annotations__["given"] = Annotated[tool.input, Body()]
    return endpoint


async def _call(
    request: Request,
    tool: Tool,
    found: Caller,
    given: BaseModel,
    *,
    idempotency_key: str | None = None,
    confirmed: bool = False,
) -> Any:
    runtime = runtime_of(request)
    if tool.rate is not None:
        who = (tool.name, found.shop_id, found.principal.id)
        runtime.service(RateLimits).hit(tool.rate, *who)
    outcome = await tools.call(
        runtime,
        tool.name,
        given,
        shop_id=found.shop_id,
        principal=found.principal,
        idempotency_key=idempotency_key,
        confirmed=confirmed,
    )
    if outcome.approval is not None:
        return waits_for(outcome.approval)
    return outcome.output


def must_be_flat(tool: Tool) -> None:
    """Raise TypeError unless every field of the input is one value or a list of values."""
    for name, field in tool.input.model_fields.items():
        if not _is_flat(field.annotation):
            raise TypeError(f"{tool.name} reads, but its input field {name} does not fit a query")


def _is_flat(annotation: Any, *, in_list: bool = False) -> bool:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _is_flat(get_args(annotation)[0], in_list=in_list)
    if origin in (Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return all(_is_flat(part, in_list=in_list) for part in parts)
    if origin in (list, set, frozenset) and not in_list:
        return all(_is_flat(part, in_list=True) for part in get_args(annotation))
    if origin is Literal:
        return True
    return isinstance(annotation, type) and issubclass(annotation, _SCALARS)
