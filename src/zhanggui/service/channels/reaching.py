"""Whether what is said in a conversation reaches the shopper where they write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.errors import Conflict
from zhanggui.base.words import Text
from zhanggui.service.channels import store
from zhanggui.service.chat.models import Conversation

Reach = Literal["on", "off", "gone"]
"""``off``: it waits until the channel is switched on. ``gone``: the channel was removed, or who
wrote was forgotten, and nothing reaches them."""


async def reach(
    session: AsyncSession, shop_id: str, rows: Sequence[Conversation]
) -> dict[str, Reach]:
    """How conversations are reached, by their ids; of those on the shop's own pages none, which are
    read there."""
    ids = [row.id for row in rows if row.channel != "widget"]
    known = await store.reached(session, shop_id, ids) if ids else {}
    return {each: "gone" if each not in known else "on" if known[each] else "off" for each in ids}


async def must_reach(session: AsyncSession, row: Conversation) -> None:
    """Raise Conflict where nothing that is said reaches the shopper."""
    if (await reach(session, row.shop_id, [row])).get(row.id) == "gone":
        raise Conflict(
            Text(
                "没有发出：话到不了这位买家那里",
                "Not sent: nothing reaches this shopper any more",
            ),
            hint=Text(
                "渠道已移除，或买家的信息已抹去。请用别的方式联系；要给同事看的写成备注。",
                "The channel was removed, or they were forgotten. Reach them another way; write a "
                "note for your colleagues.",
            ),
            where=row.id,
        )
