"""What an amount in the records of goods is against the one in a question: 31cm against 30cm of
room, 120斤 against 98到112斤, no 50℃ among the steps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhanggui.base.chinese import Dimension, Quantity, quantities
from zhanggui.service import variants
from zhanggui.service.evidence import variant
from zhanggui.service.reading import Reading
from zhanggui.shop.models import Sku

_COMPARED = frozenset(
    (
        Dimension.LENGTH, Dimension.WEIGHT, Dimension.VOLUME, Dimension.AREA, Dimension.PERSONS,
        Dimension.AGE, Dimension.TEMPERATURE, Dimension.POWER, Dimension.VOLTAGE,
    )
)  # fmt: skip
_TELLS_APART = re.compile(r"\d+(?:\.\d+)?")


def compared(reading: Reading, value: str, chosen: variants.Chosen, skus: Sequence[Sku]) -> str:
    """What an attribute's amount is against the one in the question. An amount by which the
    question says which SKU it means (1米8的那款) is none to hold against."""
    if not reading.computes:
        return ""
    named = ""
    if chosen.strength > 0:
        named = " ".join(
            str(s.attributes.get(n, "")) for n in variants.telling(skus) for s in chosen.skus
        )
    numbers = set(_TELLS_APART.findall(named))
    held = quantities(value)
    for asked in reading.quantities:
        if asked.dimension not in _COMPARED or _TELLS_APART.findall(asked.raw)[0] in numbers:
            continue
        for amount in held:
            if amount.dimension == asked.dimension:
                return _against(asked, amount, held, value)
    bare = re.search(r"(?<![\d.])(\d+(?:\.\d+)?)(?![\d.])", reading.text)
    options = re.split(r"[/、]", value)
    if bare and len(options) > 2 and held:
        numbers = {re.sub(r"[^\d.]", "", option) for option in options}
        if bare[1] not in numbers and len(reading.quantities) <= 1:
            return f"没有{bare[1]}这一档，不能设。"
    return ""


def _against(asked: Quantity, amount: Quantity, held: Sequence[Quantity], value: str) -> str:
    same = [q for q in held if q.dimension == asked.dimension]
    options = re.split(r"[/、]", value)
    if len(options) > 2:
        if any(abs(q.low - asked.low) < 1e-6 for q in same):
            return f"有{asked.raw}这一档。"
        return f"没有{asked.raw}这一档，不能设。"
    if amount.low != amount.high or amount.bound:
        if amount.holds(asked.low):
            return f"您说的{asked.raw}在这个范围内，合适。"
        return f"您说的{asked.raw}超出了这个范围，不合适。"
    if abs(amount.low - asked.low) < 1e-6:
        return f"和您说的{asked.raw}正好一样。"
    several = [q.low for q in held if q.dimension == asked.dimension]
    if len(several) > 1:
        if max(several) <= asked.low:
            return f"每一边都不超过您说的{asked.raw}。"
        return (
            f"最大的一边比您说的{asked.raw}大。"
            if min(several) <= asked.low
            else f"都比您说的{asked.raw}大。"
        )
    larger = amount.low > asked.low
    word = {
        Dimension.WEIGHT: ("重", "轻"), Dimension.NOISE: ("响", "轻"), Dimension.TIME: ("长", "短"),
    }.get(asked.dimension, ("大", "小"))[0 if larger else 1]  # fmt: skip
    gap = f"{abs(amount.low - asked.low):g}" if asked.dimension is Dimension.LENGTH else ""
    return f"比您说的{asked.raw}{word}{f'{gap}cm' if gap else ''}。"


def which_holds(
    reading: Reading, name: str, by_value: dict[str, list[Sku]], skus: Sequence[Sku]
) -> str:
    """Of SKUs that differ in a range, the one an amount in the question falls into."""
    if not reading.computes:
        return ""
    for asked in reading.quantities:
        fitting = []
        for value, having in by_value.items():
            ranges = [q for q in quantities(value) if q.dimension == asked.dimension]
            if any(q.holds(asked.low) for q in ranges if q.low != q.high or q.bound):
                fitting.append(variant(having[0], skus) or value)
        if fitting:
            return f"{asked.raw}建议选{'或'.join(fitting[:2])}。"
    return ""
