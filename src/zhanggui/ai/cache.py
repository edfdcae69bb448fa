"""What a model made once is not paid for twice: kept by what was asked, for a scope and an age.

A key is the hash of what the caller says decides the result: what is done, by which model, from
which words, pictures and settings. Files lie in the shop's folder of the blob store, or in one of
the house for what has nothing of any shop in it, each with the moment it was made, by the program's
clock. They are not sealed: what shoppers wrote is not for here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import structlog

from zhanggui.base import clock
from zhanggui.base.blobs import Blobs
from zhanggui.base.errors import NotFound

log = structlog.get_logger(__name__)

FOLDER = "model-cache"
HOUSE = "_house"
"""The folder of what is no shop's: no shop's id begins with an underscore."""
LONGEST = timedelta(days=90)
"""After which nothing is used again, whatever age is asked for."""
_VERSION = 1
_MOMENT = 32
"""Bytes at the beginning of a file that say when it was made."""

Decides = str | int | float | bool | bytes | None | Sequence["Decides"] | Mapping[str, "Decides"]
"""What a result depends on."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How long what was made may be used again, and by whom: the shop that asked, or every shop
    of the house."""

    age: timedelta
    scope: Literal["shop", "house"] = "shop"


def digest(**decides: Decides) -> str:
    """The key of what so many things decide. Bytes count by their own hash."""
    plain = json.dumps(_plain(decides), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{_VERSION}\n{plain}".encode()).hexdigest()


class Cache:
    """What was made, in the blob store."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._swept: dict[str, date] = {}

    async def get(self, shop_id: str, key: str, keep: Keep) -> bytes | None:
        """What was made for a key and is young enough; None where there is nothing such."""
        try:
            found = await self._blobs.get(_path(shop_id, key, keep))
        except NotFound:
            return None
        made = _moment(found)
        if made is None or clock.now() - made > keep.age:
            return None
        return found[_MOMENT:]

    async def put(self, shop_id: str, key: str, data: bytes, keep: Keep) -> None:
        """Keep what was made; where that cannot be, it is made anew another time. On a day's first,
        what is too old for anybody is removed."""
        head = clock.now().isoformat().encode().ljust(_MOMENT)
        folder, today = _folder(shop_id, keep), clock.now().date()
        try:
            await self._blobs.put(_path(shop_id, key, keep), head + data)
            if self._swept.get(folder) != today:
                self._swept[folder] = today
                await self.sweep(folder, LONGEST)
        except Exception:  # It is paid for, and the caller has it.
            log.exception("not_cached")

    async def sweep(self, folder: str, age: timedelta) -> int:
        """Remove the files of a shop, or of the house, that are older than `age`, or no files of
        this cache; how many."""
        gone = 0
        for path in await self._blobs.list(f"{folder}/{FOLDER}/"):
            try:
                made = _moment(await self._blobs.get(path))
            except NotFound:
                continue  # Another process sweeps too.
            if made is None or clock.now() - made > age:
                await self._blobs.delete(path)
                gone += 1
        return gone


def _path(shop_id: str, key: str, keep: Keep) -> str:
    return Blobs.key(_folder(shop_id, keep), FOLDER, key)


def _folder(shop_id: str, keep: Keep) -> str:
    return HOUSE if keep.scope == "house" else shop_id


def _moment(found: bytes) -> datetime | None:
    try:
        return datetime.fromisoformat(found[:_MOMENT].decode().strip())
    except ValueError:
        return None


def _plain(value: Decides) -> object:
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest()}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value
