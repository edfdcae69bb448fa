"""What a product is, read off its facts: its noun and measure word, its trade, and what each of
its attributes is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from zhanggui.studio.copywriting.grounding import written
from zhanggui.studio.copywriting.lexicon import Kind, Noun, Trade, kinds, nouns, trades, values
from zhanggui.studio.facts import Facts

Sign = Literal["said", "can", "cannot"]

_CAN = re.compile(r"(?:有|可以|支持|能|是)(?=$|[，；（])")
_CANNOT = re.compile(
    r"(?:无(?!线|缝|框|痕|漆)|没有|不可|不支持|不能|不建议|不带|不含|否|未|不防|不适用|不单)"
)
_BRACKETS = re.compile(r"（[^）]*）|【[^】]*】|\[[^\]]*\]")
_SET = re.compile(
    r"套装|件套|礼盒|组合"
    r"|[一二两三四五六八十\d]+(?:只|个|件|条|双|片|罐|壶)(?:装|礼盒|[一二两三四五六八十\d])"
)
_PAIR = re.compile(r"一对|两只装|一双")
_FURTHER = tuple("壶杯机锅盒罐架盘碗刀垫袋箱椅桌灯巾裤裙衣鞋帽柜夹器")
"""What makes another thing of a noun before it: 咖啡 of a 咖啡壶."""
_AROUND = re.compile("配件|用品|周边|耗材")
"""What a category of things around a thing is called: 手表配件 are no watches."""
_LONGEST_NAME = 14
_ANY = Kind(
    id="other", names=re.compile(""), group="other", sells=55,
    heads=("{v}", "{name}：{v}", "{name}{v}"),
    says=("{name}是{full}。", "{name}：{full}。", "再看{name}，{full}。"),
    can=("带{name}。", "有{name}。"), cannot=("{name}：{full}。",),
    caution=False, care=False, by={},
)  # fmt: skip
_HINTS = (
    ("generic", "保健|营养品|维生素|药|医疗"),
    ("clothing", "女装|男装|服饰|上衣|衣"), ("shoes", "鞋"), ("bags", "箱包|包袋|女包|男包"),
    ("beauty", "美妆|护肤|彩妆|个护|化妆"), ("food", "食品|零食|生鲜|饮料|茶叶|糕|酒"),
    ("baby", "母婴|儿童|童装|玩具|婴"), ("pets", "宠物|猫|狗"),
    ("electronics", "数码|手机|电脑|影音"),
    ("outdoor", "户外|运动|健身|露营|骑行"), ("stationery", "文具|办公|书"),
    ("home_textile", "家纺|布艺|床品|毛巾"), ("furniture", "家具|收纳"),
    ("jewellery", "首饰|饰品|珠宝"), ("vase", "花器"), ("plants", "鲜花|绿植|园艺|花"),
    ("lighting", "灯"), ("kitchenware", "厨|锅|刀"), ("tea", "茶具|茶器"),
    ("tableware", "餐具|碗|盘"), ("drinkware", "杯|水具"), ("home_appliance", "家电|电器"),
    ("household", "家居|日用|清洁|家饰"),
)  # fmt: skip


@dataclass(frozen=True)
class Aspect:
    """One attribute: what it is about, and its value in the words copy uses.

    `full` is the whole value, `short` its first clause without brackets, `rest` what follows
    it; `sign` says whether the value is a plain one, a yes or a no; `meant` are the sentences that
    follow from this very value.
    """

    kind: Kind
    name: str
    full: str
    short: str
    rest: str
    sign: Sign
    meant: tuple[str, ...] = ()


@dataclass(frozen=True)
class Product:
    """A product as copy sees it. `title` is what to call it in a sentence; `kin` is the trade
    whose way of putting facts it follows."""

    facts: Facts
    trade: Trade
    noun: str
    measure: str
    title: str
    searched: tuple[str, ...]
    aspects: tuple[Aspect, ...]

    @cached_property
    def values(self) -> dict[str, str]:
        """What frames may name."""
        return {
            "it": f"这{self.measure}{self.noun}",
            "noun": self.noun,
            "m": self.measure,
            "title": self.title,
        }

    @cached_property
    def kin(self) -> str:
        """The trade whose frames for facts are used: ceramics talk of their clay alike."""
        own = self.trade.id
        clay = any(
            each.kind.id == "material" and re.search("瓷|陶", each.full) for each in self.aspects
        )
        if clay and own in ("tableware", "tea", "drinkware", "baby"):
            return "ceramics"
        kin = {
            "kitchen_appliance": "appliance", "home_appliance": "appliance",
            "tableware": "kitchenware", "drinkware": "kitchenware",
            "tea": "kitchenware",
        }  # fmt: skip
        return kin.get(own, own)

    def of(self, *ids: str) -> tuple[Aspect, ...]:
        """The aspects of these kinds."""
        return tuple(each for each in self.aspects if each.kind.id in ids)


def read(facts: Facts) -> Product:
    """What the facts are of. A product no table knows is of the trade `generic`."""
    named = str(facts.attributes.get("名称") or facts.title or facts.category or "")
    of_category = _noun(facts.category or "") if not _AROUND.search(facts.category or "") else None
    stuffed = len(named.split()[0] if named.split() else "") > _LONGEST_NAME
    noun = of_category if stuffed and of_category and of_category.word in named else None
    noun = noun or _noun(named) or of_category
    trade = trades()[noun.trade if noun else _hinted(f"{facts.category or ''} {named}")]
    word = noun.shown if noun else _unknown(facts, named)
    spec = f"{named} {facts.attributes.get('规格', '')}"
    return Product(
        facts=facts,
        trade=trade,
        noun=word,
        measure=_measure(noun, spec),
        title=_called(named, noun.word if noun else word, word),
        searched=noun.searched if noun else ((facts.category,) if facts.category else ()),
        aspects=tuple(
            _aspect(name, value, word) for name, value in facts.attributes.items() if written(value)
        ),
    )


def _noun(text: str) -> Noun | None:
    """The noun that ends furthest right in the first word that has one, the longest of those."""
    for piece in text.split():
        ends = [(piece.rfind(each.word) + len(each.word), each) for each in nouns()
                if each.word in piece]  # fmt: skip
        found = [
            (end, each)
            for end, each in ends
            if piece[end : end + 1] not in _FURTHER and not _counts(piece, end, each)
        ]
        if found:
            return max(found, key=lambda pair: (pair[0], len(pair[1].word)))[1]
    return None


def _counts(piece: str, end: int, noun: Noun) -> bool:
    """Whether a noun of one character is a measure word there: 10包."""
    before = piece[end - len(noun.word) - 1 : end - len(noun.word)]
    return len(noun.word) == 1 and before.isnumeric()


def _hinted(text: str) -> str:
    return next((trade for trade, words in _HINTS if re.search(words, text)), "generic")


def _unknown(facts: Facts, named: str) -> str:
    pieces = _BRACKETS.sub(" ", named).split()
    if pieces and 2 <= len(pieces[0]) <= 8 and not pieces[0].isascii():
        return pieces[0]
    if facts.category and len(facts.category) <= 6 and not re.search(r"[/>&]", facts.category):
        return facts.category
    return "宝贝"


def _measure(noun: Noun | None, spec: str) -> str:
    if _PAIR.search(spec):
        return noun.measure if noun and noun.measure in ("副", "双") else "对"
    if _SET.search(spec):
        return "套"
    return noun.measure if noun else "件"


def _called(named: str, noun: str, shown: str) -> str:
    """What to call the product in a sentence: the shop's name for it unless that is a string of
    search words, of which the one with the noun is taken."""
    named = _BRACKETS.sub("", named.strip().replace("(", "（").replace(")", "）"))
    if len(named) <= _LONGEST_NAME and " " not in named:
        return named or shown
    piece = next((each for each in named.split() if noun in each), shown)
    piece = piece[: piece.find(noun) + len(noun)] if noun in piece else piece
    return piece if len(piece) <= _LONGEST_NAME else shown


def _aspect(name: str, value: object, noun: str) -> Aspect:
    kind = next((each for each in kinds() if each.names.fullmatch(name)), _ANY)
    full = written(value)
    first, _, rest = full.partition("，")
    sign: Sign = "said"
    if _CAN.match(full):
        sign = "can"
    elif (_CANNOT.match(full) or full.endswith("不保修")) and (kind.cannot or kind is _ANY):
        sign = "cannot"
    short = _BRACKETS.sub("", first).strip() or first
    meant = next((each.says for each in values() if each.fits(name, full, noun)), ())
    return Aspect(kind, name, full, short, rest.strip(), sign, meant)
