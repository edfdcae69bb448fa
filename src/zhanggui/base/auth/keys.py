"""API keys: ``zg_<shop>_<id>_<secret>``, made by an owner, for one shop and one role."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.auth.accounts import MemberRole, roles_above
from zhanggui.base.auth.models import ApiKeyRow
from zhanggui.base.db import Database
from zhanggui.base.errors import not_found
from zhanggui.base.ids import digest, is_shop_id, new_id
from zhanggui.base.words import Text

KIND = Text("密钥", "API key")
_KEY = re.compile(r"zg_(?P<shop>.+)_(?P<id>[0-9a-z]{26})_(?P<secret>[0-9a-f]{64})")
_USED_EVERY = timedelta(minutes=1)


async def create(
    session: AsyncSession, *, name: str, role: MemberRole, by: str
) -> tuple[ApiKeyRow, str]:
    """A new key of the session's shop: its row and the text that is shown once."""
    shop_id, key_id, secret = session.info["shop_id"], new_id("key"), secrets.token_hex(32)
    row = ApiKeyRow(
        shop_id=shop_id,
        id=key_id,
        name=name,
        role=role,
        digest=digest(secret),
        created_by=by,
        created_at=clock.now(),
    )
    session.add(row)
    await session.flush()
    return row, f"zg_{shop_id}_{key_id.removeprefix('key_')}_{secret}"


async def listed(session: AsyncSession, shop_id: str) -> list[ApiKeyRow]:
    """The shop's keys that work, the newest first."""
    query = (
        select(ApiKeyRow)
        .where(ApiKeyRow.shop_id == shop_id, ApiKeyRow.revoked_at.is_(None))
        .order_by(ApiKeyRow.created_at.desc(), ApiKeyRow.id.desc())
    )
    return list(await session.scalars(query))


async def revoke(session: AsyncSession, shop_id: str, key_id: str) -> None:
    """End a key; raises NotFound."""
    ended = await session.scalar(
        update(ApiKeyRow)
        .where(ApiKeyRow.shop_id == shop_id, ApiKeyRow.id == key_id, ApiKeyRow.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .returning(ApiKeyRow.id)
    )
    if ended is None:
        raise not_found(KIND, key_id)


async def revoke_made_by(
    session: AsyncSession, shop_id: str, user_id: str, *, above: MemberRole | None = None
) -> None:
    """End every key a person made, as when they leave the shop; with `above`, only those that may
    do more than this role."""
    made = [ApiKeyRow.shop_id == shop_id, ApiKeyRow.created_by == user_id]
    if above is not None:
        made.append(ApiKeyRow.role.in_(roles_above(above)))
    await session.execute(
        update(ApiKeyRow)
        .where(*made, ApiKeyRow.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


async def find(db: Database, text: str) -> ApiKeyRow | None:
    """The key whose text this is; None when it is not one or no longer works."""
    parts = _KEY.fullmatch(text)
    if parts is None or not is_shop_id(parts["shop"]):
        return None
    shop_id, key_id = parts["shop"], f"key_{parts['id']}"
    mine = (ApiKeyRow.shop_id == shop_id, ApiKeyRow.id == key_id)
    async with db.reading(shop_id) as session:
        row = await session.scalar(select(ApiKeyRow).where(*mine, ApiKeyRow.revoked_at.is_(None)))
    if row is None or not hmac.compare_digest(row.digest, digest(parts["secret"])):
        return None
    now = clock.now()
    if row.used_at is None or now - row.used_at > _USED_EVERY:
        async with db.transaction(shop_id) as session:
            await session.execute(update(ApiKeyRow).where(*mine).values(used_at=now))
    return row
