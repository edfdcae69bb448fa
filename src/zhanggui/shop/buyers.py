"""Who a buyer is: their nick in this shop."""

from __future__ import annotations

import hashlib


def buyer_id(shop_id: str, nick: str) -> str:
    """The id of the buyer with this whole nick in this shop; the same for the same nick always."""
    return "buy_" + hashlib.blake2b(f"{shop_id}\x00{nick}".encode(), digest_size=12).hexdigest()
