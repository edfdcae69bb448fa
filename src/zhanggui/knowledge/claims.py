"""What an entry states that another may contradict: periods, hours and sums by what they are about.

A claim is taken only where it can hardly be meant otherwise: one figure and one matter in a
sentence, and no date in it. What it holds for (a region, a defect, a presale, some goods) is its
scope, and claims of different scopes never contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from zhanggui.ai import bigrams
from zhanggui.base.chinese import arabic
from zhanggui.base.words import Text
from zhanggui.knowledge import clauses
from zhanggui.knowledge.clauses import Period
from zhanggui.knowledge.corpus import Entry

_MATTERS: dict[str, tuple[str, Text]] = {
    "price": (r"价保|保价|补差|价格保护|退差价",
              Text("价保的期限", "how long prices are protected")),
    "warranty": (r"保修|质保|三包|免费维修", Text("保修的期限", "the warranty")),
    "send_back": (r"寄回|寄出|寄到|填写?单号", Text("寄回的期限", "the time to send it back")),
    "refund": (r"(?:退款|钱款?|款项)[^，,]{0,8}(?:到账|退回|原路|退还|返还)|原路退|到账",
               Text("退款到账的时间", "when money is paid back")),
    "invoice": (r"^(?!.*申请).*(?:发票|开票)", Text("开票的时间", "the time of invoices")),
    "exchange": (r"(?<!退)换货|调换|可以?换|包换",
                 Text("换货的期限", "how long it can be exchanged")),
    "return": (r"退换|退货|无理由|可以?退|能退", Text("退货的期限", "how long it can be returned")),
    "arrive": (r"送达|送到|到货|收到货|到您?手", Text("送达的时间", "how long it is on its way")),
}  # fmt: skip
_SENT = Text("付款后发货的时间", "the time of sending after payment")
_CUTOFF = Text("当天发货的截止时间", "the hour until which it goes out the same day")
_FREE_FROM = Text("包邮的门槛", "the sum from which postage is free")
_FREE = Text("是否包邮", "whether postage is free")

_SCOPES = re.compile(
    r"预售|定制|定做|刻字|大促|双11|双十一|618|节假日|节日|春节|国庆|周末|周[一二三四五六日天]|星期|法定"
    r"|新疆|西藏|偏远|港澳|台湾|海外|国外|境外|内蒙|青海|宁夏|甘肃|海南|东北|江浙沪|同城|本地|省内|省外|外省"
    r"|乡镇|农村|县城|其他地区|会员|新客|老客|首单|企业|团购|批发|代发|质量|破损|损坏|瑕疵|少件|错发|发错|漏发"
    r"|故障|过敏|变质|死|蔫|(?:没有|没|未)?(?:拆封|开封|拆过|使用过?|用过|洗过|激活)|吊牌|洗涤|发货前|发货后"
    r"|已发货|口味"
    r"|生鲜|冷链|冷冻|鲜花|活体|易碎|大件|赠品|配件|零件|电池|样品|二手|特价|清仓|秒杀|直播|食品|内衣|贴身"
    r"|定金|订金|尾款|加急|顺丰|ems|自提|上门|到付|电子发票|纸质|专票|专用发票|信用卡|花呗|银行卡|审核|验货"
    r"|仅退款|补发|安装|维修|整机|电机|主机|试用|租|以旧换新|现货|缺货|补货|人为"
)
_DATED = re.compile(r"\d{1,2}月\d{1,2}日|\d{4}年|月底|月初|每月")
_FREE_FROM_SUM = re.compile(
    r"满(\d+(?:\.\d+)?)元?(?:就|即可?|可|全国|享)*(?:包邮|免邮|免运费|免邮费)"
)
_IS_FREE = re.compile(r"包邮|免邮|免运费")
_IS_NOT_FREE = re.compile(r"(?:不|没有|无法|不能|暂不)(?:支持|提供)?(?:包邮|免邮|免运费)")
_HALF_FREE = re.compile(r"满|元|退|换|以上|件|\d")
_PER_HOUR = {"hour": 1.0, "day": 24.0}
_PER_MONTH = {"month": 1.0, "year": 12.0}


@dataclass(frozen=True, slots=True)
class Claim:
    """That something is so: `topic` says about what, `value` how much of it (in one unit for each
    topic), `said` the figure as it is written and `sentence` where."""

    topic: str
    name: Text
    value: float
    said: str
    sentence: str
    scope: frozenset[str]

    def contradicts(self, other: Claim) -> bool:
        """Whether both cannot be so."""
        same = self.topic == other.topic and self.scope == other.scope
        return same and self.value != other.value


class Goods:
    """The words by which a shop's goods and what they are made of are named."""

    def __init__(self, entries: Collection[Entry]) -> None:
        goods = [each for each in entries if each.kind == "product"]
        named = [each.text for each in goods]
        named += [fact.partition("：")[2] for each in goods for fact in each.facts]
        self._words = {word for text in named for word in bigrams(text) if len(word) > 1}

    def named(self, text: str) -> set[str]:
        """The goods' words in a text."""
        return self._words & set(bigrams(text))


