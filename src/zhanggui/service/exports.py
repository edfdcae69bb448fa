"""Work items to take away; what is to be written comes masked."""

from __future__ import annotations

from collections.abc import AsyncIterator

from zhanggui.base import exports
from zhanggui.base.exports import Export
from zhanggui.base.sheets import Column, Row
from zhanggui.base.tools import Call
from zhanggui.base.words import Text
from zhanggui.service import store
from zhanggui.service.chat import exports as chat_exports
from zhanggui.service.work_tools import WorkItemView, WorkList, view
from zhanggui.shop.names import name_of
from zhanggui.shop.store import batches

__all__ = ["chat_exports"]

_STATUSES = {
    "open": Text("待办", "To do"),
    "done": Text("已办结", "Done"),
    "dropped": Text("已放弃", "Dropped"),
}


async def work(call: Call, given: WorkList) -> AsyncIterator[list[Row]]:
    """A row for each work item."""
    status = None if given.status == "all" else given.status
    query = store.items_query(call.shop_id, status=status, kind=given.kind)
    async for batch in batches(call.session, query):
        yield [_row(view(call, item, whole=False)) for (item,) in batch]


def all_work(call: Call, given: WorkList) -> AsyncIterator[list[Row]]:
    """A row for each work item, whatever became of it."""
    return work(call, given.model_copy(update={"status": "all"}))


def _row(item: WorkItemView) -> Row:
    return (
        item.id,
        item.name,
        name_of(_STATUSES, item.status),
        item.order_id,
        "；".join(item.details.values()),
        item.why,
        item.words,
        item.made_at,
        item.decided_at,
        item.note,
    )


exports.register(
    Export(
        "work",
        Text("工作单", "Work"),
        "service.list_work",
        (
            Column(Text("编号", "Id")),
            Column(Text("类型", "Kind")),
            Column(Text("状态", "Status")),
            Column(Text("订单编号", "Order")),
            Column(Text("内容（已遮挡）", "What to write (masked)")),
            Column(Text("依据", "Why")),
            Column(Text("买家原话", "The shopper's words")),
            Column(Text("提出时间", "Asked"), "time"),
            Column(Text("处理时间", "Decided"), "time"),
            Column(Text("备注", "Note")),
        ),
        work,
        is_personal=True,
        whole=all_work,
    )
)
