"""The stored files that documents are read from.

Documents read from the same bytes share a file. Whoever saves one and whoever removes the last one
hold the file's name in turn, so that neither acts on what the other is about to change.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.db import hold
from zhanggui.base.errors import Conflict
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.knowledge import store


def key_of(runtime: Runtime, shop_id: str, digest: str) -> str:
    """Where the file of a digest is stored."""
    return runtime.blobs.key(shop_id, "documents", digest)


async def keep(runtime: Runtime, session: AsyncSession, shop_id: str, digest: str) -> None:
    """Have the file stay until the transaction, which is to save a document read from it, ends.
    Raises Conflict for one that is not there: the last document read from it was just removed."""
    await _hold(session, shop_id, digest)
    if not await runtime.blobs.has(key_of(runtime, shop_id, digest)):
        raise Conflict(
            Text("文档的原文件已被删除", "The file of the document has been deleted"),
            hint=Text("请重新上传文件。", "Upload the file again."),
            where="original",
        )


async def forget(runtime: Runtime, shop_id: str, digest: str) -> None:
    """Delete the file, unless a document is read from it by now."""
    async with runtime.db.transaction(shop_id) as session:
        await _hold(session, shop_id, digest)
        if not await store.keeps_file(session, shop_id, digest):
            await runtime.blobs.delete(key_of(runtime, shop_id, digest))


async def _hold(session: AsyncSession, shop_id: str, digest: str) -> None:
    await hold(session, f"{shop_id}/documents/{digest}")
