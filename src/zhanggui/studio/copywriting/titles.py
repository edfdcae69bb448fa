"""Titles of at most sixty bytes: what the product is, and the words shoppers search it by.

Words compete by how much is searched by them (the order of `nouns.txt`) and how much they tell;
the best that fit are taken, none that repeats what stands already, and set in the order in which
Taobao's shoppers read: brand, what it is, what it is made of, other names, scenes, sizes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhanggui.studio.copywriting.composing import Composer
from zhanggui.studio.copywriting.lexicon import claims
from zhanggui.studio.copywriting.reading import Aspect
from zhanggui.studio.copywriting.takes import TITLE_BYTES, Line

_ORDER = ("brand", "core", "style", "material", "searched", "able", "scene", "size", "colour")
_LEANS: tuple[dict[str, float], ...] = (
    {},
    {"scene": 1.6, "searched": 1.2, "size": 0.7},
    {"size": 1.6, "able": 1.5, "material": 1.2, "scene": 0.7},
    {"style": 1.5, "colour": 1.6, "searched": 0.9},
)
"""What each take weighs more: all evenly, scenes, specifications, looks."""
_TRIES = 6
_SEARCHED_MATERIALS = (
    "陶瓷", "骨瓷", "白瓷", "粗陶", "紫砂", "316不锈钢", "304不锈钢", "不锈钢", "高硼硅玻璃",
    "玻璃", "食品级硅胶", "硅胶", "纯棉", "棉麻", "亚麻", "真丝", "桑蚕丝", "羊毛", "羊绒",
    "三醋酸", "醋酸", "天丝", "牛皮", "真皮", "帆布", "实木", "榉木", "胡桃木", "橡木", "竹",
    "925银", "大豆蜡",
)  # fmt: skip
_STYLED = re.compile("版型|领型|袖长|腰型|款式|风格|釉面|画法|口味|香型|香味|肤质|适用肤质|质地")
_INNER = re.compile("内胆|内胆材质|杯体|壶体|发热体")
_SIZED = re.compile(r"^(?=.{1,8}$).*(?:\d|装$|套|对$|寸)")


@dataclass(frozen=True)
class _Word:
    text: str
    place: str
    worth: float
    rests_on: tuple[str, ...] = ()


def title(composer: Composer, take: int, others: Sequence[str] = ()) -> Line:
    """One title unlike the others, where the words allow; the take decides what it leans on."""
    spread = 3.0 if take == 0 else 9.0
    line = _title(composer, take, spread)
    for further in range(1, _TRIES):
        if line.text not in others:
            break
        line = _title(composer, take, spread + 6.0 * further)
    return line


def _title(composer: Composer, take: int, spread: float) -> Line:
    lean = _LEANS[take % len(_LEANS)]
    core = _core(composer)
    chosen = [core]
    brand = composer.product.facts.brand
    if brand and brand not in core.text and _bytes(brand) <= 16 and composer.kept(brand):
        chosen.insert(0, _Word(brand, "brand", 100, ("brand",)))
    words = [
        (each.worth * lean.get(each.place, 1.0) + composer.rng.random() * spread, place, each)
        for place, each in enumerate(_words(composer))
    ]
    for _, _, word in sorted(words, key=lambda each: (-each[0], each[1])):
        if _adds(word, chosen) and _bytes(_set([*chosen, word])) <= TITLE_BYTES:
            chosen.append(word)
    while len(chosen) > 1 and not composer.kept(_set(chosen)):
        chosen.remove(max(chosen, key=lambda each: each.place != "core"))
    text = _set(chosen)
    return Line(text=text, rests_on=_rests(chosen))


def _core(composer: Composer) -> _Word:
    product = composer.product
    text = product.title if composer.kept(product.title) else product.noun
    while _bytes(text) > TITLE_BYTES:
        text = text[:-1]
    return _Word(text, "core", 100, ("title",))


def _words(composer: Composer) -> list[_Word]:
    product = composer.product
    found = [_Word(word, "searched", 90 - 8 * place) for place, word in enumerate(product.searched)]
    scenes = enumerate(product.trade.scenes)
    found += [_Word(word, "scene", 60 - 5 * place) for place, word in scenes]
    for place, word in enumerate(_own(product.facts.title, product.title)):
        found.append(_Word(word, "style", 72 - 4 * place, ("title",)))
    for aspect in product.aspects:
        if aspect.sign != "cannot":
            found += _of_aspect(composer, aspect)
    return [each for each in found if composer.holds(each.text) and _bytes(each.text) <= 20]


def _of_aspect(composer: Composer, aspect: Aspect) -> list[_Word]:
    kind, rests_on = aspect.kind.id, (aspect.name,)
    if kind == "material" or (kind == "inner" and _INNER.fullmatch(aspect.name)):
        weight = 82 if kind == "material" else 62
        materials = _materials(composer, aspect.full)
        return [_Word(each, "material", weight, rests_on) for each in materials]
    if kind in ("capacity", "net", "spec") and _SIZED.search(aspect.short):
        return [_Word(aspect.short, "size", 66 if kind == "capacity" else 48, rests_on)]
    if kind == "colour" and len(aspect.short) <= 5:
        return [_Word(aspect.short, "colour", 44, rests_on)]
    if _STYLED.fullmatch(aspect.name) and _styled(aspect):
        return [_Word(aspect.short, "style", 58, rests_on)]
    if aspect.sign == "can" and kind in ("microwave", "dishwasher", "oven", "airfryer"):
        return [_Word(f"可进{aspect.name}", "able", 50, rests_on)]
    if aspect.sign == "can" and kind in ("safety", "keep", "removable"):
        return [_Word(aspect.name, "able", 46, rests_on)]
    if aspect.name == "预约" and len(aspect.short) <= 6:
        return [_Word(f"{aspect.short}预约", "able", 45, rests_on)]
    if aspect.name == "适用人数" and len(aspect.short) <= 6:
        return [_Word(aspect.short, "able", 45, rests_on)]
    return []


def _styled(aspect: Aspect) -> bool:
    return aspect.sign == "said" and 2 <= len(aspect.short) <= 6 and not re.search(
        "有|可|配|不|无|、", aspect.short)  # fmt: skip


def _own(title: str, called: str) -> list[str]:
    """The words of the shop's own title that its short name has not."""
    pieces = re.split(r"[\s/|·,，、]+", title.replace(called, " "))
    return [each for each in pieces if 2 <= len(each) <= 8]


