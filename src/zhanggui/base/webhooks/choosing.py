"""Which webhook a call is about, and what holds for every call that changes one."""

from __future__ import annotations

from zhanggui.base import connections
from zhanggui.base.connections import Id
from zhanggui.base.errors import Conflict
from zhanggui.base.tools import Call, Input
from zhanggui.base.webhooks import store
from zhanggui.base.webhooks.deliverer import TOPIC
from zhanggui.base.webhooks.models import WebhookRow
from zhanggui.base.words import Text

WEBHOOK = Text("Webhook", "webhook")


class WhichWebhook(Input):
    """Which webhook."""

    webhook_id: Id


async def held(call: Call, webhook_id: str) -> WebhookRow:
    """The webhook, held until the transaction ends; raises NotFound."""
    return there(await store.webhook(call.session, call.shop_id, webhook_id, held=True), webhook_id)


def there(row: WebhookRow | None, webhook_id: str) -> WebhookRow:
    """The webhook; raises NotFound where there is none."""
    return connections.found(row, WEBHOOK, webhook_id)


def must_be_on(row: WebhookRow) -> None:
    """Raise Conflict for a webhook that is switched off."""
    if not row.is_on:
        raise Conflict(
            Text("这个 Webhook 已停用", "The webhook is switched off"),
            hint=Text("先启用它，再重发。", "Switch it on first."),
            where=row.id,
        )


def wake(call: Call) -> None:
    """Have the loop look once this is committed."""
    connections.wake(call, TOPIC)
