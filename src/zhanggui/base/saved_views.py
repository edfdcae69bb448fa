"""Named ways to look at a list: a person's own, and those the shop's staff share.

What a view shows is what the console's address says, so it may name whoever was searched for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base import clock
from zhanggui.base.db import Base, ShopScoped, hold
from zhanggui.base.errors import Conflict, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.mentions import Mentions
from zhanggui.base.words import Text

KIND = Text("视图", "view")
MOST = 50
"""Of one list, for each person and for what is shared."""

EVERYBODY = ""
"""Whose a shared view is: the shop's, so that it stays when who shared it leaves."""


class SavedViewRow(ShopScoped, Base):
    """A view of a list; `user_id` is :data:`EVERYBODY` for a shared one."""

    __tablename__ = "saved_views"
    __table_args__ = (
        Index("saved_views_by_name", "shop_id", "list_name", "user_id", "name", unique=True),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    list_name: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(30))
    shows: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class DefaultViewRow(ShopScoped, Base):
    """The view in which a person's list opens."""

    __tablename__ = "default_views"

    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    list_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    view_id: Mapped[str] = mapped_column(String(40))


async def seen(
    session: AsyncSession, shop_id: str, list_name: str, user_id: str
) -> list[SavedViewRow]:
    """The views of a list that a person sees: their own, then the shared, the oldest first."""
    query = (
        select(SavedViewRow)
        .where(
            SavedViewRow.shop_id == shop_id,
            SavedViewRow.list_name == list_name,
            SavedViewRow.user_id.in_((user_id, EVERYBODY)),
        )
        .order_by(SavedViewRow.user_id == EVERYBODY, SavedViewRow.created_at, SavedViewRow.id)
    )
    return list(await session.scalars(query))


async def get(session: AsyncSession, shop_id: str, view_id: str, user_id: str) -> SavedViewRow:
    """A view that a person sees, held against others; raises NotFound."""
    row = await session.scalar(
        select(SavedViewRow)
        .where(
            SavedViewRow.shop_id == shop_id,
            SavedViewRow.id == view_id,
            SavedViewRow.user_id.in_((user_id, EVERYBODY)),
        )
        .with_for_update()
    )
    if row is None:
        raise not_found(KIND, view_id)
    return row


async def save(
    session: AsyncSession,
    shop_id: str,
    list_name: str,
    user_id: str,
    name: str,
    shows: Mapping[str, Any],
) -> SavedViewRow:
    """Keep a view of a person's own; one of the same name shows this from now on. Raises Conflict
    where there are too many."""
    await _hold(session, shop_id, list_name, user_id)
    row = await _named(session, shop_id, list_name, user_id, name)
    if row is None:
        await _must_have_room(session, shop_id, list_name, user_id)
        row = SavedViewRow(
            shop_id=shop_id,
            id=new_id("view"),
            list_name=list_name,
            user_id=user_id,
            name=name,
            created_at=clock.now(),
        )
        session.add(row)
    row.shows = dict(shows)
    await session.flush()
    return row


async def rename(session: AsyncSession, row: SavedViewRow, name: str) -> None:
    """Call a view something else; raises Conflict where another beside it is called so."""
    await _hold(session, row.shop_id, row.list_name, row.user_id)
    if name != row.name:
        await _must_be_free(session, row, row.user_id, name)
    row.name = name
    await session.flush()


async def give(session: AsyncSession, row: SavedViewRow, user_id: str) -> None:
    """Make a view a person's, or :data:`EVERYBODY`'s; raises Conflict where they have one of that
    name or too many."""
    if row.user_id == user_id:
        return
    await _hold(session, row.shop_id, row.list_name, user_id)
    await _must_be_free(session, row, user_id, row.name)
    await _must_have_room(session, row.shop_id, row.list_name, user_id)
    row.user_id = user_id
    await session.flush()


async def remove(session: AsyncSession, row: SavedViewRow) -> None:
    """Take a view away; a list that opened in it opens as it is."""
    await session.execute(
        delete(DefaultViewRow).where(
            DefaultViewRow.shop_id == row.shop_id, DefaultViewRow.view_id == row.id
        )
    )
    await session.delete(row)
    await session.flush()


async def default_of(
    session: AsyncSession, shop_id: str, list_name: str, user_id: str
) -> str | None:
    """The id of the view in which a person's list opens."""
    row = await session.get(DefaultViewRow, (shop_id, user_id, list_name))
    return None if row is None else row.view_id


async def set_default(
    session: AsyncSession, shop_id: str, list_name: str, user_id: str, view_id: str | None
) -> None:
    """Have a person's list open in a view, or (None) as it is."""
    await _hold(session, shop_id, list_name, user_id)
    row = await session.get(DefaultViewRow, (shop_id, user_id, list_name))
    if view_id is None:
        if row is not None:
            await session.delete(row)
    elif row is None:
        session.add(
            DefaultViewRow(shop_id=shop_id, user_id=user_id, list_name=list_name, view_id=view_id)
        )
    else:
        row.view_id = view_id
    await session.flush()


async def remove_of(session: AsyncSession, shop_id: str, user_id: str) -> None:
    """Keep nothing of a person's own; what they shared stays the shop's."""
    for table in (SavedViewRow, DefaultViewRow):
        await session.execute(
            delete(table).where(table.shop_id == shop_id, table.user_id == user_id)
        )


async def forget(session: AsyncSession, shop_id: str, whom: Mentions) -> None:
    """Keep no view that looks for a person."""
    query = select(SavedViewRow).where(SavedViewRow.shop_id == shop_id)
    for row in (await session.scalars(query)).all():
        if whom.among([(row.id, [row.name, row.shows])]):
            await remove(session, row)


async def _hold(session: AsyncSession, shop_id: str, list_name: str, user_id: str) -> None:
    await hold(session, f"{shop_id}/views/{list_name}/{user_id}")


async def _named(
    session: AsyncSession, shop_id: str, list_name: str, user_id: str, name: str
) -> SavedViewRow | None:
    return await session.scalar(
        select(SavedViewRow).where(
            SavedViewRow.shop_id == shop_id,
            SavedViewRow.list_name == list_name,
            SavedViewRow.user_id == user_id,
            SavedViewRow.name == name,
        )
    )


async def _must_be_free(session: AsyncSession, row: SavedViewRow, user_id: str, name: str) -> None:
    if await _named(session, row.shop_id, row.list_name, user_id, name) is not None:
        raise Conflict(
            Text(f"已有叫“{name}”的视图", f"Another view is called “{name}”"),
            hint=Text("换一个名字再试。", "Choose another name."),
            where="name",
        )


async def _must_have_room(
    session: AsyncSession, shop_id: str, list_name: str, user_id: str
) -> None:
    count = await session.scalar(
        select(func.count()).where(
            SavedViewRow.shop_id == shop_id,
            SavedViewRow.list_name == list_name,
            SavedViewRow.user_id == user_id,
        )
    )
    if (count or 0) >= MOST:
        raise Conflict(
            Text(f"一个列表最多保存 {MOST} 个视图", f"A list keeps at most {MOST} views"),
            hint=Text("先删掉不用的视图。", "Remove one that is not used first."),
            where=list_name,
        )
