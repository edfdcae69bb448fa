"""Questions about coupons and promotions: what one says, whether it can be used, what a product
costs with the best that applies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhanggui.ai import bigrams
from zhanggui.base import clock
from zhanggui.base.chinese import arabic
from zhanggui.base.money import format_yuan
from zhanggui.knowledge import Search
from zhanggui.service import cues, variants
from zhanggui.service.context import Context
from zhanggui.service.cues import Topic, amounts, festivals
from zhanggui.service.evidence import (
    LONGEST,
    coupon_evidence,
    product_evidence,
    shorten,
    sku_evidence,
    variant,
)
from zhanggui.service.goods import Meant, wanted
from zhanggui.service.proposals import Proposal
from zhanggui.service.reading import Reading
from zhanggui.shop.models import Coupon, Product, Sku

MOST = 4
_MONTH = re.compile(r"\d+月")
_IN_MANY_NAMES = {"优惠", "惠券", "满减", "减券", "专享", "享券"}
_AFTER = re.compile(
    r"到手|券后|用(完|了|上)?.{0,4}券|多少拿下|下来多少|最低|优惠完|折后|减完|活动价|能便宜|便宜多少|领(完|了)?券"
)
_MONEY_OFF = re.compile(r"券|减|优惠|活动|满\d|折|领|红包|抵|那张|专享|补贴")
_STACK = re.compile(r"叠|一起用|同时用|再(加|用|减)|都(能)?用|加上|两张")
_UNTIL = re.compile(
    r"截止|到哪天|到几号|过期|到期|几天|哪天|什么时候|几号|开始|现在|今天|还能|失效|用不了|没反应"
)
_ALL = re.compile("全店|全场|所有商品")
_MEMBER = re.compile(r"会员|[金银黑白素铜钻]卡|等级|vip|老客|新人|新客|首单|第一次|首次")


def propose(
    reading: Reading, context: Context, search: Search, products: Sequence[Meant]
) -> list[Proposal]:
    """What the shop's coupons have to say to the message."""
    if not context.coupons:
        return []
    topics = cues.topics(reading.understood)
    text = festivals(reading.understood)
    if Topic.COUPON not in topics and not _MONEY_OFF.search(text) and not _AFTER.search(text):
        return []
    scored = sorted(
        ((_named(reading.understood, c), c) for c in context.coupons),
        key=lambda item: -(item[0] + 0.1 * is_running(item[1], context)),
    )
    meanings = {c.entry.id: c.meaning for c in search.candidates if c.entry.kind == "coupon"}
    found = []
    for place, (named, coupon) in enumerate(scored[:MOST]):
        signals = {
            **_signals(reading, topics),
            "named": named,
            "lead": named - (scored[1][0] if place == 0 and len(scored) > 1 else scored[0][0]),
            "place": float(place),
            "meaning": meanings.get(f"coupon:{coupon.id}", 0.0),
            "is_running": float(is_running(coupon, context)),
            "member_only": float(is_for_members(coupon)),
        }
        found.append(_tell(reading, context, coupon, products, signals))
    for product in products[:2] if reading.computes else ():
        after = _price_after(reading, context, product, _signals(reading, topics))
        if after is not None:
            found.append(after)
    return found


def _signals(reading: Reading, topics: set[Topic]) -> dict[str, float]:
    text = reading.understood
    return {
        "topic_coupon": float(Topic.COUPON in topics),
        "topic_refund": float(Topic.REFUND in topics),
        "asks_after": float(_AFTER.search(text) is not None),
        "asks_stack": float(_STACK.search(text) is not None),
        "asks_until": float(_UNTIL.search(text) is not None),
        "asks_member": float(_MEMBER.search(text) is not None),
        "asked_when": float(reading.mood.when or reading.mood.how_long),
        "asked_yes_no": float(reading.mood.yes_no),
        "asks_amount": float(reading.mood.how_much),
        "asked_length": min(len(reading.text), 60) / 30,
    }


def _named(text: str, coupon: Coupon) -> float:
    """How plainly a message means a coupon: by its amounts, and by the words of its name."""
    text = festivals(text)
    written = amounts(text)
    # The message has its numerals in digits, so the name is read the same way.
    pairs = _pairs(festivals(arabic(coupon.name))) - _IN_MANY_NAMES
    share = len(pairs & _pairs(text)) / max(len(pairs), 1)
    # A number is a coupon's only where money off is spoken of at all.
    written = written if _MONEY_OFF.search(text) else set()
    discount = coupon.discount_fen is not None and format_yuan(coupon.discount_fen) in written
    threshold = coupon.threshold_fen is not None and format_yuan(coupon.threshold_fen) in written
    return share + 0.8 * discount + 0.4 * threshold


def _pairs(text: str) -> set[str]:
    """The words of a text by which a coupon is known; a month is one."""
    return {*bigrams(_MONTH.sub(" ", text)), *_MONTH.findall(text)}


def is_running(coupon: Coupon, context: Context) -> bool:
    """Whether it can be used now."""
    begun = coupon.starts_at is None or coupon.starts_at <= context.now
    return begun and (coupon.ends_at is None or context.now <= coupon.ends_at)


