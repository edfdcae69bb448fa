"""Tables that can be taken away as files.

A room registers each beside the tool that lists it: who may call the tool may take the table, and
the tool's filters narrow it. Personal data comes masked, and who took it is recorded.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import IO, Any

from zhanggui.base import audit, sheets, tools
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
    whether its rows are about people."""

    table: str
    name: Text
    tool: str
    columns: tuple[Column, ...]
    rows: Rows
    is_personal: bool = False


REGISTRY: dict[str, Export] = {}
"""Every registered export by its table."""


def register(export: Export) -> None:
    """Make a table known; raises TypeError where another is called so."""
    if REGISTRY.setdefault(export.table, export).tool != export.tool:
        raise TypeError(f"two tables are called {export.table}")


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
    out, rows = sheets.sheet(file, export.columns, form, encoding), 0
    try:
        async with runtime.db.reading(shop_id) as session:
            call = Call(runtime, session, shop_id, principal, call_id)
            async for batch in export.rows(call, given):
                await asyncio.to_thread(out.write, batch)
                rows += len(batch)
        await asyncio.to_thread(out.close)
    finally:
        out.discard()
    if export.is_personal:
        await _record(runtime, export, given, call_id, shop_id, principal)
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
