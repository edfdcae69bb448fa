"""Goods' pictures that came with a shop's files: kept as blobs, served to the shop's own people."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from zhanggui.base.blobs import Blobs

LARGEST = 8 * 2**20
_FORMATS = (
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"GIF8", "gif", "image/gif"),
)


def media_type(name: str) -> str | None:
    """The type of a kept picture by its ending; None for what is no picture's name."""
    ending = name.rpartition(".")[2]
    if ending == "webp":
        return "image/webp"
    return next((kind for _, known, kind in _FORMATS if known == ending), None)


def is_name(name: str) -> bool:
    """Whether a kept picture may be called so."""
    return media_type(name) is not None and name.replace(".", "").isalnum()


def name_in(url: str, shop_id: str) -> str | None:
    """The name of the kept picture that a URL leads to; None for one that lies elsewhere."""
    folder, _, name = url.rpartition("/")
    return name if f"{folder}/" == _address(shop_id) and is_name(name) else None


def _address(shop_id: str) -> str:
    return f"/api/shops/{shop_id}/pictures/"


def _ending(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((ending for magic, ending, _ in _FORMATS if data.startswith(magic)), None)


async def keep(blobs: Blobs, shop_id: str, folder: Path, relative: str) -> str | None:
    """Keep the picture `relative` of a pack's `folder` and return the URL it is served under.

    None when it is missing, outside the folder, too large or, by its content, no picture.
    """
    data = await asyncio.to_thread(_read, folder, relative)
    ending = _ending(data) if data else None
    if data is None or ending is None:
        return None
    name = f"{hashlib.sha256(data).hexdigest()[:32]}.{ending}"
    await blobs.put(key_of(blobs, shop_id, name), data)
    return _address(shop_id) + name


def key_of(blobs: Blobs, shop_id: str, name: str) -> str:
    """Where a kept picture is stored."""
    return blobs.key(shop_id, "pictures", name)


def _read(folder: Path, relative: str) -> bytes | None:
    path = (folder / relative).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return None
    return path.read_bytes() if path.stat().st_size <= LARGEST else None
