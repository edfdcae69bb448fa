"""The reference: every setting, tool, export, event and metric, written from the code itself.

``docs/reference.md`` is this module's output (``make reference``); a test compares them, so that
nothing is added without being listed.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from prometheus_client.metrics import MetricWrapperBase
from pydantic.fields import FieldInfo

from zhanggui import rooms
from zhanggui.base import exports, metrics, tools
from zhanggui.base.events import REGISTRY as EVENTS
from zhanggui.base.settings import Settings


def render() -> str:
    """The whole reference as Markdown."""
    rooms.load_tools()
    parts = (
        "# Reference\n\nWritten by `make reference` from the code; do not edit.\n",
        _settings(),
        _tools(),
        _exports(),
        _events(),
        _metrics(),
    )
    return "\n".join(parts)


def _settings() -> str:
    prefix = Settings.model_config["env_prefix"]
    rows = [
        (f"`{prefix}{name.upper()}`", _default(name, field), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return "## Settings\n\n" + _table(("environment variable", "default", "what it is"), rows)


def _default(name: str, field: FieldInfo) -> str:
    if field.default_factory is not None:
        return f"the user's {name} folder"
    return "" if field.default is None else f"`{field.default}`"


def _tools() -> str:
    rows = [
        (
            f"`{name}`",
            tool.risk,
            ", ".join(sorted(tool.roles - {"system"})),
            ", ".join(f"`{field}`" for field in tool.input.model_fields) or "–",
            f"{tool.purpose.zh} · {tool.purpose.en}",
        )
        for name, tool in sorted(tools.REGISTRY.items())
    ]
    return "## Tools\n\n" + _table(("tool", "risk", "roles", "input", "purpose"), rows)


def _exports() -> str:
    rows = [
        (
            f"`{table}`",
            f"`{export.tool}`",
            "yes" if export.is_personal else "no",
            f"{export.name.zh} · {export.name.en}",
        )
        for table, export in sorted(exports.REGISTRY.items())
    ]
    headings = ("table", "filters of", "recorded", "what it is")
    return "## Tables as files\n\n" + _table(headings, rows)


def _events() -> str:
    rows = [
        (
            f"`{name}`",
            ", ".join(f"`{field}`" for field in event.model_fields) or "–",
            inspect.getdoc(event) or "",
        )
        for name, event in sorted(EVENTS.items())
        if event.__module__.startswith("zhanggui.")
    ]
    return "## Events\n\n" + _table(("event", "carries", "when"), rows)


def _metrics() -> str:
    found: list[Any] = [m for m in vars(metrics).values() if isinstance(m, MetricWrapperBase)]
    rows = [
        (
            f"`{m._name}`",
            m._type,
            ", ".join(f"`{label}`" for label in m._labelnames) or "–",
            m._documentation,
        )
        for m in found
    ]
    return "## Metrics\n\n" + _table(("metric", "kind", "labels", "what it counts"), sorted(rows))


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    cells = [[" ".join(cell.split()).replace("|", "\\|") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells) + "\n"


if __name__ == "__main__":
    print(render(), end="")
