"""Files: a folder or an S3-compatible store, through obstore. Keys start with the shop's id."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

from zhanggui.base.errors import not_found
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text

KIND = Text("文件", "file")
_CHUNK = 4 * 2**20


class Blobs:
    """A shop's files by key; a key is ``shop/purpose/name`` and never leaves its shop."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    @staticmethod
    def key(shop_id: str, *parts: str) -> str:
        """A key inside the shop; raises ValueError for parts that would climb out of it."""
        for part in (shop_id, *parts):
            if not part or part in (".", "..") or "/" in part or "\\" in part:
                raise ValueError(f"not part of a key: {part!r}")
        return "/".join((shop_id, *parts))

    async def put(self, key: str, data: bytes) -> None:
        """Write a whole object."""
        await obstore.put_async(self._store, key, data)

    async def get(self, key: str) -> bytes:
        """Read a whole object; raises NotFound."""
        try:
            result = await obstore.get_async(self._store, key)
        except FileNotFoundError:
            raise not_found(KIND, key) from None
        return bytes(await result.bytes_async())

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        """Read an object a few megabytes at a time, whatever its size; raises NotFound."""
        try:
            result = await obstore.get_async(self._store, key)
        except FileNotFoundError:
            raise not_found(KIND, key) from None
        async for chunk in result.stream(min_chunk_size=_CHUNK):
            yield bytes(chunk)

    async def has(self, key: str) -> bool:
        """Whether an object is there."""
        try:
            await obstore.head_async(self._store, key)
        except FileNotFoundError:
            return False
        return True

    async def put_stream(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """Write an object from chunks, whatever its size."""
        async with obstore.open_writer_async(self._store, key) as writer:
            async for chunk in chunks:
                await writer.write(chunk)

    async def download(self, key: str, path: Path) -> None:
        """Copy an object to a local file; raises NotFound."""
        chunks = self.stream(key)
        first = await anext(chunks, b"")  # Before the file is made: one that is missing makes none.
        with path.open("wb") as file:
            file.write(first)
            async for chunk in chunks:
                file.write(chunk)

    async def list(self, prefix: str) -> list[str]:
        """The keys under a prefix that ends with ``/``, sorted."""
        keys: list[str] = []
        async for page in obstore.list(self._store, prefix):
            keys.extend(meta["path"] for meta in page)
        return sorted(keys)

    async def delete(self, key: str) -> None:
        """Remove an object; one that is not there is no error."""
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return


def open_blobs(settings: Settings) -> Blobs:
    """The files of the settings' store."""
    return Blobs(open_store(settings))


def open_store(settings: Settings) -> ObjectStore:
    """The store of the settings, with every shop's files."""
    if settings.blobs_url:
        return from_url(settings.blobs_url)
    folder = settings.data / "blobs"
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(folder)
