"""The plainest questions there are, made from a pack's own records: what the cases, which are
written to be hard, hardly have, and what shoppers ask most."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from training.examples import rows
from zhanggui.service.scoring import Case, CaseTurn, Expectation

_PRICES = cycle(("多少钱", "这个多少钱", "价格多少", "怎么卖", "什么价"))
_STOCKS = cycle(("有货吗", "还有货吗", "有现货吗", "现在能拍吗", "还有没有货"))
_ATTRIBUTES = cycle(("{}是多少", "{}是什么", "{}", "请问{}", "说一下{}"))
_PARCELS = cycle(
    ("我的快递到哪了", "到哪了", "物流信息", "快递单号多少", "发的什么快递", "什么时候到")
)
_WAITING = cycle(("什么时候发货", "怎么还没发货", "今天能发吗", "多久发货"))
_REFUNDS = cycle(("退款到账了吗", "退款进度", "我的售后怎么样了", "钱退了吗"))
_MOST = 8


def plain_cases(pack: Path) -> Iterator[Case]:
    """A few of each sort, on the page or with the order open that they are about."""
    goods: dict[str, list[dict[str, str]]] = {}
    for row in rows(pack / "products.csv"):
        goods.setdefault(row["product_id"], []).append(row)
    for number, (product, skus) in enumerate(goods.items()):
        sources = [f"product:{product}", *(f"sku:{sku['sku_id']}" for sku in skus)]
        prices = sorted({_yuan(sku["price"]) for sku in skus})
        yield _case(
            f"price-{number}", next(_PRICES), sources, [[f"{p}元" for p in prices]], product
        )
        yield _case(f"stock-{number}", next(_STOCKS), sources, [["有货", "没货"]], product)
        facts: dict[str, list[str]] = {}
        for sku in skus:
            for name, value in json.loads(sku["attributes"]).items():
                facts.setdefault(name, []).append(value)
        for name in list(facts)[number % 3 :: 5][:2]:
            values = [v for v in facts[name] if v not in ("有", "无")] or [name]
            text = next(_ATTRIBUTES).format(name)
            yield _case(f"{name}-{number}", text, sources, [values], product)
    yield from _of_orders(pack)


def _of_orders(pack: Path) -> Iterator[Case]:
    orders = {row["order_id"]: row for row in rows(pack / "orders.csv")}
    shipped = [row for row in orders.values() if row["tracking_no"] and not row["delivered_at"]]
    waiting = [row for row in orders.values() if row["paid_at"] and not row["shipped_at"]]
    for number, row in enumerate(shipped[:_MOST]):
        must = [[row["tracking_no"]]]
        yield _of(f"parcel-{number}", next(_PARCELS), [f"order:{row['order_id']}"], must, row)
    for number, row in enumerate(waiting[:_MOST]):
        if "关闭" not in row["status"]:
            must = [["发货", "发出"]]
            yield _of(f"waiting-{number}", next(_WAITING), [f"order:{row['order_id']}"], must, row)
    for number, row in enumerate(rows(pack / "refunds.csv")[:_MOST]):
        source = [f"refund:{row['refund_id']}"]
        yield _of(f"refund-{number}", next(_REFUNDS), source, [], orders[row["order_id"]])


def _of(
    name: str, text: str, sources: list[str], must: list[list[str]], order: dict[str, str]
) -> Case:
    found = _case(name, text, sources, must, None)
    return found.model_copy(update={"buyer": order["buyer"], "order_id": order["order_id"]})


def _case(name: str, text: str, sources: list[str], must: list[list[str]], product: Any) -> Case:
    expect = Expectation(decisions=["answer"], sources=sources, must_include=must)
    turns = [CaseTurn(role="shopper", text=text)]
    return Case(id=f"plain-{name}", kind="plain", product_id=product, turns=turns, expect=expect)


def _yuan(price: str) -> str:
    return price.removesuffix(".00")
