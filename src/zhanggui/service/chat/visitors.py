"""Who holds a conversation: a signed token that reads and writes this one and nothing else.

It is kept by the shopper's browser. It names the conversation and a visitor, who is changed when
the buyer is erased, so that the token there was reads nothing any more.
"""

from __future__ import annotations

import hmac

from zhanggui.base.crypto import Cipher
from zhanggui.base.errors import Unauthenticated
from zhanggui.base.words import Text
from zhanggui.service.chat.models import Conversation

_PARTS = 3


def token_of(cipher: Cipher, row: Conversation) -> str:
    """The token of whoever holds the conversation."""
    signature = _signature(cipher, row.shop_id, row.id, row.visitor_id)
    return f"{row.id}.{row.visitor_id}.{signature}"


def read(cipher: Cipher, shop_id: str, token: str | None) -> tuple[str, str]:
    """The conversation and visitor of a token of this shop; raises Unauthenticated."""
    parts = (token or "").split(".")
    if len(parts) != _PARTS or not hmac.compare_digest(
        _signature(cipher, shop_id, parts[0], parts[1]).encode(), parts[2].encode()
    ):
        raise nobody()
    return parts[0], parts[1]


def nobody() -> Unauthenticated:
    """What is answered to a token that reads nothing."""
    return Unauthenticated(
        Text("这段会话已经不在了", "This conversation is not there any more"),
        hint=Text("请重新开始。", "Please begin anew."),
    )


def _signature(cipher: Cipher, shop_id: str, conversation_id: str, visitor_id: str) -> str:
    return cipher.sign(f"chat-visitor\n{shop_id}\n{conversation_id}\n{visitor_id}")
