"""Structured logs without personal data.

Strings are scrubbed of phones, e-mails and identity numbers; an error is logged as its type and
the places it passed, never as its message, which may quote what somebody wrote.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from zhanggui.base.masking import scrub
from zhanggui.base.settings import Settings

_OURS = frozenset(("level", "timestamp", "logger"))
"""Fields that logging itself fills."""

_NOISY = ("dbos", "httpx", "httpcore", "asyncio", "alembic", "multipart", "python_multipart")


def configure(settings: Settings) -> None:
    """Send logs to standard error in the form the settings ask for."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_exception,
        scrubbed,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    render: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)


def failure(error: BaseException) -> dict[str, Any]:
    """What is logged of an error: its type, its cause's type and where it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    cause = error.__cause__ or error.__context__
    return {
        "error": type(error).__qualname__,
        "cause": type(cause).__qualname__ if cause else None,
        "frames": [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames[-12:]],
    }


def describe_exception(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A structlog processor: an exception becomes :func:`failure`."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event.update(failure(error))
    return event


def scrubbed(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: no string leaves with personal data in it."""
    for key, value in event.items():
        if key not in _OURS:
            event[key] = _scrub(value)
    return event


def _scrub(value: Any) -> Any:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {key: _scrub(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_scrub(inner) for inner in value]
    if value is None or isinstance(value, int | float | bool):
        return value
    return scrub(str(value))


def _short(path: str) -> str:
    parts = path.replace("\\", "/").split("/")
    return "/".join(parts[-3:])
