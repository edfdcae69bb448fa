"""Lists as they are shown: a page of a query, and looking for a text in a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

T = TypeVar("T")
Query = Select[*tuple[Any, ...]]
"""A query whatever its columns."""


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """Some rows of a result and how many there are in all."""

    rows: list[T]
    total: int


async def rows_of(session: AsyncSession, query: Query, page: int, size: int) -> Slice[Any]:
    """Page `page`, from 1, of a query of several columns."""
    rows = (await session.execute(query.limit(size).offset((page - 1) * size))).all()
    return Slice(list(rows), await _total(session, query))


async def records_of(session: AsyncSession, query: Select[T], page: int, size: int) -> Slice[T]:
    """Page `page`, from 1, of a query of one entity."""
    rows = await session.scalars(query.limit(size).offset((page - 1) * size))
    return Slice(list(rows), await _total(session, query))


async def _total(session: AsyncSession, query: Select[Any]) -> int:
    count = select(func.count()).select_from(query.order_by(None).subquery())
    return int(await session.scalar(count) or 0)


def any_holding(text: str, *columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Whether one of the columns has `text` in it, in capitals or not."""
    like = holding(text)
    return or_(*(column.ilike(like, escape="\\") for column in columns))


def holding(text: str) -> str:
    r"""The pattern of ``ilike(…, escape="\\")`` for what has `text` in it."""
    escaped = text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"
