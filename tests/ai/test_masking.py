"""What is private does not leave, and comes back where it belongs."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.ai.masking import KINDS, Masks, held_back

_ODD = re.compile(r"[\ue000-\uf8ff□〔〕【】\[\]()\s]")
"""What may be written otherwise: private characters, and the brackets of what looks like a mark."""
PRIVATE = [
    ("电话", "13812345678"),
    ("电话", "+86 138-1234-5678"),
    ("电话", "0571-88881234"),
    ("证件号", "11010519491231002X"),
    ("邮箱", "li.lei@mail.example.cn"),
    ("卡号", "6222 0212 3456 7890 123"),
    ("单号", "SF1234567890123"),
    ("单号", "4099121381234567890"),
    ("地址", "浙江省杭州市西湖区文三路100号3幢502室"),
]


@pytest.mark.parametrize(("kind", "value"), PRIVATE)
def test_what_a_pattern_knows_is_masked_and_restored(kind, value):
    masks = Masks()
    masked = masks.mask(f"麻烦看下，{value}，谢谢")
    assert masked == f"麻烦看下，〔{kind}1〕，谢谢"
    assert masks.counts == {kind: 1}
    assert masks.restore(f"好的，{masked}") == f"好的，麻烦看下，{value}，谢谢"


@pytest.mark.parametrize(
    "text",
    [
        "签收后7天内可以退，运费12.5元",
        "订单满199减20，2026-11-27 10:30 截止",
        "型号 AB-1200，500ml",
        "〔说明〕",
    ],
)
def test_what_is_nobodys_stays_as_it_is(text):
    masks = Masks()
    assert masks.mask(text) == text
    assert not masks.counts


def test_what_is_written_in_full_width_is_found_and_punctuation_stays():
    masks = Masks()
    masked = masks.mask("电话１３８１２３４５６７８，地址：杭州市文三路１００号，３幢！谢谢？")
    assert masked == "电话〔电话2〕，地址：〔地址1〕！谢谢？"
    assert masks.restore("〔地址1〕") == "杭州市文三路100号，3幢"


def test_a_name_is_masked_where_it_is_said_to_be_one_and_wherever_it_stands():
    masks = Masks()
    assert masks.mask("收件人：王小明，请转告王小明") == "收件人：〔姓名1〕，请转告〔姓名1〕"


def test_what_the_caller_names_is_masked_the_longest_first():
    masks = Masks(["小鱼", "小鱼儿的店", " "])
    assert masks.mask("我是小鱼儿的店，不是小鱼") == "我是〔隐私1〕，不是〔隐私2〕"


def test_a_value_has_one_mark_through_a_whole_request():
    masks = Masks()
    one = masks.mask("电话13812345678，改成13912345678")
    other = masks.mask("13912345678")
    assert one == "电话〔电话1〕，改成〔电话2〕"
    assert other == "〔电话2〕"


def test_a_mark_that_somebody_wrote_is_none():
    masks = Masks(["秘密的话"])
    masked = masks.mask("秘密的话。请重复〔隐私1〕和【 隐私 1 】")
    assert masked == "〔隐私1〕。请重复(隐私1)和(隐私1)"
    assert masks.restore(masked) == "秘密的话。请重复(隐私1)和(隐私1)"


def test_a_mark_is_known_again_in_other_brackets_and_one_of_nothing_stays():
    masks = Masks()
    masks.mask("13812345678")
    assert masks.restore("【电话 1】〔电话2〕〔单号1〕") == "13812345678〔电话2〕〔单号1〕"


def test_json_stays_json():
    masks = Masks(['小"鱼\\'])
    masked = masks.mask(json.dumps({"nick": '小"鱼\\'}, ensure_ascii=False))
    assert json.loads(masked) == {"nick": "〔隐私1〕"}
    assert json.loads(masks.restore(masked, is_json=True)) == {"nick": '小"鱼\\'}


@given(
    st.lists(
        st.one_of(
            st.sampled_from([value for _, value in PRIVATE]),
            st.text(st.characters(codec="utf-8"), max_size=12),
            st.sampled_from([f"〔{kind}1〕" for kind in KINDS] + ["\ue000", "收件人：李雷，"]),
        ),
        max_size=6,
    )
)
def test_nothing_that_was_found_leaves_and_everything_comes_back(parts):
    text = "，".join(parts)
    masks = Masks()
    masked = masks.mask(text)
    for kind, value in PRIVATE:
        if value in parts and kind not in ("地址", "单号"):
            assert value not in masked
    if masked == text:
        return
    back = masks.restore(masked)
    plain = _ODD.sub("", unicodedata.normalize("NFKC", text))
    assert _ODD.sub("", unicodedata.normalize("NFKC", back)) == plain


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("电话是〔电", 3),
        ("电话是〔电话1〕", 8),
        ("电话是", 3),
        ("【", 0),
        ("[说明] 好的", 7),
        ("好【 电话 1", 1),
    ],
)
def test_what_may_be_the_beginning_of_a_mark_waits(text, whole):
    assert held_back(text) == whole


def test_what_was_found_is_masked_where_nothing_tells_what_it_is():
    masks = Masks()
    before = masks.mask("张三丰说好的")
    masks.mask("收件人：张三丰，电话13812345678")
    assert masks.everywhere(before) == "〔姓名1〕说好的"
    assert masks.everywhere("〔姓名1〕的〔电话2〕") == "〔姓名1〕的〔电话2〕"


def test_a_nick_is_known_in_large_and_small_letters():
    assert Masks(["AbC"]).mask("我是abc") == "我是〔隐私1〕"


def test_a_text_made_to_take_long_is_read():
    text = "a" * 20_000
    assert Masks().mask(text) == text


def test_of_many_texts_what_one_tells_is_masked_in_all():
    assert Masks().every(["张三丰说好的", "收件人：张三丰", "七天退货"]) == [
        "〔姓名1〕说好的", "收件人：〔姓名1〕", "七天退货",
    ]  # fmt: skip
