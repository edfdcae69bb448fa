"""Products and SKUs: 千牛 goods workbooks and 淘宝助理 item files."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from zhanggui.shop.files.cells import CellError, bare, count, identifier, money, side_number, words
from zhanggui.shop.files.contract import Kind
from zhanggui.shop.files.layouts import Carry, Field, Layout, Values
from zhanggui.shop.files.records import ProductRecord, Record, SkuRecord


@lru_cache(maxsize=4096)
def _attributes(cell: str) -> tuple[tuple[str, str], ...]:
    text = bare(cell)
    if text.startswith("{"):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            return tuple((str(name), str(value)) for name, value in found.items())
    pairs = []
    for part in re.split(r"[;；\n]", text):
        pieces = [piece.strip() for piece in re.split(r"[:：]", part) if piece.strip()]
        if len(pieces) >= 4 and pieces[0].isdigit():  # pid:vid:name:value
            pieces = pieces[2:]
        if len(pieces) == 1:
            pairs.append(("规格", pieces[0]))
        elif pieces:
            pairs.append((pieces[0], ":".join(pieces[1:])))
    return tuple(pairs)


def attributes(cell: str) -> dict[str, str] | None:
    """A SKU's attributes from JSON or from ``颜色分类:奶白;容量:1.7L``."""
    return dict(_attributes(cell)) or None


_TAGS = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^<>]{0,2000}>", re.S | re.I)
_GAPS = re.compile(r"[ \t\r\f\v\u00a0\u3000]*\n\s*")


def plain(cell: str) -> str | None:
    """A description without its HTML, at most 20,000 characters."""
    text = _TAGS.sub("\n", cell[:200_000]).replace("&nbsp;", " ")
    text = _GAPS.sub("\n", text).strip()
    return text[:20_000] or None


def pictures(cell: str) -> tuple[str, ...] | None:
    """Picture addresses in a cell."""
    return tuple(re.findall(r"https?://[^\s;,|\"'<>]+", cell)) or None


_PRODUCT = [
    "title",
    "category",
    "category_id",
    "price_fen",
    "stock",
    "outer_id",
    "brand",
    "status",
    "description",
    "picture_urls",
]


