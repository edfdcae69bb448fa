"""Where to send things, as shoppers write it: the address, who receives it and their phone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from zhanggui.base import masking

_NAMED = re.compile(
    r"(?:收件人|收货人|联系人|收件|姓名|名字)(?:改成|改为|换成|是|为|叫)?[:：\s]*([一-龥·]{2,6}?)"
    r"(?=[,，。.;；\s\d\"'”’)）」』]|电话|手机|地址|$)"
)
_BESIDE = re.compile(
    r"(?<![一-龥])([一-龥·]{2,4})[,，:：\s]{0,3}(?=\[电话\]|(?<=[,，:：\s])(?:电话|手机|号码))"
)
_CALLED = re.compile(
    r"(?:我叫|叫做|名叫)([一-龥·]{2,4}?)(?=[,，。.;；\s\d\"'”’)）」』]|住|电话|手机|地址|$)"
)
_NOT_NAMES = re.compile(
    r"不变|一样|没变|电话|手机|地址|号码|前台|谢谢|麻烦|还是|改成|改下|[路街道巷弄号楼室区村镇]$"
)
_INTRODUCED = re.compile(
    r"(?:(?:收货)?地址|(?:寄|送|发|转|改|换)(?:到|成|为|去|至))(?:改|换)?(?:成|为|到|是)?(?:一?下)?"
    r"(?:新的|单位的?|公司的?|家里的?)?[:：,，\s]*"
)
_STREET = (
    r"(?:路|街|道|巷|弄|胡同|里|村|镇|乡|小区|花园|公寓|大厦|广场|中心|园区?|苑|城|府|庭|湾|寓"
    r"|学校|大学|医院)"
)
_SPOT = r"(?:\d+|[一二三四五六七八九十]+)\s*(?:号|栋|幢|座|楼|室|层|单元|弄|组|队|门|-\d+)"
_HAS_STREET = re.compile(rf"[一-龥]{{1,12}}{_STREET}.{{0,12}}?{_SPOT}|[一-龥]{{2,20}}{_SPOT}")
_LONGEST, _MOST_LEADS = 300, 6
"""Letters of a piece that are read, and places from which an address may begin: a message made of
nothing else must not take long."""
_MOST_HIDDEN = 5
_PIECE = re.compile(r"[。！？!?;；\n]")
_AFTER = re.compile(
    r"[,，\s]*(?:谢谢|麻烦|拜托|可以吗|行吗|好吗|收件人|收货人|联系人|电话|手机|\[电话\]|姓名|能改|能不能|帮我|吧$|哈$|哦$|了$)"
)
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    "|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_CITIES = (
    "石家庄|太原|沈阳|大连|长春|哈尔滨|南京|苏州|无锡|常州|徐州|南通|杭州|宁波|温州|嘉兴|绍兴|金华"
    "|合肥|福州|厦门|泉州|南昌|济南|青岛|烟台|潍坊|郑州|洛阳|武汉|长沙|广州|深圳|佛山|东莞|珠海"
    "|惠州|中山|南宁|海口|三亚|成都|贵阳|昆明|拉萨|西安|兰州|西宁|银川|乌鲁木齐|呼和浩特"
)
"""Those that are written without their 市 most often; after any other it is asked for."""
_REGION = re.compile(
    rf"{_PROVINCES}|{_CITIES}|[一-龥]{{2,12}}(?:省|自治区|自治州|(?<![城夜超])市|县|旗)"
    r"|[一-龥]{2,12}(?<![小园社校厂景库住片])区"
)

Part = Literal["region", "street"]


@dataclass(frozen=True, slots=True)
class Written:
    """What a message says of where to send to; None for what it leaves out."""

    address: str | None = None
    receiver: str | None = None
    phone: str | None = None


def read(text: str) -> Written:
    """The address, name and phone that a message gives."""
    plain = unicodedata.normalize("NFKC", text)
    found = masking.MOBILE.search(plain)
    phone = "".join(found.group("head", "middle", "tail")) if found else None
    rest = masking.MOBILE.sub("[电话]", plain)
    receiver = _receiver(rest)
    address = _address(rest)
    if address and receiver and address.endswith(receiver):
        address = address[: -len(receiver)].rstrip(" ,，:：")
    return Written(address or None, receiver, phone)


def _receiver(text: str) -> str | None:
    for pattern in (_NAMED, _BESIDE):
        found = pattern.search(text)
        if found and not _NOT_NAMES.search(found[1]):
            return found[1]
    return None


def _address(text: str) -> str | None:
    """The piece of a message that has a street and a number, without what leads to it."""
    for piece in _PIECE.split(text):
        piece = piece[:_LONGEST]
        if not _HAS_STREET.search(piece):
            continue
        leads = [m.end() for m in _INTRODUCED.finditer(piece)][-_MOST_LEADS:]
        lead = next((end for end in reversed(leads) if _HAS_STREET.search(piece, end)), None)
        written = piece[lead:] if lead is not None else _without_chat(piece)
        end = _AFTER.search(written)
        written = written[: end.start()] if end and end.start() > 3 else written
        written = written.strip(" ,，:：、")
        if _HAS_STREET.search(written):
            return written
    return None


def _without_chat(piece: str) -> str:
    """A piece without the talk before its address, which begins at its region or last comma."""
    region = _REGION.search(piece)
    street = _HAS_STREET.search(piece)
    if region and street and region.start() <= street.end():
        return piece[region.start() :]
    parts = re.split(r"[,，\s]+", piece)
    place = next((n for n, part in enumerate(parts) if _HAS_STREET.search(part)), 0)
    return " ".join(parts[place:])


def hidden(text: str) -> str:
    """A message without who and where: addresses, names that it says are such, phones and other
    numbers of people, each as what it is (``[地址]``). Full width becomes half."""
    kept = unicodedata.normalize("NFKC", text)
    for kind, value in private(kept):
        kept = kept.replace(value, f"[{kind}]")
    return masking.scrub(kept)


def private(text: str) -> list[tuple[Literal["地址", "姓名"], str]]:
    """The addresses in a text, and the names that it says are such, in half width (NFKC)."""
    found: list[tuple[Literal["地址", "姓名"], str]] = []
    kept = unicodedata.normalize("NFKC", text)
    for _ in range(_MOST_HIDDEN):
        written = read(kept)
        if written.address is None or written.address not in kept:
            break
        found.append(("地址", written.address))
        kept = kept.replace(written.address, "[地址]")
    kept = masking.MOBILE.sub("[电话]", kept)
    for pattern in (_NAMED, _BESIDE, _CALLED):
        found.extend(
            ("姓名", said[1]) for said in pattern.finditer(kept) if not _NOT_NAMES.search(said[1])
        )
    return found


def lacks(address: str, city: str | None) -> list[Part]:
    """Which parts a parcel could not do without an address leaves out. `city` is one that may go
    without its 市: the one the order goes to so far."""
    missing: list[Part] = []
    if not (_REGION.search(address) or (city and city.removesuffix("市") in address)):
        missing.append("region")
    if not _HAS_STREET.search(address):
        missing.append("street")
    return missing
