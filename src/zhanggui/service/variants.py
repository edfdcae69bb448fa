"""Which SKUs of a product a message means: by the values that tell them apart, by size words, by
what the conversation spoke of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhanggui.base.chinese import Dimension, Quantity, arabic, quantities, standard
from zhanggui.service.reading import Reading
from zhanggui.shop.models import Sku

_COLOURS = tuple("白黑红粉蓝绿灰黄紫棕咖米橙银金青杏驼褐")
_COLOUR_NAME = re.compile("颜色|色号|花色|配色|色")
_SIZES = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "2xl", "xxxl", "3xl", "4xl")
_LARGER = re.compile(
    r"(?<!多)大(?:一|1)?[号码个款些]|(?<!多)大的|大包|大瓶|大箱|大盒|大桶|大罐|大袋|加大|再大|大那|那个大|最(?:大|长|宽|高|重|厚|多)|长的那|长款|高的那|(?<!多)厚的"
)
_SMALLER = re.compile(
    r"小(?:一|1)?[号码个款些]|小的|小包|小瓶|小箱|小盒|小桶|小罐|小袋|再小|小那|那个小|最(?:小|短|窄|矮|轻|薄|少)|短的那|短款|(?<!多)矮的|(?<!多)薄的"
)
_DARK, _LIGHT = re.compile(r"深色|深的|暗色"), re.compile(r"浅色|浅的|亮色")
_DARKS, _LIGHTS = "黑胡棕褐咖深墨藏炭曜夜栗", "白原米浅奶本杏银燕雾"
_NEXT = re.compile(r"大(?:一|1)(?:号|码|个|档)|再大|小(?:一|1)(?:号|码|个|档)|再小")
_OTHER = re.compile(
    r"另(?:外)?(?:一|1)?[个款种件条张双辆只台把套瓶盒]|别的(?:颜色|款|尺寸|码)|其他(?:颜色|款)"
)
_MIDDLE = re.compile(r"中号|中码|中的|中间那")
_DEAR, _CHEAP = re.compile(r"贵的|贵那|最贵"), re.compile(r"便宜的|便宜那|最便宜")
_ORDERED = (
    Dimension.VOLUME, Dimension.LENGTH, Dimension.AREA, Dimension.WEIGHT, Dimension.PERSONS,
    Dimension.COUNT, Dimension.CHARGE, Dimension.POWER,
)  # fmt: skip
_BARE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The SKUs meant, and how plainly the message says so (0: it names none, so all are)."""

    skus: list[Sku]
    strength: float


def telling(skus: Sequence[Sku]) -> list[str]:
    """The attributes in which the SKUs differ, in their order."""
    names = dict.fromkeys(name for sku in skus for name in sku.attributes)
    return [n for n in names if len({str(sku.attributes.get(n)) for sku in skus}) > 1]


def choose(reading: Reading, skus: Sequence[Sku]) -> Chosen:
    """The SKUs the turn narrows down to; where it says nothing of it, those the turn before or
    the shop's last words did."""
    if len(skus) < 2:
        return Chosen(list(skus), 0.0)
    before = _told(reading.earlier, skus) if reading.earlier else Chosen(list(skus), 0.0)
    if len(before.skus) == len(skus) and reading.told:
        before = _told(reading.told, skus)
    if _NEXT.search(reading.text) and 0 < len(before.skus) < len(skus):
        step = _step(reading.text, before.skus, skus)
        if step:
            return Chosen(step, 3.0)
    if _OTHER.search(reading.text) and 0 < len(before.skus) < len(skus):
        return Chosen([sku for sku in skus if sku not in before.skus], 2.0)
    now = _told(reading.text, skus)
    if now.strength > 0:
        both = [sku for sku in now.skus if sku in before.skus]
        # 奶白1.7的有吗 … 墨绿呢: the size is still meant, where such a SKU exists.
        if before.strength > 0 and reading.leans and 0 < len(both) < len(now.skus):
            return Chosen(both, now.strength)
        if before.strength > 0 and reading.leans and len(now.skus) > 1:
            kept = _keeping(before.skus, now.skus, skus)
            return Chosen(kept, now.strength)
        return now
    return before if reading.leans else Chosen(list(skus), 0.0)


def _keeping(before: list[Sku], now: list[Sku], skus: Sequence[Sku]) -> list[Sku]:
    """Of `now` those most like what was spoken of before."""
    names = telling(skus)

    def alike(sku: Sku) -> int:
        return max(
            sum(bool(sku.attributes.get(n) == other.attributes.get(n)) for n in names)
            for other in before
        )

    most = max(alike(sku) for sku in now)
    return [sku for sku in now if alike(sku) == most]


def _told(text: str, skus: Sequence[Sku]) -> Chosen:
    """By the values that are named first, and of those by size, shade and price."""
    names = telling(skus)
    scores = [sum(_says(text, n, str(sku.attributes.get(n, ""))) for n in names) for sku in skus]
    most = max(scores, default=0)
    left = [s for s, score in zip(skus, scores, strict=True) if score == most]
    for narrowed in (_of_size(text, left), _of_shade(text, left, names), _of_price(text, left)):
        kept = [sku for sku in left if sku in narrowed]
        if kept and len(kept) < len(left):
            left, most = kept, most + 2
    return Chosen(left, most) if most > 0 else Chosen(list(skus), 0.0)


