"""The application, made once for all tests of a process: its routes are half a second's work, and
the same whatever the house behind them."""

from __future__ import annotations

from fastapi import FastAPI

from zhanggui.app.application import create_app
from zhanggui.base import tools
from zhanggui.base.runtime import Runtime
from zhanggui.base.tools import Tool

Key = tuple[tuple[int, ...], int]

_made: dict[Key, tuple[FastAPI, list[Tool]]] = {}
"""By the tools there are and the largest upload, which is all that routes follow from. The tools
are kept with it, so that no other ever has the number of one."""


def application_of(runtime: Runtime, *, local_token: str | None = None) -> FastAPI:
    """The application in this house, until the next is asked for."""
    key = _key(runtime)
    if key not in _made:
        app = create_app(runtime.settings)
        # Making it has loaded the rooms, and with them their tools.
        key = _key(runtime)
        _made[key] = app, list(tools.REGISTRY.values())
    app, _tools = _made[key]
    app.dependency_overrides.clear()
    app.state.runtime, app.state.local_token = runtime, local_token
    return app


def _key(runtime: Runtime) -> Key:
    return tuple(map(id, tools.REGISTRY.values())), runtime.settings.max_upload_bytes
