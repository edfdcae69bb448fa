"""An import from beginning to end: staged, let go, loaded as durable work, undone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping as MappingType
from dataclasses import replace
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
from zhanggui.shop.files import Kind, Mapping, Source
from zhanggui.shop.importing import loading, sinks, undoing
from zhanggui.shop.importing.models import (
    ColumnMappingRow,
    ImportFileRow,
    ImportProblemRow,
    ImportRow,
)
from zhanggui.shop.importing.staging import Staging, digest
from zhanggui.shop.importing.writing import Writer

log = structlog.get_logger(__name__)

KIND = Text("导入", "import")


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
    fingerprint = await asyncio.to_thread(digest, sources)
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
    await staging.publish()
    return row


async def _file_row(
    session: AsyncSession, shop_id: str, import_id: str, number: int, source: Source
) -> ImportFileRow:
    source = await with_remembered_mapping(session, shop_id, source)
    return ImportFileRow(
        shop_id=shop_id,
        import_id=import_id,
        number=number,
        path=source.path,
        kind=source.kind.value,
        encoding=source.encoding,
        bytes_total=source.size,
        bytes_done=0,
        accepted=0,
        rejected=0,
        problem_count=0,
        mapping=source.mapping.to_json() if source.mapping else None,
        error={"zh": source.error.zh, "en": source.error.en} if source.error else None,
        done=source.error is not None,
    )


async def with_remembered_mapping(session: AsyncSession, shop_id: str, source: Source) -> Source:
    """The source read as a person once corrected files with these headers, if one did."""
    if source.header_fingerprint is None:
        return source
    row = await session.get(ColumnMappingRow, (shop_id, source.header_fingerprint))
    return source.remap(Mapping.from_json(row.mapping)) if row else source


async def correct_mapping(
    session: AsyncSession,
    shop_id: str,
    file: ImportFileRow,
    source: Source,
    corrections: MappingType[str, str | None],
    kind: Kind | None = None,
) -> None:
    """Read the file as a person says (header → field, None: not read; what it is), and remember."""
    mapping = Mapping.from_json(file.mapping) if file.mapping else source.mapping
    if mapping is None or source.header_fingerprint is None:
        raise Invalid(
            Text("这个文件没有可以调整的列", "This file has no columns to adjust"), where=file.path
        )
    if kind is not None:
        mapping = replace(mapping, kind=kind)
    for header, field in corrections.items():
        column = next((c for c in mapping.columns if c.header == header), None)
        if column is None:
            raise Invalid(
                Text(f"文件里没有“{header}”这一列", f"The file has no column “{header}”"),
                where=file.path,
            )
        mapping = mapping.assign(column.index, field)
    corrected = source.remap(mapping)
    file.mapping = corrected.mapping.to_json() if corrected.mapping else None
    file.kind = corrected.kind.value
    file.error = {"zh": corrected.error.zh, "en": corrected.error.en} if corrected.error else None
    file.done = corrected.error is not None
    remembered = await session.get(ColumnMappingRow, (shop_id, source.header_fingerprint))
    if remembered is None:
        remembered = ColumnMappingRow(shop_id=shop_id, fingerprint=source.header_fingerprint)
        session.add(remembered)
    remembered.mapping, remembered.updated_at = mapping.to_json(), clock.now()


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
    """Load an import: each source is a step, and each step goes on from its own checkpoint."""
    runtime = workflows.current_runtime()
    try:
        for number in await _begin(shop_id, import_id):
            await _load_source(shop_id, import_id, number)
        await _finish(shop_id, import_id)
    except Exception as error:
        log.exception("import_failed", shop=shop_id, import_id=import_id)
        await _fail(runtime, shop_id, import_id, error)
        raise


@workflows.step(name="shop.begin_import")
async def _begin(shop_id: str, import_id: str) -> list[int]:
    async with workflows.current_runtime().db.transaction(shop_id) as session:
        row = await get(session, shop_id, import_id)
        row.state = "running"
        return [file.number for file in await files(session, shop_id, import_id) if not file.done]


@workflows.step(name="shop.load_source")
async def _load_source(shop_id: str, import_id: str, number: int) -> None:
    runtime = workflows.current_runtime()
    async with runtime.db.reading(shop_id) as session:
        file = (await files(session, shop_id, import_id))[number]
    staging = Staging(runtime, shop_id, import_id)
    sources = await staging.sources()
    if number >= len(sources) or sources[number].path != file.path:
        raise Conflict(
            Text("待导入的文件不见了", "The staged file is gone"),
            hint=Text("请重新上传。", "Upload it again."),
            where=file.path,
        )
    source = sources[number]
    if file.mapping is not None:
        source = source.remap(Mapping.from_json(file.mapping))
    await loading.load(runtime, shop_id, import_id, number, source, staging.folder_of(source))


@workflows.step(name="shop.finish_import")
async def _finish(shop_id: str, import_id: str) -> None:
    runtime = workflows.current_runtime()
    async with runtime.db.transaction(shop_id) as session:
        row = await get(session, shop_id, import_id)
        if row.state == "done":
            return
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


async def _fail(runtime: Runtime, shop_id: str, import_id: str, error: Exception) -> None:
    said = (
        error.what
        if isinstance(error, ZhangguiError)
        else Text("导入意外中断，已导入的数据都在", "The import broke off; what went in is kept")
    )
    async with runtime.db.transaction(shop_id) as session:
        await session.execute(
            update(ImportRow)
            .where(ImportRow.shop_id == shop_id, ImportRow.id == import_id)
            .values(state="failed", finished_at=clock.now(), error={"zh": said.zh, "en": said.en})
        )


async def queue_undo(session: AsyncSession, row: ImportRow) -> str:
    """Mark a finished import to be taken back; returns the id of the workflow to start."""
    if row.state not in ("done", "failed", "undoing"):
        raise Conflict(
            Text("只有已结束的导入可以撤销", "Only an import that has ended can be undone"),
            hint=Text("等它完成后再撤销。", "Wait until it has finished."),
            where=row.id,
        )
    row.state = "undoing"
    return f"{row.shop_id}:{row.id}:undo"


@workflows.workflow(name="shop.undo_import")
async def undo_import(shop_id: str, import_id: str) -> None:
    """Take an import back; interrupted, it goes on where it was."""
    await _undo(shop_id, import_id)


@workflows.step(name="shop.undo")
async def _undo(shop_id: str, import_id: str) -> None:
    runtime = workflows.current_runtime()
    tables: list[type[Any]] = []
    for sink in sinks.registered():
        tables += [table for table in sink.tables if table not in tables]
    await undoing.undo(runtime.db, shop_id, import_id, tables)
    async with runtime.db.transaction(shop_id) as session:
        row = await get(session, shop_id, import_id)
        if row.state == "undone":
            return
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
    """Start what was queued when the process died between committing and starting it."""
    for shop_id in await counting.shop_ids(runtime.db):
        async with runtime.db.reading(shop_id) as session:
            rows = list(
                await session.scalars(
                    select(ImportRow).where(
                        ImportRow.shop_id == shop_id, ImportRow.state.in_(("queued", "undoing"))
                    )
                )
            )
        for row in rows:
            if row.state == "queued":
                await workflows.start(workflow_id(row), load_import, shop_id, row.id)
            else:
                await workflows.start(f"{shop_id}:{row.id}:undo", undo_import, shop_id, row.id)
