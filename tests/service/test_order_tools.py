"""Where a shopper's orders stand."""

import pytest

from tests.service.records import at
from tests.service.stand import (
    AGENT,
    FOREIGN,
    IN_CASE,
    MINE,
    PAID,
    SENT,
    UNPAID,
    YOURS,
    shopper,
)
from zhanggui.base.errors import Forbidden, Invalid
from zhanggui.base.principals import Principal

pytestmark = pytest.mark.db


async def one(use, shop, order_id):
    found = await use("order_status", shopper(shop), order_id=order_id)
    (item,) = found.items
    assert item.order_id == order_id
    return item


async def test_what_waits_to_be_sent_is_told_until_when(use, shop):
    item = await one(use, shop, PAID)
    assert (item.status, item.ships_by) == ("paid", at("2026-06-11 12:00"))
    assert "最晚6月11日12:00前发出" in item.said


async def test_what_is_sent_is_told_by_whom(use, shop):
    item = await one(use, shop, SENT)
    assert (item.carrier, item.tracking_no, item.ships_by) == ("中通", "ZT75312345678", None)


async def test_what_is_not_paid_for_is_told_until_when_it_can_be(use, shop):
    item = await one(use, shop, UNPAID)
    assert item.pays_by == at("2026-06-11 12:00")


async def test_a_case_is_told(use, shop):
    (case,) = (await one(use, shop, IN_CASE)).cases
    assert (case.id, case.status) == ("R1", "pending")
    assert "待审核" in case.said


async def test_what_was_asked_for_is_told_as_open_until_it_is_decided(use, shop):
    filed = await use("cancel_order", shopper(shop), order_id=PAID)
    (wish,) = (await one(use, shop, PAID)).requests
    assert (wish.kind, wish.name, wish.status) == ("cancel", "取消订单", "open")
    await use("finish_work", AGENT, id=filed.work_item_id, status="done")
    assert (await one(use, shop, PAID)).requests[0].status == "done"


async def test_a_shopper_sees_all_of_their_own_and_none_of_anothers(use, shop):
    found = await use("order_status", shopper(shop))
    assert len(found.items) == 5
    assert FOREIGN not in [item.order_id for item in found.items]
    assert (await use("order_status", Principal("b", "shopper"))).items == []
    with pytest.raises(Forbidden):
        await use("order_status", shopper(shop), order_id=FOREIGN)
    with pytest.raises(Forbidden):
        await use("order_status", shopper(shop), buyer=YOURS)


async def test_staff_name_an_order_or_a_buyer(use):
    assert [i.order_id for i in (await use("order_status", AGENT, buyer=YOURS)).items] == [FOREIGN]
    assert len((await use("order_status", AGENT, buyer=MINE)).items) == 5
    with pytest.raises(Invalid):
        await use("order_status", AGENT)
