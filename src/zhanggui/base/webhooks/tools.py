"""The tools of webhooks: whom a shop tells of what happens."""

from __future__ import annotations

import inspect
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from zhanggui.base import clock, connections, events
from zhanggui.base.connections import Done, Id, Tried
from zhanggui.base.errors import Invalid
from zhanggui.base.events import Event
from zhanggui.base.ids import new_id
from zhanggui.base.principals import OWNERS
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.webhooks import (
    choosing,
    delivery_tools,
    feeding,
    guard,
    sending,
    signing,
    store,
    views,
)
from zhanggui.base.webhooks.choosing import WEBHOOK, WhichWebhook
from zhanggui.base.webhooks.events import WebhookRemoved, WebhookSaved, WebhookSecretRotated
from zhanggui.base.webhooks.guard import Rules
from zhanggui.base.webhooks.models import WebhookRow
from zhanggui.base.webhooks.sending import Answer, Message
from zhanggui.base.webhooks.views import DeliveryView
from zhanggui.base.words import Text, language

__all__ = ["delivery_tools"]

TRIAL = "webhook.test"
"""The type of a message that a person sends to try a webhook; no event is."""


class EventKind(Output):
    """A type of event: what its data has, and when it happens."""

    type: str
    fields: list[str]
    when: str


class EventKinds(Output):
    """Every type there is, by its name."""

    items: list[EventKind]


@tool(
    "base.list_event_kinds",
    purpose=Text("查看事件种类", "List kinds of events"),
    risk="read",
    roles=OWNERS,
)
async def list_event_kinds(call: Call, given: Nothing) -> EventKinds:
    """What a webhook may listen to, as the rooms declare it."""
    return EventKinds(
        items=[
            EventKind(
                type=name,
                fields=list(event.model_fields),
                when=_when(event),
            )
            for name, event in sorted(events.REGISTRY.items())
        ]
    )


def _when(event: type[Event]) -> str:
    if event.zh and language() == "zh":
        return event.zh
    return " ".join((inspect.getdoc(event) or "").split())


class WebhookView(Output):
    """A webhook, without its secret. `kinds` is null for all; `stopped` says why the program
    switched it off; a former secret signs as well until `former_until`."""

    id: str
    url: str
    description: str
    kinds: list[str] | None
    is_on: bool
    stopped: Literal["gone", "failing"] | None
    failing_since: datetime | None
    former_until: datetime | None
    made_at: datetime
    made_by: str
    pending: int
    failed: int
    last: DeliveryView | None


class Webhooks(Output):
    """The shop's webhooks, the oldest first."""

    items: list[WebhookView]


@tool(
    "base.list_webhooks", purpose=Text("查看 Webhook", "List webhooks"), risk="read", roles=OWNERS
)
async def list_webhooks(call: Call, given: Nothing) -> Webhooks:
    """The shop's webhooks, and how each is doing."""
    counted = await store.counts(call.session, call.shop_id)
    items = []
    for row in await store.webhooks(call.session, call.shop_id):
        last = await store.last_tried(call.session, call.shop_id, row.id)
        items.append(
            WebhookView.model_validate(
                {
                    **{name: getattr(row, name) for name in _SHOWN},
                    "former_until": connections.still(row.former_until),
                    "pending": counted.get((row.id, "pending"), 0),
                    "failed": counted.get((row.id, "failed"), 0),
                    "last": last and views.delivery(last),
                }
            )
        )
    return Webhooks(items=items)


_SHOWN = (
    "id", "url", "description", "kinds", "is_on", "stopped", "failing_since", "made_at", "made_by",
)  # fmt: skip


class SaveWebhook(Input):
    """A webhook as it is to be; without an id a new one."""

    webhook_id: Id | None = None
    url: Annotated[str, Field(min_length=1, max_length=2000)]
    description: Annotated[str, Field(max_length=200)] = ""
    kinds: Annotated[list[str], Field(min_length=1, max_length=200)] | None = Field(
        None, description="Types of events; null for all."
    )
    is_on: bool = True


class SavedWebhook(Output):
    """The webhook's id, and for a new one its secret, shown only now."""

    id: str
    secret: str | None


