"""Amounts with units, in base units, so that 30厘米 can be held against 0.31m."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from zhanggui.base.chinese.numerals import arabic


class Dimension(StrEnum):
    """What an amount measures; its base unit is in the comment."""

    LENGTH = "length"  # cm
    WEIGHT = "weight"  # g
    VOLUME = "volume"  # ml
    TIME = "time"  # minutes
    POWER = "power"  # W
    TEMPERATURE = "temperature"  # ℃
    NOISE = "noise"  # dB
    AREA = "area"  # ㎡
    VOLTAGE = "voltage"  # V
    CHARGE = "charge"  # mAh
    MONEY = "money"  # yuan
    PERSONS = "persons"
    AGE = "age"  # months
    SHARE = "share"  # percent
    COUNT = "count"


_UNITS: tuple[tuple[str, Dimension, float], ...] = (
    ("毫米|mm", Dimension.LENGTH, 0.1), ("厘米|公分|cm", Dimension.LENGTH, 1),
    ("公里|km", Dimension.LENGTH, 100_000), ("英寸|寸", Dimension.LENGTH, 2.54),
    ("毫升|ml|cc", Dimension.VOLUME, 1), ("平方米|平米|平方|㎡|m²|m2|平", Dimension.AREA, 1),
    ("公升|升|l", Dimension.VOLUME, 1000), ("毫安时|毫安|mah", Dimension.CHARGE, 1),
    ("毫克|mg", Dimension.WEIGHT, 0.001), ("公斤|千克|kg", Dimension.WEIGHT, 1000),
    ("吨", Dimension.WEIGHT, 1_000_000), ("斤", Dimension.WEIGHT, 500),
    ("克|g", Dimension.WEIGHT, 1),
    ("秒钟|秒|s(?![a-z])", Dimension.TIME, 1 / 60), ("分钟|min", Dimension.TIME, 1),
    ("小时|h(?![a-z])", Dimension.TIME, 60), ("个?工作日|天", Dimension.TIME, 1440),
    ("周岁|岁", Dimension.AGE, 12), ("月龄", Dimension.AGE, 1),
    ("个?星期|个?礼拜|周(?!年|岁)", Dimension.TIME, 10080), ("个月", Dimension.TIME, 43200),
    ("年(?!级|\\d)", Dimension.TIME, 525600),
    ("千瓦|kw", Dimension.POWER, 1000), ("瓦|w(?![a-z])", Dimension.POWER, 1),
    ("摄氏度|℃|°c|度", Dimension.TEMPERATURE, 1), ("分贝|db", Dimension.NOISE, 1),
    ("伏|v(?![a-z])", Dimension.VOLTAGE, 1), ("元|块钱|块|毛钱", Dimension.MONEY, 1),
    ("口人|口|个人|人", Dimension.PERSONS, 1), ("%", Dimension.SHARE, 1),
    ("米|m(?![a-z])", Dimension.LENGTH, 100),
    ("个|只|件|条|双|片|包|盒|瓶|袋|支|台|套|张|次|杯|箱|档|颗|根|层|份|格", Dimension.COUNT, 1),
)  # fmt: skip
_NUMBER = r"\d+(?:\.\d+)?"
_ANY = "|".join(f"(?P<u{place}>{unit})" for place, (unit, _, _) in enumerate(_UNITS))
_AMOUNT = re.compile(
    rf"(?<!\d)(?P<low>{_NUMBER})\s*(?:(?:{'|'.join(u for u, _, _ in _UNITS)})?"
    rf"\s*(?:到|至|~|-|–|—|～)\s*"
    rf"(?P<high>{_NUMBER}))?\s*(?:{_ANY})"
)
_SIDE = r"\s*[×x*]\s*[长宽高深厚]?\s*\d+(?:\.\d+)?"
_SIDES = re.compile(
    rf"(?<!\d)({_NUMBER})(?={_SIDE}(?:{_SIDE})?\s*(mm|cm|m|毫米|厘米|公分|米|英寸|寸))"
)
"""54×46×24cm: the unit is said once for all sides."""
_BEFORE = re.compile(r"(≤|<=|不超过|不到|最多|最高|不大于|以内|仅)\s*$")
_AFTER = re.compile(r"^\s*(?:及)?(以内|以下|之内|内|封顶|以里|打住)")
_AT_LEAST_BEFORE = re.compile(r"(≥|>=|至少|最少|不低于|不少于|满|大于)\s*$")
_AT_LEAST_AFTER = re.compile(r"^\s*(?:及)?(以上|起)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount, or a range, in the base unit of its dimension. `bound` is ``most`` or ``least``
    where the text says so; `start` and `end` are its place in the text read."""

    low: float
    high: float
    dimension: Dimension
    raw: str
    bound: str | None = None
    start: int = 0
    end: int = 0

    def holds(self, value: float) -> bool:
        """Whether `value`, in the base unit, lies within."""
        if self.bound == "most":
            return value <= self.high
        if self.bound == "least":
            return value >= self.low
        return self.low <= value <= self.high


