"""What a shopper may want done, through the one call, on a shop's tables."""

import re

import pytest
from sqlalchemy import select

from tests.service.stand import (
    ADDRESS,
    AGENT,
    CAME,
    FOREIGN,
    IN_CASE,
    PAID,
    PHONE,
    SENT,
    UNPAID,
    VIEWER,
    YOURS,
    shopper,
)
from zhanggui.base import tools
from zhanggui.base.errors import Conflict, Forbidden, Invalid, NotFound
from zhanggui.base.events import EventRow
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.service.models import WorkItem
from zhanggui.shop.models import Order

pytestmark = pytest.mark.db
DONE = re.compile(r"已(?:经)?(?:为您|帮您|给您)?(?:取消|修改|改好|退款|退货|开好|补发|换好|办好)")
NUMBER = "91330106MA2CFX123X"
CALLS = [
    ("change_address", PAID, {"address": ADDRESS}, "change_address"),
    ("cancel_order", PAID, {}, "cancel"),
    ("remind_shipping", PAID, {}, "remind"),
    ("request_invoice", PAID, {"title": "小鱼科技有限公司", "tax_no": NUMBER}, "invoice"),
    ("request_after_sale", CAME, {"kind": "return", "reason": "不喜欢"}, "return"),
    ("request_after_sale", CAME, {"kind": "exchange", "reason": "太小", "wanted": "大的"},
     "exchange"),
    ("request_after_sale", PAID, {"kind": "refund"}, "refund"),
    ("protect_price", CAME, {}, "price_protection"),
]  # fmt: skip


async def items(runtime, shop):
    async with runtime.db.reading(shop) as session:
        query = select(WorkItem).where(WorkItem.shop_id == shop).order_by(WorkItem.id)
        return list(await session.scalars(query))


@pytest.mark.parametrize(("name", "order_id", "given", "kind"), CALLS)
async def test_what_is_possible_becomes_a_work_item(
    use, runtime, shop, name, order_id, given, kind
):
    found = await use(name, shopper(shop), order_id=order_id, **given)
    assert (found.outcome, found.kind, found.order_id) == ("filed", kind, order_id)
    assert not DONE.search(found.reply)
    assert "已记下" in found.reply
    (row,) = await items(runtime, shop)
    assert (row.id, row.kind, row.status) == (found.work_item_id, kind, "open")
    assert row.buyer_id == shopper(shop).buyer_id
    assert row.made_by == "b1"
    assert row.why["sources"] == [source.id for source in found.sources]


@pytest.mark.parametrize(("name", "order_id", "given", "kind"), CALLS)
async def test_the_order_itself_is_left_alone(use, runtime, shop, name, order_id, given, kind):
    async def states():
        async with runtime.db.reading(shop) as session:
            rows = await session.scalars(select(Order).where(Order.shop_id == shop))
            return {row.id: (row.status, row.receiver_sealed, row.paid_fen) for row in rows}

    before = await states()
    await use(name, shopper(shop), order_id=order_id, **given)
    assert await states() == before


@pytest.mark.parametrize(("name", "order_id", "given", "kind"), CALLS)
async def test_nobody_has_anothers_order_changed(use, runtime, shop, name, order_id, given, kind):
    with pytest.raises(Forbidden):
        await use(name, shopper(shop), order_id=FOREIGN, **given)
    with pytest.raises(Forbidden):
        await use(name, shopper(shop), order_id=order_id, buyer=YOURS, **given)
    with pytest.raises(Forbidden):
        await use(name, Principal("b", "shopper"), order_id=order_id, **given)
    with pytest.raises(Forbidden):
        await use(name, VIEWER, order_id=order_id, **given)
    assert await items(runtime, shop) == []


async def test_a_shopper_cannot_tell_whether_a_number_is_anothers(use, shop):
    with pytest.raises(Forbidden) as anothers:
        await use("cancel_order", shopper(shop), order_id=FOREIGN)
    with pytest.raises(Forbidden) as nobodys:
        await use("cancel_order", shopper(shop), order_id="A20260609999")
    assert anothers.value.as_dict() == nobodys.value.as_dict()


async def test_staff_are_told_that_there_is_no_such_order(use):
    with pytest.raises(NotFound):
        await use("cancel_order", AGENT, order_id="A20260609999")


async def test_staff_ask_for_the_buyer_of_the_order(use):
    assert (await use("cancel_order", AGENT, order_id=FOREIGN)).outcome == "filed"
    with pytest.raises(Forbidden):
        await use("cancel_order", AGENT, order_id=PAID, buyer=YOURS)


