"""What waits for a person: a stored call, shown as it is and run as it was shown.

Its input may hold a receiver's phone and address, so it is sealed at rest.
"""

from __future__ import annotations

import base64
import contextlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel
from sqlalchemy import Index, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base import clock
from zhanggui.base.crypto import Cipher
from zhanggui.base.db import Base, ShopScoped
from zhanggui.base.errors import Conflict, Unavailable, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.mentions import Mentions
from zhanggui.base.principals import Principal
from zhanggui.base.words import Text

if TYPE_CHECKING:  # tools calls approvals; approvals only names its types.
    from zhanggui.base.tools import Input, Tool

_FIELD = "approval.given"
KIND = Text("审批", "approval")
LASTS = timedelta(days=7)
"""How long a proposal may wait before what it rests on is taken to have changed."""

Status = Literal["waiting", "approved", "rejected", "expired"]


@dataclass(frozen=True, slots=True)
class Key:
    """A caller's idempotency key, and the hash of who called with what."""

    key: str
    fingerprint: str


class ApprovalRow(ShopScoped, Base):
    """A proposed call and what became of it."""

    __tablename__ = "approvals"
    __table_args__ = (
        Index("approvals_by_status", "shop_id", "status", "created_at"),
        Index("approvals_by_key", "shop_id", "tool", "idempotency_key", unique=True),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    tool: Mapped[str] = mapped_column(String(80))
    risk: Mapped[str] = mapped_column(String(8))
    given: Mapped[dict[str, Any]]
    fingerprint: Mapped[str] = mapped_column(String(64))
    idempotency_key: Mapped[str | None] = mapped_column(String(128))
    status: Mapped[str] = mapped_column(String(16))
    requested_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[datetime | None]


class ApprovalView(BaseModel):
    """A proposal as a person sees it: the very input that will run."""

    id: str
    tool: str
    purpose: str
    risk: str
    given: dict[str, Any]
    status: Status
    requested_by: str
    created_at: datetime
    expires_at: datetime


def needs_person(risk: str, principal: Principal) -> bool:
    """The standing policy: what an assistant would act on waits, and so does money.

    A person's own click is their approval, except that spending is the owner's to approve.
    """
    if principal.kind == "system":
        return False
    if principal.kind == "assistant":
        return risk in ("act", "spend") and principal.role != "shopper"
    return risk == "spend" and principal.role == "agent"


async def require(
    session: AsyncSession,
    cipher: Cipher,
    tool: Tool,
    given: Input,
    principal: Principal,
    key: Key | None,
) -> ApprovalView | None:
    """Store the call as a proposal when policy wants a person for it; None when it may run."""
    if not needs_person(tool.risk, principal):
        return None
    shop_id = session.info["shop_id"]
    row = ApprovalRow(
        shop_id=shop_id,
        id=new_id("apr"),
        tool=tool.name,
        risk=tool.risk,
        given=_sealed(cipher, shop_id, given.model_dump(mode="json")),
        fingerprint=key.fingerprint if key else "",
        idempotency_key=key.key if key else None,
        status="waiting",
        requested_by=principal.id,
        created_at=clock.now(),
    )
    session.add(row)
    await session.flush()
    return view(row, str(tool.purpose), cipher)


def _sealed(cipher: Cipher, shop_id: str, given: dict[str, Any]) -> dict[str, Any]:
    sealed = cipher.encrypt(json.dumps(given, ensure_ascii=False), shop_id=shop_id, field=_FIELD)
    return {"sealed": base64.b64encode(sealed).decode()}


def given_of(row: ApprovalRow, cipher: Cipher) -> dict[str, Any]:
    """The input that was proposed. Raises Unavailable when it was sealed with another key."""
    if set(row.given) != {"sealed"}:  # Proposed by a release that did not seal it.
        return row.given
    sealed = base64.b64decode(row.given["sealed"])
    given: dict[str, Any] = json.loads(cipher.decrypt(sealed, shop_id=row.shop_id, field=_FIELD))
    return given


def _status(row: ApprovalRow) -> Status:
    status: Any = row.status
    late = status == "waiting" and clock.now() > row.created_at + LASTS
    return "expired" if late else status


def view(row: ApprovalRow, purpose: str, cipher: Cipher) -> ApprovalView:
    """The row as a person sees it; of one that was sealed with another key, that it cannot be
    read: it can be rejected still."""
    try:
        given = given_of(row, cipher)
    except Unavailable as error:
        given = {"unreadable": str(error.what)}
    return ApprovalView(
        id=row.id,
        tool=row.tool,
        purpose=purpose,
        risk=row.risk,
        given=given,
        status=_status(row),
        requested_by=row.requested_by,
        created_at=row.created_at,
        expires_at=row.created_at + LASTS,
    )


async def waiting(session: AsyncSession, shop_id: str) -> list[ApprovalRow]:
    """Proposals that wait, oldest first."""
    query = (
        select(ApprovalRow)
        .where(
            ApprovalRow.shop_id == shop_id,
            ApprovalRow.status == "waiting",
            ApprovalRow.created_at > clock.now() - LASTS,
        )
        .order_by(ApprovalRow.created_at)
    )
    return list(await session.scalars(query))


async def proposed(
    session: AsyncSession, cipher: Cipher, shop_id: str, tool: str
) -> list[dict[str, Any]]:
    """The inputs of a tool's proposals that wait. One that was sealed with another key is left
    out: it can only be rejected."""
    found = []
    for row in await waiting(session, shop_id):
        if row.tool == tool:
            with contextlib.suppress(Unavailable):
                found.append(given_of(row, cipher))
    return found


async def find(
    session: AsyncSession, shop_id: str, tool: str, idempotency_key: str
) -> ApprovalRow | None:
    """The proposal that a call with this key became, if any."""
    return await session.scalar(
        select(ApprovalRow).where(
            ApprovalRow.shop_id == shop_id,
            ApprovalRow.tool == tool,
            ApprovalRow.idempotency_key == idempotency_key,
        )
    )


async def decide(
    session: AsyncSession, shop_id: str, approval_id: str, *, approve: bool, by: Principal
) -> ApprovalRow:
    """Mark a waiting proposal; raises NotFound, or Conflict when it no longer waits."""
    row = await session.scalar(
        select(ApprovalRow)
        .where(ApprovalRow.shop_id == shop_id, ApprovalRow.id == approval_id)
        .with_for_update()
    )
    if row is None:
        raise not_found(KIND, approval_id)
    if _status(row) != "waiting":
        raise Conflict(
            Text("这条审批已经处理过或已过期", "This proposal was decided already or has expired"),
            hint=Text("刷新列表查看最新状态。", "Refresh the list to see where it stands."),
            where=approval_id,
        )
    row.status = "approved" if approve else "rejected"
    row.decided_by, row.decided_at = by.id, clock.now()
    await session.flush()
    return row


async def forget(session: AsyncSession, cipher: Cipher, shop_id: str, whom: Mentions) -> None:
    """Keep no proposal whose input mentions a person, nor one of which nobody can tell."""
    rows = await session.scalars(select(ApprovalRow).where(ApprovalRow.shop_id == shop_id))
    for row in rows.all():
        try:
            given = given_of(row, cipher)
        except Unavailable:
            await session.delete(row)
            continue
        if whom.among([(row.id, given)]):
            await session.delete(row)
