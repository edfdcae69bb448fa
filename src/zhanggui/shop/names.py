"""What the shop's codes are called: states of orders, after-sales and coupons."""

from __future__ import annotations

from collections.abc import Mapping

from zhanggui.base.words import Text

ORDER_STATUSES: Mapping[str, Text] = {
    "unpaid": Text("待付款", "Unpaid"),
    "paid": Text("待发货", "To ship"),
    "part_shipped": Text("部分发货", "Partly shipped"),
    "shipped": Text("已发货", "Shipped"),
    "delivered": Text("已签收", "Delivered"),
    "completed": Text("交易成功", "Completed"),
    "closed": Text("已关闭", "Closed"),
    "refunding": Text("售后中", "After-sales"),
    "unknown": Text("未知", "Unknown"),
}

REFUND_KINDS: Mapping[str, Text] = {
    "refund_only": Text("仅退款", "Refund only"),
    "return": Text("退货退款", "Return and refund"),
    "exchange": Text("换货", "Exchange"),
    "repair": Text("维修", "Repair"),
    "price_protection": Text("价保", "Price protection"),
    "other": Text("其他", "Other"),
}

REFUND_STATUSES: Mapping[str, Text] = {
    "pending": Text("待处理", "Pending"),
    "approved": Text("已同意", "Approved"),
    "returning": Text("退货途中", "On its way back"),
    "received": Text("已收到退货", "Received back"),
    "done": Text("已完成", "Done"),
    "refused": Text("已拒绝", "Refused"),
    "cancelled": Text("已取消", "Cancelled"),
    "unknown": Text("未知", "Unknown"),
}

COUPON_STATES: Mapping[str, Text] = {
    "running": Text("进行中", "Running"),
    "coming": Text("未开始", "Coming"),
    "over": Text("已结束", "Over"),
}


def name_of(names: Mapping[str, Text], code: str) -> str:
    """A code's name in the reader's language, or the code itself where it has none."""
    return str(names.get(code, code))