def product_records(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    """The product, where this row is the first of it, and its SKU."""
    product_id = values["product_id"]
    product = {name: values[name] for name in _PRODUCT if values.get(name) is not None}
    records: list[Record] = []
    if carry.state[:1] != (product_id,):
        carry.state = (product_id, values.get("title") or "")
        records.append(ProductRecord(row, product_id, **product))
    sku_id = values.get("sku_id")
    records.append(
        SkuRecord(
            row,
            sku_id or product_id,
            product_id,
            title=values.get("title") or carry.state[1] or None,
            price_fen=_first(values, "sku_price_fen", "price_fen"),
            stock=_first(values, "sku_stock", "stock"),
            outer_id=_first(values, "sku_outer_id", "outer_id"),
            attributes=values.get("attributes"),
        )
    )
    return records


def _first(values: Values, *names: str) -> Any:
    return next((values[name] for name in names if values.get(name) is not None), None)


GOODS = Layout(
    Kind.GOODS,
    (
        Field(
            "product_id",
            identifier,
            ("商品Id", "宝贝ID", "商品编号", "商品数字ID", "宝贝编号", "num_iid"),
            required=True,
        ),
        Field("category_id", words, ("类目id", "叶子类目id", "宝贝类目id")),
        Field("category", words, ("类目名称", "商品类目", "类目", "叶子类目")),
        Field("title", words, ("商品标题", "宝贝标题", "商品名称", "宝贝名称", "标题")),
        Field("price_fen", money, ("一口价", "商品价格", "商品一口价", "宝贝价格", "销售价")),
        Field("outer_id", side_number, ("商家编码", "商品商家编码", "宝贝商家编码", "货号")),
        Field("stock", count, ("数量", "总库存", "商品库存", "商品数量", "宝贝数量")),
        Field("brand", words, ("品牌", "品牌名称")),
        Field("status", words, ("商品状态", "宝贝状态", "状态")),
        Field(
            "attributes",
            attributes,
            ("销售属性", "SKU销售属性", "规格", "sku名称", "规格名称", "销售属性别名"),
        ),
        Field("sku_id", identifier, ("skuId", "规格ID", "SKU编号")),
        Field("sku_price_fen", money, ("价格（元）", "价格", "sku价格", "SKU一口价", "规格价格")),
        Field("sku_stock", count, ("sku数量", "sku库存", "库存", "规格库存", "可售库存")),
        Field("sku_stock", count, ("数量",), nth=2),
        Field("sku_outer_id", side_number, ("sku商家编码", "规格编码", "规格商家编码")),
        Field("sku_outer_id", side_number, ("商家编码",), nth=2),
        Field("picture_urls", pictures, ("商品主图", "主图", "商品图片", "主图链接")),
    ),
    product_records,
    frozenset(
        [
            "category_id",
            "price_fen",
            "outer_id",
            "attributes",
            "sku_id",
            "sku_price_fen",
            "stock",
            "sku_stock",
        ]
    ),
    needs=3,
    decisive=frozenset(["sku_id"]),
    fills=("product_id", "title", "category", "category_id", "price_fen", "outer_id", "brand"),
)


def _build_item(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    """淘宝助理 keeps a product's SKUs in one cell: ``价格:数量:商家编码:属性;…``."""
    skus = values.pop("sku_props", None)
    product_id = values.get("product_id") or values.get("outer_id")
    if product_id in (None, "0", "-1"):
        product_id = "title:" + values["title"]
    product = {name: values[name] for name in _PRODUCT if values.get(name) is not None}
    records: list[Record] = [ProductRecord(row, product_id, **product)]
    parsed = [_sku_of(row, product_id, values["title"], part) for part in _split_skus(skus or "")]
    found = [sku for sku in parsed if sku is not None]
    if not found:
        found = [
            SkuRecord(
                row,
                product_id,
                product_id,
                values["title"],
                values.get("price_fen"),
                values.get("stock"),
                values.get("outer_id"),
            )
        ]
    return records + list(found)


def _split_skus(text: str) -> list[str]:
    """Each SKU begins with ``price:quantity:``; its properties go on after ``;``."""
    return re.findall(r"\d+(?:\.\d+)?:\d+:[^:;]*:(?:-?\d+:-?\d+;)+", text + ";")


def _sku_of(row: int, product_id: str, title: str, text: str) -> SkuRecord | None:
    price, quantity, outer_id, properties = text.split(":", 3)
    properties = properties.rstrip(";")
    try:
        price_fen, stock = money(price), count(quantity)
    except CellError:
        return None
    return SkuRecord(
        row,
        f"{product_id}:{properties}",
        product_id,
        title,
        price_fen,
        stock,
        outer_id or None,
        {"属性": properties},
    )


ASSISTANT_ITEMS = Layout(
    Kind.ASSISTANT_ITEMS,
    (
        Field("title", words, ("title", "宝贝名称"), required=True),
        Field("category_id", words, ("cid", "宝贝类目")),
        Field("price_fen", money, ("price", "宝贝价格"), vital=True),
        Field("stock", count, ("num", "宝贝数量")),
        Field("description", plain, ("description", "宝贝描述", "desc")),
        Field("sku_props", words, ("skuprops", "销售属性组合")),
        Field("outer_id", side_number, ("outer_id", "商家编码")),
        Field("product_id", identifier, ("num_id", "数字ID", "num_iid", "宝贝ID")),
        Field("picture_urls", pictures, ("picture", "新图片")),
        Field("status", words, ("approve_status", "宝贝状态")),
    ),
    _build_item,
    frozenset(["category_id", "sku_props", "description", "picture_urls", "product_id", "stock"]),
    needs=3,
)