def _of_size(text: str, skus: Sequence[Sku]) -> list[Sku]:
    groups = _by_size(skus) if len(skus) > 1 else []
    if len(groups) > 1:
        if _LARGER.search(text):
            return groups[-1]
        if _SMALLER.search(text):
            return groups[0]
        if _MIDDLE.search(text):
            return groups[len(groups) // 2]
    return list(skus)


def _of_shade(text: str, skus: Sequence[Sku], names: Sequence[str]) -> list[Sku]:
    for word, letters in ((_DARK, _DARKS), (_LIGHT, _LIGHTS)):
        if word.search(text):
            colours = [name for name in names if _COLOUR_NAME.search(name)]
            return [
                sku
                for sku in skus
                if any(
                    each in str(sku.attributes.get(n, ""))[:3] for n in colours for each in letters
                )
            ]
    return list(skus)


def _of_price(text: str, skus: Sequence[Sku]) -> list[Sku]:
    prices = [sku.price_fen for sku in skus if sku.price_fen is not None]
    for word, best in ((_DEAR, max), (_CHEAP, min)):
        if word.search(text) and len(set(prices)) > 1:
            return [sku for sku in skus if sku.price_fen == best(prices)]
    return list(skus)


@dataclass(frozen=True, slots=True)
class _Value:
    """An attribute's value as it is looked for in a text. `alone` finds one so short that it has to
    stand by itself, `number` the number that it begins with."""

    plain: str
    alone: re.Pattern[str] | None
    head: str
    held: tuple[Quantity, ...]
    number: re.Pattern[str] | None
    pairs: tuple[str, ...]


@lru_cache(maxsize=16_384)
def _value(value: str) -> _Value:
    plain = arabic(standard(value))
    alone = None
    if plain in _SIZES:
        alone = re.compile(rf"(?<![a-z]){plain}(?![a-z])")
    elif plain.isascii() and len(plain) <= 3:
        alone = re.compile(rf"(?<![a-z0-9.]){re.escape(plain)}(?![a-z0-9.])")
    head = re.split(r"[,，、(（;；:：\s]", plain)[0]
    begins = _BARE.match(head)
    number = re.compile(rf"(?<![\d.]){re.escape(begins[0])}(?![\d.%])") if begins else None
    pairs = dict.fromkeys(head[i : i + 2] for i in range(len(head) - 1))
    return _Value(
        plain, alone, head, quantities(head)[:2], number, tuple(p for p in pairs if not p.isascii())
    )


def _says(text: str, name: str, value: str) -> float:
    """How plainly a text names an attribute's value, from 0 to 3."""
    told = _value(value)
    if not told.plain:
        return 0.0
    if told.alone is not None:
        return 3.0 if told.alone.search(text) else 0.0
    if told.plain in text:
        return 3.0
    head = told.head
    if len(head) >= 2 and head in text:
        return 2.5
    for quantity in told.held:
        if any(
            q.dimension == quantity.dimension and abs(q.low - quantity.low) < 1e-6
            for q in quantities(text)
        ):
            return 2.5
    if told.number is not None and told.number.search(text):
        return 1.5
    if _COLOUR_NAME.search(name) or head.endswith(_COLOURS):
        return 1.5 if any(each in head and each in text for each in _COLOURS) else 0.0
    hits = sum(pair in text for pair in told.pairs)
    return min(1.2, 0.6 * hits)


def _by_size(skus: Sequence[Sku]) -> list[list[Sku]]:
    """The SKUs from the smallest to the largest, in groups of one size."""
    for name in telling(skus):
        values = [arabic(standard(str(sku.attributes.get(name, "")))) for sku in skus]
        if all(any(part in _SIZES for part in re.split(r"[\s,，/(（]", v)) for v in values):
            places = [
                next(_SIZES.index(p) for p in re.split(r"[\s,，/(（]", v) if p in _SIZES)
                for v in values
            ]
            return _grouped(skus, [float(place) for place in places])
        found = [quantities(value) for value in values]
        for dimension in _ORDERED:
            sizes = [
                next((q.low for q in each if q.dimension == dimension), None) for each in found
            ]
            if all(size is not None for size in sizes) and len(set(sizes)) > 1:
                return _grouped(skus, [size or 0.0 for size in sizes])
    prices = [float(sku.price_fen or 0) for sku in skus]
    return _grouped(skus, prices)


def _grouped(skus: Sequence[Sku], sizes: Sequence[float]) -> list[list[Sku]]:
    groups: dict[float, list[Sku]] = {}
    for sku, size in zip(skus, sizes, strict=True):
        groups.setdefault(size, []).append(sku)
    return [groups[size] for size in sorted(groups)]


def _step(text: str, before: Sequence[Sku], skus: Sequence[Sku]) -> list[Sku]:
    """The SKUs one size up or down from those spoken of."""
    groups = _by_size(skus)
    places = {i for i, group in enumerate(groups) if any(sku in before for sku in group)}
    if len(places) != 1:
        return []
    place = places.pop() + (-1 if "小" in text else 1)
    return groups[place] if 0 <= place < len(groups) else []
