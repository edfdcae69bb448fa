"""An import from beginning to end: staged, let go, loaded as durable work, undone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping as MappingType
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events, workflows
from zhanggui.base.errors import Conflict, Invalid, ZhangguiError, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.shop import counting
from zhanggui.shop.events import ImportFinished, ImportStarted, ImportUndone
from zhanggui.shop.files import Kind, Mapping, Source, fields_of
from zhanggui.shop.importing import loading, remembering, sinks, undoing
from zhanggui.shop.importing.cleaning import cleaned
from zhanggui.shop.importing.models import (
    ImportFileRow,
    ImportProblemRow,
    ImportRow,
)
from zhanggui.shop.importing.staging import Staging, sweep
from zhanggui.shop.importing.writing import Writer

log = structlog.get_logger(__name__)

KIND = Text("导入", "import")
KEPT_STAGED = timedelta(days=7)
"""How long files wait for a person to start, or to try again, an import."""


async def stage(runtime: Runtime, shop_id: str, staging: Staging, import_id: str) -> ImportRow:
    """Understand the staged files and write the import down; nothing is loaded yet.

    When the same files are already being imported, that import is returned and the new staging
    removed.
    """
    sources = await staging.sources()
    if not sources:
        await staging.remove()
        raise Invalid(
            Text("没有找到可以导入的文件", "There is no file here that can be imported"),
            hint=Text(
                "请选择从千牛、生意参谋、阿里妈妈导出的表格、聊天记录，或店铺数据包。",
                "Choose files exported from your shop's back end, chat logs, or a shop pack.",
            ),
        )
    fingerprint = await staging.digest()
    await staging.publish()
    async with runtime.db.transaction(shop_id) as session:
        unfinished = await session.scalar(
            select(ImportRow).where(
                ImportRow.shop_id == shop_id,
                ImportRow.digest == fingerprint,
                ImportRow.state.in_(("queued", "running")),
            )
        )
        row = unfinished
        if row is None:
            row = ImportRow(
                shop_id=shop_id,
                id=import_id,
                state="staged",
                created_at=clock.now(),
                digest=fingerprint,
            )
            session.add(row)
            await session.flush()
            for number, source in enumerate(sources):
                session.add(await _file_row(session, shop_id, import_id, number, source))
    if unfinished is not None:
        await staging.remove()
        return unfinished
    return row


async def _file_row(
    session: AsyncSession, shop_id: str, import_id: str, number: int, source: Source
) -> ImportFileRow:
    source = await remembering.with_remembered(session, shop_id, source)
    return ImportFileRow(
        shop_id=shop_id,
        import_id=import_id,
        number=number,
        path=cleaned(source.path),
        kind=source.kind.value,
        encoding=source.encoding,
        bytes_total=source.size,
        bytes_done=0,
        accepted=0,
        rejected=0,
        problem_count=0,
        mapping=cleaned(source.mapping.to_json()) if source.mapping else None,
        error=_words(source.error),
        done=source.error is not None,
    )


def _words(error: Text | None) -> dict[str, str] | None:
    return cleaned({"zh": error.zh, "en": error.en}) if error else None


async def correct_mapping(
    session: AsyncSession,
    shop_id: str,
    file: ImportFileRow,
    source: Source,
    corrections: MappingType[str, str | None],
    kind: Kind | None = None,
) -> None:
    """Read the file of a staged import as a person says (header → field, None: not read; what it
    is), and remember. A header that occurs more than once is named as :func:`labels` does."""
    mapping = Mapping.from_json(file.mapping) if file.mapping else source.mapping
    if mapping is None or source.header_fingerprint is None:
        raise Invalid(
            Text("这个文件没有可以调整的列", "This file has no columns to adjust"), where=file.path
        )
    if kind is not None:
        mapping = _of_kind(mapping, kind)
    columns = {label: c.index for label, c in zip(labels(mapping), mapping.columns, strict=True)}
    known = {name for name, _, _ in fields_of(mapping.kind)}
    for header, field in corrections.items():
        if header not in columns:
            raise Invalid(
                Text(f"文件里没有“{header}”这一列", f"The file has no column “{header}”"),
                where=file.path,
            )
        if field is not None and field not in known:
            raise Invalid(
                Text(f"“{field}”不是这种表的字段", f"“{field}” is no field of such a table"),
                where=file.path,
            )
        mapping = mapping.assign(columns[header], field)
    corrected = source.remap(mapping)
    file.mapping = cleaned(corrected.mapping.to_json()) if corrected.mapping else None
    file.kind = corrected.kind.value
    file.error = _words(corrected.error)
    file.done = corrected.error is not None
    await remembering.keep(session, shop_id, source.header_fingerprint, mapping)


def _of_kind(mapping: Mapping, kind: Kind) -> Mapping:
    """The mapping of a table of another kind: what is no field of it is not read."""
    known = {name for name, _, _ in fields_of(kind)}
    columns = (c if c.field in known else replace(c, field=None) for c in mapping.columns)
    return replace(mapping, kind=kind, columns=tuple(columns))


def labels(mapping: Mapping) -> list[str]:
    """The headers, told apart: the second 价格 is ``价格 (2)``."""
    seen: dict[str, int] = {}
    found = []
    for column in mapping.columns:
        seen[column.header] = count = seen.get(column.header, 0) + 1
        found.append(column.header if count == 1 else f"{column.header} ({count})")
    return found


async def queue(session: AsyncSession, row: ImportRow) -> str:
    """Let a staged (or failed) import go; returns the id of the workflow to start."""
    if row.state not in ("staged", "failed", "queued"):
        raise Conflict(
            Text("这次导入已经开始或结束", "This import has started or ended already"),
            hint=Text("刷新查看进度。", "Refresh to see where it stands."),
            where=row.id,
        )
    if row.state != "queued":
        row.attempt += 1
        row.state = "queued"
        row.started_at = clock.now()
        row.error = None
        await events.append(session, ImportStarted(import_id=row.id))
    return workflow_id(row)


def workflow_id(row: ImportRow) -> str:
    """The durable workflow of the import's present attempt."""
    return f"{row.shop_id}:{row.id}:{row.attempt}"


