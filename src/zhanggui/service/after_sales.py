"""Whether goods can be given back, exchanged or their price be made good: by the order's state, the
window of the governing clause, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import replace

from zhanggui.base.chinese import arabic
from zhanggui.base.money import format_yuan, parse_yuan
from zhanggui.base.words import Text
from zhanggui.knowledge import Entry
from zhanggui.service import windows
from zhanggui.service.evidence import Evidence, refund_evidence, sku_evidence
from zhanggui.service.requests import Verdict
from zhanggui.service.ruling import Matter, case_open, missing, noted, refused
from zhanggui.shop.models import Sku

_FLAWS: tuple[tuple[str, str], ...] = (
    ("damage", r"破损|碎|裂|瘪|变形|压坏|摔坏|磕|漏液|漏水|渗"),
    ("short", r"少件|少发|漏发|少了|缺件|没收全"),
    ("wrong", r"发错|错发|不是我(?:买|拍|要)的|货不对"),
    ("fault", r"质量|故障|坏了?|不亮|不热|不转|不工作|用不了|打不开|瑕疵|有问题|开线|破洞|脱线"
     r"|掉色|起球|断|失灵|异响|污渍|生锈|缩水"),
)  # fmt: skip
_RULES = {
    "damage": r"破损|碎|变形|损坏", "short": r"少件|漏发|少发", "wrong": r"发错|错发",
    "fault": r"质量|故障|瑕疵|破洞|开线|性能",
}  # fmt: skip
_NOT_CAME = re.compile(r"没(?:有)?收到|没到|丢(?:件|了)|未收到|一直不到")
_QUALITY = r"质量|故障|瑕疵|破损|发错|漏发|少件"
_ONCE = r"每(?:个|笔)?(?:订单|单)[^；;。]{0,4}(?:限|只能|仅)[^；;。]{0,5}一次"
_OF_PRICE = r"价保|保价|价格保护|补差|退差|差价"
_NOT_LESS = re.compile(r"(?:差价)?不足(\d+(?:\.\d+)?)元")


def flaw(reason: str) -> str | None:
    """What is wrong with the goods, by what the shopper says: ``damage`` (on the way), ``short``,
    ``wrong`` or ``fault``; None where nothing is, so that they are only not wanted."""
    return next((name for name, words in _FLAWS if re.search(words, reason)), None)


def judge(matter: Matter) -> Verdict:
    """A refund, return or exchange."""
    order, details = matter.order, matter.request.details
    if order.status in ("unpaid", "closed"):
        word = "还没付款" if order.status == "unpaid" else "已经关闭"
        return refused(matter, f"{word}，不用办售后", Text(f"订单{word}", "Unpaid or closed"))
    opened = case_open(matter)
    if opened is not None:
        return opened
    if order.status == "paid":
        return _unsent(matter)
    if not (details.reason or details.wanted):
        return missing(matter, "原因", ("reason",), Text("没说原因", "Gives no reason"))
    wrong = flaw(details.reason or "")
    if order.status in ("shipped", "part_shipped"):
        if wrong or _NOT_CAME.search(details.reason or ""):
            reason = Text("发货后有问题，由人核实", "Wrong on its way: a person looks")
            return noted(matter, "", reason, asks_photos=wrong is not None)
        return on_its_way(matter)
    if matter.request.kind == "exchange" and not details.wanted and wrong is None:
        return _no_wish(matter)
    return _arrived(matter, wrong)


def _no_wish(matter: Matter) -> Verdict:
    reason = Text("没说换成什么", "Does not say what for")
    return missing(matter, "想换成的颜色、尺码或规格", ("wanted",), reason)


def _unsent(matter: Matter) -> Verdict:
    """What is paid for and not sent: it can be cancelled, or other goods be sent."""
    kind = matter.request.kind
    if kind == "exchange" and not matter.request.details.wanted:
        return _no_wish(matter)
    what = r"颜色|尺码|规格|型号|款" if kind == "exchange" else r"取消|退款"
    rules = windows.stating(matter.rules, r"待发货|没有?发货|未发货|还没发|发货前", what)
    reason = Text("付了款还没发货", "Paid for and not sent")
    return noted(matter, "处理好之前订单照常", reason, rules[:1])


def on_its_way(matter: Matter) -> Verdict:
    """What is sent and not wanted any more: by the clause on it, else by none."""
    sent = windows.stating(
        matter.rules,
        r"已经?发货|发货后|已发出|运输",
        r"取消|不想要|不要了|退款|退货",
        r"拒收|退货|退回",
    )
    rules = windows.stating(sent, "拒收") or sent
    why = "已经发货，不能取消了" if matter.request.kind == "cancel" else "还在路上"
    more = "" if rules else "，可以收到后申请退货"
    reason = Text("已经发货", "It has been sent")
    return refused(matter, f"{why}{more}", reason, rules[:1])


def _arrived(matter: Matter, wrong: str | None) -> Verdict:
    """What has arrived: within the window that governs, or not."""
    kind = matter.request.kind
    barred = _barred(matter, wrong)
    if barred is not None:
        return barred
    rules = _governing(matter, wrong)
    held = windows.window(rules, "delivered", matter.order, matter.context)
    asks_photos = wrong is not None
    if held is None:
        reason = Text("没有条款说到期限，由人核对", "No clause says until when: a person looks")
        return noted(matter, "", reason, rules[:1], asks_photos=asks_photos)
    governing = [rule for rule in rules if rule.id == held.evidence.id]
    last = windows.say(held.last)
    if held.is_over:
        later = _repairs(matter, governing) if wrong else []
        reason = Text(f"期限到{last}，已经过了", f"The time ended on {held.last.isoformat()}")
        why = f"的{_NAMES[kind]}期限到{last}为止，现在已经超过了"
        return refused(matter, why, reason, governing, sources=[*map(windows.cited, later[:1])])
    reason = Text(
        f"在期限内，最后一天是{last}", f"In time; the last day is {held.last.isoformat()}"
    )
    return noted(
        matter, "", reason, governing, worked=f"期限到{last}为止。", asks_photos=asks_photos
    )


def _repairs(matter: Matter, governing: list[Entry]) -> list[Entry]:
    """The clauses under which faulty goods are repaired when they are not taken back."""
    found = windows.stating(matter.rules, "保修|三包")
    return [rule for rule in found if rule not in governing]


_NAMES = {"refund": "退款", "return": "退货", "exchange": "换货"}


def _governing(matter: Matter, wrong: str | None) -> list[Entry]:
    """The clauses on what is wrong, or on what is only not wanted, the nearest first."""
    if wrong is not None:
        reason = matter.request.details.reason or ""
        given_back = r"退|换|补发|修"
        of_it = windows.stating(matter.rules, _RULES[wrong], given_back)
        rest = windows.stating(matter.rules, _QUALITY, given_back)
        rules = [*windows.nearest(of_it, reason), *(rule for rule in rest if rule not in of_it)]
        return [rule for rule in rules if not re.search("无理由", rule.text)]
    unwanted = [
        rule
        for rule in windows.about(matter.rules, "无理由")
        if not re.search(r"不适用无理由|拆封|不支持无理由", rule.text.partition("，")[0])
    ]
    if matter.request.kind != "exchange":
        return unwanted
    swaps = [
        rule for rule in windows.stating(matter.rules, "换") if not re.search(_QUALITY, rule.text)
    ]
    own = [
        rule for rule in swaps if windows.window([rule], "delivered", matter.order, matter.context)
    ]
    # 在无理由退货期限内可以换: an exchange without a time of its own has that of a return.
    return own or unwanted


def _barred(matter: Matter, wrong: str | None) -> Verdict | None:
    """The refusal where what was ordered is excepted, or the one time there is has been used."""
    kind = matter.request.kind
    if kind == "exchange" and wrong is None:
        rule = windows.excludes(
            matter.rules, matter.context, matter.order, "只退不换|不支持换|不能换|不换"
        )
        if rule is not None:
            reason = Text("这件商品不换", "These goods are not exchanged")
            return refused(matter, "里的商品不支持换货", reason, [rule])
    if kind == "exchange":
        return _used(matter, "exchange", windows.about(matter.rules, "换", _ONCE))
    if kind == "return" and wrong is None:
        no = r"不支持无理由|不适用无理由|无理由[^；;。]{0,4}不(?:支持|适用)"
        rule = windows.excludes(matter.rules, matter.context, matter.order, no)
        if rule is not None:
            reason = Text("这件商品不适用无理由退货", "These goods may not be returned at will")
            return refused(matter, "里的商品不适用无理由退货", reason, [rule])
    return None


def _used(matter: Matter, kind: str, rules: list[Entry]) -> Verdict | None:
    if not rules:
        return None
    for case in matter.context.refunds:
        done = case.order_id == matter.order.id and case.kind == kind and case.status == "done"
        if done:
            evidence = refund_evidence(case, ())
            reason = Text("每单限一次，已经用过", "Once an order, and that has been used")
            return refused(matter, "已经办过一次", reason, rules[:1], sources=[evidence])
    return None


def price(matter: Matter) -> Verdict:
    """Making good what a price has fallen since it was paid."""
    order = matter.order
    if order.status in ("unpaid", "closed"):
        word = "还没付款" if order.status == "unpaid" else "已经关闭"
        return refused(matter, f"{word}，没有差价可补", Text(f"订单{word}", "Unpaid or closed"))
    opened = case_open(matter)
    if opened is not None:
        return opened
    rules = windows.about(matter.rules, _OF_PRICE)
    excepted = windows.excludes(rules, matter.context, order, "不参加|不支持|不在|不适用")
    if excepted is not None:
        reason = Text("这件商品不参加价保", "These goods are excepted")
        return refused(matter, "里的商品不参加价保", reason, [excepted])
    used = _used(matter, "price_protection", windows.stating(rules, _ONCE))
    if used is not None:
        return used
    held = windows.window(rules, "paid", order, matter.context)
    if held is not None and held.is_over:
        last = windows.say(held.last)
        reason = Text(f"价保期到{last}，已经过了", f"The time ended on {held.last.isoformat()}")
        governing = [rule for rule in rules if rule.id == held.evidence.id]
        return refused(matter, f"的价保期到{last}为止，现在已经超过了", reason, governing)
    line = matter.line
    if line is None or line.sku_id is None:
        named = Text("不知道是订单里的哪一件", "Which goods of the order is not known")
        return missing(matter, "要补差价的是哪一件", ("goods",), named)
    return _difference(matter, rules, held)


def _difference(matter: Matter, rules: list[Entry], held: windows.Window | None) -> Verdict:
    sku, source = _present(matter)
    paid = _paid_each(matter)
    sources = [held.evidence] if held else []
    if held is None or sku is None or source is None or sku.price_fen is None or paid is None:
        reason = Text(
            "价保条款或价格不全，由人核对", "The clause or a price is not known: a person looks"
        )
        return noted(matter, "", reason, rules[:1])
    if sku.stock is not None and sku.stock <= 0:
        gone = windows.stating(rules, r"售罄|缺货|下架")
        if gone:
            return refused(matter, "里的这款现在没货", Text("已售罄", "Sold out"), gone[:1])
    gap = paid - sku.price_fen
    figures = f"付的是每件{format_yuan(paid)}元，现在{format_yuan(sku.price_fen)}元"
    least = next((m for rule in rules if (m := _NOT_LESS.search(arabic(rule.text)))), None)
    if gap <= 0 or (least is not None and gap < parse_yuan(least[1])):
        few = [rule for rule in rules if gap > 0 and _NOT_LESS.search(arabic(rule.text))]
        why = f"{figures}，{f'差价不足{least[1]}元' if few and least else '没有降价'}"
        return refused(matter, why, Text("没有可补的差价", "No difference to make good"), few[:1],
                       sources=[source])  # fmt: skip
    count = matter.line.quantity if matter.line is not None else 1
    total = gap * count
    reason = Text(
        f"在价保期内，差{format_yuan(total)}元",
        f"In time; the difference is {format_yuan(total)} yuan",
    )
    worked = f"{figures}，差{format_yuan(total)}元，以审核为准。"
    found = noted(matter, "", reason, worked=worked, sources=[matter.record, source, *sources])
    return replace(found, sku_id=sku.id, product_id=sku.product_id)


def _present(matter: Matter) -> tuple[Sku | None, Evidence | None]:
    """The SKU of the line as it is sold now."""
    wanted = matter.line.sku_id if matter.line is not None else None
    for product_id, skus in matter.context.skus.items():
        for sku in skus:
            if sku.id == wanted and product_id in matter.context.products:
                return sku, sku_evidence(matter.context.products[product_id], sku, skus)
    return None, None


def _paid_each(matter: Matter) -> int | None:
    """Fen paid for one piece, where that is known."""
    line = matter.line
    if line is None or line.quantity < 1:
        return None
    alone = len(matter.context.lines.get(matter.order.id, ())) == 1
    paid = line.paid_fen if line.paid_fen is not None else matter.order.paid_fen if alone else None
    return paid // line.quantity if paid else None
