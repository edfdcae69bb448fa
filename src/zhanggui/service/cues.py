"""What a message is about, as far as its words alone tell: cues of the trade, none of a shop."""

from __future__ import annotations

import re
from enum import StrEnum


class Topic(StrEnum):
    """What a message may be about."""

    ORDER = "order"
    REFUND = "refund"
    COUPON = "coupon"
    CHANGE = "change"
    RECOMMEND = "recommend"
    STOCK = "stock"
    PRICE = "price"


_CUES: dict[Topic, re.Pattern[str]] = {
    Topic.ORDER: re.compile(
        r"到哪|到(了)?没|到了(吗|么|不)|没到|还没到|什么时候到|啥时候到|几号到|多久到|哪天到|物流|单号|运单"
        r"|派送|派件|快递(呢|到|走|员)|签收了|发货了|发了(没|吗|么|不)|(什么|啥)时候(能|给)?发|(今|明)\w{0,3}发"
        r"|还不发|没发货|发出来|能发|订单(状态|进度|怎么)|查(一下|下)?(订单|快递)"
    ),
    Topic.REFUND: re.compile(
        r"退款|退的?钱|退给|退了(没|吗|多少)|打钱|打款|到账|审(核|好|批|完)|同意(了|没)|寄回去|寄走|寄修"
        r"|退货.{0,6}(收到|进度|到哪|怎么样)|换(新|货).{0,6}(审|寄|进度|了没|好了)|补差|差价.{0,4}(退|补|到)"
        r"|修好|售后(进度|单|申请)"
    ),
    Topic.COUPON: re.compile(r"券|卷|优惠|满减|打折|折扣|减\d+|活动价|到手价"),
    Topic.CHANGE: re.compile(
        r"(转|寄|发|送)到.{0,4}(新|别的|另).{0,4}地址|改(一?下|个|到|成)?.{0,4}(地址|收货|电话|手机|颜色|尺码|型号|款)|地址.{0,4}(错|改|换)"
        r"|换(个|一?下|到|成).{0,4}地址|取消(订单|掉|了|吧|这|那|$)|不想要了|帮我(退|取消|催|改|换|补)|催(一?下|发)"
        r"|我要(退|换)|申请(退|换)|补(发|寄)|拦截|开(个|张)?(发票|票)(吧|呗|谢|给)"
    ),
    Topic.RECOMMEND: re.compile(
        r"推荐|有没有适合|适合.{0,8}的|预算|\d+(块|元)?(以内|以下|左右|上下)|百元|[一二三四五六七八九]百.{0,3}(以内|以下|封顶)"
        r"|封顶|买(哪|什么|啥)|选(哪|什么|啥)|挑(个|一|件|款|套)|想送|送(人|礼|给)|哪(款|个|件|种)(好|合适|更)"
        r"|想(买|给).{0,12}(个|件|款|套)"
    ),
    Topic.STOCK: re.compile(
        r"有(现)?货|没货|缺货|断货|库存|补货|还有(没|吗|么|不)|还有没有|售罄|卖完|(什么|啥)时候(有|到货)|现货"
    ),
    Topic.PRICE: re.compile(
        r"多少钱|多钱|几多钱|价格|价钱|多少米|怎么卖|贵不贵|多少一|几块|卖多少"
    ),
}

_WHERE = re.compile(
    r"到哪|(在|走到)哪|到了?没|没到|物流|单号|运单|派送|派件|动都不动|没动|一动不动|查.{0,3}(快递|订单)"
)
_OWN = re.compile(
    r"我(的|买|拍|订|下|那|付|退|寄|上)|我们家的|之前(买|拍|的)|上次|昨[天晚儿]|前[天两几]"
)


def topics(text: str) -> set[Topic]:
    """Every topic that `text` has a cue of."""
    return {topic for topic, cue in _CUES.items() if cue.search(text)}


def asks_where(text: str) -> bool:
    """Whether the message wants to know where a parcel is, which only an order can tell."""
    return _WHERE.search(text) is not None


def is_own(text: str) -> bool:
    """Whether the message speaks of something the shopper has done or bought."""
    return _OWN.search(text) is not None


_BUDGET = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?:块|元|米)?(?:钱)?(?:以内|以下|封顶|左右|上下|之内|内吧|预算)"
    r"|预算(?:是|的话|大概|就)?(?P<after>\d+)"
)
_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HUNDREDS = re.compile(r"([一两二三四五六七八九])百([一二三四五六七八九])?(?:十|五)?")


def budget_fen(text: str) -> int | None:
    """The most the shopper would spend, in fen, where the message says."""
    plain = _HUNDREDS.sub(
        lambda m: str(_DIGITS[m[1]] * 100 + (_DIGITS[m[2]] * 10 if m[2] else 0)), text
    ).replace("百元", "100元")
    found = _BUDGET.search(plain)
    if found is None:
        return None
    return round(float(found["number"] or found["after"]) * 100)


_FESTIVAL = re.compile(r"双(十一|十二)")
_AMOUNT = re.compile(r"(?<!双)(?<!\d)(\d+(?:\.\d+)?)(?!\d|\.\d|[号月日点天个只件套])")


def amounts(text: str) -> set[str]:
    """The numbers that may be amounts of money: no date, no pieces, not the 11 of 双11."""
    return set(_AMOUNT.findall(text))


def festivals(text: str) -> str:
    """`text` with the shopping festivals as shops write them: 双十一 is 双11."""
    return _FESTIVAL.sub(lambda m: "双11" if m[1] == "十一" else "双12", text)
