"""Where the demo shop's files are, and its goods as the generator needs them."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path

from zhanggui.base.money import parse_yuan

LAUNCH_AGES = {"YX09": 290, "YX16": 214, "YX13": 168, "YX19": 96, "YX23": 41}
"""How many days before today a product was launched; the others are older than the year."""

_COPIED = ("shop.json", "products.csv", "faq.csv")


def demo_root() -> Path:
    """The folder with ``shop/`` and ``pictures/``: in the wheel, else in the repository.

    Raises FileNotFoundError when neither is there.
    """
    packaged = Path(str(resources.files("zhanggui"))) / "_demo"
    repository = Path(__file__).resolve().parents[4] / "demo"
    for root in (packaged, repository):
        if (root / "shop" / "shop.json").is_file():
            return root
    raise FileNotFoundError("the demo shop is neither in the package nor in the repository")


def picture_path(product_id: str) -> Path:
    """The picture of a demo product (640×640 WebP)."""
    return demo_root() / "pictures" / f"{product_id}.webp"


def write_pack(folder: Path, today: date) -> Path:
    """Write the demo shop's pack to `folder`, with its coupons as fresh as on the pack's own day.

    Goods, answers and policies are copied; the orders and cases belong to the pack's own clock and
    stay behind (:func:`zhanggui.shop.demo.generate` gives orders). Returns `folder`.
    """
    source = demo_root() / "shop"
    folder.mkdir(parents=True, exist_ok=True)
    for name in _COPIED:
        shutil.copyfile(source / name, folder / name)
    shutil.copytree(source / "policies", folder / "policies", dirs_exist_ok=True)
    shutil.copytree(demo_root() / "pictures", folder / "pictures", dirs_exist_ok=True)
    clock = datetime.fromisoformat((source / "now.txt").read_text(encoding="utf-8").strip())
    shift = today - clock.date()
    (folder / "now.txt").write_text(f"{(clock + shift).isoformat()}\n", encoding="utf-8")
    with (source / "coupons.csv").open(encoding="utf-8", newline="") as file:
        coupons = list(csv.DictReader(file))
    for coupon in coupons:
        for column in ("starts_at", "ends_at"):
            coupon[column] = _moved(coupon[column], shift)
    with (folder / "coupons.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(coupons[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(coupons)
    return folder


def _moved(moment: str, shift: timedelta) -> str:
    return (datetime.fromisoformat(moment) + shift).isoformat()


@dataclass(frozen=True, slots=True)
class Sku:
    """A SKU of the demo shop; `stock` is what is left today."""

    sku_id: str
    product_id: str
    title: str
    price_fen: int
    stock: int
    attributes: dict[str, str]

    @property
    def form(self) -> str:
        """What tells it from its siblings, as an order line prints it: ``颜色:米白;规格:单只``."""
        told = ("颜色", "规格", "搭配")
        return ";".join(f"{k}:{v}" for k, v in self.attributes.items() if k in told)


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the demo shop."""

    product_id: str
    title: str
    category: str
    skus: tuple[Sku, ...]

    def launched(self, today: date) -> date | None:
        """When it went on sale, if that was within the year before `today`."""
        age = LAUNCH_AGES.get(self.product_id)
        return None if age is None else today - timedelta(days=age)


@lru_cache(maxsize=1)
def products() -> tuple[Product, ...]:
    """The demo shop's goods, in the pack's order."""
    by_id: dict[str, list[dict[str, str]]] = {}
    with (demo_root() / "shop" / "products.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_id.setdefault(row["product_id"], []).append(row)
    return tuple(
        Product(product_id, rows[0]["title"], rows[0]["category"], tuple(map(_sku, rows)))
        for product_id, rows in by_id.items()
    )


def _sku(row: dict[str, str]) -> Sku:
    return Sku(
        sku_id=row["sku_id"],
        product_id=row["product_id"],
        title=row["title"],
        price_fen=parse_yuan(row["price"]),
        stock=int(row["stock"]),
        attributes=json.loads(row["attributes"]),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A question the shop has answered, in every wording it was asked."""

    faq_id: str
    wordings: tuple[str, ...]
    answer: str


@lru_cache(maxsize=1)
def answers() -> tuple[Answer, ...]:
    """The demo shop's FAQ."""
    with (demo_root() / "shop" / "faq.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Answer(row["faq_id"], (row["question"], *row["similar"].split("|")), row["answer"])
            for row in csv.DictReader(file)
        )
