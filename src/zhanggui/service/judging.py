"""What may come of a request: by the order's state and by what the shop's clauses say.

Pure: it reads no table. The patterns are of the language, not of any shop; where no clause says
anything, the order's state decides and a person does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.base.chinese import addresses
from zhanggui.base.words import Text
from zhanggui.knowledge import Entry, Retriever
from zhanggui.service import after_sales, computing, invoices, orders, shipping, windows
from zhanggui.service.context import Context
from zhanggui.service.evidence import MOST_SOURCES, Evidence, order_evidence, shorten
from zhanggui.service.requests import Details, Field, Request, Verdict
from zhanggui.service.ruling import OFFER, WISHES, Matter, case_open, missing, noted, refused
from zhanggui.shop.models import Order

_ASKED: dict[Field, str] = {
    "address": "完整的新地址（省市区、街道门牌；收件人和电话要改的话也一起写上）",
    "region": "新地址的省市区",
    "street": "新地址的街道和门牌号",
    "wanted": "想改成什么",
}


def judge(request: Request, context: Context, known: Retriever) -> Verdict:
    """What may come of a request; `known` is what the shop has written down.

    `context` has the order open that the request names, else the order is what is missing. Whether
    it is the shopper's own is for whoever loads it: another's is never in a context.
    """
    order = _order(request, context)
    if order is None:
        return Verdict(
            "missing",
            f"请问是哪一笔订单要{WISHES[request.kind]}？麻烦发一下订单号。",
            Text("不知道是哪一笔订单", "Which order is meant is not known"),
            missing=("order",),
        )
    matter = Matter(request, order, context, known.clauses)
    if order.status == "unknown":
        return noted(
            matter, "", Text("订单状态不明，由人核对", "Its state is not known: a person looks")
        )
    if order.status == "refunding" and request.kind not in ("remind", "invoice"):
        return case_open(matter) or refused(
            matter, "正在退款处理中", Text("订单在退款中", "The order is being refunded")
        )
    match request.kind:
        case "change_address":
            return _address(matter)
        case "cancel":
            return _cancel(matter)
        case "remind":
            return _remind(matter, known.shipping)
        case "invoice":
            return invoices.judge(matter)
        case "price_protection":
            return after_sales.price(matter)
        case "refund" | "return" | "exchange":
            return after_sales.judge(matter)
        case "other":
            return _other(matter)


def _order(request: Request, context: Context) -> Order | None:
    known = context.orders if context.order is None else [context.order, *context.orders]
    return next((order for order in known if order.id == request.order_id), None)


def _address(matter: Matter) -> Verdict:
    order, details = matter.order, matter.request.details
    if order.status in ("shipped", "part_shipped", "delivered", "completed"):
        return _sent_elsewhere(matter)
    if order.status == "closed":
        return refused(matter, "已经关闭，不用改地址了", Text("订单已关闭", "The order is closed"))
    lacking = _lacking(details, order.receiver_city)
    if lacking:
        asked = "、".join(_ASKED[each] for each in lacking)
        reason = Text(
            "要改地址，但新地址不完整", "Wants the address changed; the new one is not whole"
        )
        return missing(matter, asked, lacking, reason)
    rules = windows.stating(matter.rules, "地址", "待发货|没有?发货|未发货|还没发|发货前")
    reason = Text("还没发货，可以改收货信息", "Not sent yet, so the receiver can be changed")
    return noted(matter, "改好之前以原地址为准", reason, rules[:1])


def _sent_elsewhere(matter: Matter) -> Verdict:
    """What is on its way stays on it, unless a clause has the shop ask the courier."""
    rules = windows.stating(matter.rules, _SENT, "地址|改派|转寄")
    asking = windows.stating(rules, _BY_SHOP)
    if asking and matter.order.status in ("shipped", "part_shipped"):
        lacking = _lacking(matter.request.details, matter.order.receiver_city)
        if not lacking:
            reason = Text("已经发货，要向快递申请改派", "Sent: the courier has to be asked")
            return noted(matter, "不保证能改成", reason, asking[:1])
    reason = Text("已经发货，改不了地址", "It has been sent, so the address stays")
    first = windows.stating(rules, "改派|转寄|不能改|改不了") or rules
    return refused(matter, "已经发货，这边改不了收货地址", reason, first[:1])


_SENT = r"已经?发|发货后|发出后|运输|在途|派送"
_BY_SHOP = r"由?(?:人工|客服|我们|店铺|店里)[^；;。]{0,10}(?:改派|转寄)"


def _lacking(details: Details, city: str | None) -> tuple[Field, ...]:
    if details.address is None:
        # A new phone or name alone goes with the address there is.
        return () if details.receiver or details.phone else ("address",)
    return tuple(addresses.lacks(details.address, city))


def _cancel(matter: Matter) -> Verdict:
    order = matter.order
    if order.status == "closed":
        return refused(matter, "已经关闭，不用再取消", Text("订单已关闭", "The order is closed"))
    opened = case_open(matter)
    if opened is not None:
        return opened
    if order.status == "unpaid":
        due = orders.pay_by(order, matter.rules)
        said = "没有付款的订单您也可以在订单页自己取消"
        reason = Text("还没付款，可以取消", "Not paid for, so it can be cancelled")
        if due is None:
            return noted(matter, said, reason)
        return noted(
            matter, f"{said}，不付款也会自动关闭", reason, [_entry(matter, due.sources[0])]
        )
    if order.status in ("delivered", "completed"):
        return _returned(matter)
    if order.status in ("shipped", "part_shipped"):
        return after_sales.on_its_way(matter)
    rules = windows.stating(matter.rules, "待发货|没有?发货|未发货|还没发|发货前", "取消|申请退款")
    reason = Text("付了款还没发货，可以取消", "Paid for and not sent, so it can be cancelled")
    return noted(matter, "处理好之前订单照常", reason, rules[:1])


def _returned(matter: Matter) -> Verdict:
    """What has arrived cannot be cancelled but returned, while the window is open."""
    rules = windows.about(matter.rules, "无理由", "退")
    reason = Text("已经签收，只能退货", "It has arrived, so it can only be returned")
    held = windows.window(rules, "delivered", matter.order, matter.context)
    if held is None:
        return refused(matter, "已经签收，不能取消，可以申请退货", reason, rules[:1])
    last = windows.say(held.last)
    then = f"退货期限到{last}为止，现在已经超过了" if held.is_over else f"{last}前可以申请退货"
    return refused(matter, f"已经签收，不能取消，{then}", reason, [_entry(matter, held.evidence)])


def _entry(matter: Matter, evidence: Evidence) -> Entry:
    return next(rule for rule in matter.rules if rule.id == evidence.id)


def _remind(matter: Matter, rules: Sequence[Entry]) -> Verdict:
    order, context = matter.order, matter.context
    record = order_evidence(order, computing.titles(context, order))
    if order.status == "unpaid":
        due = orders.pay_by(order, matter.rules)
        more = due.text if due else ""
        reason = Text("还没付款，不会发货", "Not paid for, so it is not sent")
        return refused(matter, f"还没付款，付款后才会安排发货。{more}".rstrip("。"), reason)
    if order.status in ("shipped", "part_shipped", "delivered", "completed"):
        reason = Text("已经发货", "It has been sent")
        where = shorten(record.text, 150)
        return Verdict("refused", f"{where}。{OFFER}", reason, [record])
    if order.status in ("closed", "refunding"):
        word = "已经关闭" if order.status == "closed" else "在退款中"
        return refused(
            matter, f"{word}，不会再发货", Text(f"订单{word}", "Closed or being refunded")
        )
    due = shipping.due(order, context, rules)
    if due is None:
        reason = Text("等发货，没有条款说什么时候", "Waits to be sent; no clause says until when")
        return noted(matter, "", reason)
    late = context.now > due.end
    reason = (
        Text("超过了发货时间，要加急", "Past the time of sending: urgent")
        if late
        else Text("还没到发货时间", "Before the time of sending")
    )
    sources = [record, *due.sources][:MOST_SOURCES]
    said = "已经超过发货时间，会加急处理" if late else ""
    return noted(matter, said, reason, worked=due.text, sources=sources, is_urgent=late)


def _other(matter: Matter) -> Verdict:
    if matter.order.status == "closed":
        return refused(matter, "已经关闭，改不了了", Text("订单已关闭", "The order is closed"))
    if not (matter.request.details.wanted or matter.request.words):
        reason = Text("没说要改什么", "Does not say what to change")
        return missing(matter, _ASKED["wanted"], ("wanted",), reason)
    return noted(matter, "", Text("要改动订单，由人处理", "Wants an order changed by a person"))
