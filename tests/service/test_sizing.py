"""Which size suits a body."""

import pytest

from tests.service.records import clause, faq, product, sku
from zhanggui.service import sizing

DRESS = [
    sku("D1-1", 200, 3, 尺码="S", 建议体重="85到98斤", 模特="身高168cm 体重51kg"),
    sku("D1-2", 200, 3, 尺码="M", 建议体重="98到112斤", 尺码表="M:胸围88cm"),
]
TROUSERS = [
    sku("D2-1", 200, 3, 尺码="S", 腰围="64到68cm", 建议身高="155到164cm"),
    sku("D2-2", 200, 3, 尺码="M", 腰围="68到73cm", 建议身高="165到174cm"),
]


@pytest.mark.parametrize(
    ("skus", "measured", "fits"),
    [
        (DRESS, {"weight": 55_000.0}, ["D1-2"]),
        (DRESS, {"weight": 49_000.0}, ["D1-1", "D1-2"]),
        (DRESS, {"weight": 90_000.0}, []),
        (DRESS, {"height": 168.0}, []),
        (DRESS, {"chest": 88.0}, []),
        (TROUSERS, {"waist": 70.0}, ["D2-2"]),
        (TROUSERS, {"waist": 70.0, "height": 160.0}, []),
        (TROUSERS, {"waist": 66.0, "height": 160.0, "weight": 50_000.0}, ["D2-1"]),
    ],
)
def test_a_size_fits_by_the_ranges_it_names(skus, measured, fits):
    assert [each.id for each in sizing.fitting(skus, measured)] == fits


def test_what_is_written_on_sizes_of_the_goods_comes_first():
    entries = [
        faq("F1", "照着尺码表选，卡在两个码中间选大一码。", "怎么选尺码"),
        faq("F2", "长裙偏大，选小一码。", "长裙怎么选"),
        faq("F3", "可以开发票。", "能开票吗"),
        clause("x#1", "签收后7天内可以退货。"),
    ]
    found = sizing.notes(entries, product("D1", "法式长裙"))
    assert [each.id for each in found] == ["faq:F2", "faq:F1"]
