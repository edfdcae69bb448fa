"""Questions about goods: which product is meant, and what its records say of what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhanggui.ai import bigrams, normalise
from zhanggui.base.chinese import Dimension, quantities
from zhanggui.base.money import format_yuan
from zhanggui.knowledge import Search
from zhanggui.service import amounts, variants
from zhanggui.service.context import Context
from zhanggui.service.evidence import (
    LONGEST,
    MOST_SOURCES,
    Evidence,
    product_evidence,
    sku_evidence,
    variant,
)
from zhanggui.service.proposals import Proposal
from zhanggui.service.reading import Reading
from zhanggui.shop.models import Product, Sku

MOST_PRODUCTS = 4
MOST_ATTRIBUTES = 5
_OWN_SAY = re.compile(
    r"有货|没货|缺货|库存|现货|补货|还有|剩|卖完|售罄|断货|多少钱|价|怎么卖|贵|便宜|几块|到货|卖不卖|单卖|买到"
)
_STOCK = re.compile(
    r"有货|没货|缺货|库存|现货|补货|还有|剩|卖完|售罄|断货|到货|买到|有没有|能拍|有[吗么不没]"
)
_PRICE = re.compile(r"多少钱|价|怎么卖|贵|便宜|几块|多少元|多少块|块钱")
_PIECES = re.compile(
    r"(?<![\d.])(\d{1,2})(?:个|件|台|双|条|盒|箱|包|瓶|套|只|把|张|袋|支|罐|对|桶|束|盆|份)(?!月|小时|以内|人|码|号|斗|孔|面|档|季|工作)"
)
_COUNTED = re.compile(r"(?:多少|几)([^\W\d_a-zA-Z])")
_NO = ("无", "没有", "否", "不支持", "不含", "不带", "不可", "不能")


@dataclass(frozen=True, slots=True)
class Meant:
    """A product the message may be about. `named` is the share of its title the message has,
    `standing` how it stands in the search, both from 0; `is_page` that it is being looked at."""

    product: Product
    skus: list[Sku]
    named: float
    is_page: bool
    is_ordered: bool
    standing: float
    rank: int


def meant(reading: Reading, context: Context, search: Search) -> list[Meant]:
    """The products the message may be about, likeliest first."""
    standings = {c.entry.id: (c.standing, n) for n, c in enumerate(search.products)}
    ordered = {p.id for p in context.products_of(context.order.id)} if context.order else set()
    found = []
    for product in context.products.values():
        skus = context.skus.get(product.id, [])
        if not skus:
            continue
        standing, rank = standings.get(f"product:{product.id}", (0.0, 9))
        named = max(_named(reading.text, product), 0.8 * _named(reading.whole, product))
        is_page = context.product is product
        found.append(Meant(product, skus, named, is_page, product.id in ordered, standing, rank))
    # A page is what 它 means unless another product is named.
    most = max((each.named for each in found), default=0.0)

    def likely(each: Meant) -> float:
        bonus = 0.6 if each.is_page else 0.3 if each.is_ordered else 0.0
        return each.named + bonus + 0.05 * each.standing - (0.5 if each.named < most - 0.3 else 0.0)

    return sorted(found, key=likely, reverse=True)[:MOST_PRODUCTS]


def _named(text: str, product: Product) -> float:
    """The share of a title's tail (what the thing is, in Chinese) or of the whole of it that the
    message has, from 0 to 1."""
    title = normalise(product.title).replace(" ", "")
    plain = normalise(text).replace(" ", "")
    if len(title) < 2 or not plain:
        return 0.0
    pairs, said = set(bigrams(title)), set(bigrams(plain))
    share = len(pairs & said) / max(len(pairs), 1)
    tail = 1.0 if title[-3:] in plain else 0.8 if title[-2:] in plain else 0.0
    category = normalise(product.category or "").replace(" ", "")
    kind = 0.7 if len(category) > 1 and category in plain else 0.0
    last = 0.35 if title[-1] in plain else 0.0
    return max(share, tail, kind, last)


def propose(reading: Reading, search: Search, focus: Sequence[Meant]) -> list[Proposal]:
    """What the records of the goods in `focus` have to say to the message."""
    found: list[Proposal] = []
    for place, each in enumerate(focus):
        chosen = variants.choose(reading, each.skus)
        shared = {
            "product_named": each.named,
            "product_page": float(each.is_page),
            "product_ordered": float(each.is_ordered),
            "product_standing": each.standing,
            "product_rank": float(each.rank),
            "product_place": float(place),
            "sku_strength": chosen.strength,
            "sku_share": len(chosen.skus) / len(each.skus),
        }
        found += _attributes(reading, search, each, chosen, shared)
        found.append(_offer(reading, each, chosen, shared))
        if len(each.skus) > 1:
            found.append(_difference(reading, each, chosen, shared))
    return [each for each in found if each.reply]


def _attributes(
    reading: Reading,
    search: Search,
    each: Meant,
    chosen: variants.Chosen,
    shared: dict[str, float],
) -> list[Proposal]:
    scored = []
    for name in dict.fromkeys(n for sku in chosen.skus for n in sku.attributes):
        values = dict.fromkeys(
            str(sku.attributes[name]) for sku in chosen.skus if name in sku.attributes
        )
        meaning = max(search.fact(f"{name}：{value}") for value in values)
        signals = _fit(reading, name, list(values))
        prior = meaning + 0.15 * signals["name_said"] + 0.08 * signals["dimension"]
        scored.append((prior + 0.06 * signals["value_said"], meaning, name, signals))
    scored.sort(key=lambda item: -item[0])
    found = []
    best = scored[0][0] if scored else 0.0
    for place, (prior, meaning, name, signals) in enumerate(scored[:MOST_ATTRIBUTES]):
        reply, computed = _tell(reading, each, chosen, name)
        ahead = prior - (scored[1][0] if place == 0 and len(scored) > 1 else best)
        found.append(
            Proposal(
                "attribute",
                reply,
                _sources(each, chosen),
                f"{name}：{reply}",
                {
                    **shared,
                    **signals,
                    "meaning": meaning,
                    "place": float(place),
                    "margin": ahead,
                    "computed": float(bool(computed)),
                },
                computed,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """An attribute's name and values as they are compared with a question, whoever asks."""

    letters: str
    pairs: tuple[str, ...]
    value_pairs: frozenset[str]
    dimensions: frozenset[Dimension]
    has_number: bool
    is_no: bool
    is_flag: bool


