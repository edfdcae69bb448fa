"""How a command reaches a tool: through the running server, else in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx

from zhanggui import rooms
from zhanggui.app.house import open_house
from zhanggui.app.serving import Address, migrated, owning, running_server
from zhanggui.base import tools
from zhanggui.base.db import Database
from zhanggui.base.errors import Invalid, Unavailable, ZhangguiError, not_found
from zhanggui.base.principals import SYSTEM
from zhanggui.base.settings import Settings
from zhanggui.base.tools import Tool
from zhanggui.base.words import Text, language
from zhanggui.shop import store
from zhanggui.shop.models import Shop


class Refused(ZhangguiError):
    """What the server answered, in its words."""

    def __init__(self, problem: dict[str, Any]) -> None:
        hint = problem.get("hint")
        super().__init__(
            Text(problem["message"], problem["message"]),
            hint=Text(hint, hint) if hint else None,
            where=problem.get("where"),
        )


async def invoke(
    settings: Settings,
    tool: Tool,
    given: dict[str, Any],
    shop_id: str,
    idempotency_key: str | None = None,
) -> dict[str, Any]:
    """Call a tool as this machine's owner; returns its output, or ``{"approval": …}``."""
    server = running_server(settings)
    if server is not None:
        return await over_http(server, tool, given, shop_id, idempotency_key)
    with owning(settings):
        async with open_house(settings) as runtime:
            outcome = await tools.call(
                runtime,
                tool.name,
                given,
                shop_id=shop_id,
                principal=SYSTEM,
                idempotency_key=idempotency_key,
            )
    if outcome.output is not None:
        return outcome.output.model_dump(mode="json")
    return {"approval": outcome.approval.model_dump(mode="json") if outcome.approval else None}


def called(name: str, given: dict[str, Any], shop: str | None) -> dict[str, Any]:
    """What a tool gives to a command, in the shop that was named or else chosen."""
    rooms.load_tools()
    settings = Settings()
    migrated(settings)

    async def run() -> dict[str, Any]:
        return await invoke(
            settings, tools.REGISTRY[name], given, await chosen_shop(settings, shop)
        )

    return asyncio.run(run())


async def over_http(
    server: Address,
    tool: Tool,
    given: dict[str, Any],
    shop_id: str,
    idempotency_key: str | None = None,
) -> dict[str, Any]:
    """Call a tool of a running server; raises Refused with the server's words."""
    headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
    what: dict[str, Any] = {"json": given} if tool.changes else {"params": given}
    path = f"/api/shops/{shop_id}/tools/{tool.name}"
    return await answered(server, "POST" if tool.changes else "GET", path, headers, **what)


async def answered(
    server: Address, method: str, path: str, headers: dict[str, str] | None = None, **body: Any
) -> dict[str, Any]:
    """What a running server answers; raises Refused with its words."""
    answer = await request(server, method, path, headers, **body)
    found: dict[str, Any] = answer.json()
    if answer.is_error:
        raise Refused(found)
    return found


async def request(
    server: Address, method: str, path: str, headers: dict[str, str] | None = None, **body: Any
) -> httpx.Response:
    """Ask a running server as this machine's owner; raises Unavailable when it does not answer."""
    own = {"Accept-Language": language(), "X-Zhanggui-Local": server.token}
    # Never through a proxy of the environment: it would not reach this machine, and see the token.
    async with httpx.AsyncClient(base_url=server.url, timeout=3600, trust_env=False) as client:
        try:
            return await client.request(method, path, headers=own | (headers or {}), **body)
        except httpx.TransportError as error:
            raise Unavailable(
                Text("连不上正在运行的掌柜", "The running server does not answer"),
                hint=Text("稍后再试，或重新启动它。", "Try again, or start it anew."),
                where=server.url,
            ) from error


async def chosen_shop(settings: Settings, shop_id: str | None) -> str:
    """The shop that was named, else the only one there is besides the demo, else the demo.

    Raises NotFound for one that is not here, and Invalid when one must be named.
    """
    shops = await known_shops(settings)
    if shop_id is not None:
        if all(shop.shop_id != shop_id for shop in shops):
            raise not_found(Text("店铺", "shop"), shop_id)
        return shop_id
    found = only_shop(shops) or next((shop.shop_id for shop in shops), None)
    if found is None:
        raise Invalid(
            Text("还没有店铺", "There is no shop yet"),
            hint=Text("先用 zhanggui import 导入文件。", "Bring files in with zhanggui import."),
            where="shop",
        )
    return found


async def known_shops(settings: Settings) -> list[Shop]:
    """Every shop of the data folder, whether or not a server is running."""
    database = Database(settings)
    try:
        return await store.shops(database)
    finally:
        await database.close()


def only_shop(shops: Sequence[Shop]) -> str | None:
    """The one shop besides the demo, None when there is none; raises Invalid for several."""
    own = [shop.shop_id for shop in shops if not shop.is_demo]
    if len(own) > 1:
        known = "、".join(own)
        raise Invalid(
            Text("请用 --shop 指定店铺", "Name the shop with --shop"),
            hint=Text(f"现有店铺：{known}", f"Shops here: {known}"),
            where="shop",
        )
    return own[0] if own else None