async def get(session: AsyncSession, shop_id: str, import_id: str) -> ImportRow:
    """The import; raises NotFound."""
    row = await session.get(ImportRow, (shop_id, import_id))
    if row is None:
        raise not_found(KIND, import_id)
    return row


async def files(session: AsyncSession, shop_id: str, import_id: str) -> list[ImportFileRow]:
    """The import's files in order."""
    query = (
        select(ImportFileRow)
        .where(ImportFileRow.shop_id == shop_id, ImportFileRow.import_id == import_id)
        .order_by(ImportFileRow.number)
    )
    return list(await session.scalars(query))


async def discard(session: AsyncSession, shop_id: str, import_id: str) -> None:
    """Forget a staged import that was never let go; its files are the caller's to remove."""
    row = await get(session, shop_id, import_id)
    if row.state != "staged":
        raise Conflict(
            Text("已经开始的导入不能丢弃，可以撤销", "An import that started is undone"),
            where=import_id,
        )
    for table in (ImportProblemRow, ImportFileRow):
        await session.execute(
            delete(table).where(table.shop_id == shop_id, table.import_id == import_id)
        )
    await session.delete(row)
    await session.flush()


@workflows.workflow(name="shop.load_import")
async def load_import(shop_id: str, import_id: str) -> None:
    """Load an import; interrupted, it goes on from each file's checkpoint."""
    try:
        await _load(shop_id, import_id)
        await _finish(shop_id, import_id)
    except Exception as error:
        log.exception("import_failed", shop=shop_id, import_id=import_id)
        await _fail(shop_id, import_id, error)
        raise


@workflows.step(name="shop.load_files")
async def _load(shop_id: str, import_id: str) -> None:
    runtime = workflows.current_runtime()
    async with runtime.db.transaction(shop_id) as session:
        row = await get(session, shop_id, import_id)
        row.state = "running"
        waiting = [file for file in await files(session, shop_id, import_id) if not file.done]
    staging = Staging(runtime, shop_id, import_id)
    sources = await staging.sources() if waiting else []
    for file in waiting:
        source = sources[file.number] if file.number < len(sources) else None
        if source is None or cleaned(source.path) != file.path:
            raise Conflict(
                Text("待导入的文件不见了", "The staged file is gone"),
                hint=Text("请重新上传。", "Upload it again."),
                where=file.path,
            )
        if file.mapping is not None:
            source = source.remap(Mapping.from_json(file.mapping))
        folder = staging.folder_of(source)
        await loading.load(runtime, shop_id, import_id, file.number, source, folder)


