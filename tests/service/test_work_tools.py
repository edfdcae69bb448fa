"""Work items as staff see and end them."""

import pytest
from sqlalchemy import select

from tests.service.stand import ADDRESS, AGENT, CAME, PAID, PHONE, VIEWER, shopper
from zhanggui.base import tools
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.errors import Conflict, Forbidden, NotFound
from zhanggui.base.events import EventRow
from zhanggui.base.principals import SYSTEM
from zhanggui.base.words import speaking
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db


@pytest.fixture
async def filed(use, shop):
    """The id of an address to be changed."""
    given = {"address": ADDRESS, "receiver": "张小明", "phone": PHONE}
    found = await use("change_address", shopper(shop), order_id=PAID, **given)
    return found.work_item_id


async def test_a_list_shows_what_to_do_and_no_more_of_the_person(use, filed):
    page = await use("list_work", VIEWER)
    assert page.total == 1
    (item,) = page.items
    assert (item.id, item.kind, item.name, item.order_id) == (
        filed, "change_address", "修改收货地址", PAID,
    )  # fmt: skip
    assert item.details == {
        "address": "浙江省杭州市****", "receiver": "张**", "phone": "138****5678",
    }  # fmt: skip
    assert item.why == "还没发货，可以改收货信息"
    with speaking("en"):
        assert (await use("list_work", VIEWER)).items[0].name == "Change the address"


async def test_only_who_works_sees_it_whole_and_that_is_recorded(use, runtime, shop, filed):
    with pytest.raises(Forbidden):
        await use("get_work", VIEWER, id=filed)
    with pytest.raises(Forbidden):
        await use("get_work", shopper(shop), id=filed)
    whole = await use("get_work", AGENT, id=filed)
    assert whole.details == {"address": ADDRESS, "receiver": "张小明", "phone": PHONE}
    async with runtime.db.reading(shop) as session:
        query = select(ToolCallRow.principal_id).where(
            ToolCallRow.shop_id == shop, ToolCallRow.tool == "service.get_work"
        )
        assert list(await session.scalars(query)) == [AGENT.id]


@pytest.mark.parametrize("status", ["done", "dropped"])
async def test_an_item_is_ended_once(use, runtime, shop, filed, status):
    found = await use("finish_work", AGENT, id=filed, status=status, note=f"打{PHONE}说好了")
    assert (found.status, found.decided_by, found.note) == (status, AGENT.id, "打138****5678说好了")
    assert found.details["phone"] == "138****5678"
    with pytest.raises(Conflict):
        await use("finish_work", AGENT, id=filed, status="done")
    async with runtime.db.reading(shop) as session:
        query = select(EventRow).where(
            EventRow.shop_id == shop, EventRow.type == "service.work_item_decided"
        )
        (event,) = await session.scalars(query)
    assert event.data == {
        "id": filed, "kind": "change_address", "order_id": PAID, "status": status,
    }  # fmt: skip


async def test_items_are_found_by_status_and_kind(use, shop, filed):
    await use("request_after_sale", shopper(shop), order_id=CAME, kind="return", reason="不喜欢")
    assert (await use("list_work", kind="return")).total == 1
    assert (await use("list_work", status="done")).total == 0
    await use("finish_work", AGENT, id=filed, status="done")
    assert [each.id for each in (await use("list_work", status="done")).items] == [filed]
    assert (await use("list_work", status="all")).total == 2
    first = await use("list_work", status="all", size=1)
    second = await use("list_work", status="all", size=1, page=2)
    assert {first.items[0].kind, second.items[0].kind} == {"return", "change_address"}


async def test_what_is_urgent_comes_first(use, shop, filed, clock):
    clock.move(days=5)
    late = await use("remind_shipping", shopper(shop), order_id=PAID)
    page = await use("list_work")
    assert [each.id for each in page.items] == [late.work_item_id, filed]
    assert [each.is_urgent for each in page.items] == [True, False]


async def test_a_shops_work_is_its_own(use, runtime, filed, other_shop_id):
    await open_shop(runtime, other_shop_id, "隔壁")

    async def there(name, **given):
        outcome = await tools.call(
            runtime, f"service.{name}", given, shop_id=other_shop_id, principal=SYSTEM
        )
        return outcome.output

    assert (await there("list_work", status="all")).total == 0
    with pytest.raises(NotFound):
        await there("get_work", id=filed)
    with pytest.raises(NotFound):
        await there("finish_work", id=filed, status="done")


async def test_what_is_not_there_is_not_found(use):
    with pytest.raises(NotFound):
        await use("get_work", id="work_none")
