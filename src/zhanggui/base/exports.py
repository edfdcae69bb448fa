"""Tables that can be taken away as files.

A room registers each beside the tool that lists it: who may call the tool may take the table, and
the tool's filters narrow it. Personal data comes masked, and who took it is recorded.
"""

from __future__ import annotations

import asyncio
import hashlib
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import IO, Any

from zhanggui.base import audit, enclosing, sheets, tools
from zhanggui.base.enclosing import Enclosed, Files
from zhanggui.base.ids import new_id
from zhanggui.base.principals import Principal
from zhanggui.base.runtime import Runtime
from zhanggui.base.sheets import Column, Encoding, Format, Row
from zhanggui.base.tools import Call, Input
from zhanggui.base.words import Text

Rows = Callable[[Call, Any], AsyncIterator[list[Row]]]
"""Batches of rows for the input of the listing tool; its page and size do not count."""


@dataclass(frozen=True, slots=True)
class Export:
    """A table to take away. `tool` is the name of the tool that lists it; `is_personal` says
    whether its rows are about people. `whole` gives every row where the tool, asked for nothing in
    particular, leaves some out; `is_form` says that it is but another form of a table that is there
    already, and so not among all tables."""

    table: str
    name: Text
    tool: str
    columns: tuple[Column, ...]
    rows: Rows
    is_personal: bool = False
    whole: Rows | None = None
    is_form: bool = False


REGISTRY: dict[str, Export] = {}
"""Every registered export by its table."""


def register(export: Export) -> None:
    """Make a table known; raises TypeError where another is called so."""
    if REGISTRY.setdefault(export.table, export).tool != export.tool:
        raise TypeError(f"two tables are called {export.table}")


FILES: dict[str, Files] = {}
"""What of the blobs goes along with all tables, by its folder."""


def register_files(files: Files) -> None:
    """Make stored files known; raises TypeError where another folder is called so."""
    if FILES.setdefault(files.folder, files).tool != files.tool:
        raise TypeError(f"two folders are called {files.folder}")


@dataclass(frozen=True, slots=True)
class Written:
    """What a file came to: its rows, and the characters its encoding had to replace."""

    rows: int
    replaced: int


async def write(
    runtime: Runtime,
    export: Export,
    given: Input,
    file: IO[bytes],
    *,
    shop_id: str,
    principal: Principal,
    form: Format,
    encoding: Encoding,
) -> Written:
    """Write a table to `file`; raises Forbidden. The rows are those of one moment."""
    tools.authorise(tools.REGISTRY[export.tool], principal)
    call_id = new_id("call")
    async with runtime.db.reading(shop_id) as session:
        call = Call(runtime, session, shop_id, principal, call_id)
        written = await _fill(export, export.rows(call, given), file, form, encoding)
    if export.is_personal:
        await _record(runtime, export, given, call_id, shop_id, principal)
    return written


@dataclass(frozen=True, slots=True)
class Whole:
    """What a shop's zip came to: rows of tables, files, and those that are no longer stored."""

    rows: int
    files: int
    missing: int


async def write_whole(
    runtime: Runtime, file: IO[bytes], *, shop_id: str, principal: Principal
) -> Whole:
    """Write a zip with every table whole, as text in UTF-8, and the stored files with a manifest;
    raises Forbidden where the caller may not have one of them. All rows are those of one moment;
    a file that is deleted while others are written is missing."""
    for name in (*(e.tool for e in REGISTRY.values()), *(f.tool for f in FILES.values())):
        tools.authorise(tools.REGISTRY[name], principal)
    rows = 0
    taken: list[tuple[Export, Input, str]] = []
    found: list[tuple[str, Enclosed]] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        async with runtime.db.reading(shop_id) as session:
            for export in REGISTRY.values():
                if export.is_form:
                    continue
                given = tools.REGISTRY[export.tool].input()
                call = Call(runtime, session, shop_id, principal, new_id("call"))
                with packed.open(f"{export.table}.csv", "w", force_zip64=True) as part:
                    rows_of = export.whole or export.rows
                    written = await _fill(export, rows_of(call, given), part)
                rows += written.rows
                taken.append((export, given, call.id))
            for files in FILES.values():
                call = Call(runtime, session, shop_id, principal, new_id("call"))
                async for batch in files.listed(call):
                    found += [(files.folder, each) for each in batch]
        sent = await enclosing.enclose(packed, runtime.blobs, found)
    for export, given, call_id in taken:
        if export.is_personal:
            await _record(runtime, export, given, call_id, shop_id, principal)
    return Whole(rows, sent.files, sent.missing)


async def _fill(
    export: Export,
    batches: AsyncIterator[list[Row]],
    file: IO[bytes],
    form: Format = "csv",
    encoding: Encoding = "utf-8",
) -> Written:
    out, rows = sheets.sheet(file, export.columns, form, encoding), 0
    try:
        async for batch in batches:
            await asyncio.to_thread(out.write, batch)
            rows += len(batch)
        await asyncio.to_thread(out.close)
    finally:
        out.discard()
    return Written(rows, out.replaced)


async def _record(
    runtime: Runtime,
    export: Export,
    given: Input,
    call_id: str,
    shop_id: str,
    principal: Principal,
) -> None:
    filters = given.model_dump_json(exclude={"page", "size"})
    entry = audit.Entry(
        id=call_id,
        tool=f"export.{export.table}",
        risk="read",
        principal=principal,
        idempotency_key=None,
        fingerprint=hashlib.sha256(
            f"{export.table}\n{principal.id}\n{filters}".encode()
        ).hexdigest(),
        approval_id=None,
        output=None,
    )
    async with runtime.db.transaction(shop_id) as session:
        await audit.record(session, entry)
