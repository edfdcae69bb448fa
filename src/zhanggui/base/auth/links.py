"""One-time links: the operator's sign-in link and password resets.

There is no mail server to rely on, so both are printed where only the machine's owner reads: at
start, and by ``zhanggui owner-link`` and ``zhanggui reset-link``.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.auth.models import OneTimeTokenRow, UserRow
from zhanggui.base.errors import Unauthenticated
from zhanggui.base.ids import digest, new_secret
from zhanggui.base.words import Text

Purpose = Literal["sign_in", "reset"]
LASTS: dict[Purpose, timedelta] = {
    "sign_in": timedelta(minutes=15),
    "reset": timedelta(hours=1),
}
_AGAIN: dict[Purpose, Text] = {
    "sign_in": Text(
        "在运行掌柜的机器上执行 zhanggui owner-link，取得新的链接。",
        "Get a new one: run zhanggui owner-link on the machine.",
    ),
    "reset": Text(
        "请运行掌柜的人执行 zhanggui reset-link，取得新的链接。",
        "Ask for a new one: zhanggui reset-link prints it on the machine.",
    ),
}


async def issue(session: AsyncSession, user: UserRow, purpose: Purpose) -> str:
    """A token for the account; a newer one of the same purpose ends the older."""
    token, now = new_secret(), clock.now()
    await session.execute(
        delete(OneTimeTokenRow).where(
            ((OneTimeTokenRow.user_id == user.id) & (OneTimeTokenRow.purpose == purpose))
            | (OneTimeTokenRow.ends_at <= now)
        )
    )
    session.add(
        OneTimeTokenRow(
            digest=digest(token), purpose=purpose, user_id=user.id, ends_at=now + LASTS[purpose]
        )
    )
    await session.flush()
    return token


async def use(session: AsyncSession, token: str, purpose: Purpose) -> UserRow:
    """The token's account; the token is gone. Raises Unauthenticated for one that is not valid."""
    # Removing it is what claims it: of two at once, one deletes a row and the other none.
    claimed = (
        await session.execute(
            delete(OneTimeTokenRow)
            .where(OneTimeTokenRow.digest == digest(token), OneTimeTokenRow.purpose == purpose)
            .returning(OneTimeTokenRow.user_id, OneTimeTokenRow.ends_at)
        )
    ).one_or_none()
    user = None
    if claimed is not None and claimed.ends_at > clock.now():
        user = await session.get(UserRow, claimed.user_id)
    if user is None:
        raise unusable(_AGAIN[purpose])
    return user


def unusable(again: Text) -> Unauthenticated:
    """The error for a link that was used, has ended or never was; `again` says how to get one."""
    return Unauthenticated(
        Text("链接已失效或已被使用", "This link has ended or was used already"),
        hint=again,
        where="token",
    )
