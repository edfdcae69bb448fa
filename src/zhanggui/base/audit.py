"""The audit log: one row for every call that changed something or showed personal data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Index, String, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base import clock
from zhanggui.base.db import Base, ShopScoped, holds
from zhanggui.base.mentions import Mentions
from zhanggui.base.principals import Principal

_AT_ONCE = 500


class ToolCallRow(ShopScoped, Base):
    """A call of a tool. Inputs are not kept, since they may hold personal data: their hash is."""

    __tablename__ = "tool_calls"
    __table_args__ = (
        Index("tool_calls_by_time", "shop_id", "at"),
        Index("tool_calls_by_key", "shop_id", "tool", "idempotency_key", unique=True),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    tool: Mapped[str] = mapped_column(String(80))
    risk: Mapped[str] = mapped_column(String(8))
    principal_id: Mapped[str] = mapped_column(String(64))
    principal_kind: Mapped[str] = mapped_column(String(16))
    role: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    idempotency_key: Mapped[str | None] = mapped_column(String(128))
    fingerprint: Mapped[str] = mapped_column(String(64))
    approval_id: Mapped[str | None] = mapped_column(String(40))
    output: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


@dataclass(frozen=True, slots=True)
class Entry:
    """What is recorded of a call."""

    id: str
    tool: str
    risk: str
    principal: Principal
    idempotency_key: str | None
    fingerprint: str
    approval_id: str | None
    output: dict[str, Any] | None


async def record(session: AsyncSession, entry: Entry) -> None:
    """Write the entry in the call's transaction."""
    session.add(
        ToolCallRow(
            shop_id=session.info["shop_id"],
            id=entry.id,
            tool=entry.tool,
            risk=entry.risk,
            principal_id=entry.principal.id,
            principal_kind=entry.principal.kind,
            role=entry.principal.role,
            at=clock.now(),
            idempotency_key=entry.idempotency_key,
            fingerprint=entry.fingerprint,
            approval_id=entry.approval_id,
            output=entry.output,
        )
    )
    await session.flush()


async def find(
    session: AsyncSession, shop_id: str, tool: str, idempotency_key: str
) -> ToolCallRow | None:
    """The call made with this key, if any."""
    return await session.scalar(
        select(ToolCallRow).where(
            ToolCallRow.shop_id == shop_id,
            ToolCallRow.tool == tool,
            ToolCallRow.idempotency_key == idempotency_key,
        )
    )


async def recent(session: AsyncSession, shop_id: str, limit: int = 100) -> list[ToolCallRow]:
    """The newest entries first."""
    query = (
        select(ToolCallRow)
        .where(ToolCallRow.shop_id == shop_id)
        .order_by(ToolCallRow.at.desc(), ToolCallRow.id.desc())
        .limit(limit)
    )
    return list(await session.scalars(query))


async def forget(session: AsyncSession, shop_id: str, whom: Mentions) -> None:
    """Keep no output that mentions a person; such a call can no longer be replayed."""
    query = (
        select(ToolCallRow.id, ToolCallRow.output)
        .where(ToolCallRow.shop_id == shop_id, ToolCallRow.output.is_not(None))
        .execution_options(yield_per=_AT_ONCE)
    )
    found: list[str] = []
    async for rows in (await session.stream(query)).partitions():
        found += whom.among((row.id, row.output) for row in rows)
    for start in range(0, len(found), _AT_ONCE):
        which = ToolCallRow.id.in_(found[start : start + _AT_ONCE])
        await _empty(session, shop_id, which)


async def forget_outputs(session: AsyncSession, shop_id: str, tools: Collection[str]) -> None:
    """Keep no output of some tools, of which nothing tells whom it is about."""
    await _empty(session, shop_id, ToolCallRow.tool.in_(tools) & ToolCallRow.output.is_not(None))


async def forget_quoting(
    session: AsyncSession, shop_id: str, tools: Collection[str], ids: Collection[str]
) -> None:
    """Keep no output of some tools that names one of some records."""
    for id_ in ids:
        which = ToolCallRow.tool.in_(tools) & ToolCallRow.output.is_not(None)
        await _empty(session, shop_id, which & holds(ToolCallRow.output, id_))


async def _empty(session: AsyncSession, shop_id: str, which: ColumnElement[bool]) -> None:
    await session.execute(
        update(ToolCallRow)
        .where(ToolCallRow.shop_id == shop_id, which)
        .values(output=None, idempotency_key=None)
    )