@lru_cache(maxsize=16_384)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every amount with a unit in a text (numerals in either script), in order. The values of a
    shop's attributes come by again with every question, so what was read is kept."""
    plain = _SIDES.sub(r"\1\2", arabic(text.lower()))
    found = []
    for match in _AMOUNT.finditer(plain):
        place = next(i for i in range(len(_UNITS)) if match[f"u{i}"])
        _, dimension, factor = _UNITS[place]
        low = float(match["low"])
        high = float(match["high"]) if match["high"] else low
        bound = None
        before, after = plain[: match.start()], plain[match.end() :]
        if _BEFORE.search(before) or _AFTER.search(after):
            bound = "most"
        elif _AT_LEAST_BEFORE.search(before) or _AT_LEAST_AFTER.search(after):
            bound = "least"
        found.append(
            Quantity(
                low * factor, high * factor, dimension, match[0], bound, match.start(), match.end()
            )
        )
    return tuple(found)


_ASKED: tuple[tuple[re.Pattern[str], Dimension], ...] = tuple(
    (re.compile(pattern), dimension)
    for pattern, dimension in (
        (r"多重|几斤|多少斤|多少克|沉不沉|重不重|沉吗|重吗|轻不轻|称|分量|多沉|几公斤|净重|举"
         r"|拎得动|提得动", Dimension.WEIGHT),
        (r"多长时间|多久|几分钟|几个?小时|多少分钟|几秒|多少秒|几天|多少天|几年|多少年|几个月"
         r"|什么时候", Dimension.TIME),
        (r"多长|多宽|多高|多厚|多深|多大尺寸|尺寸|几厘米|多少厘米|几公分|放得下|放不放得下|塞得|装得下|够不够长|几米|多少米"
         r"|多粗|直径|宽度|高度|长度|占地|够长|够高|够宽|几寸", Dimension.LENGTH),
        (r"吵|噪音|声音|分贝|静音|响不响", Dimension.NOISE),
        (r"几度|多少度|温度|多烫|多热", Dimension.TEMPERATURE),
        (r"多大功率|功率|几瓦|多少瓦|费电|耗电|跳闸", Dimension.POWER),
        (r"多大地方|多大面积|几平|多少平|多大的房|多大房", Dimension.AREA),
        (r"几升|多少升|多大容量|容量|装多少|毫升|装几", Dimension.VOLUME),
        (r"几个人|几人|多少人|几口|一家", Dimension.PERSONS),
        (r"多少钱|多少米钱|什么价|价格|价钱|几块|贵不贵|怎么卖|多少块", Dimension.MONEY),
        (r"几岁|多大孩子|多大的娃|月龄|多大宝宝", Dimension.AGE),
    )
)  # fmt: skip


def dimension_asked(text: str) -> set[Dimension]:
    """The dimensions a question asks for by its words (沉不沉: weight)."""
    return {dimension for pattern, dimension in _ASKED if pattern.search(text)}
