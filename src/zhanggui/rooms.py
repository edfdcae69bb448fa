"""The rooms of the house, from left to right; a room may use only those before it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

ROOMS = ("base", "ai", "shop", "knowledge", "rules", "service", "studio", "insight")


def load_models() -> None:
    """Import every table, so that the metadata is whole."""
    for room in ROOMS:
        for name in ("models", "events"):
            if find_spec(f"zhanggui.{room}.{name}"):
                import_module(f"zhanggui.{room}.{name}")


def load_tools() -> None:
    """Import every room's tools and exports, so that the registries are whole."""
    load_models()
    # In base, `tools` is the registry itself.
    for name in ("house_tools", "view_tools", "webhooks.tools"):
        import_module(f"zhanggui.base.{name}")
    for room in ROOMS:
        if find_spec(f"zhanggui.{room}.tools"):
            import_module(f"zhanggui.{room}.tools")
    for room in ROOMS:
        if find_spec(f"zhanggui.{room}.exports"):
            import_module(f"zhanggui.{room}.exports")
