"""What can happen to webhooks."""

from __future__ import annotations

from typing import ClassVar

from zhanggui.base.events import Event


class WebhookSaved(Event):
    """A person made a webhook or changed it."""

    type: ClassVar[str] = "base.webhook_saved"
    zh: ClassVar[str] = "新建或修改了 Webhook"
    id: str
    made: bool
    is_on: bool


class WebhookRemoved(Event):
    """A person removed a webhook, and with it all that was to be sent to it."""

    type: ClassVar[str] = "base.webhook_removed"
    zh: ClassVar[str] = "Webhook 被移除"
    id: str


class WebhookSecretRotated(Event):
    """A person gave a webhook a new secret; the one before signs as well for a day."""

    type: ClassVar[str] = "base.webhook_secret_rotated"
    zh: ClassVar[str] = "Webhook 换了密钥"
    id: str


class WebhookStopped(Event):
    """A webhook was switched off by the program: its receiver said that it is gone, or has failed
    for three days."""

    type: ClassVar[str] = "base.webhook_stopped"
    zh: ClassVar[str] = "Webhook 连续失败或对方已下线，被停用"
    id: str
    reason: str
