"""What may be asked of imports and done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from zhanggui.base import clock, masking, workflows
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text, language
from zhanggui.shop import store
from zhanggui.shop.counting import Counts
from zhanggui.shop.files import (
    Column,
    Kind,
    Mapping,
    Source,
    describe_kind,
    fields_of,
    mappable_kinds,
)
from zhanggui.shop.importing import imports
from zhanggui.shop.importing.models import (
    KEPT_PROBLEMS,
    ImportFileRow,
    ImportProblemRow,
    ImportRow,
)
from zhanggui.shop.importing.staging import Staging

SHOWN_PROBLEMS = 100

State = Literal["staged", "queued", "running", "done", "failed", "undoing", "undone"]


class ProblemView(BaseModel):
    """Why a row was refused, or what was odd about it."""

    row: int
    column: str | None
    reason: str
    refused: bool


class FieldView(BaseModel):
    """Something a column may be read as."""

    field: str
    label: str
    required: bool


class KindView(BaseModel):
    """What a table may be said to be."""

    kind: str
    name: str


class FileView(BaseModel):
    """One file of an import; `preview` has rows as the file shows them, while it is staged."""

    id: int
    path: str
    kind: str
    kind_name: str
    encoding: str | None
    bytes: int
    bytes_done: int
    accepted: int
    rejected: int
    problems: list[ProblemView]
    problem_count: int
    error: str | None
    headers: list[str]
    fields: list[FieldView]
    mapping: dict[str, str | None]
    preview: list[list[str]]
    done: bool


class ImportView(Output):
    """An import and how far it has come; `seconds_left` is None until it can be judged."""

    id: str
    state: State
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    bytes_total: int
    bytes_done: int
    rows_done: int
    rows_per_second: float | None
    seconds_left: float | None
    error: str | None
    files: list[FileView]
    counts: Counts | None
    kinds: list[KindView]


class ImportItem(BaseModel):
    """An import in a list."""

    id: str
    state: State
    created_at: datetime
    finished_at: datetime | None
    files: list[str]
    accepted: int
    rejected: int


class ImportList(Output):
    """The newest imports first."""

    items: list[ImportItem]


class ImportInput(Input):
    """Which import."""

    import_id: str = Field(min_length=1, max_length=40)


class ShowInput(ImportInput):
    """Which import, and how many problems of each file to list."""

    problems: int = Field(SHOWN_PROBLEMS, ge=0, le=KEPT_PROBLEMS)


class StartInput(ImportInput):
    """Which import, and how columns are to be read where the proposal was wrong."""

    mappings: dict[int, dict[str, str | None]] = Field(
        default_factory=dict,
        description="By file id: header → field, or null for a column that is not to be read.",
    )
    kinds: dict[int, Kind] = Field(
        default_factory=dict, description="By file id: what a file is, where that was not seen."
    )


def _said(words: dict[str, Any] | None) -> str | None:
    return words[language()] if words else None


@tool("shop.get_import", purpose=Text("查看导入", "Show an import"), risk="read", roles=STAFF)
async def get_import(call: Call, given: ShowInput) -> ImportView:
    """An import with its files, their mapping and, while it is staged, a preview."""
    row = await imports.get(call.session, call.shop_id, given.import_id)
    return await view(call, row, given.problems)


async def view(call: Call, row: ImportRow, most: int = SHOWN_PROBLEMS) -> ImportView:
    """The import as staff see it."""
    files = await imports.files(call.session, call.shop_id, row.id)
    problems = await store.import_problems(call.session, call.shop_id, row.id, limit=most)
    sources: list[Source] = []
    if row.state == "staged":
        sources = await Staging(call.runtime, call.shop_id, row.id).sources()
    total, done = sum(f.bytes_total for f in files), sum(f.bytes_done for f in files)
    rows = sum(f.accepted + f.rejected for f in files)
    rate, left = _pace(row, total, done, rows)
    return ImportView(
        id=row.id,
        state=row.state,  # type: ignore[arg-type] # Written by this room alone.
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        bytes_total=total,
        bytes_done=done,
        rows_done=rows,
        rows_per_second=rate,
        seconds_left=left,
        error=_said(row.error),
        files=[
            _file_view(
                file,
                [p for p in problems if p.number == file.number],
                sources[file.number] if file.number < len(sources) else None,
            )
            for file in files
        ],
        counts=Counts.model_validate(row.counts) if row.counts else None,
        kinds=[
            KindView(kind=kind.value, name=str(describe_kind(kind))) for kind in mappable_kinds()
        ],
    )


def _pace(row: ImportRow, total: int, done: int, rows: int) -> tuple[float | None, float | None]:
    """Rows a second, and the seconds left while it runs."""
    if row.started_at is None or not done:
        return None, None
    spent = ((row.finished_at or clock.now()) - row.started_at).total_seconds()
    if spent <= 0:
        return None, None
    left = spent * (total - done) / done if row.state == "running" else None
    return rows / spent, left


def _file_view(
    file: ImportFileRow, problems: list[ImportProblemRow], source: Source | None
) -> FileView:
    mapping = Mapping.from_json(file.mapping) if file.mapping else None
    columns = mapping.columns if mapping else ()
    headers = imports.labels(mapping) if mapping else []
    if source is not None and mapping is not None:
        source = source.remap(mapping)
    preview = source.preview() if source is not None and source.error is None else []
    return FileView(
        id=file.number,
        path=file.path,
        kind=file.kind,
        kind_name=str(describe_kind(file.kind)),
        encoding=file.encoding,
        bytes=file.bytes_total,
        bytes_done=file.bytes_done,
        accepted=file.accepted,
        rejected=file.rejected,
        problems=[problem_view(problem) for problem in problems],
        problem_count=file.problem_count,
        error=_said(file.error),
        headers=headers,
        fields=[
            FieldView(field=name, label=str(label), required=required)
            for name, label, required in fields_of(file.kind)
        ],
        mapping={label: c.field for label, c in zip(headers, columns, strict=True)},
        preview=[_shown(columns, row.seen) for row in preview],
        done=file.done,
    )


_HIDDEN: dict[str | None, Callable[[str], str]] = {
    "receiver_name": masking.mask_name,
    "receiver_phone": masking.mask_phone,
    "receiver_landline": masking.mask_phone,
    "receiver_address": masking.mask_address,
    "changed_address": masking.mask_address,
}


def _shown(columns: Sequence[Column], cells: Sequence[str]) -> list[str]:
    """A row as the file has it, but for who receives: that is masked on every screen."""
    masks = {column.index: _HIDDEN.get(column.field) for column in columns}
    return [
        mask(cell) if (mask := masks.get(index)) and not masking.is_masked(cell) else cell
        for index, cell in enumerate(cells)
    ]


def problem_view(problem: ImportProblemRow) -> ProblemView:
    """A problem in the reader's language."""
    reason = problem.reason_zh if language() == "zh" else problem.reason_en
    return ProblemView(
        row=problem.row, column=problem.column, reason=reason, refused=problem.refused
    )


