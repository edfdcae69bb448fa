"""Conversations as files."""

import pytest

from tests.exporting import taken
from tests.service.chat.room import ANSWER, Room
from tests.service.records import NOW
from zhanggui.base.principals import SYSTEM
from zhanggui.base.tools import Call
from zhanggui.service.chat import desk_tools
from zhanggui.service.chat import exports as chat_exports

pytestmark = pytest.mark.db
__all__ = ["chat_exports"]


async def test_conversations_are_taken_away_with_what_was_said(runtime, shop, clock):
    clock.stand_at(NOW)
    closed, open_ = await Room(runtime, shop).start(), await Room(runtime, shop).start()
    await Room(runtime, shop).start()
    await closed.writes("电话13812345678，能开票吗")
    await closed.replies(await closed.takes(), ANSWER)
    await closed.closes()
    await open_.writes("在吗")
    talks = await taken(runtime, shop, "conversations", which="all")
    assert {row[0]: row[2] for row in talks} == {closed.id: "已结束", open_.id: "智能客服"}
    said = await taken(runtime, shop, "messages", which="closed")
    assert [row[:2] + row[3:4] + row[5:] for row in said] == [
        [closed.id, "1", "买家", "电话138****5678，能开票吗", "0", "", ""],
        [closed.id, "2", "智能客服", "可以开电子发票。", "0", "answer", "faq:F1"],
    ]
    given = desk_tools.ConversationList()
    async with runtime.db.reading(shop) as session:
        call = Call(runtime, session, shop, SYSTEM, "call_1")
        every = [row async for batch in chat_exports.all_messages(call, given) for row in batch]
    assert len(every) == 3, "all of them are in the zip of the shop"
