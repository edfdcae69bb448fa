"""Questions about coupons."""

import pytest

from tests.service.records import COUPONS, PRODUCTS, at, context, coupon, read, search
from zhanggui.service import coupons, goods

JULY = coupon(
    "C4", "七月晒单券", 99, 9, scope="全店（饭碗除外）",
    starts_at=at("2026-07-01 00:00"), ends_at=at("2026-07-31 23:59"),
)  # fmt: skip
MEMBERS = coupon("C5", "金卡专享券", 10, 8)
ALL = [*COUPONS, JULY, MEMBERS]


def propose(text, page=None, given=ALL):
    reading, known = read(text), context(page, coupons=given)
    found = search(reading)
    return coupons.propose(reading, known, found, goods.meant(reading, known, found))


def surest(text, page=None):
    return propose(text, page)[0]


@pytest.mark.parametrize(
    ("text", "coupon_id", "part"),
    [
        ("减20那张券哪天到期", "C1", "6月30日"),
        ("满199那个优惠怎么用", "C1", "满199减20"),
        ("双十一的券还能用吗", "C2", "已经过期"),
        ("六月的优惠券怎么用", "C1", "满199减20"),
        ("七月的券能用了吗", "C4", "7月1日起才能用"),
        ("面碗专享的券多少", "C3", "满40减5"),
    ],
)
def test_the_coupon_that_is_meant_comes_first(text, coupon_id, part):
    found = surest(text)
    assert found.sources[0].id == f"coupon:{coupon_id}"
    assert part in found.reply
    assert found.is_sound


def test_otherwise_those_that_can_be_used_now_come_first():
    found = [each for each in propose("有啥优惠不") if each.kind == "coupon"]
    assert [each.signals["is_running"] for each in found] == [1, 1, 1, 0]


def test_pieces_are_no_amount_of_money():
    assert surest("8个米白的能用六月的券吗", "P1").sources[0].id == "coupon:C1"


@pytest.mark.parametrize(
    ("text", "page", "worked"),
    [
        ("能用面碗专享券吗", "P2", "小鱼面碗45元，用券后40元。"),
        ("能用六月满减券吗", "P2", "小鱼面碗45元，不满199元，不能用。"),
        ("买8个米白的用六月满减券", "P1", "山月饭碗208元，用券后188元。"),
        ("这个能用满40减5的券吗", "P1", "山月饭碗不在适用范围，不能用这张券。"),
        ("能用七月晒单券吗", "P1", "山月饭碗不在适用范围，不能用这张券。"),
    ],
)
def test_what_a_coupon_does_to_the_price_of_the_page(text, page, worked):
    found = surest(text, page)
    assert worked in found.reply
    assert [each.id.partition(":")[0] for each in found.sources] == ["coupon", "sku"]
    assert found.is_sound


def after(text, page):
    return next(each for each in propose(text, page) if each.kind == "price_after")


def test_the_price_with_the_best_coupon_that_anybody_may_use_now():
    found = after("券后多少钱", "P2")
    assert found.reply == "小鱼面碗45元，用面碗专享券（满40减5）到手40元。"
    assert [each.id for each in found.sources] == ["coupon:C3", "sku:P2-1"]


def test_a_members_coupon_is_for_who_speaks_of_it():
    assert "金卡专享券（满10减8）到手37元" in after("金卡券后多少钱", "P2").reply


def test_coupons_that_do_not_go_together_are_said_not_to():
    assert after("10个米白的到手多少", "P1").reply.endswith("优惠券不能叠加使用。")


def test_where_no_coupon_can_be_used_the_price_stands():
    assert "目前没有满足条件的券" in after("米白的到手多少", "P1").reply


def test_a_shop_without_coupons_proposes_none():
    assert propose("有券吗", given=[]) == []


@pytest.mark.parametrize(
    ("scope", "product_id", "applies"),
    [
        ("全店", "P1", True),
        (None, "P1", True),
        ("饭碗、面碗", "P1", True),
        ("锅具", "P3", True),
        ("锅具", "P1", False),
        ("P1,P2", "P1", True),
        ("全店（饭碗除外）", "P1", False),
        ("除饭碗外全场可用", "P1", False),
        ("除饭碗外全场可用", "P2", True),
    ],
)
def test_a_coupon_applies_to_what_is_in_its_scope(scope, product_id, applies):
    product = PRODUCTS[product_id]
    assert coupons.applies(coupon("C9", "券", 10, 1, scope=scope), product) is applies


def test_a_coupon_runs_between_its_days_and_without_them_always():
    known = context()
    assert coupons.is_running(COUPONS[0], known)
    assert not coupons.is_running(COUPONS[1], known)
    assert not coupons.is_running(JULY, known)
    assert coupons.is_running(coupon("C9", "券", 10, 1, starts_at=None, ends_at=None), known)
