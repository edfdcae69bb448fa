"""Where something that takes long is done: beside the loop, and while nobody waits to write."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.db import Database

BESIDE = ("beside the loop", "no writer waits")


def watched(monkeypatch: pytest.MonkeyPatch, db: Database, owner: Any, name: str) -> list[Any]:
    """Fills, at each call of the function `name` of a module or class, with where it was done:
    :data:`BESIDE` for what holds nobody up."""
    seen: list[tuple[str, str]] = []
    writing = 0
    transaction, function = db.transaction, getattr(owner, name)

    @asynccontextmanager
    async def counted(shop_id: str) -> AsyncIterator[AsyncSession]:
        nonlocal writing
        async with transaction(shop_id) as session:
            writing += 1
            try:
                yield session
            finally:
                writing -= 1

    def seen_at(*args: Any, **given: Any) -> Any:
        on_loop = threading.current_thread() is threading.main_thread()
        seen.append(
            ("on the loop" if on_loop else BESIDE[0], "a writer waits" if writing else BESIDE[1])
        )
        return function(*args, **given)

    monkeypatch.setattr(db, "transaction", counted)
    monkeypatch.setattr(owner, name, seen_at)
    return seen
