"""How a product is shown: standing, lying and seen from above, hanging, or folded on a shelf."""

from __future__ import annotations

import re

from zhanggui.studio.facts import Facts
from zhanggui.studio.stages import StageKind

_POSES: tuple[tuple[re.Pattern[str], tuple[StageKind, ...]], ...] = (
    (re.compile("折叠|叠装|folded"), ("folded", "flat_lay")),
    (re.compile("平铺|flat.?lay"), ("flat_lay",)),
    (re.compile("挂拍|悬挂|hanging"), ("hanging",)),
    (
        re.compile(
            "衬衫|衬衣|T恤|t恤|卫衣|毛衣|针织衫|开衫|打底衫|外套|夹克|大衣|风衣|羽绒服|棉服|马甲|背心|吊带"
            "|连衣裙|上衣|睡衣|旗袍|汉服|西装|校服|雨衣|哈衣|爬服"
            r"|(?i:\b(?:t-?shirt|shirt|blouse|hoodie|sweater|cardigan|jacket|coat|vest|dress)\b)"
        ),
        ("hanging", "flat_lay"),
    ),
    (
        re.compile(
            "裤|裙|围巾|丝巾|披肩|袜|内衣|文胸|泳衣|手套|领带|皮带|腰带|(?i:\\b(?:skirt|scarf|socks?)\\b)"
        ),
        ("flat_lay", "hanging"),
    ),
    (re.compile("毛巾|浴巾|毯|床单|被套|四件套|桌布|枕套|地垫|窗帘|抹布"), ("folded", "flat_lay")),
    (
        re.compile("项链|耳环|耳钉|戒指|手链|手机壳|贴纸|明信片|书签|卡片|餐垫|鼠标垫|海报|挂画"),
        ("flat_lay",),
    ),
)
_POSE = "拍摄方式"
"""The attribute by which a merchant says how the base pictures were taken."""


def poses(facts: Facts) -> tuple[StageKind, ...]:
    """The kinds of stage that suit a product, the likeliest first.

    What the merchant says of the pictures comes first; then what the product is, by its category
    and title; whatever is none of the flat goods stands.
    """
    said = str(facts.attributes.get(_POSE, ""))
    for text in (said, facts.category or "", facts.title):
        for words, kinds in _POSES:
            if text and words.search(text):
                return kinds
    return ("standing",)
