"""What no database keeps is taken out of text, wherever in a record it is."""

from __future__ import annotations

import pytest

from zhanggui.shop.files import ChatLogRecord, ChatMessage, SkuRecord, Speaker
from zhanggui.shop.importing.cleaning import clean, cleaned


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\x00b\ud800c\udfff", "abc"),
        ({"k\x00": ["v\ud83d", 1, None]}, {"k": ["v", 1, None]}),
        (("𠮷\x00", 2.5), ("𠮷", 2.5)),
        (None, None),
    ],
)
def test_values(value, expected):
    assert cleaned(value) == expected


def test_records_of_one_type():
    skus = [
        SkuRecord(row=2, sku_id="s1", product_id="p\x00", attributes={"色\x00": "白\ud800"}),
        SkuRecord(row=3, sku_id="s2", product_id="p", title=None),
    ]
    clean(skus)
    assert [sku.product_id for sku in skus] == ["p", "p"]
    assert skus[0].attributes == {"色": "白"}
    said = ChatMessage(Speaker.BUYER, "小鱼", "在吗\x00")
    log = ChatLogRecord(1, "c1", "小鱼\ud800", None, (said,))
    clean([log])
    assert (log.buyer_nick, log.messages[0].text) == ("小鱼", "在吗")
