"""The figures, dates, times and codes of a text, each in one form however it is written.

Two wordings are held against each other by them: 二十四小时 is 24小时, ¥12.50 is 12.5元, 1月20号 is
1月20日.

Units are not turned into one another (1.5L is not 1500ml): that would be working something out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from zhanggui.base.chinese import arabic
from zhanggui.base.chinese.numerals import value as numeral

Bound = Literal["", "most", "least", "about"]

_UNITS = {
    "元": "元 块钱 块 圆 rmb 人民币", "角": "角 毛", "分钱": "分钱", "%": "%", "折": "折",
    "倍": "倍", "人": "个?人", "小时": "个?小时 个?钟头 h", "分钟": "分钟 分(?!之|钱) min",
    "秒": "秒钟? s", "工作日": "个?工作日", "自然日": "个?自然日",
    "天": "天 日(?=以?内|之内|无理由)", "日": "日", "号": "号", "周": "周 个?星期 个?礼拜",
    "月": "个月", "年": "年", "岁": "周?岁", "kg": "kg 公斤 千克", "g": "克 g", "mg": "mg 毫克",
    "斤": "斤", "两": "两", "l": "l 升", "ml": "ml 毫升", "cm": "cm 厘米 公分", "mm": "mm 毫米",
    "m": "米 m", "㎡": "㎡ m2 平方米? 平米 平", "w": "w 瓦", "v": "v 伏", "mah": "mah 毫安时?",
    "℃": "℃ 摄氏度 度", "db": "db 分贝", "寸": "英寸 寸",
    **{each: each for each in (
        "个", "件", "只", "条", "双", "盒", "瓶", "袋", "包", "张", "份", "套", "台", "支", "片",
        "颗", "粒", "本", "箱", "杯", "位", "次", "口", "层", "款", "码", "楼", "单", "枚", "根",
        "把", "种", "对", "组", "步", "家", "卷", "桶", "罐", "成", "级", "节", "遍", "株", "盆",
        "朵", "束", "副", "床", "包邮",
    )},
}  # fmt: skip
_WRITTEN = sorted(
    ((spelling, unit) for unit, spellings in _UNITS.items() for spelling in spellings.split()),
    key=lambda pair: -len(pair[0].split("(")[0].replace("?", "")),
)
_UNIT = re.compile(r"\s*(?:" + "|".join(f"({spelling})" for spelling, _ in _WRITTEN) + ")")
_PART = r"(?P<part>上午|下午|早上|早晨|晚上|傍晚|中午|凌晨|今晚|明晚|晚|早)?\s*(?:的|约)?"
_TIME = re.compile(
    _PART + r"(?<!\d)(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::\d{2})?(?!\d)"
    r"|点钟?(?:(?P<half>半)|(?P<past>\d{1,2})分?)?)"
)
_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s*[年/.-])?\s*(?P<month>\d{1,2})(?:月份?|(?<=\d)[/.-](?=\d))"
    r"\s*(?:(?P<day>\d{1,2})[日号]?(?![\d天]))?"
)
_RANGE = re.compile(r"(?<![a-z\d.])(\d+(?:\.\d+)?)\s*(?:[-~—–]+|至|到)\s*(?=\d)")
_RUN = re.compile(r"[a-z0-9]+(?:[.\-_/+][a-z0-9]+)*")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)([a-z].*)?")
_BETWEEN = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)([a-z].*)?")
_NUMERALS = "一二两三四五六七八九十百千"
_SPELT_RANGE = re.compile(rf"([{_NUMERALS}]+)(?=\s*(?:[-~—–]+|至|到)\s*[{_NUMERALS}\d])")
_MOST = re.compile(
    r"(不超过|不大于|不多于|至多|最多|最高|最晚|最迟|最长|<=|≤|小于|少于|低于|不足|不到|截止到?|截至)$"
)
_LEAST = re.compile(
    r"(至少|最少|不少于|不低于|不小于|起码|>=|≥|(?<!不)满|(?<!不)超过|多于|(?<!不)大于|高于|最低)$"
)
_ABOUT = re.compile(r"(大约|约|大概|差不多|预计|估计)$")
_TO_MOST = re.compile(r"^\s*(及?以内|之内|内(?!容|部|胆)|及?以下|之前|以前|前|为?止|封顶)")
_TO_LEAST = re.compile(r"^\s*(及?以上|起(?!来)|之后|以后|后|开始|多(?![少种])|往上)")
_TO_ABOUT = re.compile(r"^\s*(左右|上下)")
_MONEY_BEFORE = re.compile(r"(满|减|立减|返|省|抵|¥|\$)\s*$")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its unit, a date (``1-20``, the year as its unit where it is said), a time of
    day (``15:30``) or a code. `bound` is what the text makes of it: 7天内 is at most, 满199 at
    least. `start` and `end` are its place in the plain text."""

    kind: Literal["number", "date", "time", "code"]
    value: str
    unit: str
    bound: Bound
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text states in figures. `text` is the plain text read; `rest` is the same with dates
    and times blanked."""

    text: str
    rest: str
    found: tuple[Fact, ...]


def plain(text: str) -> str:
    """`text` in one form of letters, with numerals in digits."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("−", "-").replace("°c", "℃")
    folded = _SPELT_RANGE.sub(_digits, folded)
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", arabic(folded))


