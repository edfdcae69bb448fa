"""Conversations and orders written as if they had come to a shop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tests.insight.histories import Bought
from zhanggui.service.chat.models import Conversation
from zhanggui.shop.models import Order


async def write_bought(session: AsyncSession, shop_id: str, bought: Bought, at: datetime) -> None:
    """Write who had conversations and what was ordered."""
    conversations: list[dict[str, Any]] = [
        {
            "shop_id": shop_id, "id": id_, "channel": "widget", "visitor_id": f"visit_{id_}",
            "buyer_id": buyer, "order_id": order_id, "state": "ai", "is_urgent": False, "tags": [],
            "last_seq": 1, "shopper_seq": 1, "answered_seq": 1, "version": 1, "started_at": at,
            "last_at": at,
        }
        for id_, (buyer, order_id) in bought.conversations.items()
    ]  # fmt: skip
    orders: list[dict[str, Any]] = [
        {
            "shop_id": shop_id, "id": id_, "buyer_id": buyer, "created_at": made, "paid_at": paid,
        }
        for id_, (buyer, made, paid) in bought.orders.items()
    ]  # fmt: skip
    await session.execute(insert(Conversation), conversations)
    await session.execute(insert(Order), orders)
