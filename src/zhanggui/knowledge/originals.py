"""The stored files that documents are read from.

Documents read from the same bytes share a file, and so does a proposal that waits for approval.
Whoever saves one and whoever removes the last one hold the file's name in turn, so that neither
acts on what the other is about to change.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import approvals
from zhanggui.base.db import hold
from zhanggui.base.errors import Conflict
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.knowledge import store
from zhanggui.shop import counting

SAVED_BY = "knowledge.save_document"
"""The tool that saves a document with its file."""


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


async def put_back(runtime: Runtime, shop_id: str, digest: str, data: bytes) -> None:
    """Store the file of a proposal that waits by now: before it did, somebody may have removed the
    last document read from the same file."""
    async with runtime.db.transaction(shop_id) as session:
        await _hold(session, shop_id, digest)
        await runtime.blobs.put(key_of(runtime, shop_id, digest), data)


async def forget(runtime: Runtime, shop_id: str, digest: str) -> None:
    """Delete the file, unless a document is read from it by now or is to be, once approved."""
    async with runtime.db.transaction(shop_id) as session:
        await _hold(session, shop_id, digest)
        is_kept = await store.keeps_file(session, shop_id, digest)
        if not is_kept and digest not in await _proposed(runtime, session, shop_id):
            await runtime.blobs.delete(key_of(runtime, shop_id, digest))


async def sweep(runtime: Runtime) -> None:
    """Delete the files that proposals left behind which were rejected or have expired."""
    for shop_id in await counting.shop_ids(runtime.db):
        folder = runtime.blobs.key(shop_id, "documents")
        stored = {key.rpartition("/")[2] for key in await runtime.blobs.list(f"{folder}/")}
        async with runtime.db.reading(shop_id) as session:
            versions = await store.read_from_files(session, shop_id)
            waiting = await _proposed(runtime, session, shop_id)
        for digest in stored - waiting - {digest for *_, digest in versions}:
            await forget(runtime, shop_id, digest)


async def _proposed(runtime: Runtime, session: AsyncSession, shop_id: str) -> set[str]:
    """The digests of the files that proposals which wait are to save."""
    found = await approvals.proposed(session, runtime.cipher, shop_id, SAVED_BY)
    return {given["original"]["digest"] for given in found if given.get("original")}


async def _hold(session: AsyncSession, shop_id: str, digest: str) -> None:
    await hold(session, f"{shop_id}/documents/{digest}")
