"""Chinese numerals as digits, where they count something."""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "壹": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_PLACES = {"十": 10, "百": 100, "千": 1000}
_NUMBER = "零〇一二两三四五六七八九十百千万"
_COUNTED = (
    "个只件条双块元天号月日年周点分秒小时升斤克米厘毫公寸度瓦口人层根杆片包盒瓶袋支台款张次折岁码档级代颗粒"
    "杯箱套组份副对串朵盆棵株本页遍成倍格节间房床平平方钱毛笔单晚星礼"
)
_LONG = re.compile(
    rf"(?<![{_NUMBER}])(?:[{_NUMBER}]+点[零一二三四五六七八九]+|百分之[{_NUMBER}]+|[{_NUMBER}]{{2,}})"
)
_SHORT = re.compile(
    rf"(?<![{_NUMBER}第每万唯统同专单另任])(?!一(?:下|样|点(?![\d前后钟半左多])|些|直|般|起|定))"
    rf"([一二两三四五六七八九十])(?=[{_COUNTED}])"
)
_TAIL = re.compile(
    rf"((?<![{_NUMBER}])[{_NUMBER}]+|\d)(块|米)([一二三四五六七八九])(?![{_NUMBER}个件条张把只])"
)
"""十四块九, 一米六: the last digit counts tenths."""
_PAIR = re.compile(r"(俩|仨)个?")
_HALF = re.compile(r"(\d+)(个|小时|天|斤|升|米|年|公斤|千克|kg)半")
_NOT_NUMBERS = ("千万", "万一", "百万", "一千零一夜", "十分", "万千", "一百分")
_ABOUT = re.compile(
    r"(?:^|[十百千万])(?:一二|两三|二三|三四|三五|四五|五六|六七|七八|八九)(?![零〇一二两三四五六七八九])"
)
"""两三天 is two or three days, not 23."""
_FESTIVALS = ("五一", "六一")


def value(word: str) -> float | None:
    """The number a Chinese numeral says (一百五 is 150, 三点五 3.5); None for what is none."""
    if len(word) > 16:
        return None  # No number that anybody means, and too large for a float.
    if "点" in word:
        whole, _, rest = word.partition("点")
        head = value(whole)
        if head is None or not rest or any(each not in _DIGITS for each in rest):
            return None
        return head + float("0." + "".join(str(_DIGITS[each]) for each in rest))
    if len(word) > 1 and all(each in _DIGITS for each in word):
        return float("".join(str(_DIGITS[each]) for each in word))
    total = section = digit = 0
    last_place = 1
    for each in word:
        if each in _DIGITS:
            digit = _DIGITS[each]
            if each in "零〇":
                last_place = 10
        elif each in _PLACES:
            section += (digit or 1) * _PLACES[each]
            last_place, digit = _PLACES[each], 0
        elif each == "万":
            total, section, digit, last_place = (total + section + digit) * 10_000, 0, 0, 10_000
        else:
            return None
    # 一百五 leaves the place of its last digit unsaid.
    if digit and last_place >= 100 and len(word) > 1 and "零" not in word:
        digit *= last_place // 10
    return float(total + section + digit)


@lru_cache(maxsize=16_384)
def arabic(text: str) -> str:
    """`text` with numerals that count something in digits: 三升 → 3升, 两百以内 → 200以内,
    百分之五 → 5%, 2个半小时 → 2.5小时. Words that only look like numbers (一下, 万一) stay."""
    kept = text
    for place, word in enumerate(_NOT_NUMBERS):
        kept = kept.replace(word, chr(0xE000 + place))
    kept = _TAIL.sub(lambda m: f"{_plain(m[1])}{m[2]}{_DIGITS[m[3]]}", kept)
    kept = _LONG.sub(_digits, kept)
    kept = _PAIR.sub(lambda found: str(_DIGITS[found[1]]) + "个", kept)
    kept = _SHORT.sub(_digits, kept)
    kept = re.sub(r"(\d+)个半(小时|月|天)", lambda m: f"{m[1]}.5{m[2]}", kept)
    kept = _HALF.sub(lambda found: f"{found[1]}.5{found[2]}", kept)
    kept = re.sub(r"半(?=(?:个)?(?:小时|月|年|斤|天))", "0.5", kept)
    kept = re.sub(r"(\d+)块(\d)(?!\d|[^\s,，。]{0,2}(?:个|件|条|张))", r"\1.\2元", kept)
    kept = re.sub(r"(?<![\d.])(\d)米(\d{1,2})(?![\d.个件张条])", r"\1.\2米", kept)
    for place, word in enumerate(_NOT_NUMBERS):
        kept = kept.replace(chr(0xE000 + place), word)
    return kept


def _plain(word: str) -> str:
    number = None if word.isdigit() else value(word)
    return word if number is None else f"{number:g}"


def _digits(found: re.Match[str]) -> str:
    word, percent = found[0].removeprefix("百分之"), found[0].startswith("百分之")
    stays = word in _FESTIVALS or _ABOUT.search(word) is not None
    number = None if stays else value(word)
    if number is None:
        return found[0]
    return f"{number:g}{'%' if percent else ''}"
