"""What a shopper wants done, read from their message and the turns before it."""

from __future__ import annotations

import re
import unicodedata

from zhanggui.base.chinese import addresses, arabic, standard
from zhanggui.base.masking import is_masked
from zhanggui.service import after_sales, changes, invoices, orders
from zhanggui.service.context import Context
from zhanggui.service.reading import Reading
from zhanggui.service.requests import Details, InvoiceType, Kind, Request

MOST_TURNS = 8
"""Earlier messages in which what is filled in is looked for."""

_INVOICE = re.compile(r"开.{0,10}票")
_PRICE = re.compile(
    r"价保|保价|补.{0,3}差价|差价.{0,6}(?:补|退)|降价.{0,10}(?:补|退|差)|退.{0,3}差价"
)
_TO_ANOTHER = re.compile(r"改|换|错|转寄|转到|寄到|送到|发到|更新|不对|新地址")
_WRONG_PLACE = re.compile(r"(?:填|写|选)错.{0,3}(?:地|位置|城市|小区)")
_HURRY = re.compile(
    r"催|快点发|尽快发|加急|赶紧发|还不发|还没发|抓紧发|(?:快|早)点(?:发|寄)|帮.{0,3}(?:发|寄)"
)
_EXCHANGE = re.compile(
    r"换货|换[1一个件双条台成码色大小新掉]|调换|退换|(?:给我|帮我|就|想|要)(?:换|改)"
)
_RETURN = re.compile(
    r"退货|退掉|退回去|退了(?:吧|它|算)|退换|无理由|(?:要|想|能|给我|帮我)退(?!款|钱)"
)
_REFUND = re.compile(r"退款|退钱|把钱退|退我钱")
_MORE = re.compile(r"补(?:发|寄|[1一]|给)|(?:给|帮)我补|先(?:给我)?(?:发|寄)|分开(?:发|寄)")
_UNDER_WAY = re.compile(
    r"(?:退款|退的?钱|换新|申请|售后).{0,8}(?:到哪|到了?没|没到|多久|时候|进度|呢|同意|通过|算数|审|批)"
    r"|审(?:核|好|批|完)|签了?没|收到了?没|寄走了|来着"
)
"""Asks how something stands that was asked for before."""

