"""Chat spellings put into the standard ones: typos by ear, dialect words, abbreviations.

Only spellings that can hardly be meant otherwise in a shop's chat are changed, so that the text
stays what the shopper wrote.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPELLINGS = {
    # Typed by ear or by shape.
    "块递": "快递", "快弟": "快递", "块点": "快点", "筷递": "快递", "肿么": "怎么", "咋个": "怎么",
    "分种": "分钟", "腿货": "退货", "腿款": "退款", "推款": "退款", "推货": "退货", "换或": "换货",
    "发或": "发货", "有或": "有货", "现或": "现货", "优惠卷": "优惠券", "领卷": "领券",
    "用卷": "用券", "卷后": "券后", "的卷": "的券", "张卷": "张券", "发漂": "发票", "开漂": "开票",
    "帐号": "账号", "尺吗": "尺码", "吃码": "尺码", "大小吗": "大小码", "包油": "包邮",
    "邮废": "邮费", "运废": "运费", "什莫": "什么", "神马": "什么", "木有": "没有",
    "酱紫": "这样子", "介个": "这个", "辣个": "那个",
    # Dialects.
    "几多钱": "多少钱", "几钿": "多少钱", "多钱": "多少钱", "好多钱": "多少钱", "几多": "多少",
    "冇得": "没有", "冇货": "没货", "冇": "没有", "仲有": "还有", "边个": "哪个", "点解": "为什么",
    "唔": "不", "嘅": "的", "咩": "什么", "系唔系": "是不是", "系不系": "是不是", "啥子": "什么",
    "嘛子": "什么", "啥": "什么", "甚么": "什么", "咋": "怎么", "中不中": "行不行", "中不": "行不",
    "得不得行": "行不行", "要得不": "行不行", "行伐": "行不", "好伐": "好不", "有伐": "有不",
    "伐": "吗", "阔以": "可以", "得行不": "行不行", "得行": "可以", "中吗": "行吗", "搁": "放",
    "恁": "这么", "嗰": "那", "俺": "我", "侬": "你", "阿拉": "我们", "昨儿": "昨天",
    "今儿": "今天", "明儿": "明天", "昨个": "昨天", "后儿": "后天", "钟头": "小时", "捌": "别",
    "晓得": "知道",
    # Abbreviations of the trade.
    "sf": "顺丰", "xdm": "", "yyds": "", "plz": "", "kuai": "快", "wlxx": "物流信息",
    "tk": "退款", "th": "退货", "hh": "换货", "kd": "快递", "fp": "发票", "yf": "运费",
}  # fmt: skip
_LATIN = re.compile(r"(?<![a-z0-9])(sf|xdm|yyds|plz|kuai|wlxx|tk|th|hh|kd|fp|yf)(?![a-z0-9])")
_CHINESE = re.compile(
    "|".join(
        re.escape(word) for word in sorted(_SPELLINGS, key=len, reverse=True) if not word.isascii()
    )
)
_ENDLESS = re.compile(r"\d{31,}")
"""No number of anything; patterns take long over it."""
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")

_GAP = r"[\s,，.。!！~～、…]*"
_GREETING = re.compile(
    rf"(?:(?:(?:亲+(?:爱的)?|宝子?|老板|掌柜的?|店家|客服|在[吗不])(?=[\s,，.。!！~～])|客服在(?:吗|不在|不)"
    rf"|请问(?:一下|下)?|[你您]好|哈喽|嗨|hi\b|hello\b|麻烦请?问(?:一下|下)?|麻烦(?:一下)?(?=[\s,，])|不好意思"
    rf"|打扰(?:一下|了)?|想?问(?:一下|下))(?={_GAP}\S){_GAP})+"
)
_THANKS = re.compile(
    rf"(?:{_GAP}(?:谢谢(?:啦|了|您|你|老板)?|谢啦|多谢|感谢|麻烦(?:您|你)?了|辛苦了?|拜托了?|在线等|急+|哈+|呀|啊|哦|噢|嘞|哟))+{_GAP}$"
)


def uncourteous(text: str) -> str:
    """A message without greetings before it and thanks after it, which ask nothing; the message
    itself where it is nothing else."""
    kept = _THANKS.sub("", text)
    start = _GREETING.match(kept)
    kept = kept[start.end() :] if start else kept
    return kept if len(kept) > 1 else text


def is_thanks(text: str) -> bool:
    """Whether a message says thanks and nothing else."""
    return _THANKS.fullmatch(text) is not None


@lru_cache(maxsize=16_384)
def standard(text: str) -> str:
    """`text` with full width folded, lower case, emoji out and chat spellings in standard ones."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = _EMOJI.sub(" ", plain)
    plain = _ENDLESS.sub(" ", plain)
    plain = _LATIN.sub(lambda found: _SPELLINGS[found[0]], plain)
    return _CHINESE.sub(lambda found: _SPELLINGS[found[0]], plain).strip()
