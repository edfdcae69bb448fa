"""What `sync_msg` gives, read: messages and events as 《接收消息和事件》 describes them
(https://developer.work.weixin.qq.com/document/path/94670)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from zhanggui.service.channels.arrivals import Placed
from zhanggui.service.chat.images import Picture

CUSTOMER, SYSTEM, SERVICER = 3, 4, 5
"""Where a message comes from (`origin`)."""
_LONGEST = 2000
_SHOWN = {
    "voice": "[语音]",
    "video": "[视频]",
    "file": "[文件]",
    "location": "[位置]",
    "link": "[链接]",
    "business_card": "[名片]",
    "miniprogram": "[小程序]",
    "channels_shop_product": "[视频号商品]",
    "channels_shop_order": "[视频号订单]",
}
"""What stands for what cannot be shown here; in WeCom's own client it can be seen."""


@dataclass(frozen=True, slots=True)
class Item:
    """A message or an event as `sync_msg` gives it, with the picture it shows, and from when on the
    program answers it. It is history where it was sent long before we listened."""

    told: dict[str, Any]
    picture: Picture | None = None
    placed: Placed | None = None
    due_at: datetime | None = None
    is_history: bool = False

    @property
    def event(self) -> dict[str, Any]:
        """What an event says; empty for a message."""
        found = self.told.get("event")
        return found if isinstance(found, dict) else {}

    @property
    def id(self) -> str:
        """What WeCom calls it (`msgid`)."""
        return str(self.told.get("msgid") or "")

    @property
    def kind(self) -> str:
        """What WeCom says it is (`msgtype`)."""
        return str(self.told.get("msgtype") or "")

    @property
    def sender(self) -> str:
        """The customer's `external_userid`."""
        return str(self.told.get("external_userid") or self.event.get("external_userid") or "")

    @property
    def sent_at(self) -> datetime | None:
        """When it was sent (`send_time`, in seconds)."""
        try:
            seconds = int(self.told.get("send_time") or 0)
            return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
        except (TypeError, ValueError, OverflowError, OSError):
            return None

    @property
    def text(self) -> str:
        """What a message says, or what stands for it."""
        if self.kind == "text":
            told = self.told.get("text")
            content = told.get("content") if isinstance(told, dict) else None
            return str(content or "")[:_LONGEST].replace("\0", "").strip()
        if self.kind == "image":
            return "" if self.picture is not None else "[图片没有取到]"
        return _SHOWN.get(self.kind, "[其他消息]")
