"""Who asks, and what of the shop's records they may ask about."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.errors import Forbidden, not_found
from zhanggui.base.tools import Call
from zhanggui.base.words import Text
from zhanggui.service.context import Asked, Context, load
from zhanggui.shop.models import Buyer

ORDER = Text("订单", "order")


async def nick(call: Call, session: AsyncSession, buyer: str | None) -> str | None:
    """The nick the call comes from: a shopper is who they are bound to and nobody else, staff speak
    for `buyer`. Raises Forbidden where a shopper names another."""
    if call.principal.role != "shopper":
        return buyer
    bound = call.principal.buyer_id
    found = await session.get(Buyer, (call.shop_id, bound)) if bound else None
    own = found.nick if found is not None else ""
    if buyer is not None and buyer != own:
        raise Forbidden(
            Text("不能以别人的身份提问", "You may not ask as somebody else"), where="buyer"
        )
    return own


async def opened(call: Call, order_id: str, buyer: str | None) -> Context:
    """What is known with an order open. Raises Forbidden for another buyer's order, and NotFound
    for one there is not, which a shopper cannot tell from another's."""
    asked = Asked("", await nick(call, call.session, buyer), order_id)
    context = await load(call.session, call.shop_id, asked, ())
    if context.order is None:
        if not context.foreign and call.principal.role != "shopper":
            raise not_found(ORDER, order_id)
        raise Forbidden(
            Text("这不是您的订单", "This is not your order"),
            hint=Text(
                "请核对订单号；只能办理自己的订单。", "Check the number; only your own will do."
            ),
            where="order_id",
        )
    return context
