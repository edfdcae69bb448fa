"""Whether an invoice can be issued for an order, and what has to be written on it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from zhanggui.base import clock
from zhanggui.base.chinese import arabic
from zhanggui.base.money import format_yuan, parse_yuan
from zhanggui.base.words import Text
from zhanggui.knowledge import Entry
from zhanggui.service import windows
from zhanggui.service.requests import Details, Field, InvoiceType, Verdict
from zhanggui.service.ruling import Matter, missing, noted, refused

_TAX_NO = re.compile(r"[0-9A-Z]{15,20}")
_COMPANY = re.compile(
    r"公司|集团|企业|工厂|商行|商店|经营部|工作室|事务所|合作社|医院|学校|大学|中学|小学|幼儿园|研究院|研究所|银行|协会"
    r"|中心$|[厂店部局院]$"
)
_SPECIAL = r"专票|专用发票"
_NO_SPECIAL = (
    r"(?:不开|不提供|不支持|没有|开不了|无法开)[^，,；;]{0,8}(?:专票|专用)"
    r"|只(?:能)?开[^，,；;]{0,6}普通"
)
_LEAST = re.compile(r"满(\d+(?:\.\d+)?)元")
_YEAR_UNTIL = re.compile(
    r"(\d{4})年(?:内)?(?:付款|下单|购买|成交)的?[^；;。]{0,16}?(\d{4})年(\d{1,2})月(\d{1,2})日(?:之?前|为止)"
)
_NOT_ISSUING = r"换开|重开|红冲|作废|写错"
_ASKED: dict[Field, str] = {
    "invoice_type": "开个人还是公司发票",
    "title": "发票抬头",
    "tax_no": "税号（15到20位数字或大写字母）",
    "bank": "开户行和账号",
}


def type_of(details: Details) -> InvoiceType | None:
    """To whom an invoice goes, as far as what is filled in tells."""
    if details.invoice_type:
        return details.invoice_type
    if details.tax_no or (details.title and _COMPANY.search(details.title)):
        return "company"
    return "personal" if details.title else None


def tax_number(text: str) -> str | None:
    """A tax number (15 to 20 digits and capitals) as it is written on an invoice; None for what is
    none."""
    plain = re.sub(r"[\s-]", "", text).upper()
    return plain if _TAX_NO.fullmatch(plain) else None


def tidied(details: Details) -> Details:
    """What is filled in, with the type that follows from it and the tax number as it is written."""
    number = tax_number(details.tax_no) if details.tax_no else None
    return replace(details, invoice_type=type_of(details), tax_no=number or details.tax_no)


def judge(matter: Matter) -> Verdict:
    """Whether an invoice can be issued: by the order's state, the clauses and what is filled in."""
    order = matter.order
    rules = [
        rule
        for rule in windows.about(matter.rules, r"发票|开票|专票")
        if not re.search(_NOT_ISSUING, rule.text)
    ]
    if order.status in ("unpaid", "closed"):
        word = "还没付款" if order.status == "unpaid" else "已经关闭"
        reason = Text(f"订单{word}，开不了发票", "No invoice for an order unpaid or closed")
        return refused(matter, f"{word}，开不了发票", reason)
    late = _too_late(matter, rules)
    if late is not None:
        return late
    kind = type_of(matter.request.details)
    if kind == "special":
        barred = _special_barred(matter, rules)
        if barred is not None:
            return barred
    elif (little := _too_little(matter, rules)) is not None:
        return little
    lacking = _lacking(matter.request.details, kind, rules)
    if lacking:
        asked = "、".join(_ASKED[each] for each in lacking)
        reason = Text("开票信息不全", "What the invoice needs is not whole")
        return missing(matter, asked, lacking, reason)
    told = windows.stating(rules, _SPECIAL if kind == "special" else "申请|开好|开具|默认")
    reason = Text("可以开发票", "An invoice can be issued")
    return noted(matter, "", reason, (told or rules)[:1])


def _lacking(details: Details, kind: InvoiceType | None, rules: list[Entry]) -> list[Field]:
    if kind is None:
        return ["invoice_type", "title"]
    if kind == "personal":
        return []
    lacking: list[Field] = [] if details.title else ["title"]
    if details.tax_no is None or tax_number(details.tax_no) is None:
        lacking.append("tax_no")
    if kind == "special" and not details.bank and windows.stating(rules, _SPECIAL, "开户行"):
        lacking.append("bank")
    return lacking


def _special_barred(matter: Matter, rules: list[Entry]) -> Verdict | None:
    """The refusal of a VAT invoice where the shop issues none, or none for so little."""
    none = windows.stating(rules, _NO_SPECIAL)
    if none:
        reason = Text("店铺不开专票", "The shop issues no VAT invoices")
        return refused(matter, "只能开普通发票", reason, none[:1])
    return _below(matter, windows.stating(rules, _SPECIAL), "增值税专用发票")


def _too_little(matter: Matter, rules: list[Entry]) -> Verdict | None:
    ordinary = [
        rule
        for rule in windows.stating(rules, r"满\d+(?:\.\d+)?元[^；;。]{0,8}开")
        if not re.search(_SPECIAL, rule.text)
    ]
    return _below(matter, ordinary, "发票")


def _below(matter: Matter, rules: list[Entry], what: str) -> Verdict | None:
    paid = matter.order.paid_fen
    for rule in rules:
        least = _LEAST.search(arabic(rule.text))
        if least is None or paid is None or paid >= parse_yuan(least[1]):
            continue
        why = f"实付{format_yuan(paid)}元，不满{least[1]}元，开不了{what}"
        reason = Text(f"实付不满{least[1]}元", f"Less than {least[1]} yuan was paid")
        return refused(matter, why, reason, [rule])
    return None


def _too_late(matter: Matter, rules: list[Entry]) -> Verdict | None:
    today = clock.local(matter.context.now).date()
    paid = matter.order.paid_at
    for rule in rules:
        last = None
        dated = _YEAR_UNTIL.search(rule.text)
        if dated and paid is not None and clock.local(paid).year == int(dated[1]):
            last = _day(dated)
        if last is not None and today > last:
            return _over(matter, rule, last)
    ending = windows.stating(rules, "申请|补开|开具", "逾期|超过|过期|内申请|不再")
    held = windows.window(ending, "paid", matter.order, matter.context)
    held = held or windows.window(ending, "delivered", matter.order, matter.context)
    if held is None or not held.is_over:
        return None
    rule = next(rule for rule in ending if rule.id == held.evidence.id)
    return _over(matter, rule, held.last)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[2]), int(found[3]), int(found[4]))
    except ValueError:
        return None


def _over(matter: Matter, rule: Entry, last: date) -> Verdict:
    why = f"的开票申请到{windows.say(last)}为止，现在已经超过了"
    reason = Text("过了开票期限", "Past the time for an invoice")
    return refused(matter, why, reason, [rule])
