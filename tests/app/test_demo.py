"""The demo shop on a first start: loaded once, and to its end when it broke off."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from zhanggui.app import demo
from zhanggui.app.house import open_house
from zhanggui.base import tools
from zhanggui.base.clock import now
from zhanggui.base.events import EventRow
from zhanggui.base.principals import SYSTEM
from zhanggui.base.runtime import Runtime
from zhanggui.shop import counting, store
from zhanggui.shop.models import Order
from zhanggui.shop.opening import open_shop
from zhanggui.shop.views import Overview


@pytest.fixture
async def house(settings) -> AsyncIterator[Runtime]:
    async with open_house(settings) as runtime:
        yield runtime


async def standing(house: Runtime) -> tuple[counting.Counts, int]:
    """The demo's counts and how many events it has."""
    async with house.db.reading(demo.SHOP_ID) as session:
        events = await session.scalar(select(func.count()).where(EventRow.shop_id == demo.SHOP_ID))
        return await counting.count(session, demo.SHOP_ID), events or 0


@pytest.mark.db
async def test_a_first_start_loads_it_and_a_second_nothing(house, engine, clock):
    await demo.load_first(house)
    counts, events = await standing(house)
    assert counts.products >= 20
    assert counts.skus >= counts.products
    assert counts.orders > 1000
    assert counts.order_lines >= counts.orders
    assert 0 < counts.buyers <= counts.orders
    assert counts.paid_fen / counts.orders > 1000
    (shop,) = await store.shops(house.db)
    assert shop.is_demo
    assert shop.name != demo.SHOP_ID
    clock.move(days=3)
    await demo.load_first(house)
    assert await standing(house) == (counts, events)


async def test_nothing_in_it_is_yet_to_come(house, clock):
    begun = []
    await demo.load_first(house, lambda: begun.append(True))
    async with house.db.reading(demo.SHOP_ID) as session:
        query = select(func.max(Order.created_at)).where(Order.shop_id == demo.SHOP_ID)
        newest = await session.scalar(query)
    assert newest is not None
    assert timedelta(0) < now() - newest < timedelta(days=1)
    assert begun == [True]


async def test_its_pictures_can_be_seen(house):
    await demo.load_first(house)
    async with house.db.reading(demo.SHOP_ID) as session:
        products = await store.all_products(session, demo.SHOP_ID)
    assert products
    for product in products:
        for url in product.pictures:
            name = url.rpartition("/")[2]
            assert await house.blobs.get(house.blobs.key(demo.SHOP_ID, "pictures", name))
    assert sum(bool(product.pictures) for product in products) == len(products)


async def test_one_that_broke_off_is_finished(house, monkeypatch):
    with monkeypatch.context() as broken:

        async def give_up(_):
            raise ConnectionError

        broken.setattr(demo, "_load_year", give_up)
        with pytest.raises(ConnectionError):
            await demo.load_first(house)
    before, _ = await standing(house)
    assert before.products
    assert before.orders == 0
    await demo.load_first(house)
    after, _ = await standing(house)
    assert (after.products, after.orders > 1000) == (before.products, True)


async def test_a_house_with_a_shop_of_its_own_gets_none(house, shop_id):
    await open_shop(house, shop_id, "自家店")
    await demo.load_first(house)
    assert [shop.shop_id for shop in await store.shops(house.db)] == [shop_id]


async def test_its_overview_has_something_to_show(house):
    await demo.load_first(house)
    outcome = await tools.call(house, "shop.overview", {}, shop_id=demo.SHOP_ID, principal=SYSTEM)
    shown = Overview.model_validate(outcome.output)
    assert shown.refunds > 0
    assert sum(day.orders for day in shown.days) > 0
