"""What every shop is asked about, by the words that tell a text on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Topic = Literal["shipping", "returns", "exchange", "quality", "invoice", "orders"]
"""Each has a starter policy of the same id (:mod:`zhanggui.knowledge.starter`)."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text is on a topic if its title or question has one of `named`, or a clause of it one of
    `ruled`: a clause often mentions what another one rules."""

    named: tuple[str, ...]
    ruled: tuple[str, ...]


TOPICS: dict[Topic, Words] = {
    "shipping": Words(
        ("发货", "快递", "物流", "包邮", "邮费", "运费"),
        ("小时内发", "天内发", "日内发", "当天发", "当日发", "次日发", "发货时间", "发什么快递"),
    ),
    "returns": Words(
        ("退货", "退换", "无理由", "能退", "可以退"),
        ("无理由退", "天内可以退", "天内可退", "天内退货", "支持退货", "不支持退"),
    ),
    "exchange": Words(("换货", "退换", "调换", "能换", "可以换"), ("换货", "调换")),
    "quality": Words(
        ("质量", "破损", "损坏", "瑕疵", "坏了", "碎了", "少件", "漏发", "发错"),
        ("破损", "少件", "漏发", "瑕疵"),
    ),
    "invoice": Words(("发票", "开票"), ("发票", "开票")),
    "orders": Words(
        ("改地址", "换地址", "修改", "取消", "不想要"),
        ("改地址", "修改地址", "取消订单", "改不了地址"),
    ),
}
