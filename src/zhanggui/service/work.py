"""Work items: a request that is possible, given to a person with everything filled in.

What is to be written is sealed as one value; shown without asking for more it is masked.
"""

from __future__ import annotations

import unicodedata

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events, masking
from zhanggui.base.chinese import addresses
from zhanggui.base.crypto import Cipher
from zhanggui.base.db import hold
from zhanggui.base.ids import new_id
from zhanggui.service import store
from zhanggui.service.context import Context
from zhanggui.service.events import WorkItemFiled
from zhanggui.service.models import WorkItem
from zhanggui.service.requests import Details, Kind, Request, Verdict
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.models import Order

_FIELD = "work_item.details"
_HIDDEN: dict[str, str] = {
    "address": "[地址]", "receiver": "[收件人]", "phone": "[电话]", "title": "[抬头]",
    "tax_no": "[税号]", "bank": "[账号]", "email": "[邮箱]",
}  # fmt: skip
_OF_GOODS: frozenset[Kind] = frozenset(("refund", "return", "exchange", "price_protection"))
"""The kinds that may be about some of an order only."""


def seal(cipher: Cipher, shop_id: str, details: Details) -> bytes:
    """What is filled in, encrypted as one value."""
    text = orjson.dumps(details.filled()).decode()
    return cipher.encrypt(text, shop_id=shop_id, field=_FIELD)


def unseal(cipher: Cipher, shop_id: str, sealed: bytes) -> Details:
    """The inverse of :func:`seal`."""
    return Details(**orjson.loads(cipher.decrypt(sealed, shop_id=shop_id, field=_FIELD)))


def hidden(words: str, details: Details) -> str:
    """A shopper's words without what is sealed, each value as the name of its field, and without
    who and where they speak of besides."""
    words = unicodedata.normalize("NFKC", words)
    for name, value in details.filled().items():
        if name in _HIDDEN and value != "个人":
            words = words.replace(value, _HIDDEN[name])
    return addresses.hidden(words)


async def file(
    session: AsyncSession,
    cipher: Cipher,
    shop_id: str,
    request: Request,
    verdict: Verdict,
    context: Context,
    *,
    by: str,
) -> str:
    """Give a possible request to a person; returns the work item's id.

    Of one kind for one order there is one open item: who asks again gets the first, which is given
    what is said anew.
    """
    order = next(each for each in _orders(context) if each.id == request.order_id)
    await hold(session, f"{shop_id}/work/{request.kind}/{order.id}")
    sku_id = verdict.sku_id or request.sku_id if request.kind in _OF_GOODS else None
    row = await store.open_item(
        session, shop_id, kind=request.kind, order_id=order.id, sku_id=sku_id
    )
    details, again = request.details, row is not None
    if row is None:
        row = WorkItem(
            shop_id=shop_id,
            id=new_id("work"),
            kind=request.kind,
            status="open",
            order_id=order.id,
            buyer_id=_buyer_of(shop_id, order),
            product_id=verdict.product_id,
            sku_id=sku_id,
            made_at=clock.now(),
            made_by=by,
        )
        session.add(row)
    else:
        earlier = unseal(cipher, shop_id, row.details_sealed)
        if request.details.invoice_type in (None, earlier.invoice_type):
            details = request.details.over(earlier)
        if details == earlier and row.is_urgent == verdict.is_urgent:
            return row.id
    row.details_sealed = seal(cipher, shop_id, details)
    row.words = hidden(request.words, details)
    row.is_urgent = verdict.is_urgent
    row.why = {
        "zh": verdict.reason.zh,
        "en": verdict.reason.en,
        "sources": [source.id for source in verdict.sources],
    }
    await session.flush()
    filed = WorkItemFiled(
        id=row.id, kind=row.kind, order_id=row.order_id, urgent=row.is_urgent, again=again
    )
    await events.append(session, filed)
    return row.id


def _orders(context: Context) -> list[Order]:
    return context.orders if context.order is None else [context.order, *context.orders]


def _buyer_of(shop_id: str, order: Order) -> str | None:
    nick = order.buyer_nick
    if nick and not masking.is_masked(nick):
        return order.buyer_id or buyer_id(shop_id, nick)
    return order.buyer_id