def scope(text: str, goods: Goods) -> frozenset[str]:
    """For what a text holds: the conditions and goods that it names. That goods are to be as they
    came (没用过, 未拆封) is what is usual and no scope of its own."""
    named = (word for word in _SCOPES.findall(text.lower()) if word[0] not in "没未")
    return frozenset({*named, *goods.named(text)})


def claims(entry: Entry, goods: Goods) -> list[Claim]:
    """What an entry claims; a topic on which it says more than one thing is left out."""
    about = entry.questions[0] if entry.questions else entry.words
    found: list[Claim] = []
    for sentence in clauses.sentences(arabic(entry.text)):
        if not _DATED.search(sentence):
            found += _claims(sentence, about, goods)
    if entry.questions and not found:
        found = _by_question(entry, about, goods)
    topics = [each.topic for each in found]
    return [each for each in found if topics.count(each.topic) == 1]


def _claims(sentence: str, about: str, goods: Goods) -> list[Claim]:
    where = scope(f"{about} {sentence}", goods)
    found = []
    cutoff = clauses.cutoff(sentence)
    if cutoff is not None:
        value, said = cutoff.hour + cutoff.minute / 60, f"{cutoff:%H:%M}"
        found.append(Claim("cutoff", _CUTOFF, value, said, sentence, where))
    within = clauses.ships_within(sentence)
    if within is not None and cutoff is None:
        found += _of_period("send", _SENT, within, sentence, where)
    free_from = _FREE_FROM_SUM.findall(sentence)
    if len(free_from) == 1:
        said = f"{free_from[0]}元"
        found.append(Claim("free_from", _FREE_FROM, float(free_from[0]), said, sentence, where))
    elif not _HALF_FREE.search(sentence) and _IS_FREE.search(sentence):
        free = not _IS_NOT_FREE.search(sentence)
        said = "包邮" if free else "不包邮"
        found.append(Claim("free", _FREE, float(free), said, sentence, where))
    if not found:
        for part in (sentence, *re.split("[，,]", sentence)):
            found = _of_matter(part, part, sentence, where)
            if found:
                break
    return found


def _by_question(entry: Entry, about: str, goods: Goods) -> list[Claim]:
    """Of an answer that gives one period and leaves to the question what it is about."""
    text = arabic(entry.text)
    if _DATED.search(text) or _matters(text):
        return []
    return _of_matter(text, about, text, scope(f"{about} {text}", goods))


def _of_matter(text: str, about: str, sentence: str, where: frozenset[str]) -> list[Claim]:
    said, matters = clauses.periods(text), _matters(about)
    if len(said) != 1 or len(matters) != 1:
        return []
    matter = matters[0]
    return _of_period(matter, _MATTERS[matter][1], said[0], sentence, where)


def _matters(text: str) -> list[str]:
    return [matter for matter, (words, _) in _MATTERS.items() if re.search(words, text)]


def _of_period(
    matter: str, name: Text, period: Period, sentence: str, where: frozenset[str]
) -> list[Claim]:
    if period.unit in _PER_HOUR:
        unit, value = "hours", period.amount * _PER_HOUR[period.unit]
    elif period.unit in _PER_MONTH:
        unit, value = "months", period.amount * _PER_MONTH[period.unit]
    else:
        unit, value = period.unit, period.amount
    topic = f"{matter} {unit} {period.anchor or ''}"
    return [Claim(topic, name, value, period.raw, sentence, where)]
