"""Invitations to a shop. The token is ``<shop>.<id>.<secret>``: the shop leads, so that the row
can be found under row-level security before anybody has signed in."""

from __future__ import annotations

import hmac
from datetime import timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.auth import links
from zhanggui.base.auth.accounts import MemberRole
from zhanggui.base.auth.models import InvitationRow
from zhanggui.base.errors import Unauthenticated
from zhanggui.base.ids import digest, is_shop_id, new_id, new_secret
from zhanggui.base.words import Text

LASTS = timedelta(days=7)
_AGAIN = Text("请店主再发一次邀请。", "Ask the shop's owner to invite you again.")


async def issue(session: AsyncSession, *, email: str, role: MemberRole, by: str) -> str:
    """A token for this e-mail (lower case); ends an older invitation of the same e-mail."""
    shop_id, secret, now = session.info["shop_id"], new_secret(), clock.now()
    await session.execute(
        delete(InvitationRow).where(
            InvitationRow.shop_id == shop_id,
            (InvitationRow.email == email) | (InvitationRow.ends_at <= now),
        )
    )
    row = InvitationRow(
        shop_id=shop_id,
        id=new_id("inv"),
        email=email,
        role=role,
        digest=digest(secret),
        invited_by=by,
        created_at=now,
        ends_at=now + LASTS,
    )
    session.add(row)
    await session.flush()
    return f"{shop_id}.{row.id}.{secret}"


async def are_open(session: AsyncSession, shop_id: str) -> bool:
    """Whether an invitation waits to be accepted."""
    waiting = exists().where(InvitationRow.shop_id == shop_id, InvitationRow.ends_at > clock.now())
    return bool(await session.scalar(select(waiting)))


async def withdraw_from(session: AsyncSession, shop_id: str, user_id: str) -> None:
    """End every invitation a person made, as when they leave the shop."""
    await session.execute(
        delete(InvitationRow).where(
            InvitationRow.shop_id == shop_id, InvitationRow.invited_by == user_id
        )
    )


def unusable() -> Unauthenticated:
    """The error for an invitation that was used, withdrawn, has ended or never was."""
    return links.unusable(_AGAIN)


def shop_of(token: str) -> str:
    """The shop a token names; raises Unauthenticated when it cannot be one."""
    parts = token.split(".")
    if len(parts) != 3 or not is_shop_id(parts[0]) or not token.isascii():
        raise unusable()
    return parts[0]


async def find(session: AsyncSession, token: str) -> InvitationRow:
    """The invitation of a token, held against others by a writer; raises Unauthenticated."""
    shop_id, invitation_id, secret = token.split(".")
    query = select(InvitationRow).where(
        InvitationRow.shop_id == shop_id,
        InvitationRow.id == invitation_id,
        InvitationRow.ends_at > clock.now(),
    )
    row = await session.scalar(query if session.info["read_only"] else query.with_for_update())
    if row is None or not hmac.compare_digest(row.digest, digest(secret)):
        raise unusable()
    return row
