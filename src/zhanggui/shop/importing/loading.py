"""Loading one source: batch by batch, each committed together with how far it has come."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import metrics
from zhanggui.base.errors import Conflict
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.shop.files import Batch, Checkpoint, Problem, Source
from zhanggui.shop.importing import sinks
from zhanggui.shop.importing.models import KEPT_PROBLEMS, ImportFileRow, ImportProblemRow
from zhanggui.shop.importing.writing import Writer


async def load(
    runtime: Runtime,
    shop_id: str,
    import_id: str,
    number: int,
    source: Source,
    folder: Path | None = None,
) -> None:
    """Bring `source` in from where it stands; run again after a crash, it goes on from there."""
    async with runtime.db.reading(shop_id) as session:
        file = await _file(session, shop_id, import_id, number)
    if file.done:
        return
    start = Checkpoint.from_json(file.checkpoint) if file.checkpoint else None
    batches = source.records(start)
    standing = file.checkpoint
    while (batch := await asyncio.to_thread(_next, batches)) is not None:
        async with runtime.db.transaction(shop_id) as session:
            file = await _file(session, shop_id, import_id, number)
            if file.checkpoint != standing:
                raise Conflict(
                    Text("另一个进程正在导入这个文件", "Another process is importing this file"),
                    where=file.path,
                )
            await _load_batch(runtime, session, file, source, folder, batch)
            standing = file.checkpoint
    async with runtime.db.transaction(shop_id) as session:
        file = await _file(session, shop_id, import_id, number)
        file.done = True
        file.bytes_done = file.bytes_total


def _next(batches: Iterator[Batch]) -> Batch | None:
    return next(batches, None)


async def _file(session: AsyncSession, shop_id: str, import_id: str, number: int) -> ImportFileRow:
    row = await session.scalar(
        select(ImportFileRow).where(
            ImportFileRow.shop_id == shop_id,
            ImportFileRow.import_id == import_id,
            ImportFileRow.number == number,
        )
    )
    if row is None:
        raise LookupError(f"import {import_id} has no file {number}")
    return row


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
            "column": problem.column[:200] if problem.column else None,
            "reason_zh": problem.reason.zh,
            "reason_en": problem.reason.en,
            "refused": problem.refused,
        }
        for index, problem in enumerate(problems[:room])
    ]
    if rows:
        await session.execute(insert(ImportProblemRow), rows)
    file.problem_count += len(problems)