@workflows.step(name="shop.finish_import")
async def _finish(shop_id: str, import_id: str) -> None:
    runtime = workflows.current_runtime()
    async with runtime.db.transaction(shop_id) as session:
        row = await get(session, shop_id, import_id)
        if row.state != "done":
            await _each_sink(runtime, session, row, "finish")
            rows = await files(session, shop_id, import_id)
            row.state, row.finished_at = "done", clock.now()
            row.counts = (await counting.count(session, shop_id)).model_dump()
            await events.append(
                session,
                ImportFinished(
                    import_id=import_id,
                    accepted=sum(file.accepted for file in rows),
                    rejected=sum(file.rejected for file in rows),
                ),
            )
    await Staging(runtime, shop_id, import_id).remove()


async def _each_sink(runtime: Runtime, session: AsyncSession, row: ImportRow, hook: str) -> None:
    context = sinks.Loading(
        session=session,
        shop_id=row.shop_id,
        import_id=row.id,
        cipher=runtime.cipher,
        blobs=runtime.blobs,
        folder=None,
        path="",
        exported_at=None,
        writer=Writer(session, row.shop_id, row.id),
    )
    for sink in sinks.registered():
        run = getattr(sink, hook)
        if run is not None:
            await run(context)


async def _fail(shop_id: str, import_id: str, error: Exception) -> None:
    said = (
        error.what
        if isinstance(error, ZhangguiError)
        else Text("导入意外中断，已导入的数据都在", "The import broke off; what went in is kept")
    )
    async with workflows.current_runtime().db.transaction(shop_id) as session:
        await session.execute(
            update(ImportRow)
            .where(ImportRow.shop_id == shop_id, ImportRow.id == import_id)
            .values(state="failed", finished_at=clock.now(), error=_words(said))
        )


async def queue_undo(session: AsyncSession, row: ImportRow) -> str:
    """Mark a finished import to be taken back; returns the id of the workflow to start."""
    if row.state not in ("done", "failed", "undoing"):
        raise Conflict(
            Text("只有已结束的导入可以撤销", "Only an import that has ended can be undone"),
            hint=Text("等它完成后再撤销。", "Wait until it has finished."),
            where=row.id,
        )
    if row.state != "undoing":
        row.attempt += 1
        row.state = "undoing"
    return workflow_id(row)


@workflows.workflow(name="shop.undo_import")
async def undo_import(shop_id: str, import_id: str) -> None:
    """Take an import back; interrupted, it goes on where it was."""
    try:
        await _undo(shop_id, import_id)
    except Exception as error:
        log.exception("undo_failed", shop=shop_id, import_id=import_id)
        await _fail(shop_id, import_id, error)
        raise


@workflows.step(name="shop.undo")
async def _undo(shop_id: str, import_id: str) -> None:
    runtime = workflows.current_runtime()
    tables: list[type[Any]] = []
    for sink in sinks.registered():
        tables += [table for table in sink.tables if table not in tables]
    await undoing.undo(runtime.db, shop_id, import_id, tables)
    async with runtime.db.transaction(shop_id) as session:
        row = await get(session, shop_id, import_id)
        if row.state != "undone":
            await _each_sink(runtime, session, row, "undo")
            row.state, row.finished_at = "undone", clock.now()
            row.counts = (await counting.count(session, shop_id)).model_dump()
            await events.append(session, ImportUndone(import_id=import_id))
    await Staging(runtime, shop_id, import_id).remove()


def new_import(runtime: Runtime, shop_id: str) -> tuple[str, Staging]:
    """An id and an empty staging for files to be put in."""
    import_id = new_id("imp")
    return import_id, Staging(runtime, shop_id, import_id)


async def resume(runtime: Runtime) -> None:
    """Start what was let go when the process died between committing and starting it, and remove
    files that no import waits for any more."""
    waiting: set[tuple[str, str]] = set()
    for shop_id in await counting.shop_ids(runtime.db):
        async with runtime.db.reading(shop_id) as session:
            query = select(ImportRow).where(
                ImportRow.shop_id == shop_id, ImportRow.state.not_in(("done", "undone"))
            )
            rows = list(await session.scalars(query))
        for row in rows:
            if row.state in ("queued", "running"):
                await workflows.start(workflow_id(row), load_import, shop_id, row.id)
            elif row.state == "undoing":
                await workflows.start(workflow_id(row), undo_import, shop_id, row.id)
            elif row.created_at < clock.now() - KEPT_STAGED:
                continue  # Staged or failed, and nobody has come back to it.
            waiting.add((shop_id, row.id))
    await asyncio.to_thread(sweep, runtime.settings, waiting)
