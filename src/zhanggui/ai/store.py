"""Every query of the seam to models; each takes the shop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai.models import ModelBudget, ModelCall, ModelDay, ModelSharing
from zhanggui.base.db import inserting
from zhanggui.base.listing import Slice, records_of

WHOLE_SHOP = "*"


async def budgets(session: AsyncSession, shop_id: str) -> Sequence[ModelBudget]:
    """What may be spent, by room."""
    query = select(ModelBudget).where(ModelBudget.shop_id == shop_id).order_by(ModelBudget.room)
    return (await session.scalars(query)).all()


async def budget(session: AsyncSession, shop_id: str, room: str) -> ModelBudget | None:
    """What a room may spend."""
    return await session.get(ModelBudget, (shop_id, room))


async def sharing(session: AsyncSession, shop_id: str) -> ModelSharing | None:
    """What may leave; None where nobody chose."""
    return await session.get(ModelSharing, shop_id)


async def calls(
    session: AsyncSession,
    shop_id: str,
    *,
    which: Literal["all", "failed", "left"],
    page: int,
    size: int,
) -> Slice[ModelCall]:
    """Calls to models, the newest first: all, or those that were not answered, or those of which
    something left for a server that is not the shop's own."""
    query = select(ModelCall).where(ModelCall.shop_id == shop_id)
    if which == "failed":
        query = query.where(ModelCall.outcome.not_in(("answered", "cached")))
    elif which == "left":
        query = query.where(
            ModelCall.is_near.is_(False),
            ModelCall.sent_characters + ModelCall.sent_pictures > 0,
        )
    query = query.order_by(ModelCall.at.desc(), ModelCall.id.desc())
    return await records_of(session, query, page, size)


async def add_to_day(session: AsyncSession, row: ModelDay) -> None:
    """Add a call to its day."""
    values = {column.name: getattr(row, column.name) for column in ModelDay.__table__.columns}
    keys = ["shop_id", "day", "room", "model"]
    insert = inserting(session, ModelDay).values(values)
    sums = {
        name: getattr(ModelDay, name) + insert.excluded[name] for name in values if name not in keys
    }
    await session.execute(insert.on_conflict_do_update(index_elements=keys, set_=sums))


async def days(session: AsyncSession, shop_id: str, since: date, until: date) -> Sequence[ModelDay]:
    """What was spent on some days, both included, by day, room and model."""
    query = (
        select(ModelDay)
        .where(ModelDay.shop_id == shop_id, ModelDay.day >= since, ModelDay.day <= until)
        .order_by(ModelDay.day, ModelDay.room, ModelDay.model)
    )
    return (await session.scalars(query)).all()


async def spent_by_room(
    session: AsyncSession, shop_id: str, since: date, until: date
) -> dict[str, int]:
    """What each room spent on some days, in millionths of a yuan."""
    query = (
        select(ModelDay.room, func.sum(ModelDay.cost_micro))
        .where(ModelDay.shop_id == shop_id, ModelDay.day >= since, ModelDay.day <= until)
        .group_by(ModelDay.room)
    )
    return {room: int(cost) for room, cost in await session.execute(query)}