@lru_cache(maxsize=2048)
def facts(text: str) -> Facts:
    """Every figure, date, time and code of a text, in order."""
    whole = plain(text)
    found = []
    rest = whole
    for pattern, read in ((_DATE, _date), (_TIME, _time)):
        for match in pattern.finditer(rest):
            fact = read(match)
            if fact is not None:
                found.append(replace(fact, bound=_bound(whole, fact.start, fact.end)))
                rest = rest[: fact.start] + " " * (fact.end - fact.start) + rest[fact.end :]
    joined = _RANGE.sub(_joined, rest)
    found += _runs(joined, whole)
    return Facts(whole, rest, tuple(sorted(found, key=lambda fact: fact.start)))


def _digits(found: re.Match[str]) -> str:
    number = numeral(found[1])
    return found[1] if number is None else f"{number:g}"


def _joined(found: re.Match[str]) -> str:
    """A range as ``3-5``, as long as it was written."""
    return found[1] + "-" * (len(found[0]) - len(found[1]))


def _date(match: re.Match[str]) -> Fact | None:
    month, day = int(match["month"]), match["day"]
    is_spelt = "月" in match[0]
    if not 1 <= month <= 12 or not (is_spelt or (match["year"] and day)):
        return None
    if day is not None and not 1 <= int(day) <= 31:
        return None
    value = f"{month}-{int(day)}" if day else f"{month}"
    end = match.start() + len(match[0].rstrip())
    return Fact("date", value, match["year"] or "", "", match.start(), end)


def _time(match: re.Match[str]) -> Fact | None:
    hour = int(match["hour"])
    minute = 30 if match["half"] else int(match["minute"] or match["past"] or 0)
    if hour > 24 or minute > 59:
        return None
    if hour < 12 and match["part"] in ("下午", "傍晚", "晚上", "晚", "今晚", "明晚"):
        hour += 12
    # 今晚 and 明晚 say which day besides, and that stays to be seen.
    start = match.start("hour") if match["part"] in ("今晚", "明晚") else match.start()
    return Fact("time", f"{hour}:{minute:02}", "", "", start, match.end())


def _runs(text: str, whole: str) -> Iterator[Fact]:
    for match in _RUN.finditer(text):
        run = re.sub(r"-+", "-", match[0])
        between, number = _BETWEEN.fullmatch(run), _NUMBER.fullmatch(run)
        if between is not None:
            numbers, tail = [between[1], between[2]], between[3]
        elif number is not None and len(number[1].replace(".", "")) < 10:
            numbers, tail = [number[1]], number[2]
        else:
            yield Fact("code", run, "", "", match.start(), match.end())
            continue
        told = _unit(text, match, tail)
        if told is None:
            yield Fact("code", run, "", "", match.start(), match.end())
            continue
        times, unit, end = told
        minus = _is_negative(text, match.start())
        bound = _bound(whole, match.start(), end)
        for place, each in enumerate(numbers):
            value = Decimal(each) * times * (-1 if minus and place == 0 else 1)
            if unit == "折" and value >= 10:
                value /= 10
            yield Fact("number", _canonical(value), unit, bound, match.start(), end)


def _unit(text: str, match: re.Match[str], tail: str | None) -> tuple[int, str, int] | None:
    """By what the number is multiplied, its unit and where both end; None for what is no number."""
    if tail:
        unit = _UNIT.fullmatch(tail)
        if unit is None:
            return None
        return 1, _of(unit), match.end()
    end, times = match.end(), 1
    if text[end : end + 1] == "万":
        end, times = end + 1, 10_000
    unit = _UNIT.match(text, end)
    if unit is not None:
        return times, _of(unit), unit.end()
    return times, "元" if _MONEY_BEFORE.search(text[: match.start()]) else "", end


def _of(unit: re.Match[str]) -> str:
    return _WRITTEN[(unit.lastindex or 1) - 1][1]


def _is_negative(text: str, start: int) -> bool:
    return re.search(r"(零下|负|(?:^|[^a-z\d])-)\s*$", text[:start]) is not None


def _canonical(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _bound(text: str, start: int, end: int) -> Bound:
    before, after = text[:start].rstrip().removesuffix("¥").rstrip(), text[end:]
    if _ABOUT.search(before) or _TO_ABOUT.search(after):
        return "about"
    if _MOST.search(before) or _TO_MOST.search(after):
        return "most"
    if _LEAST.search(before) or _TO_LEAST.search(after):
        return "least"
    return ""
