"""How a command reaches a tool: through the running server, else in this process."""

from __future__ import annotations

from typing import Any

import httpx
from sqlalchemy import select

from zhanggui.app.house import open_house
from zhanggui.app.serving import Address, owning, running_server
from zhanggui.base import tools
from zhanggui.base.db import EVERY_SHOP, Database
from zhanggui.base.errors import Invalid, Unavailable, ZhangguiError
from zhanggui.base.principals import SYSTEM
from zhanggui.base.settings import Settings
from zhanggui.base.tools import Tool
from zhanggui.base.words import Text, language
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


async def over_http(
    server: Address,
    tool: Tool,
    given: dict[str, Any],
    shop_id: str,
    idempotency_key: str | None = None,
) -> dict[str, Any]:
    """Call a tool of a running server; raises Refused with the server's words."""
    headers = {"Accept-Language": language(), "X-Zhanggui-Local": server.token}
    if idempotency_key:
        headers["Idempotency-Key"] = idempotency_key
    what: dict[str, Any] = {"json": given} if tool.changes else {"params": given}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=600) as client:
        path = f"/api/shops/{shop_id}/tools/{tool.name}"
        try:
            answer = await client.request("POST" if tool.changes else "GET", path, **what)
        except httpx.TransportError as error:
            raise Unavailable(
                Text("连不上正在运行的掌柜", "The running server does not answer"),
                hint=Text("稍后再试，或重新启动它。", "Try again, or start it anew."),
                where=server.url,
            ) from error
    body: dict[str, Any] = answer.json()
    if answer.is_error:
        raise Refused(body)
    return body


async def chosen_shop(settings: Settings, shop_id: str | None) -> str:
    """The shop that was named, or the only one there is; raises Invalid when one must be named."""
    if shop_id is not None:
        return shop_id
    database = Database(settings)
    try:
        async with database.reading(EVERY_SHOP) as session:
            ids = list(await session.scalars(select(Shop.shop_id).order_by(Shop.shop_id)))
    finally:
        await database.close()
    if len(ids) == 1:
        return str(ids[0])
    known = "、".join(ids)
    raise Invalid(
        Text("请用 --shop 指定店铺", "Name the shop with --shop"),
        hint=Text(f"现有店铺：{known or '无'}", f"Shops here: {known or 'none'}"),
        where="shop",
    )
