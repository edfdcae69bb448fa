"""Which size suits a body: the SKUs whose ranges hold what was measured.

Only what a record says for whom a size is (建议体重：98到112斤) decides; how wide a garment is cut
does not say who it fits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from zhanggui.base.chinese import Dimension, arabic, quantities
from zhanggui.knowledge import Entry
from zhanggui.shop.models import Product, Sku

Measure = Literal["height", "weight", "chest", "waist", "hip", "foot"]
"""Of a body; in cm, the weight in g."""
_NAMES: dict[Measure, tuple[str, Dimension]] = {
    "height": (r"身高", Dimension.LENGTH),
    "weight": (r"体重", Dimension.WEIGHT),
    "chest": (r"胸围", Dimension.LENGTH),
    "waist": (r"腰围", Dimension.LENGTH),
    "hip": (r"臀围", Dimension.LENGTH),
    "foot": (r"脚长|足长", Dimension.LENGTH),
}
_OTHERS = re.compile(r"模特|试穿")
_ON_SIZES = re.compile(r"大一?码|小一?码|偏大|偏小|卡码|两个码|怎么选.{0,2}码|选.{0,2}码|尺码表")


def fitting(skus: Sequence[Sku], measured: Mapping[Measure, float]) -> list[Sku]:
    """The SKUs that say of at least one measure that they hold it, and of none that they do not."""
    found = []
    for sku in skus:
        told = [_holds(sku, measure, value) for measure, value in measured.items()]
        said = [each for each in told if each is not None]
        if said and all(said):
            found.append(sku)
    return found


def _holds(sku: Sku, measure: Measure, value: float) -> bool | None:
    """Whether a SKU is for that measure; None where it does not say."""
    name, dimension = _NAMES[measure]
    for attribute, written in sku.attributes.items():
        text = arabic(f"{attribute}：{written}".lower())
        if _OTHERS.search(text):
            continue
        for quantity in quantities(text):
            if quantity.dimension != dimension or (
                quantity.low == quantity.high and quantity.bound is None
            ):
                continue
            before = text[: quantity.start]
            named = [(m.end(), m[0]) for m in _ANY.finditer(before)]
            if named and re.fullmatch(name, named[-1][1]):
                return quantity.holds(value)
    return None


_ANY = re.compile("|".join(name for name, _ in _NAMES.values()))


def notes(entries: Sequence[Entry], product: Product, most: int = 2) -> list[Entry]:
    """What the shop has written on choosing a size of a product, else on choosing one at all."""
    written = [
        entry
        for entry in entries
        if entry.kind in ("faq", "policy")
        and _ON_SIZES.search(f"{' '.join(entry.questions)} {entry.text}")
    ]
    names = [name for name in (product.id, product.category or "", product.title[-2:]) if name]
    of_it = [e for e in written if any(n in f"{' '.join(e.questions)}{e.text}" for n in names)]
    general = [e for e in written if any("码" in question for question in e.questions)]
    return list(dict.fromkeys((*of_it, *general)))[:most]
