"""The service's step of the guide."""

from __future__ import annotations

from zhanggui.base import guide
from zhanggui.base.tools import Call
from zhanggui.service import store


@guide.step("try")
async def has_asked(call: Call) -> bool:
    """Whether a question was ever decided on, tried by staff or asked by a shopper."""
    return await store.has_questions(call.session, call.shop_id)
