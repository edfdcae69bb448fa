"""What a policy clause says that can be computed with: from when it holds, periods and what they
run from, the hour by which something is done the same day.

Read from the wording that policies share (签收次日零点起7天内, 2026年1月1日及以后付款的,
每天16:00前付款的当天发出), whatever the trade.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from zhanggui.base.chinese import arabic

Anchor = Literal["paid", "created", "shipped", "delivered", "approved", "received", "invoiced"]
Unit = Literal["hour", "day", "workday", "month", "year"]

_ANCHORS: tuple[tuple[str, Anchor], ...] = (
    (r"申请(?:审核)?通过|审核通过|同意(?:退货|退款|换货)?|提交(?:换货|申请)?|售后通过", "approved"),
    (r"仓库(?:签收|收到)|商家(?:签收|收到|确认收货)|收到(?:寄回|退回|退货|寄修)"
     r"|退回(?:的)?(?:商品|货)(?:签收)?|验货", "received"),
    (r"确认收货|签收|收货|到货|收到(?!寄|退)|交付|送达|安装完成", "delivered"),
    (r"开票|发票开具|开具", "invoiced"),
    (r"发货|发出|寄出|出库", "shipped"),
    (r"付款|支付|付清|付尾款|尾款", "paid"),
    (r"下单|拍下|提交订单", "created"),
)  # fmt: skip
_ANCHOR = re.compile("|".join(f"(?P<{anchor}>{words})" for words, anchor in _ANCHORS))
_CONDITION = re.compile(r"(?:付款|下单|购买|支付|成交)的(?:订单|商品)?")
"""Says which orders a part is about, not what a period runs from."""
_AMOUNT = re.compile(
    r"(?<![\d月])(?!\d{4}年)(\d+(?:\.\d+)?)\s*(个工作日|工作日|个自然日|个?小时|天|日(?!\d|前|起|及|之|到|元)|个月|年(?!\d|\d月|货|底))"
)
_DATE = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:\s*(?P<hour>\d{1,2})[:：](?P<minute>\d{2}))?"
    r"(?P<side>(?:及|或)?(?:以后|之后)|起|后|(?:及|或)?(?:以前|之前)|前)?"
)
_RANGE = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:\d{1,2}[:：]\d{2})?(?:起|后)?(?:到|至|-|~|—)(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
    r"(?:\d{1,2}[:：]\d{2})?[^，,；;]{0,6}(?:付款|下单|购买|成交|拍下|的订单)"
)
_EARLIER = re.compile(r"此前|在此之前|之前(?:的|付款|下单)|以前(?:的|付款|下单)")
_TURN = re.compile(
    r"[,，](?=此前|在此之前|之前付款|以前付款|\d{4}年\d{1,2}月\d{1,2}日(?:及|或)?(?:以前|之前|以后))"
)
_SENTENCE = re.compile(r"[^；;。]+[；;。]?")


@dataclass(frozen=True, slots=True)
class Period:
    """`amount` of `unit` from `anchor`; `whole_days` where it begins at the next midnight."""

    amount: float
    unit: Unit
    anchor: Anchor | None
    whole_days: bool
    raw: str

    def until(self, start: datetime) -> datetime:
        """The moment it ends (local time in, local time out); of whole days the last minute."""
        if self.unit == "hour":
            return start + timedelta(hours=self.amount)
        if self.unit == "workday":
            day, left = start.date(), int(self.amount)
            while left > 0:
                day += timedelta(1)
                left -= day.weekday() < 5
        elif self.unit in ("month", "year"):
            months = int(self.amount * (12 if self.unit == "year" else 1))
            day = _add_months(start.date(), months)
        else:
            day = start.date() + timedelta(days=self.amount)
            if not self.whole_days:
                return start + timedelta(days=self.amount)
        return datetime.combine(day, time(23, 59), start.tzinfo)


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of a clause that holds for what happened (was paid for, mostly) in a span of days,
    both ends included."""

    since: date | None
    until: date | None
    text: str

    def holds(self, day: date) -> bool:
        """Whether it holds for that day."""
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


def sentences(text: str) -> list[str]:
    """A clause in its parts; a comma before another date or an earlier time parts them too."""
    text = _TURN.sub("；", text)
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


def periods(text: str) -> list[Period]:
    """The periods of a text, each with the anchor named last before it in its sentence, else the
    first named after it, else the one of the period before; a warranty runs from delivery."""
    found: list[Period] = []
    usual: Anchor | None = None
    for sentence in sentences(arabic(text)):
        plain = _CONDITION.sub(lambda match: " " * len(match[0]), sentence)
        named = [(match.start(), match.lastgroup) for match in _ANCHOR.finditer(plain)]
        for match in _AMOUNT.finditer(sentence):
            before = [anchor for at, anchor in named if at < match.start()]
            after = [anchor for at, anchor in named if at > match.end()]
            anchor = before[-1] if before else after[0] if after else usual
            if anchor is None and re.search("保修|质保|三包", sentence):
                anchor = "delivered"
            usual = usual or anchor  # type: ignore[assignment]  # As below.
            between = sentence[max(0, match.start() - 10) : match.start()]
            found.append(
                Period(
                    float(match[1]),
                    _unit(match[2]),
                    anchor,  # type: ignore[arg-type]  # The groups are named after the anchors.
                    re.search(r"次日|零点|当天起|当日起", between) is not None,
                    match[0],
                )
            )
    return found


