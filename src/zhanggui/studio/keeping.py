"""The studio's files in the blobs: each once for a shop, under its SHA-256.

``studio/<digest>`` stays: base pictures, works, masks. ``studio-steps/<item>/<digest>`` are an
item's files between its steps and go when it is done. ``studio-small/…`` are thumbnails, which can
be made again.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import Any, Final, TypeVar

from PIL import Image

from zhanggui.base.blobs import Blobs
from zhanggui.base.errors import NotFound, not_found
from zhanggui.base.upright import upright
from zhanggui.base.words import Text
from zhanggui.studio.making.folder import digest

T = TypeVar("T")

STUDIO: Final = "studio"
STEPS: Final = "studio-steps"
_SMALL: Final = "studio-small"
_PICTURE: Final = Text("图片", "picture")
_IMMUTABLE: Final = {"Cache-Control": "private, max-age=31536000, immutable"}
_slots = asyncio.Semaphore(2)
"""Pictures that are decoded at a time: a small file may be 200 MB of picture."""


def headers() -> dict[str, str]:
    """How long a file may be kept by who was given it: its address has its digest."""
    return {**_IMMUTABLE, "X-Content-Type-Options": "nosniff"}


def key_of(shop_id: str, sha256: str) -> str:
    """Where a file that stays lies."""
    return Blobs.key(shop_id, STUDIO, sha256)


async def put(blobs: Blobs, shop_id: str, data: bytes) -> str:
    """Keep a file; returns its SHA-256."""
    sha256 = digest(data)
    key = key_of(shop_id, sha256)
    if not await blobs.has(key):
        await blobs.put(key, data)
    return sha256


async def get(blobs: Blobs, shop_id: str, sha256: str) -> bytes:
    """A file that was kept; raises NotFound."""
    return await blobs.get(key_of(shop_id, sha256))


async def small(blobs: Blobs, shop_id: str, sha256: str, side: int) -> bytes:
    """A picture as WebP of at most `side` pixels; raises NotFound."""
    key = Blobs.key(shop_id, _SMALL, f"{sha256}-{side}")
    try:
        return await blobs.get(key)
    except NotFound:
        data = await get(blobs, shop_id, sha256)
    try:
        made = await in_turn(shrunk, data, side)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise not_found(_PICTURE, sha256) from None
    await blobs.put(key, made)
    return made


def shrunk(data: bytes, side: int) -> bytes:
    """A picture's bytes as WebP of at most `side` pixels; raises OSError for what is no picture."""
    with Image.open(io.BytesIO(data)) as opened:
        opened.draft("RGB", (side, side))
        picture = upright(opened)
        picture.thumbnail((side, side))
        has_alpha = "A" in picture.getbands() or "transparency" in picture.info
        out = io.BytesIO()
        picture.convert("RGBA" if has_alpha else "RGB").save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


async def in_turn(work: Callable[..., T], *given: Any) -> T:
    """Do what decodes a picture, in a thread and in turn."""
    async with _slots:
        return await asyncio.to_thread(work, *given)
