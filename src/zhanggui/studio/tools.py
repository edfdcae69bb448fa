"""The room's tools, each beside what it is about."""

from __future__ import annotations

from zhanggui.studio import (
    batch_tools,
    brand_tools,
    cut_tools,
    gallery_tools,
    picture_tools,
    publishing_tools,
    work_tools,
)

__all__ = [
    "batch_tools",
    "brand_tools",
    "cut_tools",
    "gallery_tools",
    "picture_tools",
    "publishing_tools",
    "work_tools",
]
