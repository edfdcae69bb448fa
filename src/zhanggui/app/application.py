"""The application: every room's tools and routes, sign-in, health and the console."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

import zhanggui
from zhanggui import rooms
from zhanggui.app import console, health
from zhanggui.app.house import open_house
from zhanggui.base import exports
from zhanggui.base.http import auth_routes, house_routes, problems, routes_for, routes_for_exports
from zhanggui.base.http.guards import Guarded, Watched
from zhanggui.base.settings import Settings
from zhanggui.base.tools import REGISTRY
from zhanggui.service.channels import routes as channels
from zhanggui.service.chat.crossing import CrossOrigin

UPLOAD = "upload"
"""The tag of routes that take a shop's files."""
PICTURE = "picture"
"""The tag of routes that take one picture, also from people who have not signed in."""

_LARGEST_BODY = 2 * 2**20
_LARGEST_PICTURE = 9 * 2**20
"""A little more than any picture that is taken, for what the form adds."""


def create_app(settings: Settings, *, local_token: str | None = None) -> FastAPI:
    """The application for these settings; the house is opened when it starts.

    `local_token` lets in whoever can read it, as the program itself.
    """
    rooms.load_tools()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_house(settings) as runtime:
            app.state.runtime = runtime
            yield

    app = FastAPI(
        title="Zhanggui",
        version=zhanggui.__version__,
        lifespan=lifespan,
        docs_url=None,  # They would load scripts from another machine.
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.local_token = local_token
    problems.install(app)
    uploads: list[tuple[re.Pattern[str], int]] = []
    made = (routes_for(REGISTRY), routes_for_exports(exports.REGISTRY))
    for router in (*made, auth_routes.router, house_routes.router, *_room_routers(), health.router):
        app.include_router(router, responses=problems.DOCUMENTED)
        uploads += _tagged(router, UPLOAD, settings.max_upload_bytes)
        uploads += _tagged(router, PICTURE, _LARGEST_PICTURE)
    app.include_router(console.router)
    app.add_middleware(CrossOrigin)
    app.add_middleware(
        Guarded,
        largest=_LARGEST_BODY,
        uploads=lambda: uploads,
        signed=(f"{channels.PREFIX}/",),
    )
    app.add_middleware(Watched)
    return app


def _room_routers() -> list[APIRouter]:
    """The hand-written routes of each room's ``api.py``."""
    names = [f"zhanggui.{room}.api" for room in rooms.ROOMS]
    return [import_module(name).router for name in names if find_spec(name)]


def _tagged(router: APIRouter, tag: str, most: int) -> list[tuple[re.Pattern[str], int]]:
    """The paths of the routes with a tag, and how many bytes they take."""
    return [
        (route.path_regex, most)
        for route in router.routes
        if isinstance(route, APIRoute) and tag in route.tags
    ]
