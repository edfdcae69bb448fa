"""Settings of which a call changes only some: the rest stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def named(given: Any, names: Sequence[str]) -> Any:
    """What a tool was given, before it is read, with `sets`: which of the settings are changed, to
    the value given, null included. Where the caller says nothing it is what was given."""
    if not isinstance(given, dict) or "sets" in given:
        return given
    return {**given, "sets": [name for name in names if name in given]}