def _tell(
    reading: Reading,
    context: Context,
    coupon: Coupon,
    products: Sequence[Meant],
    signals: dict[str, float],
) -> Proposal:
    evidence = coupon_evidence(coupon, context.now)
    state = "" if is_running(coupon, context) else _not_now(coupon, context)
    sources, worked = [evidence], ""
    for product in products[:1] if reading.computes else ():
        if product.is_page or product.named >= 0.5:
            skus = variants.choose(reading, product.skus).skus
            worked = _on(coupon, product, skus, context, reading)
            if worked:
                cited = next((s for s in skus if s.price_fen is not None), skus[0])
                source = sku_evidence(product.product, cited, product.skus)
                sources.append(source)
    reply = f"{shorten(f'{state}{evidence.text}', LONGEST - len(worked) - 1)}。{worked}"
    signals = {**signals, "computed": float(bool(worked))}
    return Proposal("coupon", reply, sources, evidence.text, signals, worked + state)


def _not_now(coupon: Coupon, context: Context) -> str:
    if coupon.ends_at is not None and context.now > coupon.ends_at:
        return "这张券已经过期（活动结束），不能用了。"
    begins = clock.local(coupon.starts_at) if coupon.starts_at else None
    return f"这张券还没开始，{begins.month}月{begins.day}日起才能用。" if begins else ""


def is_for_members(coupon: Coupon) -> bool:
    """Whether only some buyers have it: members, newcomers."""
    return _MEMBER.search(f"{coupon.name}{coupon.rule}") is not None


def is_for_any(coupon: Coupon) -> bool:
    """Whether it is for the whole shop without exceptions."""
    scope = coupon.scope or "全店"
    return _ALL.search(scope) is not None and not re.search("除|不参加|不可用", scope)


def applies(coupon: Coupon, product: Product) -> bool:
    """Whether a product is in a coupon's scope."""
    scope = coupon.scope or "全店"
    excepted = re.search(r"[（(]([^）)]*?)(?:除外|不参加|不可用)[）)]?", scope) or re.search(
        r"除([^,，;；]{1,30})外", scope
    )
    names = [product.id, product.category or "", product.title[-2:]]
    if excepted and any(name and name in excepted[0] for name in names):
        return False
    if _ALL.search(scope):
        return True
    return any(name and name in scope for name in (*names, product.title))


def _on(
    coupon: Coupon, product: Meant, skus: Sequence[Sku], context: Context, reading: Reading
) -> str:
    """What a coupon does to the price of the SKUs meant."""
    title = product.product.title
    if not applies(coupon, product.product):
        return f"{title}不在适用范围，不能用这张券。"
    prices = {sku.price_fen for sku in skus if sku.price_fen is not None}
    if len(prices) != 1 or coupon.discount_fen is None:
        return ""
    price = prices.pop() * wanted(reading)
    threshold = coupon.threshold_fen or 0
    if price < threshold:
        return f"{title}{format_yuan(price)}元，不满{format_yuan(threshold)}元，不能用。"
    if not is_running(coupon, context):
        return ""
    after = max(price - coupon.discount_fen, 0)
    return f"{title}{format_yuan(price)}元，用券后{format_yuan(after)}元。"


def _price_after(
    reading: Reading, context: Context, product: Meant, signals: dict[str, float]
) -> Proposal | None:
    """The price with the best coupon that may be used now."""
    skus = variants.choose(reading, product.skus)
    priced = {sku.price_fen: sku for sku in skus.skus if sku.price_fen is not None}
    if not priced or len(priced) > 3:
        return None
    if any(
        not c.discount_fen and is_running(c, context) and applies(c, product.product)
        for c in context.coupons
    ):
        return None  # What it takes off (9折, a gift) is not known as an amount.
    count = wanted(reading)
    member = _MEMBER.search(reading.understood) is not None
    parts: list[str] = []
    worked: list[str] = []
    told: dict[str, Coupon] = {}
    for price, sku in priced.items():
        total = price * count
        usable = [
            c
            for c in context.coupons
            if is_running(c, context)
            and applies(c, product.product)
            and c.discount_fen
            and (c.threshold_fen or 0) <= total
            and (member or not is_for_members(c))
        ]
        which = variant(sku, product.skus) if len(priced) > 1 else ""
        worked.append(format_yuan(total))
        if not usable:
            parts.append(f"{which}{format_yuan(total)}元，目前没有满足条件的券")
            continue
        best = max(usable, key=lambda c: c.discount_fen or 0)
        told[best.id] = best
        after = max(total - (best.discount_fen or 0), 0)
        worked.append(format_yuan(after))
        parts.append(
            f"{which}{format_yuan(total)}元，用{best.name}（{_short(best)}）到手{format_yuan(after)}元"
        )
    if len(told) > 2:
        return None  # More coupons than a reply may cite beside the goods.
    sources = [coupon_evidence(coupon, context.now) for coupon in told.values()]
    if len(priced) == 1:
        sources.append(sku_evidence(product.product, next(iter(priced.values())), product.skus))
    else:
        sources.append(product_evidence(product.product, product.skus))
    reply = f"{product.product.title}{'；'.join(parts)}。"
    if any(re.search("不.{0,10}叠加", coupon.rule or "") for coupon in told.values()):
        reply += "优惠券不能叠加使用。"
    return Proposal(
        "price_after",
        reply[:LONGEST],
        sources,
        "券后价 到手价",
        {
            **signals,
            "product_named": product.named,
            "product_page": float(product.is_page),
            "sku_strength": skus.strength,
            "sku_share": len(skus.skus) / len(product.skus),
            "has_coupon": float(bool(told)),
        },
        " ".join(worked),
    )


def _short(coupon: Coupon) -> str:
    threshold, discount = coupon.threshold_fen, coupon.discount_fen
    if threshold and discount:
        return f"满{format_yuan(threshold)}减{format_yuan(discount)}"
    return (coupon.rule or coupon.name)[:20]
