"""Routes of the service that are no tools: the shoppers' chat, what comes
through other channels, and the desk's live side."""

from __future__ import annotations

from fastapi import APIRouter

from zhanggui.service.channels import routes as channels
from zhanggui.service.chat import desk_routes, routes

router = APIRouter()
router.include_router(routes.router)
router.include_router(desk_routes.router)
router.include_router(channels.router)