@lru_cache(maxsize=16_384)
def _said(name: str, values: tuple[str, ...]) -> _Said:
    letters = normalise(name).replace(" ", "")
    held = quantities(" ".join(values))
    value = normalise(" ".join(values)).replace(" ", "")
    return _Said(
        letters,
        tuple(bigrams(letters) or [letters]),
        _chinese_pairs(value),
        frozenset(q.dimension for q in held),
        bool(held) or any(letter.isdigit() for letter in value),
        any(v.startswith(_NO) for v in values),
        all(v in ("有", "无", "是", "否", "支持", "不支持") for v in values),
    )


@lru_cache(maxsize=1024)
def _chinese_pairs(plain: str) -> frozenset[str]:
    return frozenset(p for p in bigrams(plain) if not p.isascii())


def _fit(reading: Reading, name: str, values: Sequence[str]) -> dict[str, float]:
    """How an attribute suits the words of the question, letters apart from meaning."""
    text = reading.text + (" " + reading.earlier if reading.leans else "")
    plain = normalise(text).replace(" ", "")
    held = _said(name, tuple(values))
    hits = sum(p in plain for p in held.pairs)
    said = 1.0 if held.letters and held.letters in plain else hits / len(held.pairs)
    scattered = sum(letter in plain for letter in held.letters) / max(len(held.letters), 1)
    dimensions = reading.dimensions or set()
    match = not held.dimensions.isdisjoint(dimensions)
    spoken = {q.dimension for q in reading.quantities}
    return {
        "name_said": max(said, 0.5 * scattered if scattered == 1 else 0.0),
        "name_letters": scattered,
        "value_said": min(1.0, len(held.value_pairs & _chinese_pairs(plain)) / 2),
        "dimension": (1.0 if match else -1.0) if dimensions else 0.0,
        "unit_asked": _unit_asked(text, values),
        "same_unit": float(not held.dimensions.isdisjoint(spoken)),
        "has_number": float(held.has_number),
        "is_no": float(held.is_no),
        "is_flag": float(held.is_flag),
    }


