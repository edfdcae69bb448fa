"""Who may call what, and that no shop sees another's."""

from __future__ import annotations

import asyncio

import pytest

from tests.studio.conftest import PLAN, making, png
from zhanggui.base.errors import Conflict, Forbidden, Invalid, NotFound
from zhanggui.base.principals import Principal
from zhanggui.base.tools import REGISTRY
from zhanggui.studio import base_pictures, keeping
from zhanggui.studio.base_pictures import Sent

AGENT, VIEWER = Principal("u2", "agent"), Principal("u3", "viewer")
SHOPPER = Principal("u4", "shopper", buyer_id="b1")


def test_no_shopper_may_call_any_of_the_rooms_tools(studio):
    mine = [tool for name, tool in REGISTRY.items() if name.startswith("studio.")]
    assert len(mine) > 25
    assert not any("shopper" in tool.roles for tool in mine)
    assert all("viewer" not in tool.roles for tool in mine if tool.changes)
    assert {tool.name for tool in mine if "agent" not in tool.roles} == {"studio.save_baseline"}


async def test_a_viewer_looks_and_changes_nothing(studio):
    await studio.goods("马克杯")
    await studio.call("list_batches", VIEWER)
    with pytest.raises(Forbidden):
        await studio.call("start_batch", VIEWER, plan=PLAN)
    with pytest.raises(Forbidden):
        await studio.call("list_works", SHOPPER)
    with pytest.raises(Forbidden):
        await studio.call("save_baseline", AGENT, minutes_per_sku=60)


@pytest.mark.db
async def test_no_shop_sees_or_steers_what_is_anothers(studio, other_studio, engine):
    await studio.goods("马克杯", shade=255)
    async with making(studio.runtime):
        batch = await studio.made()
    work, *_ = await studio.works()
    (cut,) = (await studio.call("list_cuts")).items
    (picture,) = (await studio.call("list_pictures", product_id="p1")).items
    assert await other_studio.works() == []
    assert (await other_studio.call("list_batches")).items == []
    assert (await other_studio.call("list_cuts")).items == []
    assert (await other_studio.call("list_pictures", product_id="p1")).items == []
    assert (await other_studio.call("list_items", batch_id=batch.id)).items == []
    for name, given in (
        ("get_batch", {"batch_id": batch.id}),
        ("pause_batch", {"batch_id": batch.id}),
        ("retry_items", {"batch_id": batch.id}),
        ("get_work", {"id": work.id}),
        ("approve_works", {"ids": [work.id]}),
        ("accept_cut", {"frame": cut.frame}),
        ("remove_picture", {"id": picture.id}),
    ):
        with pytest.raises(NotFound):
            await other_studio.call(name, **given)


async def test_pictures_are_of_a_product_that_is_there_and_can_be_removed(studio):
    await studio.goods("马克杯")
    with pytest.raises(NotFound):
        await studio.picture("p9", png(3))
    with pytest.raises(NotFound):
        await studio.picture("p1", png(3), sku_id="红")
    await studio.picture("p1", png(3))
    first, second = (await studio.call("list_pictures", product_id="p1")).items
    left = await studio.call("remove_picture", id=first.id)
    assert [each.id for each in left.items] == [second.id]
    products = await studio.call("list_products", only_without=True)
    assert products.items == []


@pytest.mark.db
async def test_a_picture_that_is_sent_twice_at_once_is_added_once(studio, engine):
    await studio.goods("马克杯", pictures=False)
    kept = await base_pictures.keep(studio.runtime.blobs, studio.shop_id, Sent("a.png", png(3)))
    given = {"product_id": "p1", "pictures": [kept.model_dump()]}
    await asyncio.gather(*(studio.call("add_pictures", **given) for _ in range(4)))
    assert len((await studio.call("list_pictures", product_id="p1")).items) == 1


async def test_only_a_mask_of_the_frame_is_taken(studio):
    await studio.goods("马克杯", shade=255)
    async with making(studio.runtime):
        await studio.made()
        (cut,) = (await studio.call("list_cuts")).items
        for wrong in (png(9, (31, 31)), png(0, (8, 6)), b"<html>"):
            mask = await keeping.put(studio.runtime.blobs, studio.shop_id, wrong)
            with pytest.raises(Invalid):
                await studio.call("correct_cut", frame=cut.frame, mask=mask)
        with pytest.raises(Conflict):
            await studio.call("correct_cut", frame=cut.frame, mask="0" * 64)
        assert (await studio.call("list_cuts")).items == [cut]


async def test_a_brand_kit_and_a_baseline_are_kept(studio):
    assert (await studio.call("get_brand")).kit == {}
    saved = await studio.call("save_brand", kit={"name": "檐下", "colours": ["#c8102e"]})
    assert saved.kit["colours"] == ["#c8102e"]
    assert (await studio.call("get_brand")).kit == saved.kit
    for wrong in (
        {"colours": ["red"]}, {"colours": ["#-1-2-3"]}, {"font": "x"}, {"name": "檐" * 101},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            await studio.call("save_brand", kit=wrong)
    await studio.call("save_baseline", minutes_per_sku=90, fen_per_sku=20_000)
    await studio.call("save_baseline", minutes_per_sku=60)
    baseline = await studio.call("get_baseline")
    assert (baseline.minutes_per_sku, baseline.fen_per_sku) == (60, None)


async def test_galleries_name_what_there_is(studio):
    layouts = (await studio.call("list_layouts")).items
    assert layouts
    assert all(each.name and each.purpose for each in layouts)
    stages = await studio.call("list_stages")
    assert {each.style for each in stages.items} == set(stages.styles)