def _materials(composer: Composer, value: str) -> list[str]:
    found = [each for each in _SEARCHED_MATERIALS if each in value
             or any(said in value for said in claims()[1].get(each, ()))]  # fmt: skip
    if re.search("涂层|釉(?!面)|PTC", value):
        return []
    kept: list[str] = []
    for each in found:
        if not any(set(each) & set(other) for other in kept) and composer.holds(each):
            kept.append(each)
    return kept[:2]


def _adds(word: _Word, chosen: list[_Word]) -> bool:
    """Whether a word brings something: at least one new character in two, no word again."""
    standing = "".join(each.text for each in chosen)
    if word.text in standing or any(
        each.text in word.text and not _may_return(each, word, chosen) for each in chosen
    ):
        return False
    limit = {"scene": 3, "able": 2, "material": 2, "style": 3, "colour": 1, "size": 2}
    if sum(each.place == word.place for each in chosen) >= limit.get(word.place, 9):
        return False
    new = sum(letter not in standing for letter in word.text)
    return new * 2 >= len(word.text)


def _may_return(core: _Word, word: _Word, chosen: list[_Word]) -> bool:
    """Whether a word may say a short name once more: 沙发 is searched as 小户型沙发."""
    again = any(core.text in each.text for each in chosen if each is not core)
    return core.place == "core" and word.place == "searched" and len(core.text) <= 3 and not again


def _set(chosen: list[_Word]) -> str:
    """The words in order: looks and materials before what they are looks and materials of."""
    groups = {
        place: "".join(each.text for each in chosen if each.place == place) for place in _ORDER
    }
    ahead = groups["brand"] + groups["core"]
    made = groups["style"] + groups["material"]
    scened = groups["scene"] + groups["searched"]
    rest = groups["able"]
    return " ".join(
        each for each in (ahead, made + scened, rest, groups["size"], groups["colour"]) if each
    )


def _bytes(text: str) -> int:
    return len(text.encode("gbk", "replace"))


def _rests(chosen: list[_Word]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for word in chosen for name in word.rests_on))