_TITLE = re.compile(
    r"(?:发票)?抬头(?:是|为|写|开|用)?[:：\s]*([^\s,，。;；、:：\d][^\s,，。;；、]{0,39}?)(?=[\s,，。;；、]|税号|$)"
)
_COMPANY_NAME = re.compile(
    r"(?:^|(?<=[\s,，。;；:：]))(?![^\s,，。;；]*[我帮给要开票])"
    r"([一-龥()]{3,40}(?:公司|集团|事务所|合作社|工作室|经营部|商行|医院|学校|大学|店|厂))"
    r"(?=[\s,，。;；\d]|税号|$)"
)
_COMPANYS = re.compile(r"公司(?:的|发票|抬头|名义|报销|报账)")
_TAX = re.compile(
    r"(?:税号|纳税人识别号|信用代码|识别号)?[是为:：\s]*(?<![0-9A-Za-z])([0-9A-Za-z]{15,20})(?![0-9A-Za-z])"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PERSONAL = re.compile(r"个人(?:发票|抬头|的|就|名义)?")
_BANK = re.compile(r"(?:开户行|开户银行)[是为:：\s]*([^。;；\n]{4,60})")
_WANTED = re.compile(
    r"(?:[换改](?:成|为|到|个|一?[个件双条])|(?:给我|帮我|想|就|要)[换改])(?:一?[个件双条])?"
    r"\s*([^\s,，。!！?？;；]{1,20})"
)
_POLITE = re.compile(r"(?:的?吧|的|可以吗|行吗|好吗|吗)$")
_NO_TITLE = re.compile(r"就?(?:行|好|可以)|即可|都行|随便|发票.{0,3}")
_REASON = re.compile(r"因为|由于|原因[是为:：]?|(?<!无)理由[是为:：]?")
_ENDS = re.compile(r"[。!！?？\n]|[,，\s](?=我要|我想|想|请|帮|麻烦|申请|能)")
_UNWANTED = re.compile(
    r"没用过|没穿过|没拆|没动过|吊牌|不想要|不要了|不喜欢|不合适|不合身|太大|太小|大了|小了|偏大|偏小|买错|拍错|买重|无理由|不需要|用不上|颜色不|色差"
)
_PLEASE = re.compile(r"帮|麻烦|给我|我要|我想|请|申请|拜托|一下")
_ASKS_WHETHER = re.compile(
    r"[吗么嘛](?=[?？!！。~\s]|$)|(?:能|可|会|行)不(?:能|可|会|行)|[不没][?？!！。~\s]*$|是不是|有没有"
)
_ASKS_FOR = re.compile(r"发给我|发一下|提供|麻烦发|请问是哪")


def read(reading: Reading, context: Context) -> Request | None:
    """The request of a message; None where it asks for nothing that a person would have to do.

    A turn that only fills in what the shop asked for goes on with the request before it.
    """
    turns = [turn for turn in reading.asked.turns if turn.role == "shopper"][-MOST_TURNS:]
    earlier = [turn.text for turn in turns]
    order = context.order
    if order is None:
        chosen, sure = orders.choose(reading, context)
        order = chosen[0] if chosen and sure else None
    if order is None and not context.orders:
        return None
    is_over = order is not None and order.status in ("delivered", "completed")
    kind = kind_of(reading.text, is_over=is_over)
    said = [reading.asked.text]
    for text in reversed(earlier):
        before = kind_of(arabic(standard(text)), is_over=is_over)
        if kind is None and before is not None:
            if not goes_on(reading):
                return None
            kind = before
        if before not in (None, kind):
            break  # What was said of another wish.
        said.append(text)
    if kind is None:
        return None
    details = Details()
    for text in said:
        details = details.over(details_of(kind, text))
    if not _is_wish(reading, kind, details):
        return None
    if kind == "invoice":
        details = invoices.tidied(details)
    order_id = order.id if order is not None else None
    sku_id = _sku(reading, context, order_id)
    return Request(kind, order_id, details, sku_id, reading.asked.text)


def _is_wish(reading: Reading, kind: Kind, details: Details) -> bool:
    """Whether the message wants it done and does not only ask whether or how it could be."""
    if kind == "remind" or details.filled():
        return True
    mood = reading.mood
    if mood.how or mood.when or mood.how_long or mood.how_much:
        return False
    whether = _ASKS_WHETHER.search(reading.text) is not None
    return not whether or _PLEASE.search(reading.text) is not None


def goes_on(reading: Reading) -> bool:
    """Whether a turn only fills in what the shop asked for, of a request made before it."""
    if not _ASKS_FOR.search(reading.told) or kind_of(reading.text) is not None:
        return False
    earlier = [turn.text for turn in reading.asked.turns if turn.role == "shopper"][-MOST_TURNS:]
    kinds = (kind_of(arabic(standard(text))) for text in reversed(earlier))
    kind = next((each for each in kinds if each is not None), None)
    return kind is not None and bool(details_of(kind, reading.asked.text).filled())


def kind_of(text: str, *, is_over: bool = False) -> Kind | None:
    """What a text in standard spelling wants done; `is_over` where the goods have arrived."""
    if _UNDER_WAY.search(text):
        return None
    if changes.INVOICE.search(text) or _INVOICE.search(text):
        return "invoice"
    if _PRICE.search(text):
        return "price_protection"
    moves = changes.ADDRESS.search(text) and _TO_ANOTHER.search(text)
    if moves or _WRONG_PLACE.search(text):
        return "change_address"
    if _HURRY.search(text) and not is_over:
        return "remind"
    if _EXCHANGE.search(text):
        return "exchange"
    if _RETURN.search(text):
        return "return"
    if changes.CANCEL.search(text):
        return "return" if is_over else "cancel"
    if _REFUND.search(text):
        return "refund"
    if changes.SWAP.search(text) or _MORE.search(text):
        return "other"
    return None


def details_of(kind: Kind, text: str) -> Details:
    """What a message fills in of a request of that kind."""
    plain = unicodedata.normalize("NFKC", text)
    if kind == "change_address":
        written = addresses.read(plain)
        return Details(
            address=_whole(written.address),
            receiver=_whole(written.receiver),
            phone=_whole(written.phone),
        )
    if kind == "invoice":
        return _invoice(plain)
    if kind in ("refund", "return", "exchange", "other"):
        wanted = _WANTED.search(plain) if kind in ("exchange", "other") else None
        named = _POLITE.sub("", wanted[1]) if wanted else ""
        return Details(reason=_reason(plain), wanted=named or None)
    return Details()


def _whole(value: str | None) -> str | None:
    return None if value is None or is_masked(value) else value


def _invoice(text: str) -> Details:
    email = _EMAIL.search(text)
    rest = text.replace(email[0], " ") if email else text
    found = _TAX.search(rest)
    tax_no = invoices.tax_number(found[1]) if found else None
    if tax_no is not None and not any(letter.isdigit() for letter in tax_no):
        tax_no = None
    title = _TITLE.search(rest) or _COMPANY_NAME.search(rest)
    written = title[1] if title else None
    bank = _BANK.search(rest)
    special = re.search(r"专票|专用", rest) is not None
    personal = _PERSONAL.search(rest) is not None
    if written is not None and re.fullmatch(r"个人.{0,2}", written):
        written, personal = "个人", True
    if written is not None and _NO_TITLE.fullmatch(written):
        written = None
    if personal and written is None:
        written = "个人"
    return Details(
        invoice_type=_type(rest, special=special, personal=personal),
        title=written,
        tax_no=tax_no,
        bank=bank[1].strip() if bank else None,
        email=email[0] if email else None,
    )


def _type(text: str, *, special: bool, personal: bool) -> InvoiceType | None:
    if special:
        return "special"
    if personal:
        return "personal"
    return "company" if _COMPANYS.search(text) else None


def _reason(text: str) -> str | None:
    """The part of a message that says why: after 因为, what is wrong, what is not wanted."""
    told = _REASON.search(text)
    if told:
        return _ENDS.split(text[told.end() :])[0].strip(" ,，")[:200] or None
    for piece in re.split(r"[。!！?？;；,，\s\n]+", text):
        if after_sales.flaw(piece) or _UNWANTED.search(piece):
            return piece[:200]
    return None


def _sku(reading: Reading, context: Context, order_id: str | None) -> str | None:
    """The SKU of an order of several that the message names by its title."""
    lines = context.lines.get(order_id or "", [])
    if len(lines) < 2:
        return None
    named = []
    for line in lines:
        product = context.products.get(context.product_of(line) or "")
        title = (product.title if product else line.title) or ""
        if len(title) > 1 and (title in reading.text or title[-2:] in reading.text):
            named.append(line.sku_id)
    return named[0] if len(named) == 1 else None
