"""Routes of the service that are no tools: the shoppers' chat."""

from __future__ import annotations

from zhanggui.service.chat.routes import router

__all__ = ["router"]