def _unit_asked(text: str, values: Sequence[str]) -> float:
    """1 where a value is counted in what the question asks the number of (多少张: 20张), -1 where
    none is, 0 where no number is asked for."""
    asked = _COUNTED.findall(text)
    if not asked:
        return 0.0
    return 1.0 if any(re.search(rf"\d *{each}", v) for each in asked for v in values) else -1.0


def _tell(reading: Reading, each: Meant, chosen: variants.Chosen, name: str) -> tuple[str, str]:
    """An attribute in words, and what was worked out for it."""
    by_value: dict[str, list[Sku]] = {}
    for sku in chosen.skus:
        if name in sku.attributes:
            by_value.setdefault(str(sku.attributes[name]), []).append(sku)
    title = each.product.title
    if len(by_value) == 1:
        value = next(iter(by_value))
        alone = len(chosen.skus) < len(each.skus)
        which = f"（{variant(chosen.skus[0], each.skus)}）" if alone else ""
        said = f"{title}{which}{_say(name, value)}"
        worked = amounts.compared(reading, value, chosen, each.skus)
        return f"{said}。{worked}"[:LONGEST], worked
    parts = [
        f"{variant(having[0], each.skus) or value}：{value}" for value, having in by_value.items()
    ]
    head = f"{title}的{name}，"
    while parts and len(head) + sum(map(len, parts)) + len(parts) > LONGEST - 30:
        parts.pop()
    worked = ""
    if 1 < len(by_value) <= 4:
        worked = amounts.which_holds(reading, name, by_value, each.skus)
    return f"{head}{'；'.join(parts)}。{worked}"[:LONGEST], worked


def _say(name: str, value: str) -> str:
    """An attribute as a person says it: 没有夜灯, 有夜灯, 微波炉可以的, 的容量：1.7L."""
    if value in ("无", "没有", "否"):
        return f"没有{name}（不支持）"
    if value in ("有", "是", "支持"):
        return f"有{name}，可以的"
    if value in ("可以", "不可以"):
        return f"，{name}{'可以的' if value == '可以' else '不可以'}"  # A bowl has no microwave.
    return f"的{name}：{value}"


def _offer(
    reading: Reading, each: Meant, chosen: variants.Chosen, shared: dict[str, float]
) -> Proposal:
    """Price and stock, which are asked for together more often than not."""
    parts = []
    for sku in chosen.skus[:6]:
        said = offer(sku)
        parts.append(f"{variant(sku, each.skus)}{said}" if said else "")
    parts = [part for part in parts if part]
    worked = _total(reading, chosen)
    head = f"{each.product.title}："
    while parts and len(head) + sum(map(len, parts)) + len(parts) > LONGEST - 10:
        parts.pop()
    text = reading.text
    signals = {
        **shared,
        "asks_offer": float(_OWN_SAY.search(text) is not None),
        "asks_stock": float(_STOCK.search(text) is not None),
        "asks_price": float(_PRICE.search(text) is not None),
        "asked_before": float(reading.leans and _OWN_SAY.search(reading.earlier) is not None),
    }
    reply = f"{head}{'；'.join(parts)}。{worked}"[:LONGEST] if parts else ""
    return Proposal("offer", reply, _sources(each, chosen), "价格和库存", signals, worked)


