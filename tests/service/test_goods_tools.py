"""Coupons that apply, stock, sizes and recommendations."""

import pytest

from tests.service.stand import shopper
from zhanggui.base.errors import Invalid, NotFound

pytestmark = pytest.mark.db


async def coupons(use, **given):
    return {each.id: each for each in (await use("coupons_that_apply", **given)).items}


async def test_a_coupon_is_told_with_the_price_after_it(use):
    found = await coupons(use, sku_id="P2-1")
    assert (found["C2"].applies, found["C2"].before_fen, found["C2"].after_fen) == (
        True, 9900, 7900,
    )  # fmt: skip
    assert found["C1"].after_fen == 9400
    assert next(iter(found)) == "C2"


async def test_a_coupon_for_other_goods_or_too_little_does_not_apply(use):
    found = await coupons(use, sku_id="P1-1")
    assert (found["C2"].applies, found["C2"].why_not) == (False, "不在适用范围")
    assert (found["C1"].applies, found["C1"].why_not) == (False, "还差24元")
    assert (await coupons(use, sku_id="P1-1", quantity=2))["C1"].after_fen == 4700


async def test_what_a_coupon_takes_off_may_not_be_known(use):
    found = (await coupons(use, sku_id="P1-1"))["C3"]
    assert (found.applies, found.after_fen) == (True, None)


async def test_of_an_amount_only_a_coupon_for_some_goods_may_or_may_not_apply(use):
    found = await coupons(use, amount_fen=10_000)
    assert (found["C2"].applies, found["C2"].after_fen) == (None, None)
    assert found["C1"].after_fen == 9500


async def test_without_an_amount_a_threshold_is_not_known_to_be_met(use):
    found = await coupons(use, product_id="P1")
    assert found["C1"].applies is None


async def stock(use, **given):
    return await use("check_stock", **given)


async def test_stock_is_told_for_each_sku(use):
    found = await stock(use, product_id="P1", quantity=2)
    assert [(each.sku_id, each.stock, each.is_enough) for each in found.items] == [
        ("P1-1", 3, True), ("P1-2", 0, False),
    ]  # fmt: skip
    assert found.reply == "山月饭碗：米白26元，有货，还剩3件；豆青29元，暂时没货（缺货）。"
    assert [each.id for each in found.sources] == ["sku:P1-1", "sku:P1-2"]


async def test_the_sku_meant_is_found_by_words(use):
    found = await stock(use, product_id="P1", variant="要豆青的")
    assert [each.sku_id for each in found.items] == ["P1-2"]


async def test_stock_that_is_not_known_is_not_guessed(use):
    (item,) = (await stock(use, sku_id="P2-2")).items
    assert (item.stock, item.is_enough) == (None, None)


@pytest.mark.parametrize(
    "given", [{}, {"product_id": "P9"}, {"sku_id": "P9-1"}, {"product_id": "P1", "sku_id": "P2-1"}]
)
async def test_goods_there_are_none_of_are_not_found(use, given):
    with pytest.raises(NotFound):
        await stock(use, **given)


async def test_a_size_is_advised_by_its_ranges(use, shop):
    found = await use("size_advice", shopper(shop), product_id="P3", weight_kg=55)
    assert (found.sku_ids, found.names, found.is_known) == (["P3-2"], ["M 98到112斤"], True)
    assert [each.id for each in found.sources] == ["sku:P3-2"]


async def test_a_size_the_records_do_not_tell_is_not_known(use):
    for measured in ({"weight_kg": 90}, {"height_cm": 165}):
        found = await use("size_advice", product_id="P3", **measured)
        assert (found.sku_ids, found.is_known) == ([], False)
        assert "没有" in found.reply


async def test_nothing_measured_is_no_question(use):
    with pytest.raises(Invalid):
        await use("size_advice", product_id="P3")


async def suggested(use, wants, **given):
    found = await use("recommend", wants=wants, **given)
    assert [f"sku:{each.sku_id}" for each in found.items] == [each.id for each in found.sources]
    return [each.sku_id for each in found.items]


async def test_goods_are_recommended_within_the_budget(use):
    assert (await suggested(use, "想买个砂锅", budget_yuan=110))[:1] == ["P2-1"]
    assert "P2-1" not in await suggested(use, "想买个砂锅", budget_yuan=98)


async def test_what_is_not_there_or_not_wanted_is_not_recommended(use):
    assert "P1-2" not in await suggested(use, "饭碗", avoids=["米白"])
    assert "P1-1" in await suggested(use, "饭碗")
    assert "P1-1" not in await suggested(use, "饭碗 不要米白的")


async def test_amounts_told_are_kept_to(use):
    assert (await suggested(use, "砂锅，4个人用"))[:1] == ["P2-2"]


async def test_nothing_that_suits_is_said_to_be_nothing(use):
    found = await use("recommend", wants="砂锅", budget_yuan=1)
    assert found.items == []
    assert "没有找到" in found.reply
