"""Signed-in browsers. The token is in a cookie; the database knows its digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.auth.models import MembershipRow, SessionRow, UserRow
from zhanggui.base.db import NO_SHOP, Database
from zhanggui.base.errors import not_found
from zhanggui.base.ids import digest, new_id, new_secret
from zhanggui.base.words import Text

KIND = Text("登录", "session")
IDLE = timedelta(days=7)
LASTS = timedelta(days=30)
_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A valid session, its account, and the role in the shop that was asked about."""

    session: SessionRow
    user: UserRow
    role: str | None = None


async def begin(session: AsyncSession, user: UserRow, *, client: str) -> str:
    """Open a session and return its token; never continues an older token (no fixation)."""
    token, now = new_secret(), clock.now()
    session.add(
        SessionRow(
            id=new_id("ses"),
            digest=digest(token),
            user_id=user.id,
            client=client[:200],
            created_at=now,
            seen_at=now,
            ends_at=now + LASTS,
        )
    )
    await session.flush()
    return token


async def find(db: Database, token: str, *, shop_id: str | None = None) -> SignedIn | None:
    """Whose session this is, with their role in `shop_id`; None when it has ended."""
    now = clock.now()
    valid = (
        SessionRow.digest == digest(token),
        SessionRow.ends_at > now,
        SessionRow.seen_at > now - IDLE,
    )
    join = select(SessionRow, UserRow).join(UserRow, UserRow.id == SessionRow.user_id)
    async with db.reading(shop_id or NO_SHOP) as session:
        found = (await session.execute(join.where(*valid))).one_or_none()
        if found is None:
            return None
        role = None
        if shop_id is not None:
            role = await session.scalar(
                select(MembershipRow.role).where(
                    MembershipRow.shop_id == shop_id, MembershipRow.user_id == found[1].id
                )
            )
    row, user = found
    if now - row.seen_at > _SEEN_EVERY:
        async with db.transaction(NO_SHOP) as session:
            await session.execute(
                update(SessionRow).where(SessionRow.id == row.id).values(seen_at=now)
            )
    return SignedIn(row, user, role)


async def listed(session: AsyncSession, user_id: str) -> list[SessionRow]:
    """The account's open sessions, the last used first."""
    now = clock.now()
    query = (
        select(SessionRow)
        .where(
            SessionRow.user_id == user_id,
            SessionRow.ends_at > now,
            SessionRow.seen_at > now - IDLE,
        )
        .order_by(SessionRow.seen_at.desc())
    )
    return list(await session.scalars(query))


async def revoke(session: AsyncSession, user_id: str, session_id: str) -> None:
    """End one session of the account; raises NotFound."""
    ended = await session.scalar(
        delete(SessionRow)
        .where(SessionRow.user_id == user_id, SessionRow.id == session_id)
        .returning(SessionRow.id)
    )
    if ended is None:
        raise not_found(KIND, session_id)


async def end(session: AsyncSession, token: str) -> None:
    """End the session of this token, if there is one."""
    await session.execute(delete(SessionRow).where(SessionRow.digest == digest(token)))


async def end_all(session: AsyncSession, user_id: str, *, but: str | None = None) -> None:
    """End every session of the account, except the one with the id `but`."""
    query = delete(SessionRow).where(SessionRow.user_id == user_id)
    if but is not None:
        query = query.where(SessionRow.id != but)
    await session.execute(query)


async def forget_ended(session: AsyncSession) -> None:
    """Remove sessions that have ended."""
    now = clock.now()
    await session.execute(
        delete(SessionRow).where((SessionRow.ends_at <= now) | (SessionRow.seen_at <= now - IDLE))
    )
