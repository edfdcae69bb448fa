"""What is written in a shop as it is said in Mandarin: prices, days, times, phones, units, models.

Nothing here knows an engine. A text becomes *sayings*, each with the place it was written at, so
that what was heard can be shown where it stands. What cannot be said (emoji, control characters)
is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from zhanggui.ai.speech.counting import amount, by_digit, number, whole


@dataclass(frozen=True, slots=True)
class Saying:
    """Characters `start` to `end` of a text, and how they are said: Chinese characters, Latin
    words, and of punctuation ``，。！？；：、`` and the blank."""

    start: int
    end: int
    said: str


UNITS = {
    "kg": "千克", "g": "克", "mg": "毫克", "t": "吨", "oz": "盎司", "lb": "磅",
    "ml": "毫升", "mL": "毫升", "ML": "毫升", "L": "升", "l": "升",
    "km": "公里", "m": "米", "cm": "厘米", "mm": "毫米", "nm": "纳米", "μm": "微米",
    "㎡": "平方米", "m²": "平方米", "m2": "平方米", "cm²": "平方厘米", "m³": "立方米",
    "W": "瓦", "kW": "千瓦", "KW": "千瓦", "kWh": "千瓦时", "V": "伏", "mAh": "毫安时",
    "mA": "毫安", "Hz": "赫兹", "kHz": "千赫兹", "MHz": "兆赫", "GHz": "吉赫", "dB": "分贝",
    "lm": "流明", "℃": "摄氏度", "°C": "摄氏度", "°": "度", "h": "小时", "min": "分钟",
    "ms": "毫秒", "Pa": "帕", "kPa": "千帕", "Ω": "欧", "pcs": "件", "w": "万",
}  # fmt: skip
_COUNTED = (
    "个件条瓶包盒袋双只支枝张块台套把片本根颗粒箱罐桶杯碗份次天周年岁位名层斤克米升元角"
    "钱匹面口盏款种样步遍趟下点成倍盆株棵束朵座辆部顶副对组排节段届家间处笔单票"
)
_COUNTED_LONG = (
    "小时|分钟|秒|厘米|毫米|毫升|千克|公斤|公里|工作日|平方米|平米|星期|个月|颗星|英寸|人份|人"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_RANGE = r"\s*(?:[-–—~～]|至|到)\s*"
_ONE_OR_TWO = rf"(?P<low>{_NUMBER})(?:{_RANGE}(?P<high>{_NUMBER}))?"
_BEFORE = r"(?<![\d.A-Za-z])"
_LOOKED_UP = (
    r"(?:编号|单号|订单号?|尾号|验证码|取件码|邮编|型号|货号|款号|编码|条码|电话|热线|手机|微信|QQ|密码|拨打)"
    r"(?:是|为|：|:|\s)*"
)

Said = Callable[[re.Match[str]], str]


def _price(found: re.Match[str]) -> str:
    sign = found["sign"]
    currency = {"$": "美元", "€": "欧元", "£": "英镑"}.get(sign, "元")
    low, high = found["low"], found["high"]
    tail = found["tail"] or ""
    if high:
        return f"{amount(low)}到{amount(high)}{tail}{currency}"
    return f"{amount(low)}{tail}{currency}"


def _yuan(found: re.Match[str]) -> str:
    return f"{amount(found['low'])}{found['unit']}"


def _date(found: re.Match[str]) -> str:
    year, month, day = found["y"], found["mo"], found["d"]
    return f"{by_digit(year)}年{whole(month)}月{whole(day)}日"


def _clock(found: re.Match[str]) -> str:
    hour, minute, second = found["h"], found["mi"], found["s"]
    said = f"{number(str(int(hour)), is_counted=True)}点"
    if int(minute) or second:
        said += ("零" if minute[0] == "0" else "") + f"{whole(minute)}分"
    return said + (f"{whole(second)}秒" if second else "")


def _percent(found: re.Match[str]) -> str:
    of = "百分之" if found["sign"] == "%" else "千分之"
    low = f"{of}{number(found['low'])}"
    return f"{low}到{of}{number(found['high'])}" if found["high"] else low


def _discount(found: re.Match[str]) -> str:
    return f"{by_digit(found['n'].replace('.', ''))}折"


def _phone(found: re.Match[str]) -> str:
    groups = re.findall(r"\d+", found.group())
    return "，".join(by_digit(each, one="幺") for each in groups)


def _looked_up(found: re.Match[str]) -> str:
    return by_digit(found.group(), one="幺")


def _measure(found: re.Match[str]) -> str:
    unit = UNITS[found["unit"]]
    low, high, minus = found["low"], found["high"], found["minus"]
    if high:
        return f"{number(low)}到{number(high, is_counted=True)}{unit}"
    said = f"{number(low, is_counted=True)}{unit}"
    return (f"零下{said}" if unit.endswith("度") else f"负{said}") if minus else said


def _times(found: re.Match[str]) -> str:
    sides = re.findall(_NUMBER, found["sides"])
    unit = UNITS[found["unit"]] if found["unit"] else ""
    return "乘".join(number(each) for each in sides) + unit


def _counted(found: re.Match[str]) -> str:
    low, high = found["low"], found["high"]
    if high:
        return f"{number(low)}到{number(high, is_counted=True)}"
    return number(low, is_counted=True)


def _model(found: re.Match[str]) -> str:
    """Letters and digits in one word: a number that comes first (256GB), is of up to two digits
    (iPhone15) or of whole hundreds (X100) is one, another (RTX4090) is read digit by digit."""
    heard: list[str] = []
    for part in re.findall(r"\d+(?:\.\d+)?|[A-Za-z]+", found.group()):
        if part[0].isdigit():
            heard.append(number(part) if _is_whole(part, leads=not heard) else by_digit(part))
        else:
            heard.append(part)
    return " ".join(heard)


def _is_whole(part: str, *, leads: bool) -> bool:
    if part[0] == "0":
        return "." in part
    return leads or "." in part or part.endswith("00") or len(part) < 3


def _plain(found: re.Match[str]) -> str:
    low, high, minus = found["low"], found["high"], found["minus"]
    if high:
        return f"{_lone(low)}到{_lone(high)}"
    return f"负{_lone(low)}" if minus else _lone(low)


def _lone(text: str) -> str:
    is_code = text.isdigit() and (len(text) > 7 or (len(text) > 1 and text[0] == "0"))
    return by_digit(text) if is_code else number(text)


_WAYS: list[tuple[str, Said]] = [
    (r"https?://[^\s\u4e00-\u9fff]+|www\.[^\s\u4e00-\u9fff]+", lambda _: "链接"),
    (
        rf"(?P<sign>[¥￥$€£]|RMB\s?)\s?(?P<low>{_NUMBER})(?:{_RANGE}[¥￥$€£]?(?P<high>{_NUMBER}))?"
        r"(?P<tail>[万亿千])?(?:元|块钱|块)?",
        _price,
    ),
    (rf"(?<![\d.])(?P<low>{_NUMBER})(?P<unit>元|块钱|块)(?!\d)", _yuan),
    (
        rf"{_BEFORE}(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<mo>0?[1-9]|1[0-2])(?P=sep)"
        r"(?P<d>0?[1-9]|[12]\d|3[01])(?![\d日])",
        _date,
    ),
    (r"(?<!\d)(?:19|20)\d\d(?=年)", lambda m: by_digit(m.group())),
    (
        r"(?<![\d.:])(?P<h>[01]?\d|2[0-4])[:：](?P<mi>[0-5]\d)(?:[:：](?P<s>[0-5]\d))?(?![\d.:])",
        _clock,
    ),
    (r"(?<=[\d点分])\s*[-–—~～]\s*(?=\d{1,2}[:：]\d\d)", lambda _: "到"),
    (
        rf"{_BEFORE}(?P<low>{_NUMBER})(?:%?{_RANGE}(?P<high>{_NUMBER}))?(?P<sign>[%‰])",
        _percent,
    ),
    (r"(?<![\d.])(?P<n>\d{1,2}|\d\.\d)折", _discount),
    (r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)", _phone),
    (r"(?<!\d)(?:400|800)[- ]?\d{3}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)", _phone),
    (r"(?<![\d.])618(?![\d.]|\s*[A-Za-z个件元块条克米升毫千厘])", lambda _: "六一八"),
    (
        rf"(?<![\d.])(?P<sides>(?:{_NUMBER})(?:\s?[xX×*]\s?(?:{_NUMBER}))+)(?:\s?(?P<unit>{_UNIT})"
        r"(?![A-Za-z]))?",
        _times,
    ),
    (
        rf"(?P<minus>(?<![\dA-Za-z])[-−])?(?<![\d.A-Za-z])(?P<low>{_NUMBER})"
        rf"(?:{_RANGE}(?P<high>{_NUMBER}))?\s?(?P<unit>{_UNIT})(?![A-Za-z\d])",
        _measure,
    ),
    (r"(?<![\d.:/])(?P<a>\d{1,2})[:：](?P<b>\d{1,2})(?![\d.:/])",
     lambda m: f"{whole(m['a'])}比{whole(m['b'])}"),
    (r"(?<![\d./A-Za-z])(?P<a>[1-9]\d?)/(?P<b>[1-9]\d?)(?![\d./A-Za-z])",
     lambda m: f"{whole(m['b'])}分之{whole(m['a'])}"),
    (r"[A-Za-z]+(?:-[A-Za-z]+)*-?\d+(?:\.\d+)?(?:-?[A-Za-z0-9]+)*|\d+(?:\.\d+)?[A-Za-z]+[A-Za-z0-9]*",
     _model),
    (r"(?<=第)\d+", lambda m: whole(m.group())),
    (rf"(?<![\d.]){_ONE_OR_TWO}(?=\s?(?:[{_COUNTED}]|{_COUNTED_LONG}))", _counted),
    (rf"(?P<minus>(?<!\w)[-−])?(?<![\d.]){_ONE_OR_TWO}", _plain),
]  # fmt: skip
_PATTERNS = [(re.compile(pattern), said) for pattern, said in _WAYS]
_CODE = re.compile(r"\d{3,}(?![\d%]|[-.]\d|折|元|块)")
_AFTER_CODE_WORD = re.compile(_LOOKED_UP + r"$")
_RUN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?|[\u3400-\u4dbf\u4e00-\u9fff]+")
_MARKS = {
    **{mark: mark for mark in "，、。！？；："},
    ",": "，", ".": "。", "!": "！", "?": "？", ";": "；", ":": "：", "…": "。", "—": "，",
    "–": "，", "·": " ",
    "(": "，", ")": "，", "（": "，", "）": "，", "【": "，", "】": "，", "[": "，", "]": "，",
    "《": " ", "》": " ", "“": " ", "”": " ", '"': " ", "'": " ", "「": " ", "」": " ", "|": "，",
    "/": "，", "~": " ", "～": " ", "-": " ", "_": " ",
}  # fmt: skip
_WORDS = {
    "+": "加", "＋": "加", "=": "等于", "&": "和", "@": "at", "%": "百分号", "≥": "大于等于",
    "≤": "小于等于", ">": "大于", "<": "小于", "±": "正负", "×": "乘", "℃": "摄氏度",
    "㎡": "平方米",
}  # fmt: skip
_EACH = re.compile(r"(?<=[元瓦克升米次件天个块])/(?=[\u4e00-\u9fff])")


def sayings(text: str) -> list[Saying]:
    """How a text is said, in order; blanks and what is not said are left out at the ends."""
    plain = "".join(_folded(each) for each in text)
    found: list[Saying] = []
    at = 0
    while at < len(plain):
        saying = _next(plain, at)
        if saying.said:
            found.append(saying)
        at = saying.end
    return found


def said(text: str) -> str:
    """The whole text as it is said."""
    return "".join(each.said for each in sayings(text)).strip()


def _folded(each: str) -> str:
    """Full width folded, one character for one, so that places stay what they are."""
    folded = unicodedata.normalize("NFKC", each)
    return folded if len(folded) == 1 and each not in "：，！？；（）￥～㎡²³" else each


def _next(plain: str, at: int) -> Saying:
    if plain[at].isdigit() and plain[at].isascii():
        code = _CODE.match(plain, at)
        if code and _AFTER_CODE_WORD.search(plain, max(at - 12, 0), at):
            return Saying(at, code.end(), _looked_up(code))
    for pattern, way in _PATTERNS:
        match = pattern.match(plain, at)
        if match and match.end() > at:
            return Saying(at, match.end(), way(match))
    if match := _RUN.match(plain, at):
        return Saying(at, match.end(), match.group())
    if _EACH.match(plain, at):
        return Saying(at, at + 1, "每")
    each = plain[at]
    if each.isspace():
        return Saying(at, at + 1, "。" if each == "\n" else " ")
    return Saying(at, at + 1, _MARKS.get(each, _WORDS.get(each, "")))