@tool("shop.list_imports", purpose=Text("列出导入", "List imports"), risk="read", roles=STAFF)
async def list_imports(call: Call, given: Nothing) -> ImportList:
    """The newest imports."""
    items = []
    for row in await store.imports(call.session, call.shop_id):
        files = await imports.files(call.session, call.shop_id, row.id)
        items.append(
            ImportItem(
                id=row.id,
                state=row.state,  # type: ignore[arg-type] # Written by this room alone.
                created_at=row.created_at,
                finished_at=row.finished_at,
                files=[file.path for file in files],
                accepted=sum(file.accepted for file in files),
                rejected=sum(file.rejected for file in files),
            )
        )
    return ImportList(items=items)


@tool("shop.start_import", purpose=Text("开始导入", "Start an import"), risk="draft", roles=OWNERS)
async def start_import(call: Call, given: StartInput) -> ImportView:
    """Let a staged import go, with corrected columns if any; a failed one is tried again."""
    row = await imports.get(call.session, call.shop_id, given.import_id)
    if row.state == "staged" and (given.mappings or given.kinds):
        sources = await Staging(call.runtime, call.shop_id, row.id).sources()
        for file in await imports.files(call.session, call.shop_id, row.id):
            corrections = given.mappings.get(file.number, {})
            kind = given.kinds.get(file.number)
            if (corrections or kind) and file.number < len(sources):
                await imports.correct_mapping(
                    call.session, call.shop_id, file, sources[file.number], corrections, kind
                )
    workflow_id = await imports.queue(call.session, row)

    async def start() -> None:
        await workflows.start(workflow_id, imports.load_import, row.shop_id, row.id)

    call.after_commit(start)
    return await view(call, row)


@tool("shop.undo_import", purpose=Text("撤销导入", "Undo an import"), risk="draft", roles=OWNERS)
async def undo_import(call: Call, given: ImportInput) -> ImportView:
    """Take a finished import back."""
    row = await imports.get(call.session, call.shop_id, given.import_id)
    workflow_id = await imports.queue_undo(call.session, row)

    async def start() -> None:
        await workflows.start(workflow_id, imports.undo_import, row.shop_id, row.id)

    call.after_commit(start)
    return await view(call, row)


@tool(
    "shop.discard_import",
    purpose=Text("丢弃未开始的导入", "Discard a staged import"),
    risk="draft",
    roles=OWNERS,
)
async def discard_import(call: Call, given: ImportInput) -> ImportList:
    """Forget a staged import; returns those that remain."""
    await imports.discard(call.session, call.shop_id, given.import_id)
    staging = Staging(call.runtime, call.shop_id, given.import_id)
    call.after_commit(staging.remove)
    return await list_imports(call, Nothing())
