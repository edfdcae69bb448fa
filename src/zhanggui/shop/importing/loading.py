"""Loading one source: batch by batch, each committed together with how far it has come."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import metrics
from zhanggui.base.db import hold
from zhanggui.base.runtime import Runtime
from zhanggui.shop.files import Batch, Checkpoint, Problem, Source
from zhanggui.shop.importing import sinks
from zhanggui.shop.importing.cleaning import cleaned
from zhanggui.shop.importing.models import KEPT_PROBLEMS, ImportFileRow, ImportProblemRow
from zhanggui.shop.importing.undoing import lock_of
from zhanggui.shop.importing.writing import Writer


async def load(
    runtime: Runtime,
    shop_id: str,
    import_id: str,
    number: int,
    source: Source,
    folder: Path | None = None,
) -> None:
    """Bring `source` in from where it stands; run again after a crash, it goes on from there.

    Where another process loads the same file (it was taken for dead, and is not), each batch still
    goes in once: who finds that the file has moved on follows it.
    """
    while not await _load_from_standing(runtime, shop_id, import_id, number, source, folder):
        pass


async def _load_from_standing(
    runtime: Runtime,
    shop_id: str,
    import_id: str,
    number: int,
    source: Source,
    folder: Path | None,
) -> bool:
    """Load on until the file is done (True) or another process has moved it on (False)."""
    async with runtime.db.reading(shop_id) as session:
        file = await _file(session, shop_id, import_id, number)
    if file.done:
        return True
    standing = file.checkpoint
    batches = source.records(Checkpoint.from_json(standing) if standing else None)
    try:
        batch = await asyncio.to_thread(_next, batches)
        while True:
            # Read ahead, so that the last batch and the file's end are one transaction.
            following = await asyncio.to_thread(_next, batches) if batch else None
            async with runtime.db.transaction(shop_id) as session:
                await hold(session, lock_of(shop_id))
                file = await _file(session, shop_id, import_id, number)
                if file.checkpoint != standing or file.done:
                    return file.done
                if batch is not None:
                    await _load_batch(runtime, session, file, source, folder, batch)
                if following is None:
                    file.done, file.bytes_done = True, file.bytes_total
            if following is None:
                return True
            standing, batch = file.checkpoint, following
    finally:
        await asyncio.to_thread(batches.close)


def _next(batches: Iterator[Batch]) -> Batch | None:
    return next(batches, None)


async def _file(session: AsyncSession, shop_id: str, import_id: str, number: int) -> ImportFileRow:
    return await session.get_one(ImportFileRow, (shop_id, import_id, number))


async def _load_batch(
    runtime: Runtime,
    session: AsyncSession,
    file: ImportFileRow,
    source: Source,
    folder: Path | None,
    batch: Batch,
) -> None:
    loading = sinks.Loading(
        session=session,
        shop_id=file.shop_id,
        import_id=file.import_id,
        cipher=runtime.cipher,
        blobs=runtime.blobs,
        folder=folder,
        path=file.path,
        exported_at=source.exported_at,
        writer=Writer(session, file.shop_id, file.import_id),
    )
    await sinks.apply(loading, batch.records)
    await _keep_problems(session, file, batch.problems)
    metrics.IMPORT_ROWS.labels(file.kind, "accepted").inc(batch.accepted - file.accepted)
    metrics.IMPORT_ROWS.labels(file.kind, "rejected").inc(batch.rejected - file.rejected)
    file.accepted, file.rejected = batch.accepted, batch.rejected
    file.bytes_done = min(batch.done_bytes, file.bytes_total)
    file.checkpoint = batch.checkpoint.to_json()


async def _keep_problems(
    session: AsyncSession, file: ImportFileRow, problems: list[Problem]
) -> None:
    room = max(KEPT_PROBLEMS - file.problem_count, 0)
    rows: list[dict[str, Any]] = [
        {
            "shop_id": file.shop_id,
            "import_id": file.import_id,
            "number": file.number,
            "position": file.problem_count + index,
            "row": problem.row,
            "column": cleaned(problem.column)[:200] if problem.column else None,
            "reason_zh": cleaned(problem.reason.zh),
            "reason_en": cleaned(problem.reason.en),
            "refused": problem.refused,
        }
        for index, problem in enumerate(problems[:room])
    ]
    if rows:
        await session.execute(insert(ImportProblemRow), rows)
    file.problem_count += len(problems)
