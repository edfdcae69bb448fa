"""Putting records into a shop the way an import does, without its files and workflows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhanggui.base import events
from zhanggui.base.runtime import Runtime
from zhanggui.knowledge import tools as knowledge_tools
from zhanggui.shop import tools as shop_tools
from zhanggui.shop.events import ImportFinished
from zhanggui.shop.importing import sinks, undoing
from zhanggui.shop.importing.writing import Writer

__all__ = ["knowledge_tools", "load", "shop_tools", "undo"]


def _loading(runtime: Runtime, session: Any, shop_id: str, import_id: str) -> sinks.Loading:
    return sinks.Loading(
        session=session,
        shop_id=shop_id,
        import_id=import_id,
        cipher=runtime.cipher,
        blobs=runtime.blobs,
        folder=None,
        path="",
        exported_at=None,
        writer=Writer(session, shop_id, import_id),
    )


async def load(
    runtime: Runtime, shop_id: str, records: Sequence[Any], import_id: str = "imp_1"
) -> None:
    """Apply `records` and finish, as one import."""
    async with runtime.db.transaction(shop_id) as session:
        loading = _loading(runtime, session, shop_id, import_id)
        await sinks.apply(loading, records)
        for sink in sinks.registered():
            if sink.finish is not None:
                await sink.finish(loading)
        count = len(records)
        await events.append(
            session, ImportFinished(import_id=import_id, accepted=count, rejected=0)
        )


async def undo(runtime: Runtime, shop_id: str, import_id: str = "imp_1") -> None:
    """Take an import back."""
    tables = list(dict.fromkeys(t for sink in sinks.registered() for t in sink.tables))
    await undoing.undo(runtime.db, shop_id, import_id, tables)
    async with runtime.db.transaction(shop_id) as session:
        for sink in sinks.registered():
            if sink.undo is not None:
                await sink.undo(_loading(runtime, session, shop_id, import_id))
