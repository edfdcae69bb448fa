"""The tools of deliveries: what became of the events a webhook was to be told of."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from zhanggui.base import connections
from zhanggui.base.connections import Done, Id, Since
from zhanggui.base.principals import OWNERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.webhooks import feeding, store, views
from zhanggui.base.webhooks.choosing import held, must_be_on, there, wake
from zhanggui.base.webhooks.views import DeliveryView
from zhanggui.base.words import Text

DELIVERY = Text("投递", "delivery")


class ListDeliveries(Input):
    """Which deliveries of a webhook."""

    webhook_id: Id
    status: Literal["pending", "delivered", "failed", "all"] = "all"
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


class DeliveryPage(Output):
    """Deliveries of a page, the newest first."""

    items: list[DeliveryView]
    total: int
    page: int
    size: int


@tool(
    "base.list_deliveries",
    purpose=Text("查看 Webhook 投递", "List a webhook's deliveries"),
    risk="read",
    roles=OWNERS,
)
async def list_deliveries(call: Call, given: ListDeliveries) -> DeliveryPage:
    """What was sent to a webhook in the last 30 days, or is to be."""
    there(await store.webhook(call.session, call.shop_id, given.webhook_id), given.webhook_id)
    found = await store.deliveries(
        call.session,
        call.shop_id,
        given.webhook_id,
        status=None if given.status == "all" else given.status,
        page=given.page,
        size=given.size,
    )
    items = [views.delivery(row) for row in found.rows]
    return DeliveryPage(items=items, total=found.total, page=given.page, size=given.size)


class Redeliver(Input):
    """Which delivery."""

    delivery_id: Id


@tool(
    "base.redeliver",
    purpose=Text("重新投递", "Send a delivery again"),
    risk="act",
    roles=OWNERS,
)
async def redeliver(call: Call, given: Redeliver) -> Done:
    """Send a delivery again now, under the same id, whatever became of it before. Raises Conflict
    while its webhook is off."""
    row = await store.delivery(call.session, call.shop_id, given.delivery_id)
    found = connections.found(row, DELIVERY, given.delivery_id)
    must_be_on(await held(call, found.webhook_id))
    # What was read before the webhook was held may have been sent since.
    await call.session.refresh(found)
    feeding.queue(found)
    wake(call)
    return Done()


class Replay(Since):
    """Which webhook, and since when (at most 30 days)."""

    webhook_id: Id


class Replayed(Output):
    """How many events are sent again."""

    events: int


@tool(
    "base.replay_webhook",
    purpose=Text("重发一段时间的事件", "Replay a webhook's events"),
    risk="act",
    roles=OWNERS,
)
async def replay_webhook(call: Call, given: Replay) -> Replayed:
    """Send a webhook all it listens to that happened since a moment: what was never sent, and what
    was, under the same ids. Raises Invalid for a moment too long ago or to come, and Conflict while
    the webhook is off."""
    since = connections.not_long_ago(given)
    row = await held(call, given.webhook_id)
    must_be_on(row)
    await feeding.begin_again(call.session, row, since)
    types = feeding.published() if row.kinds is None else frozenset(row.kinds)
    wake(call)
    return Replayed(events=await store.happened(call.session, call.shop_id, types, since))
