"""Who is calling: a browser with a session, a program with an API key, or this machine's owner."""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Path, Request
from fastapi.responses import Response
from starlette.datastructures import Headers

from zhanggui.base import limiting
from zhanggui.base.auth import keys, sessions
from zhanggui.base.auth.sessions import SignedIn
from zhanggui.base.errors import Unauthenticated, not_found
from zhanggui.base.ids import digest, is_shop_id
from zhanggui.base.limiting import RateLimits
from zhanggui.base.principals import SYSTEM, Principal, Role
from zhanggui.base.runtime import Runtime
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text

COOKIE = "zhanggui_session"
LOCAL_HEADER = "x-zhanggui-local"
SHOP = Text("店铺", "shop")


@dataclass(frozen=True, slots=True)
class Caller:
    """The caller in the shop of the path."""

    shop_id: str
    principal: Principal


def runtime_of(request: Request) -> Runtime:
    """The runtime of the application that serves the request."""
    return cast(Runtime, request.app.state.runtime)


def address_of(request: Request) -> str:
    """The network address of the client."""
    return request.client.host if request.client else "local"


def is_loopback(request: Request) -> bool:
    """Whether the client is on this machine, as far as that can be told: a proxy of our own
    makes everybody look local, so behind one nobody is."""
    behind_proxy = runtime_of(request).settings.public_url is not None
    return not behind_proxy and _from_here(request)


def _from_here(request: Request) -> bool:
    try:
        return ipaddress.ip_address(address_of(request)).is_loopback
    except ValueError:
        return False


def bearer(request: Request) -> str | None:
    """The token of an ``Authorization: Bearer`` header."""
    return _bearer(request.headers)


def is_bearer(headers: Headers) -> bool:
    """Whether the headers carry an API key's token, which no browser adds by itself."""
    return _bearer(headers) is not None


def _bearer(headers: Headers) -> str | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def is_local_owner(request: Request) -> bool:
    """Whether the caller could read the token in the data folder, which only its owner can."""
    expected: str | None = getattr(request.app.state, "local_token", None)
    given = request.headers.get(LOCAL_HEADER)
    if expected is None or given is None or not _from_here(request):
        return False
    return hmac.compare_digest(expected.encode(), given.encode())


async def signed_in(request: Request) -> SignedIn:
    """The session of the request's cookie; raises Unauthenticated."""
    found = await session_of(request)
    if found is None:
        raise _nobody()
    return found


async def session_of(request: Request, shop_id: str | None = None) -> SignedIn | None:
    """The session of the request's cookie, with the person's role in `shop_id`."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    return await sessions.find(runtime_of(request).db, token, shop_id=shop_id)


ShopId = Annotated[str, Path(min_length=1, max_length=48, description="The shop's id")]


async def caller(request: Request, shop_id: ShopId) -> Caller:
    """The caller in this shop; raises Unauthenticated, or NotFound for a shop that is not theirs
    (whether it exists is none of their business), or TooMany."""
    if not is_shop_id(shop_id):
        raise not_found(SHOP, shop_id)
    if is_local_owner(request):
        return Caller(shop_id, SYSTEM)
    runtime = runtime_of(request)
    limits = runtime.service(RateLimits)
    token = bearer(request)
    if token is not None:
        limits.hit(limiting.API, digest(token))
        return Caller(shop_id, await _of_key(runtime, token, shop_id))
    found = await session_of(request, shop_id)
    if found is None:
        raise _nobody()
    limits.hit(limiting.API, found.session.id)
    if found.role is None:
        raise not_found(SHOP, shop_id)
    return Caller(shop_id, Principal(found.user.id, cast(Role, found.role)))


async def _of_key(runtime: Runtime, token: str, shop_id: str) -> Principal:
    key = await keys.find(runtime.db, token)
    if key is None:
        raise Unauthenticated(
            Text("API 密钥无效或已撤销", "The API key is not valid or was revoked"),
            hint=Text("请在控制台新建一个密钥。", "Make a new key in the console."),
        )
    if key.shop_id != shop_id:
        raise not_found(SHOP, shop_id)
    return Principal(key.id, cast(Role, key.role), "key")


def set_cookie(response: Response, settings: Settings, token: str) -> None:
    """Give the browser its session."""
    response.set_cookie(
        COOKIE, token, max_age=int(sessions.LASTS.total_seconds()), **_cookie(settings)
    )


def clear_cookie(response: Response, settings: Settings) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, **_cookie(settings))


def _cookie(settings: Settings) -> dict[str, Any]:
    secure = (settings.public_url or "").startswith("https://")
    return {"path": "/", "httponly": True, "samesite": "lax", "secure": secure}


def _nobody() -> Unauthenticated:
    return Unauthenticated(
        Text("请先登录", "Please sign in"),
        hint=Text("登录已结束或还没有登录。", "The session has ended or nobody signed in."),
    )
