"""Queries that others build on."""

from __future__ import annotations

import pytest

from tests.shop.conftest import order
from zhanggui.shop import store

pytestmark = pytest.mark.db


async def test_a_buyers_orders_by_a_whole_nick_alone(shop, engine):
    await shop.bring(order("A1"), order("A2"), order("A3", buyer_nick="小**"))
    async with shop.runtime.db.reading(shop.id) as session:
        found = await store.orders_of_buyer(session, shop.id, "小鱼爱吃草")
        assert sorted(each.id for each in found) == ["A1", "A2"]
        assert await store.orders_of_buyer(session, shop.id, "小**") == []


async def test_pages_and_totals(shop, engine):
    await shop.bring(*(order(f"A{n}") for n in range(7)))
    async with shop.runtime.db.reading(shop.id) as session:
        page = await store.orders_page(session, shop.id, page=2, size=3)
        beyond = await store.orders_page(session, shop.id, page=9, size=3)
    assert (len(page.rows), page.total) == (3, 7)
    assert (beyond.rows, beyond.total) == ([], 7)
