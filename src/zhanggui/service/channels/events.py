"""What can happen to channels."""

from __future__ import annotations

from typing import ClassVar

from zhanggui.base.events import Event


class ChannelSaved(Event):
    """A person made a channel or changed it."""

    type: ClassVar[str] = "service.channel_saved"
    zh: ClassVar[str] = "新建或修改了渠道"
    id: str
    kind: str
    made: bool
    is_on: bool


class ChannelRemoved(Event):
    """A person removed a channel; its conversations stay."""

    type: ClassVar[str] = "service.channel_removed"
    zh: ClassVar[str] = "渠道被移除"
    id: str
    kind: str


class ChannelSecretRotated(Event):
    """A person gave a channel new secrets; those before hold as well for a day."""

    type: ClassVar[str] = "service.channel_secret_rotated"
    zh: ClassVar[str] = "渠道换了密钥"
    id: str


class MessageSkipped(Event):
    """What came through a channel could not be kept and was passed over: `message` is what the
    other side calls it, `kind` what it says it is."""

    type: ClassVar[str] = "service.message_skipped"
    zh: ClassVar[str] = "渠道里有一条消息收不下来，被跳过"
    channel: str
    message: str
    kind: str


class MessageUndelivered(Event):
    """What the shop said could not be brought to a shopper through their channel and is not tried
    again: the `seq`-th message of a conversation. `reason` is the kind of failure, `code` what the
    other side called it."""

    type: ClassVar[str] = "service.message_undelivered"
    zh: ClassVar[str] = "一条回复没能送到买家所在的渠道"
    id: str
    seq: int
    channel: str
    reason: str
    code: int | None = None
