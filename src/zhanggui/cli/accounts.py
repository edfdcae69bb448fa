"""``zhanggui owner-link`` and ``reset-link``: letting people in from the machine itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhanggui.base.runtime import Runtime


async def owner_link(runtime: Runtime, url: str) -> str:
    """A one-time sign-in link for the operator."""
    from zhanggui.base.auth import accounts, links
    from zhanggui.base.db import NO_SHOP

    async with runtime.db.transaction(NO_SHOP) as session:
        token = await links.issue(session, await accounts.operator(session), "sign_in")
    return f"{url}/sign-in?token={token}"


async def reset_link(runtime: Runtime, url: str, email: str) -> str:
    """A one-time link to choose a new password; raises NotFound for an unknown e-mail."""
    from zhanggui.base.auth import accounts, links
    from zhanggui.base.db import NO_SHOP
    from zhanggui.base.errors import not_found
    from zhanggui.base.words import Text

    async with runtime.db.transaction(NO_SHOP) as session:
        user = await accounts.by_email(session, email.strip().lower())
        if user is None:
            raise not_found(Text("账号", "account"), email)
        token = await links.issue(session, user, "reset")
    return f"{url}/reset?token={token}"