@tool(
    "base.save_webhook",
    purpose=Text("保存 Webhook", "Save a webhook"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    secret=True,
)
async def save_webhook(call: Call, given: SaveWebhook) -> SavedWebhook:
    """Make a webhook or change one. One that is switched on is told of what happens from now on.
    Raises Invalid for a URL that cannot be told and for an unknown kind, Conflict for one too many.
    """
    guard.check_url(Rules.of(call.runtime.settings), given.url)
    unknown = set(given.kinds or ()) - feeding.published()
    if unknown:
        name = min(unknown)
        raise Invalid(
            Text(f"没有这种事件：{name}", f"No such kind of event: {name}"),
            hint=Text("请从事件种类里选。", "Choose from the kinds of events."),
            where="kinds",
        )
    secret = None
    if given.webhook_id is None:
        row, secret = await _made(call, given.url)
    else:
        row = await choosing.held(call, given.webhook_id)
    was_on = row.is_on
    row.url, row.description = given.url, given.description
    row.kinds = None if given.kinds is None else sorted(set(given.kinds))
    row.is_on = given.is_on
    row.stopped = row.failing_since = None
    if given.is_on and not was_on:
        await feeding.begin_here(call.session, row)
    await call.session.flush()
    made = secret is not None
    await events.append(call.session, WebhookSaved(id=row.id, made=made, is_on=row.is_on))
    choosing.wake(call)
    return SavedWebhook(id=row.id, secret=secret)


async def _made(call: Call, url: str) -> tuple[WebhookRow, str]:
    connections.make_sure_of_room(await store.webhooks(call.session, call.shop_id), WEBHOOK)
    secret, now = signing.new_secret(), clock.now()
    row = WebhookRow(
        shop_id=call.shop_id,
        id=new_id("whk"),
        url=url,
        description="",
        secret_sealed=signing.sealed(call.runtime.cipher, call.shop_id, secret),
        is_on=False,
        begins_at=now,
        made_at=now,
        made_by=call.principal.id,
    )
    call.session.add(row)
    return row, secret


@tool(
    "base.remove_webhook",
    purpose=Text("移除 Webhook", "Remove a webhook"),
    risk="act",
    roles=OWNERS,
    by_person=True,
)
async def remove_webhook(call: Call, given: WhichWebhook) -> Done:
    """Remove a webhook with its deliveries; nothing more is sent to it."""
    row = await choosing.held(call, given.webhook_id)
    await feeding.end(call.session, row)
    await store.forget(call.session, call.shop_id, row.id)
    await call.session.delete(row)
    await events.append(call.session, WebhookRemoved(id=row.id))
    return Done()


class NewSecret(Output):
    """The new secret, shown only now, and until when the one before signs as well."""

    secret: str
    former_until: datetime


@tool(
    "base.rotate_webhook_secret",
    purpose=Text("更换 Webhook 密钥", "Rotate a webhook's secret"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    secret=True,
)
async def rotate_webhook_secret(call: Call, given: WhichWebhook) -> NewSecret:
    """Give a webhook a new secret. For a day messages carry two signatures."""
    row = await choosing.held(call, given.webhook_id)
    secret = signing.new_secret()
    row.former_sealed, row.former_until = row.secret_sealed, clock.now() + signing.OVERLAP
    row.secret_sealed = signing.sealed(call.runtime.cipher, call.shop_id, secret)
    await events.append(call.session, WebhookSecretRotated(id=row.id))
    return NewSecret(secret=secret, former_until=row.former_until)


async def _try(call: Call, given: WhichWebhook) -> tuple[Answer, datetime]:
    """What the receiver makes of a message that tells of nothing."""
    runtime, now = call.runtime, clock.now()
    async with runtime.db.reading(call.shop_id) as session:
        row = choosing.there(
            await store.webhook(session, call.shop_id, given.webhook_id), given.webhook_id
        )
        secrets = signing.secrets_of(runtime.cipher, row, now)
    message = Message(new_id("msg"), TRIAL, now, {"webhook_id": row.id})
    return await sending.send(Rules.of(runtime.settings), row.url, secrets, message), now


class TriedWebhook(Tried):
    """What became of a test message: the status code where there was one, why it counts as failed
    (null for delivered), and the beginning of what the receiver said."""

    at: datetime


@tool(
    "base.test_webhook",
    purpose=Text("向 Webhook 发一条测试", "Send a test to a webhook"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    rate="30 per minute",
    prepare=_try,
)
async def test_webhook(call: Call, given: WhichWebhook) -> TriedWebhook:
    """Send one signed message of the type ``webhook.test``, once, also to a webhook that is off."""
    answer, at = call.prepared
    return TriedWebhook(
        at=at, code=answer.code, failure=views.told(answer.failure), answer=answer.text
    )
