"""``zhanggui owner-link`` and ``reset-link``: letting people in from the machine itself."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhanggui.cli import app

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


@app.command("owner-link")
def print_owner_link() -> None:
    """打印店主登录链接 · Print a sign-in link for the owner; it works once."""
    _print(owner_link)


@app.command("reset-link")
def print_reset_link(email: Annotated[str, typer.Argument(help="邮箱 · e-mail")]) -> None:
    """打印重设密码链接 · Print a link to choose a new password."""
    _print(lambda runtime, url: reset_link(runtime, url, email))


def _print(make: Callable[[Runtime, str], Coroutine[Any, Any, str]]) -> None:
    """Print a link: the tables are enough for it, whether or not a server is running."""
    import asyncio

    from zhanggui import rooms
    from zhanggui.app.serving import address, migrated
    from zhanggui.base.runtime import opened
    from zhanggui.base.settings import Settings

    settings = Settings()
    rooms.load_models()

    async def run() -> str:
        async with opened(settings) as runtime:
            return await make(runtime, address(settings))

    migrated(settings)
    print(asyncio.run(run()))
