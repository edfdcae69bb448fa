"""What was asked for is kept in a file until it is made, and what was made for as long as the shop
likes."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import asdict
from typing import Any

import orjson

from zhanggui.ai.media.protocols import DrawRequest, FilmRequest, MakeRequest
from zhanggui.base.blobs import Blobs

_FOLDER = "models"


def digest(role: str, request: MakeRequest) -> str:
    """What tells two requests apart."""
    return hashlib.sha256(role.encode() + b"\0" + _written(request)).hexdigest()


async def keep(blobs: Blobs, shop_id: str, task_id: str, request: MakeRequest) -> None:
    """Keep what is asked for; it has no private values any more."""
    await blobs.put(_request_key(shop_id, task_id), _written(request))


async def kept(blobs: Blobs, shop_id: str, task_id: str) -> MakeRequest:
    """What was asked for; raises NotFound once it has been forgotten."""
    told: dict[str, Any] = orjson.loads(await blobs.get(_request_key(shop_id, task_id)))
    if "seconds" in told:
        first = told.pop("first")
        return FilmRequest(**told, first=None if first is None else base64.b64decode(first))
    size, references = told.pop("size"), told.pop("references")
    return DrawRequest(
        **told,
        size=None if size is None else (size[0], size[1]),
        references=tuple(base64.b64decode(each) for each in references),
    )


async def forget(blobs: Blobs, shop_id: str, task_id: str) -> None:
    """Remove what was asked for."""
    await blobs.delete(_request_key(shop_id, task_id))


def result_key(shop_id: str, task_id: str, number: int, ending: str) -> str:
    """Where what was made is kept."""
    return Blobs.key(shop_id, _FOLDER, f"{task_id}-{number}.{ending}")


def is_of(shop_id: str, key: str) -> bool:
    """Whether a file was made for a shop."""
    head, _, name = key.rpartition("/")
    return bool(name) and head == Blobs.key(shop_id, _FOLDER) and not name.endswith(".request")


def _request_key(shop_id: str, task_id: str) -> str:
    return Blobs.key(shop_id, _FOLDER, f"{task_id}.request")


def _written(request: MakeRequest) -> bytes:
    told = asdict(request)
    return orjson.dumps(told, default=_bytes, option=orjson.OPT_SORT_KEYS)


def _bytes(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError
