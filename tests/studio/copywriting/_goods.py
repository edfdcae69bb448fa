"""Products to write about: of every trade, with many facts and with none."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from zhanggui.base.money import parse_yuan
from zhanggui.studio.facts import Facts

DEMO = Path(__file__).parents[3] / "demo" / "shop"


def facts(title: str, category: str | None = None, **attributes: str) -> Facts:
    """A product with a price of 59 yuan."""
    return Facts(
        product_id=title, title=title, category=category, price_fen=5900, attributes=attributes
    )


MUG = facts(
    "粗陶马克杯", "杯子", 颜色="沙白", 材质="粗陶，1220℃烧成", 微波炉="可以",
    洗碗机="不建议，手洗", 烤箱="不可以", 明火="不可以",
    产地="江西景德镇", 容量="380ml", 净重="360g",
)  # fmt: skip
DRESS = facts(
    "方领连衣裙", "女装", 面料="棉100%", 颜色="黑", 版型="收腰A摆", 领型="方领", 弹力="无弹",
    口袋="无", 透不透="不透，有里衬", 洗涤="冷水手洗,不可机洗",
)  # fmt: skip
CREAM = facts(
    "山茶花面霜", "护肤", 净含量="50g", 适用肤质="干性、中性", 主要成分="水、甘油、角鲨烷"
)
BARE = facts("保温杯", "杯子")
STRANGE = facts("鹦鹉螺拓印架", None, 材质="胡桃木")


def demo_goods() -> list[Facts]:
    """Each SKU of the shipped demo shop."""
    return goods_of(DEMO)


def goods_of(pack: Path) -> list[Facts]:
    """Each SKU of a folder's `products.csv`."""
    with (pack / "products.csv").open(encoding="utf-8-sig") as file:
        return [
            Facts(
                product_id=row["product_id"],
                sku_id=row["sku_id"],
                title=row["title"],
                category=row["category"],
                price_fen=parse_yuan(row["price"]),
                attributes=json.loads(row["attributes"]),
            )
            for row in csv.DictReader(file)
        ]