def branches(text: str, year: int) -> list[Branch]:
    """The parts of a clause that hold from or until a day; none where it makes no difference.
    `year` is the clause's, for days without one."""
    found: list[Branch] = []
    turning: date | None = None
    for sentence in sentences(text):
        inside = _RANGE.search(sentence)
        if inside is not None:
            since, until = _day_of(inside, 1, year), _day_of(inside, 4, year)
            if since is not None and until is not None:
                found += [Branch(*days, sentence) for days in _over_new_year(since, until)]
            continue
        spans = [(match, _day(match, year)) for match in _DATE.finditer(sentence)]
        told = next(((m, day) for m, day in spans if day is not None and m["side"]), None)
        if told is not None:
            match, day = told
            if match["side"] in ("以后", "之后", "及以后", "及之后", "或以后", "起", "后"):
                turning = day
                found.append(Branch(day, None, sentence))
            else:
                last = day if match["side"].startswith(("及", "或")) else day - timedelta(1)
                turning = last + timedelta(1)
                found.append(Branch(None, last, sentence))
        elif turning is not None and _EARLIER.search(sentence):
            found.append(Branch(None, turning - timedelta(1), sentence))
    return found


def span(text: str, year: int) -> tuple[datetime, datetime, date] | None:
    """A time in which nothing is done, and the day it is done from (2月11日16:00后到2月23日
    付款的…从2月24日起): naive local times. `year` is that in which it begins."""
    match = re.search(
        r"(\d{1,2})月(\d{1,2})日(?:(\d{1,2}):(\d{2}))?(?:以?后|起)?(?:到|至|-|~)(?:(\d{1,2})月)?(\d{1,2})日"
        r".{0,16}?(?:(?:从|于|自)?(\d{1,2})月(\d{1,2})日(?:起|开始|后|恢复|陆续|统一|依次|按))",
        text,
    )
    if match is None:
        return None
    hour, minute = int(match[3] or 0), int(match[4] or 0)
    try:
        begin = datetime(year, int(match[1]), int(match[2]), hour, minute)  # noqa: DTZ001
        end = datetime(year, int(match[5] or match[1]), int(match[6]), 23, 59)  # noqa: DTZ001
        resumes = date(year, int(match[7]), int(match[8]))
        if end < begin and _wraps(begin, end):
            end = end.replace(year=year + 1)
        if resumes < begin.date():
            resumes = resumes.replace(year=year + 1)
        return (begin, end, resumes) if begin <= end else None
    except ValueError:
        return None


_CUTOFF = re.compile(
    r"(下午|晚上|晚)?(\d{1,2})(?:[:：点](\d{2})?)前(?:付款|下单|拍下|支付)?的?.{0,6}?(当天|当日|今天)"
)


def cutoff(text: str) -> time | None:
    """The hour until which what is paid for goes out the same day."""
    match = _CUTOFF.search(arabic(text))
    if match is None:
        return None
    hour, minute = int(match[2]), int(match[3] or 0)
    if match[1] and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


_WITHIN = re.compile(
    r"(?:付款|支付|下单|拍下|付清尾款|尾款付清|付定金|确认)后?的?.{0,6}?(\d+)\s*(个工作日|工作日|个?小时|天)(?:之?内|左右)?.{0,4}?(?:发货|发出|寄出|出库|发走)"
)


def ships_within(text: str) -> Period | None:
    """The time from payment within which goods are sent."""
    match = _WITHIN.search(arabic(text))
    if match is None:
        return None
    return Period(float(match[1]), _unit(match[2]), "paid", False, match[0])


_FIXED = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:之?前|起)?(?:陆续|统一|开始)?(?:发货|发出|发走|寄出|起发)"
)


def ships_on(text: str, year: int) -> date | None:
    """The day by which presold goods are sent."""
    match = _FIXED.search(text)
    if match is None:
        return None
    try:
        return date(int(match[1] or year), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _day(match: re.Match[str], year: int) -> date | None:
    try:
        return date(int(match["year"] or year), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _day_of(match: re.Match[str], group: int, year: int) -> date | None:
    """A day of a range: year, month and day are three groups, the month once for both."""
    try:
        month = match[group + 1] or match[2]
        return date(int(match[group] or match[1] or year), int(month), int(match[group + 2]))
    except ValueError:
        return None


def _over_new_year(since: date, until: date) -> list[tuple[date, date]]:
    """The spans that two days mean: of 12月30日到1月3日 the one that ends in their year and the one
    that begins in it; none where they are the wrong way round."""
    if since <= until:
        return [(since, until)]
    if not _wraps(since, until):
        return []
    return [
        (since.replace(year=since.year - 1), until),
        (since, until.replace(year=until.year + 1)),
    ]


def _wraps(since: date, until: date) -> bool:
    return since.month >= 10 and until.month == 1


def _unit(word: str) -> Unit:
    if "工作日" in word:
        return "workday"
    if "小时" in word:
        return "hour"
    if "月" in word:
        return "month"
    return "year" if word.startswith("年") else "day"


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
