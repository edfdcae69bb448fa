"""What follows from a clause for this shopper: which of its parts holds for their order, until
when, and how much its rate comes to.

Everything here is worked out from the clause and from records that are cited with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from zhanggui.base import clock
from zhanggui.base.chinese import Dimension, Moment, arabic
from zhanggui.knowledge import clauses
from zhanggui.knowledge.clauses import Anchor, Period
from zhanggui.service.context import Context
from zhanggui.service.evidence import Evidence, order_evidence, refund_evidence
from zhanggui.service.reading import Reading
from zhanggui.shop.models import Order, Refund, Sku

_ANCHOR_WORDS = {
    "paid": "付款", "created": "下单", "shipped": "发货", "delivered": "签收",
    "approved": "审核通过", "received": "仓库收到", "invoiced": "开票",
}  # fmt: skip
_CONDITION = re.compile(r"付款|下单|购买|支付|签收|成交|得的|得到|获得|拍下|订单")
"""What a dated part is about when it divides orders, and not when it names a day of sending."""
_PAID, _GOT = re.compile(r"付|拍|买|下的?单|入手"), re.compile(r"收到|签收|到货|到的|收的|到手")


_STAGES = {"approved": ("approved", "returning"), "received": ("received",)}
"""The states of a case in which its last change was that stage."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A sentence that follows, the records it needs besides the clause, and whether a time that
    was asked for is in it."""

    text: str
    sources: list[Evidence]
    has_deadline: bool = False


NOTHING = Worked("", [])


def apply(text: str, reading: Reading, context: Context) -> Worked:
    """What a clause comes to for this message."""
    if not reading.computes:
        return NOTHING
    year = reading.now.year
    rate = _rate(text, reading)
    if rate:
        return Worked(rate, [])
    closed = _closed(text, reading, context, year)
    if closed is not None:
        return closed
    part, chosen, sources = _part(text, reading, context, year)
    if not _wants_time(reading):
        return Worked(chosen, sources)
    if part and re.search(r"[到至]\d{4}年|统一", part):
        return Worked(chosen, sources, True)  # The part names its own last day.
    deadline = _deadline(part or text, text, reading, context)
    if deadline is not None:
        kept = {source.id: source for source in (*sources, *deadline.sources)}
        return Worked(chosen + deadline.text, list(kept.values()), True)
    return Worked(chosen, sources)


_WANTS_TIME = re.compile(
    r"来得及|还能|还可以|还退|还在|还算|过期|超过|期限|过了|现在.{0,6}(?:退|换|补|开|修|申请)|天[了内]|还.{0,3}[得了]了?[吗不么]"
)


def _wants_time(reading: Reading) -> bool:
    mood = reading.mood
    return mood.when or mood.how_long or _WANTS_TIME.search(reading.text) is not None


def _part(
    text: str, reading: Reading, context: Context, year: int
) -> tuple[str, str, list[Evidence]]:
    """Of a clause with dated parts the one that holds, and how that is said."""
    found = [branch for branch in clauses.branches(text, year) if _CONDITION.search(branch.text)]
    if not found:
        return "", "", []
    day, word, sources = _paid_day(reading, context)
    if day is None:
        return "", "", []
    holding = [branch for branch in found if branch.holds(day)]
    if len(holding) > 1:
        return "", "", []
    if holding:
        part = holding[0].text
    else:
        # What the dated part does not cover is under the rest of the clause.
        rest = [each for each in clauses.sentences(text) if all(each != b.text for b in found)]
        if not rest:
            return "", "", []
        part = rest[0]
    part = part.rstrip("；;。")
    return part, f"您{word}，适用：{part}。", sources


def _paid_day(reading: Reading, context: Context) -> tuple[date | None, str, list[Evidence]]:
    """The day of payment: of the open order, else as the shopper says."""
    order = context.order
    if order is not None and order.paid_at is not None:
        day = clock.local(order.paid_at).date()
        evidence = order_evidence(order, titles(context, order))
        return day, f"这单{day.month}月{day.day}日付款", [evidence]
    done = [(moment.day, _done_on(moment, reading)) for moment in reading.moments]
    # Who says only when it came paid a little earlier.
    done.sort(key=lambda each: each[1] == "delivered")
    for day, what in done:
        word = "收到" if what == "delivered" else "付款"
        return day, f"{day.month}月{day.day}日{word}的话", []
    return None, "", []


def _done_on(moment: Moment, reading: Reading) -> Anchor | None:
    """What the shopper says was done on a day: by the words after it, else by all they say."""
    text = reading.text if moment.raw in reading.text else reading.earlier
    after = re.split(r"\d", text.partition(moment.raw)[2][:8])[0]
    for said in (after, f"{reading.text} {reading.earlier}"):
        paid, got = _PAID.search(said), _GOT.search(said)
        if paid and (got is None or paid.start() < got.start()):
            return "paid"
        if got:
            return "delivered"
    return None


def _anchor_time(
    anchor: Anchor | None, reading: Reading, context: Context, *, exact: bool
) -> tuple[datetime | None, str, list[Evidence]]:
    """When a period began for this shopper, how that is said, and by which record; `exact` where a
    day without an hour does not do."""
    order = context.order
    if anchor in ("approved", "received"):
        case = next((c for c in _cases(context) if c.status in _STAGES[anchor]), None)
        if case is not None and case.updated_at is not None:
            at = clock.local(case.updated_at)
            evidence = refund_evidence(case, titles_of(context, case.order_id))
            return at, f"{at.month}月{at.day}日{_ANCHOR_WORDS[anchor]}", [evidence]
    if order is not None:
        times = {
            "paid": order.paid_at, "created": order.created_at, "shipped": order.shipped_at,
            "delivered": order.delivered_at,
        }  # fmt: skip
        found = times.get(anchor or "")
        if found is not None:
            at = clock.local(found)
            evidence = order_evidence(order, titles(context, order))
            return at, f"{at.month}月{at.day}日{at:%H:%M}{_ANCHOR_WORDS[anchor or '']}", [evidence]
    for moment in reading.moments:
        if exact and moment.hour is None:
            continue
        suits = _done_on(moment, reading) == ("paid" if anchor == "created" else anchor)
        if suits and anchor in ("paid", "created", "delivered") and not moment.month_only:
            at = datetime.combine(
                moment.day,
                time(12 if moment.hour is None else moment.hour, moment.minute),
                reading.now.tzinfo,
            )
            return at, f"{moment.day.month}月{moment.day.day}日{_ANCHOR_WORDS[anchor]}", []
    return None, "", []


def _deadline(part: str, clause: str, reading: Reading, context: Context) -> Worked | None:
    """The first period of a clause whose beginning is known, and whether it is over."""
    periods = clauses.periods(part)
    usual = next((p.anchor for p in clauses.periods(clause) if p.anchor), None)
    for period in periods:
        anchor = period.anchor or usual
        start, said, sources = _anchor_time(anchor, reading, context, exact=period.unit == "hour")
        if start is None:
            continue
        whole = period.whole_days or "零点" in clause or "次日" in clause
        end = Period(period.amount, period.unit, anchor, whole, period.raw).until(start)
        return Worked(f"{said}，{period.raw}到{_when(end, period)}为止{_over(end, reading)}。",
                      sources, True)  # fmt: skip
    return None


def _when(end: datetime, period: Period) -> str:
    year = f"{end.year}年" if period.unit == "year" or period.amount > 200 else ""
    day = f"{year}{end.month}月{end.day}日"
    return f"{day}{end:%H:%M}" if period.unit == "hour" else day


def _over(end: datetime, reading: Reading) -> str:
    if reading.now > end:
        return "，现在已经超过了"
    if end.date() == reading.now.date():
        return "，今天还来得及"
    return "，现在还在期限内"


def _closed(text: str, reading: Reading, context: Context, year: int) -> Worked | None:
    """Where what is asked about falls into a time in which nothing is sent."""
    window = clauses.span(text, year)
    if window is None:
        return None
    begin, end, resumes = window
    for moment in reading.moments:
        at = datetime.combine(
            moment.day, time(20 if moment.hour is None else moment.hour, moment.minute)
        )
        day = f"{moment.day.month}月{moment.day.day}日"
        if begin <= at <= end:
            return Worked(f"{day}付款的从{resumes.month}月{resumes.day}日起安排。", [], True)
    return None


_POINTS = re.compile(
    r"(\d+)\s*(?:个)?(积分|分|[一-龥]{1,2}[币豆花]|成长值)(?:可以?|能)?(?:抵扣?|兑换?|换|当)(?:现金|成)?\s*(\d+)?\s*(元|张|块)"
)
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%")
_LEAST, _MOST = (
    re.compile(r"最低(\d+(?:\.\d+)?)元"),
    re.compile(r"(?:最高|不超过|上限|封顶)(\d+(?:\.\d+)?)元"),
)


def _rate(text: str, reading: Reading) -> str:
    """A rate of a clause for the number in the message: points into money, a share of an amount
    between its least and most."""
    plain = arabic(text)
    points = _POINTS.search(plain)
    owned = re.search(r"(\d+)\s*(?:个|多)?(?:积?分|[币豆花])", reading.text)
    if points and owned:
        per, gives, unit = int(points[1]), int(points[3] or 1), points[4]
        number, times = int(owned[1]), int(owned[1]) // per if per else 0
        if times:
            whole = unit == "张" or re.search("整数倍|整百|整数", plain)
            worth = times * gives if whole else round(number / per * gives, 2)
            return f"{number}{points[2]}可以抵{worth:g}{unit}。"
    share = _SHARE.search(plain)
    money = [q for q in reading.quantities if q.dimension is Dimension.MONEY]
    if share and money and ("赔" in plain or "补" in plain or "扣" in plain or "手续费" in plain):
        amount = max(q.low for q in money) * float(share[1]) / 100
        least, most = _LEAST.search(plain), _MOST.search(plain)
        bounded = max(amount, float(least[1])) if least else amount
        bounded = min(bounded, float(most[1])) if most else bounded
        if bounded != amount:
            return f"按规则这笔是{bounded:g}元。"
        return f"算下来是{amount:g}元。"
    return ""


_SCAN = re.compile(r"(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{2})")


def stalled_hours(order: Order, context: Context) -> float:
    """Hours since the courier's last scan, as the order's note has it; 0 where it has none."""
    found = _SCAN.findall(order.note or "")
    if not found or order.status not in ("shipped", "part_shipped"):
        return 0.0
    month, day, hour, minute = map(int, found[-1])
    now = clock.local(context.now)
    try:
        at = datetime(now.year, month, day, hour, minute, tzinfo=now.tzinfo)
    except ValueError:
        return 0.0
    if at > now:
        at = at.replace(year=at.year - 1)
    return (now - at).total_seconds() / 3600


def skus_of(context: Context, order: Order) -> list[Sku]:
    """The SKUs ordered."""
    ids = {line.sku_id for line in context.lines.get(order.id, ())}
    return [sku for skus in context.skus.values() for sku in skus if sku.id in ids]


def titles(context: Context, order: Order) -> list[str]:
    """What was ordered."""
    return titles_of(context, order.id)


def titles_of(context: Context, order_id: str) -> list[str]:
    """What was ordered, by the order's number."""
    found = [product.title for product in context.products_of(order_id)]
    if not found:
        found = [line.title for line in context.lines.get(order_id, ()) if line.title]
    return list(dict.fromkeys(found))


def _cases(context: Context) -> list[Refund]:
    if context.order is None:
        return context.refunds
    return [case for case in context.refunds if case.order_id == context.order.id]