async def test_a_shopper_says_yes_first(use, runtime, shop):
    given = {"order_id": PAID}
    with pytest.raises(Conflict):
        await tools.call(
            runtime, "service.cancel_order", given, shop_id=shop, principal=shopper(shop)
        )
    assert await items(runtime, shop) == []


async def test_what_is_missing_is_asked_for_and_nothing_filed(use, runtime, shop):
    found = await use("request_invoice", shopper(shop), order_id=PAID, title="小鱼科技有限公司")
    assert (found.outcome, found.missing, found.work_item_id) == ("missing", ["tax_no"], None)
    assert await items(runtime, shop) == []


@pytest.mark.parametrize(
    ("name", "order_id", "given", "source"),
    [
        ("change_address", SENT, {"address": ADDRESS}, "policy:orders#2"),
        ("cancel_order", IN_CASE, {}, "refund:R1"),
        ("remind_shipping", UNPAID, {}, "order:A20260601005"),
        ("request_invoice", UNPAID, {"title": "张小明"}, "order:A20260601005"),
    ],
)
async def test_what_cannot_be_is_refused_by_its_record(
    use, runtime, shop, name, order_id, given, source
):
    found = await use(name, shopper(shop), order_id=order_id, **given)
    assert (found.outcome, found.work_item_id) == ("refused", None)
    assert source in [each.id for each in found.sources]
    assert await items(runtime, shop) == []


async def test_who_asks_again_gets_the_same_item(use, runtime, shop):
    given = {"order_id": PAID, "address": ADDRESS}
    first = await use("change_address", shopper(shop), **given)
    again = await use("change_address", shopper(shop), **given)
    other = await use("cancel_order", shopper(shop), order_id=PAID)
    assert first.work_item_id == again.work_item_id != other.work_item_id
    assert len(await items(runtime, shop)) == 2


async def test_what_is_said_anew_is_written_into_the_open_item(use, shop):
    first = await use("change_address", shopper(shop), order_id=PAID, address=ADDRESS)
    again = await use("change_address", shopper(shop), order_id=PAID, phone=PHONE)
    assert again.work_item_id == first.work_item_id
    whole = await use("get_work", AGENT, id=first.work_item_id)
    assert whole.details == {"address": ADDRESS, "phone": PHONE}


async def test_an_invoice_to_another_is_written_anew(use, shop):
    company = {"title": "小鱼科技有限公司", "tax_no": NUMBER}
    first = await use("request_invoice", shopper(shop), order_id=PAID, **company)
    await use("request_invoice", shopper(shop), order_id=PAID, title="张小明")
    whole = await use("get_work", AGENT, id=first.work_item_id)
    assert whole.details == {"invoice_type": "personal", "title": "张小明"}


async def test_a_decided_item_is_no_longer_given_anything(use, shop):
    first = await use("cancel_order", shopper(shop), order_id=PAID)
    await use("finish_work", AGENT, id=first.work_item_id, status="dropped")
    again = await use("cancel_order", shopper(shop), order_id=PAID)
    assert again.work_item_id != first.work_item_id


async def test_personal_data_is_sealed_at_rest_and_in_no_event(use, runtime, shop):
    words = f"地址改成{ADDRESS} 收件人张小明 １３８１２３４５６７８"
    given = {"address": ADDRESS, "receiver": "张小明", "phone": PHONE, "words": words}
    await use("change_address", shopper(shop), order_id=PAID, **given)
    (row,) = await items(runtime, shop)
    kept = f"{row.details_sealed!r}{row.words}{row.why}"
    async with runtime.db.reading(shop) as session:
        query = select(EventRow).where(EventRow.shop_id == shop)
        kept += str([event.data for event in await session.scalars(query)])
    for secret in (PHONE, "张小明", "文三路"):
        assert secret not in kept
        assert secret.encode() not in row.details_sealed
    assert row.words == "地址改成[地址] 收件人[收件人] [电话]"


async def test_what_was_filed_is_told_as_an_event(use, runtime, shop):
    found = await use("cancel_order", shopper(shop), order_id=PAID)
    async with runtime.db.reading(shop) as session:
        query = select(EventRow).where(
            EventRow.shop_id == shop, EventRow.type == "service.work_item_filed"
        )
        (event,) = await session.scalars(query)
    assert event.data == {
        "id": found.work_item_id, "kind": "cancel", "order_id": PAID, "urgent": False,
        "again": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    "given", [{"phone": "call me"}, {"address": ""}, {"receiver": "x" * 51}, {"order_id": ""}]
)
async def test_what_is_no_receiver_is_refused(use, given):
    with pytest.raises(Invalid):
        await use("change_address", SYSTEM, **{"order_id": PAID, **given})
