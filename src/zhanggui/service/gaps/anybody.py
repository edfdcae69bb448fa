"""Whether a question and a person's answer to it may be told to any shopper, and both as they would
be: without greetings, names, numbers and places.

The patterns are of the language and of what people at a desk say, of no shop. What is in doubt is
left out: a person can still write it down by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from zhanggui.base.chinese import addresses, arabic, is_thanks, moments, standard
from zhanggui.knowledge import impersonal
from zhanggui.service import cues, guards, request_reading
from zhanggui.service.context import Asked, Turn
from zhanggui.service.reading import Reading

_SHORT = 6
"""Characters under which a question after others is taken to lean on them."""
_POINTS = re.compile(
    r"[这那](?:个|款|件|条|双|只|套|种|把|口|台|瓶|盒|包|色|样|单|边|里)|[它他她]们?|上面|刚才|刚刚|如图|图[里中片]|链接"
)
_ONES_OWN = re.compile(
    r"您的|你的|您这|你这|您那|你那|您(?:下单|拍|买|付|退|收|申请|提交|备注)|你(?:下单|拍|买|付|退|收|申请)"
    r"|(?:帮|给|为|替)[您你](?:查|看|改|催|登记|申请|补|退|换|处理|安排|备注|问|发|开|核实|反馈|联系|留|记)"
    r"|(?:这|那)(?:边|单|个订单|笔)|查到|看到您|已经?(?:帮|给|为|发|改|退|补|登记|安排|申请|备注|处理|寄|催)"
    r"|(?:改|退|补|办|登记|安排|处理|备注|申请)好了"
)
_EXCEPTION = re.compile(
    r"特批|破例|例外|特殊(?:处理|照顾|申请)|仅(?:此|限)一?次|这一?次|下不为例|就(?:给|帮|这)[您你一]?|单独(?:给|为)"
    r"|额外(?:给|送|补)|申请(?:一下|下|看看)|跟(?:领导|主管|老板|仓库)|问(?:一下|下|问)(?:领导|主管|老板|仓库|厂家)"
)
_STALLING = re.compile(
    r"稍等|等一?下|马上|^在的?|^您?好[呀啊的]?|(?:看|查|问|核实)(?:一下|下|看)|不客气"
    r"|我是.{0,8}(?:客服|店长)|有什么(?:可以|能)?帮"
)
_STALLS_IN = 16
"""Characters of a message up to which one that stalls says nothing else."""
_ASKS = re.compile(
    r"[吗么嘛不没]\W*$|怎么|如何|怎样|多久|多少|几|哪|什么|是不是|能不能|可不可以|要不要|会不会"
)
"""Of a text that names a change: it asks about it rather than for it."""
_DAYS = re.compile(
    r"今[天日晚早]|明[天日早晚]|昨[天日晚]|后天|前天|刚|现在|目前|\d+[月]\d+[日号]?|\d+号"
)


def plain(text: str) -> str:
    """A message as it is shown to staff of another conversation: no names, numbers nor places."""
    shown = text if is_free(text) else addresses.hidden(text)
    return impersonal.without_greeting(shown) or shown


def leans(text: str, earlier: Sequence[str], now: datetime) -> bool:
    """Whether a question cannot be understood by somebody who has not seen what was said before it
    or what the shopper has open."""
    turns = [Turn("shopper", each) for each in earlier]
    reading = Reading(Asked(text, turns=turns), now)
    if _POINTS.search(reading.text):
        return True
    return bool(earlier) and (reading.names_earlier or len(reading.text) < _SHORT)


def question_of(
    text: str, earlier: Sequence[str], names: Sequence[str], now: datetime
) -> str | None:
    """A question as anybody might ask it; None where it is one shopper's alone, leans on the
    conversation, or is none."""
    kept = impersonal.without_greeting(text)
    if not is_free(kept, names) or leans(kept, earlier, now):
        return None
    spelt = arabic(standard(kept))
    if guards.guard(kept) is not None or is_thanks(kept) or cues.is_own(spelt):
        return None
    if request_reading.kind_of(spelt) is not None and not _ASKS.search(spelt):
        return None
    least, most = impersonal.QUESTION
    return kept if least <= len(kept) <= most else None


def answer_of(texts: Sequence[str], names: Sequence[str], now: datetime) -> str | None:
    """What a person answered, as it may be told to anybody; None where it speaks of one shopper,
    order or day, or promises an exception."""
    kept = [text for each in texts if (text := each.strip()) and not _stalls(text)]
    said = impersonal.without_greeting(joined(kept))
    if not said or not is_free(said, names):
        return None
    if _ONES_OWN.search(said) or _EXCEPTION.search(said) or _DAYS.search(said):
        return None
    if moments(arabic(standard(said)), now) or said.endswith(("?", "？")):
        return None
    least, most = impersonal.ANSWER
    return said if least <= len(said) <= most else None


def _stalls(text: str) -> bool:
    """Whether a person's message only keeps the shopper company."""
    return is_thanks(text) or (len(text) <= _STALLS_IN and _STALLING.search(text) is not None)


def joined(texts: Sequence[str]) -> str:
    """Messages in a row as one."""
    ends = ("。", "！", "？", "；", "!", "?", "~", "，", ",")
    return "".join(
        text if place == len(texts) - 1 or text.endswith(ends) else f"{text}。"
        for place, text in enumerate(texts)
    )


def is_free(text: str, names: Sequence[str] = ()) -> bool:
    """Whether a text names no person, number or place."""
    text = unicodedata.normalize("NFKC", text)
    return impersonal.is_impersonal(text, names) and addresses.hidden(
        text
    ) == unicodedata.normalize("NFKC", text)
