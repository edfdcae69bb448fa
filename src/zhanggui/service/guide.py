"""The service's steps of the guide."""

from __future__ import annotations

from zhanggui.base import guide
from zhanggui.base.tools import Call
from zhanggui.service import store
from zhanggui.service.chat import store as chat_store


@guide.step("try")
async def has_asked(call: Call) -> bool:
    """Whether a question was ever decided on, tried by staff or asked by a shopper."""
    return await store.has_questions(call.session, call.shop_id)


@guide.step("widget")
async def is_placed(call: Call) -> bool:
    """Whether a page of the shop's own has carried the chat."""
    widget = await chat_store.widget(call.session, call.shop_id)
    return widget is not None and widget.seen_at is not None
