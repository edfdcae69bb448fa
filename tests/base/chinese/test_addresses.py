"""Where to send things, as shoppers write it."""

import pytest

from zhanggui.base.chinese import addresses
from zhanggui.base.chinese.addresses import Written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("地址改成杭州文三路3号", Written("杭州文三路3号")),
        ("麻烦改成单位的 云杉路6号2楼前台 收件人不变", Written("云杉路6号2楼前台")),
        (
            "浙江省杭州市西湖区文三路100号3幢502室 张小明 13812345678",
            Written("浙江省杭州市西湖区文三路100号3幢502室", "张小明", "13812345678"),
        ),
        (
            "帮我换成 广东省深圳市科技园路1号8楼，收件人李雷，电话139-0000-1111，谢谢",
            Written("广东省深圳市科技园路1号8楼", "李雷", "13900001111"),
        ),
        ("收件人改成王芳，电话 138 1234 5678", Written(None, "王芳", "13812345678")),
        ("想改个电话 13812345678", Written(None, None, "13812345678")),
        ("帮我改下地址", Written()),
        ("订单123456789012到哪了", Written()),
    ],
)
def test_address_name_and_phone_are_told_apart(text, written):
    assert addresses.read(text) == written


@pytest.mark.parametrize(
    ("address", "missing"),
    [
        ("浙江省杭州市西湖区文三路100号", []),
        ("杭州文三路3号", []),
        ("文三路3号", ["region"]),
        ("阳光小区3栋", ["region"]),
        ("浙江省杭州市西湖区", ["street"]),
        ("家里", ["region", "street"]),
    ],
)
def test_what_a_parcel_cannot_do_without_is_missed(address, missing):
    assert addresses.lacks(address, None) == missing


def test_the_city_it_goes_to_already_is_a_region():
    assert addresses.lacks("保定七一路12号", "保定市") == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("收件人李小四，地址北京市朝阳区建国路88号5号楼", "收件人[姓名],地址[地址]"),
        ("我叫王小明，多久发货", "我叫[姓名],多久发货"),
        ("寄到建国路８８号５号楼1201可以吗", "寄到[地址]可以吗"),
        ("我叫外卖可以吗", "我叫外卖可以吗"),
        ("这个碗能进微波炉吗", "这个碗能进微波炉吗"),
    ],
)
def test_who_and_where_can_be_hidden(text, kept):
    assert addresses.hidden(text) == kept


def test_a_phone_is_hidden_too():
    assert "13812345678" not in addresses.hidden("电话13812345678，地址建国路88号5号楼")


def test_a_message_made_to_take_long_is_read():
    text = "改地址到建国路8号，" + "改到" * 900
    assert addresses.read(text).phone is None
    assert len(addresses.hidden(text)) <= len(text)
