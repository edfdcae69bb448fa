"""Forgetting a buyer, as an owner asks for it."""

from __future__ import annotations

from pydantic import Field

from zhanggui.base import approvals, audit, events, saved_views
from zhanggui.base.errors import Invalid, not_found
from zhanggui.base.principals import OWNERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.shop import erasing
from zhanggui.shop.events import BuyerErased
from zhanggui.shop.models import Buyer

BUYER = Text("买家", "buyer")


class EraseBuyer(Input):
    """Whom to forget, and their nick as the owner typed it: there is no way back."""

    buyer_id: str = Field(min_length=1, max_length=40)
    nick: str = Field(min_length=1, max_length=200)


class Erased(Output):
    """How many orders no longer say whose they are."""

    orders: int


@tool(
    "shop.erase_buyer",
    purpose=Text("抹去买家的个人信息", "Erase a buyer"),
    risk="act",
    roles=OWNERS,
    by_person=True,
)
async def erase_buyer(call: Call, given: EraseBuyer) -> Erased:
    """Take nick, receiver, phone, messages and reviews of a buyer out of every record; orders and
    amounts stay. Raises Invalid where the nick is another."""
    buyer = await call.session.get(Buyer, (call.shop_id, given.buyer_id))
    if buyer is None:
        raise not_found(BUYER, given.buyer_id)
    if given.nick != buyer.nick.strip():
        raise Invalid(
            Text("输入的昵称和这位买家的不一致", "The nick is not that of this buyer"),
            hint=Text("照着列表里的昵称再输一遍。", "Type it as the list shows it."),
            where="nick",
        )
    erasure = await erasing.erase(call.session, call.runtime.cipher, call.runtime.blobs, buyer)
    orders = len(erasure.order_ids)
    whom = erasure.mentions
    await approvals.forget(call.session, call.runtime.cipher, call.shop_id, whom)
    await audit.forget(call.session, call.shop_id, whom)
    await saved_views.forget(call.session, call.shop_id, whom)
    await events.append(call.session, BuyerErased(orders=orders))
    call.after_commit(call.runtime.db.settle)
    return Erased(orders=orders)
