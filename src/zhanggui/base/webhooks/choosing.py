"""Which webhook a call is about, and what holds for every call that changes one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from zhanggui.base.errors import Conflict, not_found
from zhanggui.base.tools import Call, Input, Output
from zhanggui.base.waking import Waking
from zhanggui.base.webhooks import store
from zhanggui.base.webhooks.deliverer import TOPIC
from zhanggui.base.webhooks.models import WebhookRow
from zhanggui.base.words import Text

WEBHOOK = Text("Webhook", "webhook")

Id = Annotated[str, Field(min_length=1, max_length=64)]


class WhichWebhook(Input):
    """Which webhook."""

    webhook_id: Id


class Done(Output):
    """It is done."""

    done: bool = True


async def held(call: Call, webhook_id: str) -> WebhookRow:
    """The webhook, held until the transaction ends; raises NotFound."""
    return there(await store.webhook(call.session, call.shop_id, webhook_id, held=True), webhook_id)


def there(row: WebhookRow | None, webhook_id: str) -> WebhookRow:
    """The webhook; raises NotFound where there is none."""
    if row is None:
        raise not_found(WEBHOOK, webhook_id)
    return row


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

    async def waking() -> None:
        call.runtime.service(Waking).wake(TOPIC)

    call.after_commit(waking)
