"""The same question as somebody else would type it: seeded changes that keep its meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_HOMOPHONES = {
    "在": "再", "再": "在", "的": "得", "得": "的", "做": "作", "账": "帐", "退": "腿", "换": "唤",
    "货": "或", "快": "块", "券": "卷", "发": "法", "运": "云", "邮": "由", "费": "废", "码": "吗",
    "质": "制", "量": "两", "能": "嫩", "是": "事", "有": "又", "单": "但", "到": "道", "时": "是",
    "里": "理", "用": "拥",
}  # fmt: skip
_DIALECTS = (
    ("怎么", "咋"), ("什么", "啥"), ("多少钱", "几多钱"), ("昨天", "昨儿"), ("今天", "今儿"),
    ("明天", "明儿"), ("没有", "冇"), ("这个", "介个"), ("为什么", "为啥"), ("小时", "钟头"),
    ("不要", "莫要"), ("可以吗", "中不"), ("我", "俺"), ("行吗", "行伐"),
)  # fmt: skip
_BEFORE = ("亲，", "请问", "你好 ", "麻烦问下 ", "老板 ", "客服在吗 ", "哈喽 ", "不好意思 ")
_AFTER = (" 谢谢", "哈", " 麻烦了", "～", "😊", " 急", "呀")
_ENDS = {"吗": "嘛", "么": "吗", "嘛": "么", "呢": "呐", "啊": "呀", "呀": "啊", "不": "不呢"}


def typo(text: str, chance: Random) -> str:
    """Two neighbouring characters changed places, or one typed twice, away from numbers."""
    places = [
        i for i in range(len(text) - 1)
        if "\u4e00" <= text[i] <= "\u9fff" and "\u4e00" <= text[i + 1] <= "\u9fff"
    ]  # fmt: skip
    if not places:
        return text
    at = chance.choice(places)
    if chance.random() < 0.5:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at] + text[at:]


def homophone(text: str, chance: Random) -> str:
    """One character for another that sounds the same."""
    places = [i for i, letter in enumerate(text) if letter in _HOMOPHONES]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + _HOMOPHONES[text[at]] + text[at + 1 :]


def order(text: str, chance: Random) -> str:
    """The pieces of a message in another order."""
    pieces = [each for each in re.split(r"[\s，,。]+", text) if each]
    if len(pieces) < 2:
        return text
    at = chance.randrange(1, len(pieces))
    return " ".join(pieces[at:] + pieces[:at])


def politeness(text: str, chance: Random) -> str:
    """With a greeting before or thanks after."""
    if chance.random() < 0.5:
        return chance.choice(_BEFORE) + text
    return text + chance.choice(_AFTER)


def dialect(text: str, chance: Random) -> str:
    """With words of another region."""
    fitting = [pair for pair in _DIALECTS if pair[0] in text]
    if fitting:
        word, other = chance.choice(fitting)
        return text.replace(word, other, 1)
    if text and text[-1] in _ENDS:
        return text[:-1] + _ENDS[text[-1]]
    return text


MUTATIONS: dict[str, Callable[[str, Random], str]] = {
    "typo": typo, "homophone": homophone, "order": order, "politeness": politeness,
    "dialect": dialect,
}  # fmt: skip
