"""What a process has open: passed to every tool call instead of being found in globals."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from zhanggui.base.blobs import Blobs, open_blobs
from zhanggui.base.crypto import Cipher, load_cipher
from zhanggui.base.db import Database
from zhanggui.base.limiting import RateLimits
from zhanggui.base.settings import Settings
from zhanggui.base.waking import Waking

T = TypeVar("T")


@dataclass(slots=True)
class Runtime:
    """The open database, files and keys, and one instance of each service a room keeps."""

    settings: Settings
    db: Database
    blobs: Blobs
    cipher: Cipher
    services: dict[type[Any], Any] = field(default_factory=dict)

    def service(self, kind: type[T]) -> T:
        """The process's instance of `kind`, registered at start by the room that owns it."""
        found = self.services.get(kind)
        if found is None:
            raise LookupError(f"{kind.__name__} was not started in this process")
        return cast(T, found)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Runtime]:
    """Open what the settings name, and close it at the end."""
    settings.data.mkdir(parents=True, exist_ok=True)
    db = Database(settings)
    try:
        yield Runtime(
            settings,
            db,
            open_blobs(settings),
            load_cipher(settings),
            {RateLimits: RateLimits(), Waking: Waking()},
        )
    finally:
        await db.close()
