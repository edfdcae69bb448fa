"""Everything of the shop by one question; a phone only for those who may see receivers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shop.conftest import Shop, order
from zhanggui.base import tools
from zhanggui.base.errors import Forbidden, Invalid
from zhanggui.base.principals import Principal
from zhanggui.shop.files import ProductRecord
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db
AGENT, VIEWER = Principal("usr_a", "agent"), Principal("usr_v", "viewer")


async def find(shop: Shop, q: str, by: Principal = AGENT, **given: Any) -> Any:
    given = {"q": q, **given}
    outcome = await tools.call(shop.runtime, "shop.search", given, shop_id=shop.id, principal=by)
    return outcome.output


@pytest.fixture
async def stocked(shop: Shop) -> Shop:
    await shop.bring(
        ProductRecord(row=2, product_id="p1", title="小鱼恒温壶"),
        ProductRecord(row=3, product_id="p2", title="棉布"),
        order(),
        order("4099120000000222222", buyer_nick="云朵", receiver_phone="13900001111"),
    )
    return shop


async def test_each_kind_is_found_by_its_own_names(stocked, engine):
    found = await find(stocked, "小鱼")
    assert [hit.id for hit in found.products] == ["p1"]
    assert [hit.nick for hit in found.buyers] == ["小鱼爱吃草"]
    (hit,) = found.orders
    assert (hit.id[-6:], hit.buyer, hit.status) == ("111111", "小鱼爱吃草", "paid")
    assert hit.title == "暖屋恒温电热水壶"
    assert [hit.id[-6:] for hit in (await find(stocked, "000222222")).orders] == ["222222"]


async def test_a_phone_finds_orders_for_those_who_may_see_it(stocked, engine):
    assert [hit.id[-6:] for hit in (await find(stocked, "13900001111")).orders] == ["222222"]
    assert (await find(stocked, "13900001111", VIEWER)).orders == []
    assert "13900001111" not in (await find(stocked, "13900001111")).model_dump_json()


async def test_no_more_than_asked_for_and_never_nothing_asked(stocked, engine):
    assert len((await find(stocked, "4099", limit=1)).orders) == 1
    for q in ("", "  "):
        with pytest.raises(Invalid):
            await find(stocked, q)
    with pytest.raises(Forbidden):
        await find(stocked, "小鱼", Principal("usr_s", "shopper"))


async def test_another_shop_finds_nothing(stocked, engine, other_shop_id):
    await open_shop(stocked.runtime, other_shop_id, "别家")
    found = await find(Shop(stocked.runtime, other_shop_id), "小鱼")
    assert (found.products, found.orders, found.buyers) == ([], [], [])
