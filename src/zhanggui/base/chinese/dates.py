"""Days and times as shoppers say them, against a now: 昨天下午五点多, 上个月30号, 去年双11."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from zhanggui.base.chinese.numerals import arabic

_FESTIVALS = {
    "双11": (11, 11), "双十一": (11, 11), "双12": (12, 12), "双十二": (12, 12),
    "618": (6, 18), "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "女神节": (3, 8),
    "38节": (3, 8), "愚人节": (4, 1), "五一": (5, 1), "劳动节": (5, 1), "520": (5, 20),
    "儿童节": (6, 1), "六一": (6, 1), "七夕": None, "教师节": (9, 10), "国庆": (10, 1),
    "十一": (10, 1), "圣诞": (12, 25), "平安夜": (12, 24),
}  # fmt: skip
_DAYS = {
    "大前天": -3, "前天": -2, "前晚": -2, "昨天": -1, "昨晚": -1, "昨夜": -1, "今天": 0, "今晚": 0,
    "今早": 0, "刚才": 0, "刚刚": 0, "早上": 0, "上午": 0, "明天": 1, "明晚": 1, "明早": 1,
    "大后天": 3, "后天": 2,
}  # fmt: skip
_WEEKDAYS = {"1": 0, "一": 0, "2": 1, "二": 1, "3": 2, "三": 2, "4": 3, "四": 3, "5": 4, "五": 4,
             "6": 5, "六": 5, "7": 6, "日": 6, "天": 6}  # fmt: skip
_CLOCK = (
    r"(?:\s*(?P<part>凌晨|半夜|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|晚|早))?"
    r"(?:\s*(?P<hour>\d{1,2})(?:点钟?|[:：](?=\d))(?P<half>半)?(?P<minute>\d{1,2})?分?多?)?"
)


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _clock_of(prefix: str) -> str:
    return _CLOCK.replace("P<", f"P<{prefix}")


_SAID = re.compile(
    r"(?:(?P<year>\d{4}|去年|前年|今年|明年)年?的?)?"
    r"(?:(?P<month>\d{1,2})(?:月份?|[./-](?=\d{1,2}(?:号|日))))"
    r"(?:(?P<day>\d{1,2})(?:号|日)?(?!\d|天))?" + _CLOCK
    + r"|(?P<rmonth>上个?月|上月|这个?月|本月|下个?月|下月)?"
    r"(?P<bare>\d{1,2})(?:号|日)(?!楼|店|线|仓|链)" + _clock_of("b_")
    + rf"|(?P<near>{_either(_DAYS)})" + _clock_of("n_")
    + r"|(?P<which>上上|上|下下|下|这|本)?个?(?:周|星期|礼拜)"
    r"(?P<weekday>[一二三四五六日天1-7])(?![\d年])" + _clock_of("w_")
    + rf"|(?P<fyear>去年|前年|今年|明年)?的?(?P<festival>{_either(_FESTIVALS)})(?!元)"
    + r"|(?P<ago>\d+)(?P<unit>天|个?小时|个?星期|周|个?月)(?:之?前|了)"
)  # fmt: skip


_DONE = re.compile(
    r"[的就才刚]{0,2}(?:(?:付|拍|买|下|入手)(?:了|的|过)|(?:付款|下单)(?:了|的)|收到|签收|到货|到的)"
)
"""What follows a day on which something was done already."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day somebody spoke of, with the time of day where it was said. `month_only` says that only
    the month was."""

    day: date
    hour: int | None = None
    minute: int = 0
    raw: str = ""
    month_only: bool = False


def moments(text: str, now: datetime) -> list[Moment]:
    """Every day a text speaks of, `now` being the speaker's local time; a day without a month or
    year is the nearest one that has been, unless the words say otherwise."""
    plain = arabic(text)
    found = []
    for match in _SAID.finditer(plain):
        moment = _read(match, now)
        if moment is not None:
            done = _DONE.match(plain[match.end() :]) is not None
            found.append(_before(moment, match, now.date()) if done else moment)
    return found


def _before(moment: Moment, match: re.Match[str], today: date) -> Moment:
    """The same day the last time round, for what has been done on it; a day of which it was said
    which (明年3月8日, 下周三, 明天) stays."""
    day = moment.day
    if day <= today or any(match[each] for each in ("year", "fyear", "rmonth", "which", "near")):
        return moment
    if match["weekday"]:
        return replace(moment, day=day - timedelta(7))
    if match["bare"]:
        last = day.replace(day=1) - timedelta(1)
        return replace(moment, day=last.replace(day=min(day.day, last.day)))
    return replace(moment, day=day.replace(year=day.year - 1))


def _read(match: re.Match[str], now: datetime) -> Moment | None:
    today, raw = now.date(), match[0]
    try:
        if match["month"]:
            return _of_month(match, today, raw)
        if match["bare"]:
            day = _of_bare(match["rmonth"], int(match["bare"]), today)
            hour, minute = _clock(match, "b_")
            return Moment(day, hour, minute, raw)
        if match["near"]:
            hour, minute = _clock(match, "n_", raw)
            return Moment(today + timedelta(_DAYS[match["near"]]), hour, minute, raw)
        if match["weekday"]:
            hour, minute = _clock(match, "w_")
            day = _of_week(match["which"], _WEEKDAYS[match["weekday"]], today)
            return Moment(day, hour, minute, raw)
        if match["festival"]:
            told = _FESTIVALS[match["festival"]]
            if told is None:
                return None
            return Moment(_year(match["fyear"], *told, today), raw=raw)
        count = int(match["ago"])
        days = {"天": 1, "周": 7, "星期": 7, "个星期": 7, "月": 30, "个月": 30}.get(match["unit"])
        if days is None:
            when = now - timedelta(hours=count)
            return Moment(when.date(), when.hour, when.minute, raw)
        return Moment(today - timedelta(count * days), raw=raw)
    except (ValueError, OverflowError):
        return None


def _of_month(match: re.Match[str], today: date, raw: str) -> Moment:
    month, day = int(match["month"]), int(match["day"] or 1)
    hour, minute = _clock(match, "")
    when = _year(match["year"], month, day, today)
    return Moment(when, hour, minute, raw, month_only=match["day"] is None)


def _year(said: str | None, month: int, day: int, today: date) -> date:
    relative = {"去年": -1, "前年": -2, "今年": 0, "明年": 1}
    if said in relative:
        return date(today.year + relative[said], month, day)
    if said:
        return date(int(said), month, day)
    # The nearest one: in January, 12月 is last month's and 2月 next month's.
    near = [date(today.year + years, month, day) for years in (-1, 0, 1)]
    return min(near, key=lambda each: abs((each - today).days))


def _of_bare(said: str | None, day: int, today: date) -> date:
    first = today.replace(day=1)
    before = (first - timedelta(1)).replace(day=1)
    after = (first + timedelta(32)).replace(day=1)
    if said and said.startswith("上"):
        return before.replace(day=day)
    if said and said.startswith("下"):
        return after.replace(day=day)
    if said:
        return first.replace(day=day)
    near = []
    for month in (before, first, after):
        try:
            near.append(month.replace(day=day))
        except ValueError:
            continue
    return min(near, key=lambda each: abs((each - today).days))


def _of_week(said: str | None, weekday: int, today: date) -> date:
    monday = today - timedelta(today.weekday())
    weeks = {"上上": -2, "上": -1, "下": 1, "下下": 2}.get(said or "", 0)
    return monday + timedelta(7 * weeks + weekday)


def _clock(match: re.Match[str], prefix: str, said: str = "") -> tuple[int | None, int]:
    part = match[f"{prefix}part"] or ""
    if not part and said[:2] in ("昨晚", "今晚", "明晚", "前晚"):
        part = "晚"
    if match[f"{prefix}hour"] is None:
        return {"中午": 12, "晚上": 20, "晚": 20, "夜里": 22}.get(part), 0
    hour = int(match[f"{prefix}hour"])
    if hour < 12 and part in ("下午", "傍晚", "晚上", "晚", "夜里") and hour != 0:
        hour += 12
    if hour > 24:
        return None, 0
    minute = 30 if match[f"{prefix}half"] else int(match[f"{prefix}minute"] or 0)
    return hour % 24, minute if minute < 60 else 0
