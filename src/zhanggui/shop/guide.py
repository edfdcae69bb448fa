"""The shop's step of the guide."""

from __future__ import annotations

from zhanggui.base import guide
from zhanggui.base.tools import Call
from zhanggui.shop import store


@guide.step("bring")
async def has_brought(call: Call) -> bool:
    """Whether rows of a file have come in, and were not taken back."""
    return await store.has_imported(call.session, call.shop_id)
