"""The queries of the pictures and films that are being made; each takes the shop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai.models import ModelTask
from zhanggui.base.db import EVERY_SHOP, Database, inserting

ENDED = ("done", "failed")


async def task(
    session: AsyncSession, shop_id: str, task_id: str, *, held: bool = False
) -> ModelTask | None:
    """One task; `held` until the transaction ends."""
    return await session.get(ModelTask, (shop_id, task_id), with_for_update=held or None)


async def by_request(session: AsyncSession, shop_id: str, request: str) -> ModelTask | None:
    """The task that a caller's request made."""
    query = select(ModelTask).where(ModelTask.shop_id == shop_id, ModelTask.request == request)
    return await session.scalar(query)


async def add(session: AsyncSession, row: ModelTask) -> None:
    """Add a task, unless its request made one already."""
    columns = ModelTask.__table__.columns
    values = {column.name: getattr(row, column.name) for column in columns}
    insert = inserting(session, ModelTask).values(values)
    await session.execute(insert.on_conflict_do_nothing(index_elements=["shop_id", "request"]))


async def made_before(
    db: Database, shop_id: str, result: str, models: Sequence[str], since: datetime, *, shared: bool
) -> ModelTask | None:
    """The newest task that made the same by one of some models since a moment: one of the shop, or
    where it may be `shared` one that any shop of the house shares."""
    query = select(ModelTask).where(
        ModelTask.result == result,
        ModelTask.state == "done",
        ModelTask.model.in_(models),
        ModelTask.ended_at >= since,
    )
    if shared:
        query = query.where(ModelTask.is_shared)
    else:
        query = query.where(ModelTask.shop_id == shop_id)
    query = query.order_by(ModelTask.ended_at.desc()).limit(1)
    async with db.reading(EVERY_SHOP if shared else shop_id) as session:
        return await session.scalar(query)


async def expected_by_room(session: AsyncSession, shop_id: str) -> dict[str, int]:
    """What each room's tasks that are under way will cost, in millionths of a yuan."""
    query = (
        select(ModelTask.room, func.sum(ModelTask.expected_micro))
        .where(ModelTask.shop_id == shop_id, ModelTask.state.in_(("submitting", "running")))
        .group_by(ModelTask.room)
    )
    return {room: int(cost) for room, cost in await session.execute(query)}


async def unfinished(db: Database) -> Sequence[ModelTask]:
    """The tasks of all shops that have not ended, the oldest first."""
    query = (
        select(ModelTask)
        .where(ModelTask.state.not_in(ENDED))
        .order_by(ModelTask.made_at, ModelTask.id)
    )
    async with db.reading(EVERY_SHOP) as session:
        return (await session.scalars(query)).all()


async def claimed(db: Database, server: str, their_ids: Iterable[str]) -> set[str]:
    """Those of a server's tasks that are known to be somebody's, of whichever shop."""
    query = select(ModelTask.their_id).where(
        ModelTask.server == server, ModelTask.their_id.in_(list(their_ids))
    )
    async with db.reading(EVERY_SHOP) as session:
        return {each for each in await session.scalars(query) if each is not None}


async def others_untold(
    db: Database, server: str, model: str, task_id: str, since: datetime, until: datetime
) -> Sequence[ModelTask]:
    """The other tasks of all shops that asked a model between two moments and do not know which of
    the server's tasks is theirs: what appears in the list may be one's of these."""
    query = select(ModelTask).where(
        ModelTask.server == server,
        ModelTask.model == model,
        ModelTask.id != task_id,
        ModelTask.their_id.is_(None),
        (ModelTask.state == "submitting") | (ModelTask.failure == "lost"),
        ModelTask.submitted_at.between(since, until),
    )
    async with db.reading(EVERY_SHOP) as session:
        return (await session.scalars(query)).all()
