"""Conversations and what was said in them, to take away; phone numbers and the like are masked."""

from __future__ import annotations

from collections.abc import AsyncIterator

from zhanggui.base import exports
from zhanggui.base.auth import accounts
from zhanggui.base.exports import Export
from zhanggui.base.masking import mask_name, scrub
from zhanggui.base.sheets import Column, Row
from zhanggui.base.tools import Call
from zhanggui.base.words import Text
from zhanggui.service.chat import conversations, store
from zhanggui.service.chat.desk_tools import ConversationList, asked_for
from zhanggui.service.chat.models import Conversation
from zhanggui.shop.models import Buyer
from zhanggui.shop.names import name_of
from zhanggui.shop.store import batches

_STATES = {
    "ai": Text("智能客服", "The program"),
    "waiting": Text("等人接待", "Waits for a person"),
    "person": Text("由人接待", "A person"),
    "closed": Text("已结束", "Closed"),
}
_AUTHORS = {
    "shopper": Text("买家", "Shopper"),
    "ai": Text("智能客服", "Program"),
    "person": Text("客服", "Person"),
    "system": Text("系统", "System"),
    "note": Text("内部备注", "Note"),
}


async def talks(call: Call, given: ConversationList) -> AsyncIterator[list[Row]]:
    """A row for each conversation."""
    async for batch in batches(call.session, asked_for(call, given)):
        rows: list[Conversation] = [row for (row,) in batch]
        names = await accounts.names(call.session, {row.assignee for row in rows if row.assignee})
        yield [
            (
                row.id,
                row.channel,
                name_of(_STATES, row.state),
                await _who(call, row),
                names.get(row.assignee or ""),
                row.product_id,
                row.order_id,
                "、".join(row.tags),
                row.last_seq,
                row.rating,
                row.started_at,
                row.last_at,
                row.closed_at,
            )
            for row in rows
        ]


async def messages(call: Call, given: ConversationList) -> AsyncIterator[list[Row]]:
    """A row for each message of the conversations, which are told by their ids."""
    cipher = call.runtime.cipher
    query = store.messages_query(call.shop_id, asked_for(call, given))
    async for batch in batches(call.session, query):
        said = [message for (message,) in batch]
        names = await accounts.names(call.session, {m.author_id for m in said if m.author_id})
        yield [
            (
                message.conversation_id,
                message.seq,
                message.at,
                name_of(_AUTHORS, message.author),
                names.get(message.author_id or ""),
                None if (text := conversations.text_of(cipher, message)) is None else scrub(text),
                len(message.attachments),
                message.decision,
                "、".join(message.sources),
            )
            for message in said
        ]


def all_talks(call: Call, given: ConversationList) -> AsyncIterator[list[Row]]:
    """A row for each conversation, whatever became of it."""
    return talks(call, given.model_copy(update={"which": "all"}))


def all_messages(call: Call, given: ConversationList) -> AsyncIterator[list[Row]]:
    """A row for each message of every conversation."""
    return messages(call, given.model_copy(update={"which": "all"}))


async def _who(call: Call, row: Conversation) -> str | None:
    buyer = await call.session.get(Buyer, (row.shop_id, row.buyer_id)) if row.buyer_id else None
    return mask_name(buyer.nick) if buyer is not None else None


exports.register(
    Export(
        "conversations",
        Text("会话", "Conversations"),
        "service.list_conversations",
        (
            Column(Text("编号", "Id")),
            Column(Text("渠道", "Channel")),
            Column(Text("状态", "State")),
            Column(Text("买家", "Shopper")),
            Column(Text("接待人", "Whose")),
            Column(Text("商品编号", "Product")),
            Column(Text("订单编号", "Order")),
            Column(Text("标签", "Tags")),
            Column(Text("消息数", "Messages"), "count"),
            Column(Text("评分", "Rating"), "count"),
            Column(Text("开始时间", "Begun"), "time"),
            Column(Text("最后一句", "Last written in"), "time"),
            Column(Text("结束时间", "Closed"), "time"),
        ),
        talks,
        is_personal=True,
        whole=all_talks,
    )
)
exports.register(
    Export(
        "messages",
        Text("会话消息", "Messages"),
        "service.list_conversations",
        (
            Column(Text("会话编号", "Conversation")),
            Column(Text("序号", "Number"), "count"),
            Column(Text("时间", "At"), "time"),
            Column(Text("谁说的", "Author")),
            Column(Text("称呼", "Name")),
            Column(Text("内容", "Text")),
            Column(Text("图片数", "Pictures"), "count"),
            Column(Text("决定", "Decision")),
            Column(Text("依据", "Sources")),
        ),
        messages,
        is_personal=True,
        whole=all_messages,
    )
)
