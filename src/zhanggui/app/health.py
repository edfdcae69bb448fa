"""Whether the server lives, whether it is ready, and its figures."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from sqlalchemy import select

import zhanggui
from zhanggui.base.auth import keys
from zhanggui.base.auth.models import UserRow
from zhanggui.base.db import NO_SHOP
from zhanggui.base.errors import Forbidden
from zhanggui.base.http.callers import bearer, is_local_owner, is_loopback, runtime_of
from zhanggui.base.words import Text

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """`ready` is whether the database answers."""

    live: bool = True
    ready: bool
    version: str


@router.get("/healthz", operation_id="health.live")
async def healthz(request: Request) -> Health:
    """The server lives; whether it is ready."""
    return Health(ready=await _ready(request), version=zhanggui.__version__)


@router.get("/readyz", operation_id="health.ready", responses={503: {"model": Health}})
async def readyz(request: Request) -> Response:
    """200 when requests can be served, else 503."""
    ready = await _ready(request)
    health = Health(ready=ready, version=zhanggui.__version__)
    return JSONResponse(health.model_dump(), 200 if ready else 503)


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Prometheus's text, for this machine or whoever holds an owner's API key."""
    if not (is_loopback(request) or is_local_owner(request)):
        token = bearer(request)
        key = await keys.find(runtime_of(request).db, token) if token else None
        if key is None or key.role != "owner":
            raise Forbidden(
                Text("只有本机或店主的密钥可以读取", "For this machine or an owner's key only")
            )
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _ready(request: Request) -> bool:
    runtime = getattr(request.app.state, "runtime", None)
    if runtime is None:
        return False
    try:
        async with runtime.db.reading(NO_SHOP) as session:
            await session.execute(select(UserRow.id).limit(1))
    except Exception:  # Whatever keeps the database from answering.
        return False
    return True
