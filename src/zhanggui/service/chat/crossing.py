"""The chat is called from the shops' own pages, which have another address than this server.

A browser asks first whether a page may; which pages may is each shop's to say. No cookie is taken
or given here, so nothing that a person may do at this server can be done from such a page.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhanggui.base.errors import Forbidden, NotFound
from zhanggui.base.http.callers import runtime_of
from zhanggui.base.http.problems import answer
from zhanggui.base.words import Text
from zhanggui.service.chat.doors import doors

PREFIX = "/api/chat/"
SCRIPT = "/widget.js"
_ASKED_FIRST = {
    "access-control-allow-methods": "GET, POST, PUT",
    "access-control-allow-headers": "authorization, content-type, x-zhanggui",
    "access-control-max-age": "600",
}


class CrossOrigin:
    """Lets the pages that a shop named call the chat, and any page load its script."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        if scope["type"] != "http" or not (path == SCRIPT or path.startswith(PREFIX)):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        origin = request.headers.get("origin")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["cross-origin-resource-policy"] = "cross-origin"
                headers.append("vary", "Origin")
                if origin is not None and path != SCRIPT:
                    # Also where it is refused: the page has to be able to tell why.
                    headers["access-control-allow-origin"] = origin
                    headers["access-control-expose-headers"] = "Retry-After"
            await send(message)

        if path == SCRIPT or origin is None or _is_here(request, origin):
            await self._app(scope, receive, sending)
        elif request.method == "OPTIONS":
            await Response(status_code=204, headers=_ASKED_FIRST)(scope, receive, sending)
        elif await _admits(request, path, origin):
            await self._app(scope, receive, sending)
        else:
            await answer(_elsewhere(origin))(scope, receive, sending)


async def _admits(request: Request, path: str, origin: str) -> bool:
    key = path.removeprefix(PREFIX).partition("/")[0]
    try:
        door = await doors(runtime_of(request)).opened(key)
    except NotFound:
        return True  # The route says so.
    return door.admits(origin)


def _is_here(request: Request, origin: str) -> bool:
    """Whether the page came from this server."""
    settings = runtime_of(request).settings
    if settings.public_url is not None and origin == settings.public_url:
        return True
    host = Headers(scope=request.scope).get("host", "")
    return origin.partition("://")[2] == host


def _elsewhere(origin: str) -> Forbidden:
    return Forbidden(
        Text("这个网址还不能使用聊天窗口", "Pages of this address may not carry the chat"),
        hint=Text(
            f"请店主在“设置 → 聊天窗口”里加上 {origin}。",
            f"The shop's owner adds {origin} under Settings → Chat.",
        ),
        where="origin",
    )
