"""What every request passes, as plain ASGI: number, language, measure, log; and what is refused
before any route sees it (a forged form, a body that is too large)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhanggui.base import metrics
from zhanggui.base.errors import Forbidden, TooLarge, ZhangguiError
from zhanggui.base.http.callers import LOCAL_HEADER, is_bearer
from zhanggui.base.http.problems import answer, unexpected
from zhanggui.base.ids import new_id
from zhanggui.base.logs import failure
from zhanggui.base.words import Text, preferred, speaking

log = structlog.get_logger(__name__)

_SAFE = ("GET", "HEAD", "OPTIONS")
_QUIET = ("/healthz", "/readyz", "/metrics")

# Ant Design writes its styles into the page as it goes; scripts come from our own files alone.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Watched:
    """Numbers, measures and logs a request, speaks the reader's language to it, and turns a defect
    into an answer. Logs hold the route's template, never an address, a query or a body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, started, status, whole = new_id("req"), time.perf_counter(), 0, False

        async def sending(message: Message) -> None:
            nonlocal status, whole
            if message["type"] == "http.response.body":
                whole = not message.get("more_body", False)
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                if scope["path"].startswith("/api/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        language = preferred(Headers(scope=scope).get("accept-language"))
        with speaking(language), structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await self._app(scope, receive, sending)
            except Exception as error:
                log.error("request_failed", route=_route(scope), **failure(error))
                if status and not whole:
                    raise  # Half an answer is out; the connection has to break.
                if not status:
                    await unexpected()(scope, receive, sending)
            finally:
                route, took = _route(scope), time.perf_counter() - started
                metrics.HTTP_REQUESTS.labels(scope["method"], route, str(status)).inc()
                metrics.HTTP_SECONDS.labels(route).observe(took)
                if scope["path"] not in _QUIET:
                    log.info(
                        "request",
                        method=scope["method"],
                        route=route,
                        status=status,
                        ms=round(took * 1000, 1),
                    )


def _route(scope: Scope) -> str:
    """The route's template, so that no id becomes a label."""
    path: str | None = getattr(scope.get("route"), "path", None)
    if path is None:
        return "unmatched"
    return path


class Guarded:
    """Security headers on every answer; refuses forged and oversized requests.

    A browser sends the session's cookie with a request that another site made; that site cannot
    add a header of its own without asking first, and is never allowed to. So whatever changes
    something and relies on the cookie needs ``X-Zhanggui: 1``. Below `signed` nothing relies on it:
    whoever calls there signs what they send, and other programs than ours do not know the header.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        largest: int,
        uploads: Callable[[], Sequence[tuple[re.Pattern[str], int]]],
        signed: tuple[str, ...] = (),
    ) -> None:
        self._app = app
        self._signed = signed
        self._largest = largest
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        try:
            if not scope["path"].startswith(self._signed):
                _refuse_forgery(scope, headers)
            limited = self._limited(scope, headers, receive)
        except ZhangguiError as error:
            await answer(error)(scope, receive, sending)
        else:
            await self._app(scope, limited, sending)

    def _limited(self, scope: Scope, headers: Headers, receive: Receive) -> Receive:
        # A form is read whole before any dependency of its route says no.
        limit = next(
            (most for pattern, most in self._uploads() if pattern.match(scope["path"])),
            self._largest,
        )
        declared = headers.get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            raise _too_large(limit)
        read = 0

        async def receiving() -> Message:
            nonlocal read
            message = await receive()
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                if read > limit:
                    raise HTTPException(413)  # The one error FastAPI lets through from here.
            return message

        return receiving


def _refuse_forgery(scope: Scope, headers: Headers) -> None:
    if scope["method"] in _SAFE or not scope["path"].startswith("/api/"):
        return
    # No other site can make a browser send these. It may well send a Basic authorization, which a
    # proxy in front asked for, and with it our cookie.
    if is_bearer(headers) or LOCAL_HEADER in headers:
        return
    if headers.get("x-zhanggui") != "1":
        raise Forbidden(
            Text("请求缺少 X-Zhanggui 头", "The request lacks the header X-Zhanggui"),
            hint=Text("修改类请求请加上“X-Zhanggui: 1”。", "Send “X-Zhanggui: 1” with changes."),
            where="X-Zhanggui",
        )


def _too_large(limit: int) -> TooLarge:
    size = f"{limit / 2**20:.0f} MB"
    return TooLarge(
        Text(f"内容太大，最多 {size}", f"Too large: at most {size}"),
        hint=Text("请分成几次。", "Send it in several parts."),
    )