def offer(sku: Sku) -> str:
    """A SKU's price and whether it is there; empty where neither is known."""
    said = []
    if sku.price_fen is not None:
        said.append(f"{format_yuan(sku.price_fen)}元")
    if sku.stock is not None:
        said.append(f"有货，还剩{sku.stock}件" if sku.stock > 0 else "暂时没货（缺货）")
    presale = next((str(v) for n, v in sku.attributes.items() if "预售" in f"{n}{v}"), "")
    if presale:
        said.append(presale)
    return "，".join(said)


def wanted(reading: Reading) -> int:
    """How many pieces the shopper speaks of, 1 where of none."""
    found = _PIECES.search(reading.text)
    return int(found[1]) if found and 1 < int(found[1]) <= 99 else 1


def _total(reading: Reading, chosen: variants.Chosen) -> str:
    """What the wanted number comes to, and whether there are so many."""
    count = wanted(reading)
    prices = {sku.price_fen for sku in chosen.skus if sku.price_fen is not None}
    if count == 1 or len(prices) != 1 or not reading.computes:
        return ""
    total = f"{count}件共{format_yuan(count * prices.pop())}元"
    stocks = [sku.stock for sku in chosen.skus if sku.stock is not None]
    if len(chosen.skus) == 1 and stocks:
        total += "，库存够" if stocks[0] >= count else f"，库存只有{stocks[0]}件，不够"
    return f"{total}。"


def _difference(
    reading: Reading, each: Meant, chosen: variants.Chosen, shared: dict[str, float]
) -> Proposal:
    """In what two SKUs differ, and what that costs."""
    # Unless it is asked for, a list of all that differs would be right now and then by chance.
    if not (reading.computes and reading.mood.difference):
        return Proposal("difference", "", [], "")
    names = variants.telling(each.skus)
    pair = _pair(reading, each.skus, chosen)
    if pair is None:
        return Proposal("difference", "", [], "")
    one, other = pair
    parts = []
    for name in names:
        a, b = str(one.attributes.get(name, "无")), str(other.attributes.get(name, "无"))
        if a != b:
            parts.append(f"{name}{a}／{b}")
    gap = ""
    if one.price_fen is not None and other.price_fen is not None:
        gap = (
            f"价格{format_yuan(one.price_fen)}元／{format_yuan(other.price_fen)}元，"
            f"差{format_yuan(abs(one.price_fen - other.price_fen))}元"
        )
    head = f"{each.product.title}两款的区别："
    while parts and len(head) + sum(map(len, parts)) + len(parts) + len(gap) > LONGEST - 10:
        parts.pop()
    said = "；".join(part for part in (*parts, gap) if part)
    reply = f"{head}{said}。" if said else ""
    sources = [sku_evidence(each.product, sku, each.skus) for sku in pair]
    signals = {**shared, "asks_difference": float(reading.mood.difference)}
    return Proposal("difference", reply, sources, "两款的区别", signals, computed=gap)


def _pair(reading: Reading, skus: Sequence[Sku], chosen: variants.Chosen) -> tuple[Sku, Sku] | None:
    """The two SKUs to hold against each other: those that differ in what else is equal."""
    if len(chosen.skus) == 2:
        return chosen.skus[0], chosen.skus[1]
    one = chosen.skus[0]
    others = [sku for sku in skus if sku not in chosen.skus] or [s for s in skus if s is not one]
    names = variants.telling(skus)

    def alike(sku: Sku) -> int:
        return sum(sku.attributes.get(name) == one.attributes.get(name) for name in names)

    others.sort(key=alike, reverse=True)
    return (one, others[0]) if others else None


def _sources(each: Meant, chosen: variants.Chosen) -> list[Evidence]:
    if len(chosen.skus) == 1:
        return [sku_evidence(each.product, chosen.skus[0], each.skus)]
    return [product_evidence(each.product, each.skus)][:MOST_SOURCES]
